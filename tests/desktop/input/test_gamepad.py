"""Gamepads: hot-plugged, read by the place of their buttons, and translated to one kind of event."""

from __future__ import annotations

from collections.abc import Iterator

import pygame
import pytest

from game.desktop.input.gamepad import BUTTON_NUMBERS, Gamepads
from tests.desktop.virtual_pad import KNOWN, UNKNOWN, pads_work_in_the_background, plugged_in

A, B, START = pygame.CONTROLLER_BUTTON_A, pygame.CONTROLLER_BUTTON_B, pygame.CONTROLLER_BUTTON_START
UP, DOWN = pygame.CONTROLLER_BUTTON_DPAD_UP, pygame.CONTROLLER_BUTTON_DPAD_DOWN
LEFT, RIGHT = pygame.CONTROLLER_BUTTON_DPAD_LEFT, pygame.CONTROLLER_BUTTON_DPAD_RIGHT


@pytest.fixture
def pads() -> Iterator[Gamepads]:
    """A running game's ear for gamepads, before any is there."""
    pygame.display.init()
    pads_work_in_the_background()
    yield Gamepads()
    pygame.event.clear()
    pygame.display.quit()


def heard(pads: Gamepads) -> list[int]:
    """The buttons that everybody else hears of."""
    events = [pads.translate(event) for event in pygame.event.get()]
    return [event.button for event in events if event and event.type == pygame.CONTROLLERBUTTONDOWN]


@pytest.mark.parametrize("kind", [KNOWN, UNKNOWN])
def test_a_pad_may_come_and_go_while_the_game_runs(pads: Gamepads, kind: int) -> None:
    """Plugged in it is heard, pulled out nothing happens, plugged in again it is heard again."""
    for _ in range(2):
        with plugged_in(kind) as pad:
            assert heard(pads) == []
            pad.button(0)
            assert heard(pads) == [A]
        assert heard(pads) == []


def test_two_pads_work_independently(pads: Gamepads) -> None:
    """Both are heard, also when the first is pulled out."""
    with plugged_in() as one, plugged_in() as other:
        heard(pads)
        one.button(0)
        other.button(1)
        assert heard(pads) == [A, B]
        one.pull_out()
        other.button(0)
        assert heard(pads) == [A]


def test_known_pad_gives_one_event(pads: Gamepads) -> None:
    """SDL tells of each deed twice, by the pad's layout and by number; one of them counts."""
    with plugged_in(KNOWN) as pad:
        heard(pads)
        pad.button(START)
        pad.button(DOWN)
        assert heard(pads) == [START, DOWN]


def test_unknown_pad_is_read_by_button_numbers(pads: Gamepads) -> None:
    """Of a pad that SDL does not know, the hat is the cross and the eighth button pauses."""
    with plugged_in(UNKNOWN) as pad:
        heard(pads)
        pad.button(7)
        pad.button(14)
        pad.hat(0, -1)
        pad.hat(0, 0)
        pad.hat(1, 0)
        assert heard(pads) == [START, DOWN, RIGHT]


@pytest.mark.parametrize("kind", [KNOWN, UNKNOWN])
def test_one_stick_push_is_one_step(pads: Gamepads, kind: int) -> None:
    """It steps when it is pushed, not while it trembles, and again once it was let go of."""
    with plugged_in(kind) as pad:
        heard(pads)
        steps = [(1, 0.3, []), (1, 0.9, [DOWN]), (1, 0.55, []), (1, 0.95, []), (1, 0.1, []), (1, 0.9, [DOWN]),
                 (1, -0.9, [UP]), (0, -1.0, [LEFT]), (0, 0.0, []), (2, 1.0, [])]  # fmt: skip
        for axis, value, wanted in steps:
            pad.axis(axis, value)
            assert heard(pads) == wanted, (axis, value)


def test_a_trigger_at_rest_is_no_push(pads: Gamepads) -> None:
    """The axes that rest at their end do nothing when the pad is plugged in."""
    with plugged_in(UNKNOWN) as pad:
        pad.axis(4, -1)
        pad.axis(5, 1)
        assert heard(pads) == []


def test_other_events_pass_unchanged(pads: Gamepads) -> None:
    """Keys and fingers are for others to hear."""
    event = pygame.event.Event(pygame.KEYDOWN, key=pygame.K_a)
    assert pads.translate(event) is event


def test_an_unknown_pad_s_buttons_are_numbered_as_most_pads_number_them() -> None:
    """A, B, X, Y, the shoulders, Back, Start: from 0 to 7, each once."""
    order = ("A", "B", "X", "Y", "LEFTSHOULDER", "RIGHTSHOULDER", "BACK", "START")
    assert dict(enumerate(getattr(pygame, f"CONTROLLER_BUTTON_{name}") for name in order)) == BUTTON_NUMBERS
