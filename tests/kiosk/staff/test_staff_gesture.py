"""The staff's gesture: two corners, or the key, held for three seconds, and nothing else."""

from __future__ import annotations

from itertools import product

import pytest

from game.kiosk.visit_controller import HOLD_SECONDS, KEY, NO_FINGERS, HeldFingers, corner_of

CORNERS = ("upper-left", "upper-right", "lower-left", "lower-right")


def held(*places: str | None, since: float = 0.0) -> HeldFingers:
    """A finger down on each of these places."""
    fingers = NO_FINGERS
    for number, place in enumerate(places):
        fingers = fingers.down(number, place, since)
    return fingers


@pytest.mark.parametrize("fingers", range(4))
def test_only_two_corners_or_the_key_open_the_page(fingers: int) -> None:
    """Two fingers in one corner, a third finger, or a finger elsewhere do not."""
    for places in product((*CORNERS, KEY, None), repeat=fingers):
        opens = places == (KEY,) or (len(places) == 2 and set(places) < set(CORNERS) and places[0] != places[1])
        assert held(*places).is_complete(HOLD_SECONDS) == opens, places


@pytest.mark.parametrize("corner", CORNERS)
def test_two_fingers_in_one_corner_open_nothing(corner: str) -> None:
    """However long they stay."""
    assert not held(corner, corner).is_complete(10 * HOLD_SECONDS)


def test_each_finger_is_held_long_enough() -> None:
    """Not before three seconds, and not if one finger came later or left."""
    both = held(*CORNERS[:2])
    assert not both.is_complete(HOLD_SECONDS - 0.01) and both.is_complete(HOLD_SECONDS)
    later = held(CORNERS[0]).down(1, CORNERS[1], 1.0)
    assert not later.is_complete(HOLD_SECONDS) and later.is_complete(HOLD_SECONDS + 1.0)
    assert not both.down(2, CORNERS[2], HOLD_SECONDS).is_complete(HOLD_SECONDS), "a third finger came"
    assert not both.up(1).is_complete(HOLD_SECONDS) and not NO_FINGERS.is_complete(HOLD_SECONDS)


@pytest.mark.parametrize(
    ("point", "corner"),
    [
        ((0.05, 0.05), "upper-left"), ((0.95, 0.05), "upper-right"),
        ((0.05, 0.95), "lower-left"), ((0.95, 0.95), "lower-right"),
        ((0.05, 0.5), None), ((0.5, 0.05), None), ((0.5, 0.5), None),
    ],
)  # fmt: skip
def test_a_corner_is_near_two_edges(point: tuple[float, float], corner: str | None) -> None:
    """A single edge is not a corner."""
    assert corner_of(*point) == corner
