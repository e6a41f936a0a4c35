"""Session: draws only changes, lays out again on resize, and loses nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest

from game.desktop import session
from game.story.model import Story
from game.ui import intents
from game.ui.layout.layout_model import in_sight
from game.ui.layout.page_layout import layout
from game.ui.settings import Settings
from game.ui.tree import find, focus_order, numbered, walk
from tests.desktop.session_driver import Seat, SessionDriver, middle
from tests.ui.app_driver import text_of


@pytest.fixture
def driver(seat: Seat, mill: Story) -> SessionDriver:
    return seat(mill, role="miller").click("begin:miller")


def test_only_a_change_is_drawn(driver: SessionDriver) -> None:
    driver.rest()
    assert not driver.look()
    assert not driver.look_after(60)
    driver.send(pygame.MOUSEMOTION, pos=(3, 3), rel=(1, 1), buttons=(0, 0, 0), touch=False)
    driver.send(pygame.KEYUP, key=pygame.K_x, mod=0, unicode="", scancode=0)
    assert not driver.look()
    pos = middle(driver.place("pause"))
    driver.send(pygame.MOUSEMOTION, pos=pos, rel=(1, 1), buttons=(0, 0, 0), touch=False)
    assert driver.look()
    driver.key_down(pygame.K_TAB)
    assert driver.look()
    driver.session.invalidate()
    assert driver.look()


def test_new_picture_fades_in_and_stops(driver: SessionDriver) -> None:
    for _ in range(4):
        driver.key(pygame.K_1)
    assert driver.entries >= 2
    while not driver.session.transitioning:
        driver.key(pygame.K_1)
    assert driver.look_after(0.1)
    assert driver.look_after(5)
    assert not driver.session.transitioning
    assert not driver.look()


def test_prefetch_ends_and_draws_nothing(driver: SessionDriver) -> None:
    driver.key(pygame.K_1)
    assert driver.entries == 1
    before = driver.session.app
    driver.rest()
    assert [driver.session.prefetch_page() for _ in range(5)] == [True, True, True, False, False]
    assert driver.session.app is before
    assert not driver.look()
    driver.session.resize((800, 600))
    driver.key(pygame.K_1)
    assert (driver.entries, driver.view.plan.size) == (2, (800, 600))


@pytest.mark.parametrize("size", [(1920, 1080), (640, 480), (1080, 1920)])
def test_a_resize_lays_out_again(driver: SessionDriver, size: tuple[int, int]) -> None:
    before = driver.tree
    driver.session.resize(size)
    assert driver.look()
    assert (driver.tree, driver.view.plan.size) == (before, size)
    for _ in range(12):
        driver.key(pygame.K_1)
    assert driver.entries >= 1


def test_resize_keeps_the_scroll_position(driver: SessionDriver) -> None:
    for _ in range(4):
        driver.key(pygame.K_PLUS, pygame.KMOD_CTRL)
    driver.session.resize((760, 480))
    driver.look()
    driver.key(pygame.K_END)
    assert driver.view.scroll > 0
    driver.session.resize((700, 460))
    assert driver.view.scroll == driver.view.plan.max_scroll > 0


def test_each_entry_is_saved_at_once(driver: SessionDriver, tmp_path: Path, seat: Seat, mill: Story) -> None:
    driver.key(pygame.K_1)
    while driver.entries < 2:
        driver.key(pygame.K_2)
    kept = json.loads((tmp_path / "saves" / "current.json").read_text(encoding="utf-8"))
    assert [entry["take"] for entry in kept["save"]["entries"]] == ["continue", "hide"]
    later = seat(mill)
    assert later.view.focus == "continue"
    later.key(pygame.K_RETURN)
    assert later.entries == 2


def test_slots_are_stored_and_fetched(driver: SessionDriver) -> None:
    driver.key(pygame.K_1)
    assert driver.entries == 1
    driver.click("pause", "slots-store", "store:3")
    assert "Pots into Iron" in text_of(driver.tree)
    driver.key(pygame.K_ESCAPE)
    driver.key(pygame.K_ESCAPE)
    while driver.entries < 2:
        driver.key(pygame.K_1)
    driver.click("pause", "slots-fetch", "fetch:3", "yes")
    assert (driver.where, driver.entries) == ("reading", 1)


def test_damaged_save_is_reported_and_kept(seat: Seat, mill: Story, tmp_path: Path) -> None:
    folder = tmp_path / "saves"
    folder.mkdir()
    (folder / "current.json").write_bytes(b'{"save": {"form')
    driver = seat(mill)
    assert driver.where == "message"
    assert "damaged" in text_of(driver.tree) and "current.kept-1.json" in text_of(driver.tree)
    assert (folder / "current.kept-1.json").read_bytes() == b'{"save": {"form'
    driver.key(pygame.K_RETURN)
    assert driver.where == "title"


def test_unwritable_folder_is_reported_once(seat: Seat, mill: Story, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    driver = seat(mill, role="miller", folder=blocked).click("begin:miller")
    assert driver.where == "message"
    driver.key(pygame.K_RETURN)
    while not driver.session.app.current.over:
        driver.key(pygame.K_1)
        assert driver.where == "reading"


def test_going_back_from_a_card_keeps_the_place(driver: SessionDriver) -> None:
    driver.key(pygame.K_1)
    for _ in range(4):
        driver.key(pygame.K_PLUS, pygame.KMOD_CTRL)
    while not driver.sees("prose-1.1"):
        driver.key(pygame.K_PAGEDOWN)
    scroll = driver.view.scroll
    driver.click("prose-1.1")
    assert driver.where == "term"
    driver.key(pygame.K_ESCAPE)
    assert driver.view.scroll == scroll


def test_prefetched_layout_is_used(driver: SessionDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    driver.key(pygame.K_1)
    driver.rest()
    while driver.session.prefetch_page():
        pass
    taken = driver.session.app.current.page
    with monkeypatch.context() as patched:
        patched.setattr(session, "layout", lambda *_: pytest.fail("laid out again"))
        driver.session.dispatch(intents.Press(f"choice:{taken.choices[0].id}"))
        plan = driver.view.plan
    app = driver.session.app
    assert app.page is not taken
    assert plan == layout(driver.tree, driver.session.size, app.settings, driver.session._fonts)


@pytest.mark.parametrize(
    ("take_up", "text"),
    [
        (lambda driver: driver.click("new:miller"), "Click"),
        (lambda driver: driver.tap("new:miller"), "Tap"),
        (lambda driver: driver.pad(pygame.CONTROLLER_BUTTON_A), "stick"),
        (lambda driver: driver.key(pygame.K_RETURN), "Arrow keys"),
    ],
)
def test_the_controls_are_those_of_the_device_that_was_used(
    seat: Seat, mill: Story, take_up: Callable[[SessionDriver], None], text: str
) -> None:
    driver = seat(mill)
    take_up(driver)
    assert driver.where == "content-note"
    controls = find(driver.tree, "controls")
    assert controls is not None and text in controls.label


def test_the_first_page_begins_at_its_top(seat: Seat, shipped: Story) -> None:
    driver = seat(shipped, size=(640, 480), settings=Settings(text_scale=200), role="villager").press("begin:villager")
    assert driver.session.app.settings.controls_shown
    assert driver.view.plan.max_scroll > driver.view.scroll == 0


def words_of(driver: SessionDriver) -> list[str]:
    return [node.label for node in walk(driver.tree) if node.role != "button"]


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (800, 480)])
def test_comparing_keeps_the_button_where_it_was_pressed(seat: Seat, shipped: Story, size: tuple[int, int]) -> None:
    driver = seat(shipped, role="villager", size=size).press("begin:villager", "leave", "yes")
    while (compare := next((i for i in focus_order(driver.tree) if i.startswith("compare:")), None)) is None:
        driver.press(next(node.id for node in numbered(driver.tree)))
    while not driver.sees(compare):
        driver.key(pygame.K_PAGEDOWN)
    place = driver.place(compare)
    before = words_of(driver)
    driver.click(compare)
    assert len(words_of(driver)) > len(before) and driver.view.focus == compare
    assert (driver.place(compare).x, driver.place(compare).y) == (place.x, place.y)
    driver.click(compare)
    assert words_of(driver) == before and driver.place(compare) == place


def on_page_with_sources(driver: SessionDriver) -> SessionDriver:
    driver.press("begin:villager")
    while "sources" not in focus_order(driver.tree) or driver.entries < 12:
        driver.press(numbered(driver.tree)[0].id)
        driver.wait()
    return driver


def focus_in_sight(driver: SessionDriver) -> bool:
    view = driver.view
    return view.focus is not None and in_sight(view.plan, view.scroll, view.focus)


@pytest.mark.parametrize("size", [(1280, 720), (800, 480)])
def test_the_focus_of_a_new_screen_is_in_sight(seat: Seat, shipped: Story, size: tuple[int, int]) -> None:
    large = Settings(text_scale=200)
    driver = on_page_with_sources(seat(shipped, size=size, settings=large, role="villager"))
    driver.press("sources")
    assert driver.view.plan.max_scroll and driver.view.scroll == 0, "the sources are read from the top"
    assert driver.view.focus != "back" and driver.sees(driver.view.focus or "")
    driver.press("back", "pause", "home", "settings")
    driver.key(pygame.K_ESCAPE)
    assert driver.where == "title" and focus_in_sight(driver)
    again = seat(shipped, size=size, settings=large)
    assert again.view.focus == "continue" and focus_in_sight(again)


def test_the_title_shows_its_focus_after_the_text_grew(seat: Seat, shipped: Story) -> None:
    driver = seat(shipped, size=(1280, 720))
    driver.session.dispatch(intents.Focus("settings"))
    driver.key(pygame.K_RETURN)
    assert driver.where == "settings"
    for _ in range(6):
        driver.key(pygame.K_PLUS, pygame.KMOD_CTRL)
    driver.key(pygame.K_ESCAPE)
    assert (driver.where, driver.view.focus) == ("title", "settings")
    assert driver.view.scroll > 0 and focus_in_sight(driver)


def test_the_story_so_far_opens_at_its_end(seat: Seat, shipped: Story) -> None:
    driver = on_page_with_sources(seat(shipped, size=(1280, 720), settings=Settings(text_scale=200), role="villager"))
    driver.press("pause", "so-far")
    end = driver.view.plan.max_scroll
    assert end > 0 and driver.view.scroll == end
    driver.key(pygame.K_PAGEUP)
    assert 0 <= driver.view.scroll < end
    again = seat(shipped, size=(1280, 720), settings=Settings(text_scale=200)).press("continue")
    assert again.where == "so-far" and again.view.scroll == again.view.plan.max_scroll > 0
