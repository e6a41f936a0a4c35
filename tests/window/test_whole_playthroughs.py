"""From the title to an ending and through the talk after it: by keyboard alone, by mouse alone, by touch alone."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest

from game.story.model import Story
from game.ui.tree import choices, find, focus_order
from tests.window.hand import Hand

Seat = Callable[..., Hand]
PATIENCE = 600  # deeds


def next_thing(hand: Hand) -> str:
    """What a reader would press to get on: a choice, each time another, or the next part of the talk."""
    tree = hand.tree
    slips = choices(tree)
    if slips:
        return slips[hand.entries % len(slips)].id
    order = focus_order(tree)
    for wish in ("debrief", "new:", "begin:", "section:"):
        for name in order:
            if wish == "new:" and hand.where != "title":
                continue  # the other door, which stands open after the talk
            if name.startswith(wish) and not (wish == "section:" and find(tree, name).style != "main"):  # type: ignore[union-attr]
                return name
    return ""


def read_on(hand: Hand, press: Callable[[str], None]) -> None:
    """Press the next thing again and again, until the last part of the talk."""
    for _ in range(PATIENCE):
        thing = next_thing(hand)
        if not thing:
            break
        press(thing)
    story = hand.session.app.story
    assert hand.tree.label == story.debrief[-1].title
    assert hand.session.app.playthrough is not None
    assert hand.session.app.playthrough.page.ending


@pytest.fixture(params=["mill", "shipped"])
def story(request: pytest.FixtureRequest) -> Story:
    found: Story = request.getfixturevalue(request.param)
    return found


def test_by_two_keys(seat: Seat, story: Story) -> None:
    """Tab and Enter are enough."""
    hand = seat(story)

    def press(thing: str) -> None:
        for _ in range(60):
            if hand.sight.focus == thing:
                break
            hand.key(pygame.K_TAB)
        before = hand.session.app
        for _ in range(80):  # Enter first brings what has the focus into sight
            hand.key(pygame.K_RETURN)
            if hand.session.app.views != before.views and hand.sight.focus != thing:
                break
            if hand.session.app.playthrough is not before.playthrough:
                break

    read_on(hand, press)


def test_by_arrows(seat: Seat, mill: Story) -> None:
    """Down and Enter are enough, and no choice is taken before it was in sight."""
    hand = seat(mill, settings=None)

    def press(thing: str) -> None:
        for _ in range(80):
            if hand.sight.focus == thing and hand.sees(thing):
                break
            hand.key(pygame.K_DOWN)
        assert hand.sees(thing)
        hand.key(pygame.K_RETURN)

    read_on(hand, press)


def test_by_mouse(seat: Seat, story: Story) -> None:
    """The wheel and the left button are enough."""
    hand = seat(story)

    def press(thing: str) -> None:
        for _ in range(60):
            if hand.sees(thing) and hand.place(thing).h >= 20:
                break
            hand.do(pygame.MOUSEWHEEL, x=0, y=-1, precise_x=0.0, precise_y=-1.0, flipped=False, touch=False)
        hand.click(thing)

    read_on(hand, press)


def test_by_touch(seat: Seat, story: Story) -> None:
    """A finger that taps and drags is enough; its mouse twins do nothing a second time."""
    hand = seat(story, size=(1080, 1920))

    def press(thing: str) -> None:
        for _ in range(60):
            if hand.sees(thing) and hand.place(thing).h >= 20:
                break
            view = hand.sight.plan.main.view
            hand.finger(pygame.FINGERDOWN, (view.x + 40, view.bottom - 60))
            hand.finger(pygame.FINGERMOTION, (view.x + 40, view.bottom - 360))
            hand.finger(pygame.FINGERUP, (view.x + 40, view.bottom - 360))
        before = hand.entries
        hand.tap(thing)
        assert hand.entries in (before, before + 1)

    read_on(hand, press)


def test_by_the_status_line(seat: Seat, mill: Story) -> None:
    """Where choices stand below, pressing the line that says so goes there."""
    hand = seat(mill, role="miller")
    hand.key(pygame.K_RETURN)
    hand.key(pygame.K_EQUALS, pygame.KMOD_CTRL)
    hand.key(pygame.K_EQUALS, pygame.KMOD_CTRL)
    assert hand.sight.plan.status
    for _ in range(20):
        if hand.sight.scroll == hand.sight.plan.max_scroll:
            break
        status = hand.sight.plan.status
        hand.wait()
        hand.down((status.x + 30, status.y + 10))
        hand.up((status.x + 30, status.y + 10))
    assert hand.sight.scroll == hand.sight.plan.max_scroll


def test_by_gamepad(seat: Seat, mill: Story) -> None:
    """The cross moves, the first button chooses, the second goes back."""
    hand = seat(mill)
    for _ in range(2):
        hand.wait()
        hand.do(pygame.JOYBUTTONDOWN, button=0, joy=0, instance_id=0)
    assert hand.where == "reading"
    hand.wait()
    hand.do(pygame.JOYBUTTONDOWN, button=1, joy=0, instance_id=0)
    assert hand.where == "pause"
    hand.do(pygame.JOYHATMOTION, value=(0, -1), hat=0, joy=0, instance_id=0)
    assert hand.sight.focus != "back"
