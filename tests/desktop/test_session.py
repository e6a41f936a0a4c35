"""Session: draws only what changed, lays out again on resize, and loses nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest

from game.desktop import session
from game.story.model import Story
from game.ui import intents
from game.ui.layout.page_layout import layout
from game.ui.settings import Settings
from game.ui.tree import walk
from tests.desktop.hand import Hand, middle

Seat = Callable[..., Hand]


@pytest.fixture
def hand(seat: Seat, mill: Story) -> Hand:
    hand = seat(mill, role="miller")
    hand.click("begin:miller")
    return hand


def test_unchanged_page_draws_nothing(hand: Hand) -> None:
    """Time passing, and a pointer wandering over nothing, give no frame."""
    hand.rest()
    assert not hand.look()
    hand.wait(60)
    assert not hand.look()
    hand.session.handle_event(
        pygame.event.Event(pygame.MOUSEMOTION, pos=(3, 3), rel=(1, 1), buttons=(0, 0, 0), touch=False)
    )
    hand.session.handle_event(pygame.event.Event(pygame.KEYUP, key=pygame.K_x, mod=0, unicode="", scancode=0))
    assert not hand.look()


def test_change_is_drawn(hand: Hand) -> None:
    """A pointer over a choice, and a focus that moves, do."""
    pos = middle(hand.place("pause"))
    hand.session.handle_event(
        pygame.event.Event(pygame.MOUSEMOTION, pos=pos, rel=(1, 1), buttons=(0, 0, 0), touch=False)
    )
    assert hand.look()
    hand.session.handle_event(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=0, unicode="", scancode=0))
    assert hand.look()
    hand.session.invalidate()
    assert hand.look()


def test_new_picture_fades_in_and_stops(hand: Hand, mill: Story) -> None:
    """With motion, a page of another place fades over the old one in under a second; then nothing moves."""
    for key in (pygame.K_1, pygame.K_1, pygame.K_1, pygame.K_1):
        hand.key(key)
    assert hand.entries >= 2
    while not hand.session.transitioning:
        hand.key(pygame.K_1)
    hand.wait(0.1)
    assert hand.look()
    hand.wait(5)
    assert hand.look()
    assert not hand.session.transitioning
    assert not hand.look()


def test_prefetch_ends_and_draws_nothing(hand: Hand) -> None:
    """Each choice's page is set once, which draws nothing and changes nothing."""
    hand.key(pygame.K_1)
    assert hand.entries == 1
    before = hand.session.app
    hand.rest()
    assert [hand.session.prefetch_page() for _ in range(5)] == [True, True, True, False, False]
    assert hand.session.app is before
    assert not hand.look()


def test_without_motion_nothing_fades(seat: Seat, mill: Story) -> None:
    """Reduced motion: the new picture is simply there."""
    hand = seat(mill, settings=Settings(motion="reduced"), role="miller")
    hand.click("begin:miller")
    for _ in range(12):
        hand.key(pygame.K_1)
        assert not hand.session.transitioning


@pytest.mark.parametrize("size", [(1920, 1080), (640, 480), (1080, 1920)])
def test_a_resize_lays_out_again(hand: Hand, size: tuple[int, int]) -> None:
    """The sheet fits the new window, the page is the same, and it can be gone on with."""
    before = hand.tree
    hand.session.resize(size)
    assert hand.look()
    assert hand.tree == before
    assert hand.view.plan.size == size
    for _ in range(12):
        hand.key(pygame.K_1)
    assert hand.entries >= 1


def test_resize_keeps_the_scroll_position(hand: Hand) -> None:
    """Scrolled to the end, it stays at the end."""
    for _ in range(4):
        hand.key(pygame.K_PLUS, pygame.KMOD_CTRL)
    hand.key(pygame.K_END)
    hand.session.resize((1000, 640))
    assert hand.view.scroll == hand.view.plan.max_scroll > 0


def test_each_entry_is_saved_at_once(hand: Hand, tmp_path: Path, seat: Seat, mill: Story) -> None:
    """The file of saves follows every choice, and the next sitting goes on there."""
    hand.key(pygame.K_1)
    while hand.entries < 2:
        hand.key(pygame.K_2)
    kept = json.loads((tmp_path / "saves" / "current.json").read_text(encoding="utf-8"))
    assert [entry["take"] for entry in kept["save"]["entries"]] == ["continue", "hide"]
    later = seat(mill)
    assert later.view.focus == "continue"
    later.key(pygame.K_RETURN)
    assert later.entries == 2


def test_slots_are_stored_and_fetched(hand: Hand) -> None:
    """Through the menus: saved in slot 3, read on, fetched again."""
    hand.key(pygame.K_1)
    assert hand.entries == 1
    hand.key(pygame.K_ESCAPE)
    hand.click("slots-store")
    hand.click("store:3")
    assert any("Pots into Iron" in node.label for node in walk(hand.tree))
    hand.key(pygame.K_ESCAPE)
    hand.key(pygame.K_ESCAPE)
    while hand.entries < 2:
        hand.key(pygame.K_1)
    hand.key(pygame.K_ESCAPE)
    hand.click("slots-fetch")
    hand.click("fetch:3")
    hand.click("yes")
    assert (hand.where, hand.entries) == ("reading", 1)


def test_damaged_save_is_reported_and_kept(seat: Seat, mill: Story, tmp_path: Path) -> None:
    """The game opens all the same, says what happened, and has thrown nothing away."""
    folder = tmp_path / "saves"
    folder.mkdir()
    (folder / "current.json").write_bytes(b'{"save": {"form')
    hand = seat(mill)
    assert hand.where == "message"
    text = " ".join(node.label for node in walk(hand.tree))
    assert "damaged" in text and "current.kept-1.json" in text
    assert (folder / "current.kept-1.json").read_bytes() == b'{"save": {"form'
    hand.key(pygame.K_RETURN)
    assert hand.where == "title"


def test_unwritable_folder_is_reported_once(seat: Seat, mill: Story, tmp_path: Path) -> None:
    """Reading goes on, with one message in all."""
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    hand = seat(mill, role="miller", folder=blocked)
    hand.click("begin:miller")
    assert hand.where == "message"
    hand.key(pygame.K_RETURN)
    while not hand.session.app.playthrough.over:  # type: ignore[union-attr]
        hand.key(pygame.K_1)
        assert hand.where == "reading"


def test_settings_are_saved(seat: Seat, mill: Story) -> None:
    """The next sitting opens with them."""
    hand = seat(mill, (1920, 1080))
    hand.click("settings")
    hand.click("set:theme=night")
    hand.click("set:text_scale=150")
    assert seat(mill).session.app.settings == Settings(theme="night", text_scale=150)


def test_going_back_from_a_card_keeps_the_place(hand: Hand) -> None:
    """A glossary card over a scrolled page: closed, the page is where it was."""
    hand.key(pygame.K_1)
    for _ in range(4):
        hand.key(pygame.K_PLUS, pygame.KMOD_CTRL)
    while not hand.sees("prose-1.0"):
        hand.key(pygame.K_PAGEDOWN)
    scroll = hand.view.scroll
    hand.click("prose-1.0")
    assert hand.where == "term"
    hand.key(pygame.K_ESCAPE)
    assert hand.view.scroll == scroll


def test_prefetched_layout_is_used(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page that a choice leads to is not laid out a second time, and is the page that it would have been."""
    hand.key(pygame.K_1)
    hand.rest()
    while hand.session.prefetch_page():
        pass
    taken = hand.session.app.page
    assert taken is not None
    with monkeypatch.context() as patched:
        patched.setattr(session, "layout", lambda *_: pytest.fail("laid out again"))
        hand.session.dispatch(intents.Press(f"choice:{taken.choices[0].id}"))
        plan = hand.view.plan
    app = hand.session.app
    assert app.page is not taken
    assert plan == layout(hand.tree, hand.session.size, app.settings, hand.session._fonts)
