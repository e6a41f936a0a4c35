"""Paper and brush: sheets, gradients, slits and blocks."""

from __future__ import annotations

import pygame
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.painter.canvas import shapes
from game.painter.canvas.brush import Brush, blank
from game.painter.canvas.frame import frame
from game.painter.canvas.palette import palette
from game.painter.canvas.paper import extent, gradient
from game.painter.canvas.scene_state import read
from tests.painter.pictures import channels, pixels

SIZE = (160, 120)
PAPER, GROUND = (200, 180, 140), (90, 110, 130)


def empty() -> Brush:
    state = read({})
    brush = blank(frame(SIZE, None), palette(state), state)
    brush.surface.fill(GROUND)
    return brush


def ridge(bottom: float = 110.0) -> list[tuple[float, float]]:
    return [(-6.0, bottom), (-6.0, 40.0), (60.0, 25.0), (110.0, 45.0), (166.0, 30.0), (166.0, bottom)]


@pytest.mark.parametrize("solid", [46.0, 60.0, 88.5, 109.0])
def test_solid_part_looks_as_if_cut(solid: float) -> None:
    """To say where a sheet fills its box saves work: nothing looks different, but its shadow by a shade."""
    cut, filled = empty(), empty()
    for brush, said in ((cut, None), (filled, solid)):
        brush.lay([ridge()], PAPER, (120, 90, 60), 5.0, edge=((255, 250, 230), 1.5), solid=said)
    for box, shade in (((0, 0, 160, 110), 12), ((0, 50, 158, 50), 3)):
        pairs = zip(*(pixels(brush.surface.subsurface(box)) for brush in (cut, filled)), strict=True)
        assert max(abs(first - other) for first, other in pairs) <= shade


def test_a_sheet_may_begin_below_the_picture_or_end_above_it() -> None:
    brush = empty()
    brush.lay([shapes.box(10, 400, 50, 50)], PAPER, PAPER, 3.0, solid=420)
    brush.lay([shapes.box(10, -400, 50, 50)], PAPER, PAPER, 3.0, solid=-380)
    assert set(channels(brush.surface)) == {GROUND}


_POINT = st.tuples(st.floats(-80, 80), st.floats(-80, 80))


@given(st.lists(_POINT, min_size=1, max_size=9), st.lists(st.lists(_POINT, max_size=5), max_size=3))
def test_extent_is_the_bounding_box(points: list[tuple[float, float]], more: list[list[tuple[float, float]]]) -> None:
    xs, ys = zip(*points, *(point for shape in more for point in shape), strict=True)
    assert extent(*more, points) == (min(xs), min(ys), max(xs), max(ys))


def test_given_bounding_box_changes_nothing() -> None:
    found, told = empty(), empty()
    for brush, around in ((found, None), (told, extent(ridge()))):
        brush.lay([ridge()], PAPER, (120, 90, 60), 5.0, edge=((255, 250, 230), 1.5), around=around)
    assert pixels(found.surface) == pixels(told.surface)


@given(st.integers(1, 60), st.floats(-80, 80), st.floats(-80, 160))
@settings(deadline=None, max_examples=60)
def test_a_gradient_runs_from_one_tone_to_the_other(height: int, start: float, end: float) -> None:
    surface = pygame.Surface((3, height), 0, 32)
    surface.fill((255, 0, 255))
    gradient(surface, (200, 200, 200), (40, 40, 40), start, end)
    tones = [surface.get_at((1, y))[:3] for y in range(height)]
    assert all(40 <= tone[0] <= 200 and len(set(tone)) == 1 for tone in tones)
    assert tones == sorted(tones, reverse=True)


def test_a_slit_is_dark_inside_and_marks_nothing_far_from_it() -> None:
    brush = empty()
    brush.slit([shapes.lens((40, 60), (120, 60), 6)], (10, 10, 10), (250, 250, 250))
    assert brush.surface.get_at((80, 60))[:3] == (10, 10, 10)
    assert set(channels(brush.surface.subsurface((0, 0, 160, 50)))) == {GROUND}
    brush.slit([[], [(1.0, 1.0)]], (0, 0, 0), (0, 0, 0))


def test_blocks_that_share_an_edge_leave_no_gap() -> None:
    brush = empty()
    brush.blocks([(10.4, 10.3, 20.3, 30.0), (30.7, 10.3, 20.0, 30.0)], (1, 2, 3))
    assert {brush.surface.get_at((x, 20))[:3] for x in range(10, 51)} == {(1, 2, 3)}
