"""Icons, measured on their pixels."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pygame
import pytest
from pygame.surfarray import array_alpha

from game.desktop.render.fonts import Fonts
from game.desktop.render.icons import bowl, cutout, draw, patterned
from game.desktop.render.item_painter import ItemPainter, PointerState
from game.ui.icon_outlines import BAR_PATTERNS, BOWL_HEIGHT, ICONS
from game.ui.layout.geometry import Box, Rect
from game.ui.settings import VALUES
from game.ui.theme import THEMES
from tests.contrast import contrast
from tests.painter.pictures import channels

PAPER = (250, 240, 220)
SIZES = [14, 24, 38, 90]


def pixels_of_ink(surface: pygame.Surface, theme: str) -> tuple[int, int]:
    """The number of pixels that differ from the theme's sheet, and of those that have at least 3:1 to it."""
    sheet = THEMES[theme].sheet
    colours = Counter(channels(surface))
    del colours[sheet]
    return colours.total(), sum(count for colour, count in colours.items() if contrast(colour, sheet) >= 3)


@pytest.mark.parametrize("theme", VALUES["theme"])
@pytest.mark.parametrize("kind", sorted(ICONS))
def test_a_shape_stands_out_from_its_sheet(kind: str, theme: str) -> None:
    surface = pygame.Surface((24, 32))
    surface.fill(THEMES[theme].sheet)
    draw(surface, THEMES[theme], 1.0, Box(kind, Rect(0, 0, 24, 24)))
    ink, plain = pixels_of_ink(surface, theme)
    assert plain > 0.5 * ink


@pytest.mark.parametrize("size", SIZES)
def test_light_falls_through_an_open_door_only(size: int) -> None:
    shut, open_ = (cutout(kind, size, (0, 0, 0)) for kind in ("door.closed", "door.open"))
    y = round(size * 0.6)
    assert max(shut.get_at((x, y)).a for x in (size // 2 - 1, size // 2)) > 100
    assert max(open_.get_at((x, y)).a for x in (size // 2 - 1, size // 2)) == 0
    assert open_.get_at((round(size * 0.15), y)).a == 255


@pytest.mark.parametrize("tenths", range(11))
@pytest.mark.parametrize("width", [24, 36, 60, 110])
def test_a_bowl_is_filled_to_its_level(width: int, tenths: int) -> None:
    height = round(width * BOWL_HEIGHT)
    made, without = (array_alpha(bowl((width, height), filled, (0, 0, 0))) for filled in (tenths, 0))
    column, empty = made[width // 2], without[width // 2]
    inked_from, floor = (next(y for y, alpha in enumerate(line) if alpha > 127) for line in (column, empty))
    wanted = floor - (tenths / 10) * floor
    assert inked_from == pytest.approx(wanted, abs=max(1.5, 0.05 * height))
    assert all(column[inked_from + 1 :] > 127)
    assert made[: width // 6, round(height * 0.2)].max() == 255, "the wall"


def bar(size: tuple[int, int], pattern: str) -> Any:
    """How much ink a bar has at each (x, y), 0 to 255."""
    return array_alpha(patterned(size, BAR_PATTERNS[f"amount.{pattern}"], 1.0, (0, 0, 0)))


@pytest.mark.parametrize("size", [(60, 13), (400, 20)])
def test_each_part_of_a_bar_differs_without_any_colour(size: tuple[int, int]) -> None:
    names = ("false", "outline", "lost", "taken", "seed")
    false, outline, lost, taken, seed = (bar(size, name).mean() / 255 for name in names)
    assert false < outline < min(lost, taken, seed) and max(lost, taken, seed) < 0.9


@pytest.mark.parametrize("pattern", ["taken", "seed"])
@pytest.mark.parametrize("size", [(30, 8), (60, 13), (400, 20)])
def test_a_patterned_bar_is_neither_full_nor_empty(size: tuple[int, int], pattern: str) -> None:
    alphas = bar(size, pattern)
    assert alphas[[0, -1]].min() > 200 and alphas[:, [0, -1]].min() > 200, "the edges"
    inner = alphas[3:-3, size[1] // 2]
    assert inner.min() < 60 and inner.max() > 160


@pytest.mark.parametrize("theme", VALUES["theme"])
@pytest.mark.parametrize("kind", ["amount", *BAR_PATTERNS, "bowl"])
def test_bars_and_bowls_stand_out_from_their_sheet(kind: str, theme: str, fonts: Fonts) -> None:
    surface = pygame.Surface((60, 24))
    surface.fill(THEMES[theme].sheet)
    painter = ItemPainter(surface, THEMES[theme], 1.0, fonts, PointerState(), {})
    painter.item(Box(kind, Rect(2, 2, 32, 20), cut=(0.0, 0.7)))
    ink, plain = pixels_of_ink(surface, theme)
    assert plain > 0.5 * ink > 50


def test_a_shape_s_edge_fades_into_the_paper() -> None:
    """Half-covered pixels are clear ink and not a dark rim: a light shape keeps its colour to the edge."""
    surface = pygame.Surface((60, 60))
    surface.fill((0, 0, 0))
    surface.blit(cutout("door.open", 60, PAPER), (0, 0))
    assert all(r >= g >= b and abs(r * 240 - g * 250) <= 250 * 4 for r, g, b in channels(surface))
