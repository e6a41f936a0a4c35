"""Outlines, measured as polygons and lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.ui.icon_outlines import BOWL, BOWL_HEIGHT, ICONS, STROKE, IconOutline, bowl_food, hatching

sides = st.floats(1, 500)


@pytest.mark.parametrize("outline", [*ICONS.values(), BOWL])
def test_an_outline_stays_in_its_box(outline: IconOutline) -> None:
    high = BOWL_HEIGHT if outline is BOWL else 1
    points = [point for line in (*outline.solid, *outline.lined) for point in line]
    assert all(0 <= x <= 1 and 0 <= y <= high for x, y in points)


@given(st.integers(1, 10))
def test_food_is_as_high_as_its_share(tenths: int) -> None:
    """A bowl's height above its floor is divided into equal tenths."""
    food, full = bowl_food(tenths / 10), bowl_food(1.0)
    floor = max(y for _, y in full) - STROKE / 2
    assert min(y for _, y in full) == 0
    assert floor - min(y for _, y in food) == pytest.approx(floor * tenths / 10)
    assert all(0 <= x <= 1 for x, _ in food)


def test_an_empty_bowl_holds_nothing() -> None:
    assert bowl_food(0.0) == ()


@given(sides, sides, st.floats(1, 20))
def test_hatching_stays_in_its_rectangle(width: float, height: float, step: float) -> None:
    lines = hatching(width, height, step)
    for (x1, y1), (x2, y2) in lines:
        assert -1e-6 <= x1 <= x2 <= width + 1e-6 and -1e-6 <= y2 <= y1 <= height + 1e-6
        assert x2 - x1 == pytest.approx(y1 - y2, abs=1e-6)
    assert len(lines) == pytest.approx((width + height) / step, abs=1)
