"""Icons, measured on their pixels."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pygame
import pytest

from game.desktop.render.fonts import Fonts
from game.desktop.render.icons import bowl, cutout, draw, patterned
from game.desktop.render.item_painter import ItemPainter, PointerState
from game.ui.icon_outlines import BAR_PATTERNS, BOWL_HEIGHT, ICONS
from game.ui.layout.geometry import Box, Rect
from game.ui.settings import VALUES
from game.ui.theme import THEMES
from tests.contrast import contrast

PAPER = (250, 240, 220)
SIZES = [14, 24, 38, 90]


def pixels_of_ink(surface: pygame.Surface, theme: str) -> tuple[int, int]:
    """The number of pixels that differ from the theme's sheet, and of those that have at least 3:1 to it."""
    sheet = THEMES[theme].sheet
    places = product(range(surface.get_width()), range(surface.get_height()))
    colours = Counter(tuple(surface.get_at(at))[:3] for at in places)
    del colours[sheet]
    plain = sum(count for c, count in colours.items() if contrast((c[0], c[1], c[2]), sheet) >= 3)
    return colours.total(), plain


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
    made = bowl((width, height), tenths, (0, 0, 0))
    column, empty = (
        [bowl((width, height), filled, (0, 0, 0)).get_at((width // 2, y)).a for y in range(height)]
        for filled in (tenths, 0)
    )
    inked_from, floor = (next(y for y, alpha in enumerate(line) if alpha > 127) for line in (column, empty))
    wanted = floor - (tenths / 10) * floor
    assert inked_from == pytest.approx(wanted, abs=max(1.5, 0.05 * height))
    assert all(alpha > 127 for alpha in column[inked_from + 1 :])
    wall = round(height * 0.2)
    assert max(made.get_at((x, wall)).a for x in range(width // 6)) == 255


def ink(size: tuple[int, int], pattern: str) -> float:
    made = patterned(size, BAR_PATTERNS[pattern], 1.0, (0, 0, 0))
    alphas = [made.get_at((x, y)).a for x in range(size[0]) for y in range(size[1])]
    return sum(alphas) / len(alphas) / 255


@pytest.mark.parametrize("size", [(60, 13), (400, 20)])
def test_each_part_of_a_bar_differs_without_any_colour(size: tuple[int, int]) -> None:
    names = ("false", "outline", "lost", "taken", "seed")
    false, outline, lost, taken, seed = (ink(size, f"amount.{name}") for name in names)
    assert false < outline < min(lost, taken, seed) and max(lost, taken, seed) < 0.9


@pytest.mark.parametrize("pattern", ["amount.taken", "amount.seed"])
@pytest.mark.parametrize("size", [(30, 8), (60, 13), (400, 20)])
def test_a_patterned_bar_is_neither_full_nor_empty(size: tuple[int, int], pattern: str) -> None:
    made = patterned(size, BAR_PATTERNS[pattern], 1.0, (0, 0, 0))
    alphas = [[made.get_at((x, y)).a for x in range(size[0])] for y in range(size[1])]
    assert min(alphas[0]) > 200 and min(alphas[-1]) > 200
    assert min(line[0] for line in alphas) > 200 and min(line[-1] for line in alphas) > 200
    inner = alphas[size[1] // 2][3:-3]
    assert min(inner) < 60 and max(inner) > 160


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
    for at in ((x, y) for x in range(60) for y in range(60)):
        r, g, b = tuple(surface.get_at(at))[:3]
        assert r >= g >= b and abs(r * 240 - g * 250) <= 250 * 4
