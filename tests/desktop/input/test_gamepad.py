"""Gamepads: plugged in at any time, read by the place of their buttons, and translated to one kind of event."""

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
    pygame.display.init()
    pads_work_in_the_background()
    yield Gamepads()
    pygame.event.clear()
    pygame.display.quit()


def heard(pads: Gamepads) -> list[int]:
    events = [pads.translate(event) for event in pygame.event.get()]
    return [event.button for event in events if event and event.type == pygame.CONTROLLERBUTTONDOWN]


@pytest.mark.parametrize("kind", [KNOWN, UNKNOWN])
def test_a_pad_may_come_and_go_while_the_game_runs(pads: Gamepads, kind: int) -> None:
    other = pygame.event.Event(pygame.KEYDOWN, key=pygame.K_a)
    assert pads.translate(other) is other
    for _ in range(2):
        with plugged_in(kind) as pad:
            assert heard(pads) == []
            pad.button(0)
            assert heard(pads) == [A]
        assert heard(pads) == []


def test_two_pads_work_independently(pads: Gamepads) -> None:
    with plugged_in() as first, plugged_in() as second:
        heard(pads)
        first.button(0)
        second.button(1)
        assert heard(pads) == [A, B]
        first.pull_out()
        second.button(0)
        assert heard(pads) == [A]


def test_known_pad_gives_one_event(pads: Gamepads) -> None:
    """SDL reports each press twice, by the pad's layout and by number; one of them counts."""
    with plugged_in(KNOWN) as pad:
        heard(pads)
        pad.button(START)
        pad.button(DOWN)
        assert heard(pads) == [START, DOWN]


def test_unknown_pad_is_read_by_button_numbers(pads: Gamepads) -> None:
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
    with plugged_in(kind) as pad:
        heard(pads)
        steps = [(1, 0.3, []), (1, 0.9, [DOWN]), (1, 0.55, []), (1, 0.95, []), (1, 0.1, []), (1, 0.9, [DOWN]),
                 (1, -0.9, [UP]), (0, -1.0, [LEFT]), (0, 0.0, []), (2, 1.0, [])]  # fmt: skip
        for axis, value, wanted in steps:
            pad.axis(axis, value)
            assert heard(pads) == wanted, (axis, value)


def test_a_trigger_at_rest_does_nothing(pads: Gamepads) -> None:
    """Some axes rest at their end when the pad is plugged in."""
    with plugged_in(UNKNOWN) as pad:
        pad.axis(4, -1)
        pad.axis(5, 1)
        assert heard(pads) == []


def test_an_unknown_pad_s_buttons_are_numbered_as_most_pads_number_them() -> None:
    order = ("A", "B", "X", "Y", "LEFTSHOULDER", "RIGHTSHOULDER", "BACK", "START")
    assert dict(enumerate(getattr(pygame, f"CONTROLLER_BUTTON_{name}") for name in order)) == BUTTON_NUMBERS
