"""The staff's gesture: two corners, or the key, held for three seconds, and nothing else."""

from __future__ import annotations

from itertools import product

import pytest

from game.kiosk.visit_controller import HOLD_SECONDS, KEY, Fingers, corner_of, opens_staff_page

CORNERS = ("upper-left", "upper-right", "lower-left", "lower-right")


def held(*places: str | None) -> dict[int, tuple[str | None, float]]:
    return {number: (place, 0.0) for number, place in enumerate(places)}


@pytest.mark.parametrize("fingers", range(4))
def test_only_two_corners_or_the_key_open_the_page(fingers: int) -> None:
    for places in product((*CORNERS, KEY, None), repeat=fingers):
        opens = places == (KEY,) or (len(places) == 2 and set(places) < set(CORNERS) and places[0] != places[1])
        assert opens_staff_page(held(*places), HOLD_SECONDS) == opens, places


def test_each_finger_is_held_long_enough() -> None:
    def opens_at(fingers: Fingers) -> bool:
        assert not opens_staff_page(fingers, HOLD_SECONDS - 0.01)
        return opens_staff_page(fingers, HOLD_SECONDS)

    both = held(*CORNERS[:2])
    later = both | {1: (CORNERS[1], 1.0)}
    assert opens_at(both) and not opens_at(later) and opens_staff_page(later, HOLD_SECONDS + 1.0)
    assert not opens_at(both | {2: (CORNERS[2], HOLD_SECONDS)}), "a third finger came"


@pytest.mark.parametrize(
    ("point", "corner"),
    [
        ((0.05, 0.05), "upper-left"), ((0.95, 0.05), "upper-right"),
        ((0.05, 0.95), "lower-left"), ((0.95, 0.95), "lower-right"),
        ((0.05, 0.5), None), ((0.5, 0.05), None), ((0.5, 0.5), None),
    ],
)  # fmt: skip
def test_a_corner_is_near_two_edges(point: tuple[float, float], corner: str | None) -> None:
    assert corner_of(*point) == corner
