"""Icons, measured on their pixels."""

from __future__ import annotations

from collections import Counter

import pygame
import pytest

from game.desktop.render.icons import cutout, draw
from game.ui.icon_outlines import ICONS
from game.ui.layout.geometry import Box, Rect
from game.ui.settings import VALUES
from game.ui.theme import THEMES, contrast

PAPER = (250, 240, 220)
SIZES = [14, 24, 38, 90]


def drawn(box: Box, theme: str = "night") -> pygame.Surface:
    """A box alone on its theme's sheet, in a window as high as it is."""
    surface = pygame.Surface((box.rect.right, box.rect.h + 8))
    surface.fill(THEMES[theme].sheet)
    draw(surface, THEMES[theme], 1.0, box)
    return surface


def inked(surface: pygame.Surface, theme: str = "night") -> list[tuple[int, int]]:
    """Where a surface is no longer the sheet."""
    sheet = THEMES[theme].sheet
    return [
        (x, y)
        for x in range(surface.get_width())
        for y in range(surface.get_height())
        if tuple(surface.get_at((x, y)))[:3] != sheet
    ]


@pytest.mark.parametrize("theme", VALUES["theme"])
@pytest.mark.parametrize("kind", sorted(ICONS))
def test_a_shape_stands_out_from_its_sheet(kind: str, theme: str) -> None:
    """In each theme most of what is inked has 3:1 and more against the paper, at the smallest size too."""
    surface = drawn(Box(kind, Rect(0, 0, 24, 24)), theme)
    colours = Counter(tuple(surface.get_at(at))[:3] for at in inked(surface, theme))
    plain = sum(count for c, count in colours.items() if contrast((c[0], c[1], c[2]), THEMES[theme].sheet) >= 3)
    assert plain > 0.5 * colours.total()


@pytest.mark.parametrize("size", SIZES)
def test_a_hollow_sack_is_empty(size: int) -> None:
    """A full one and a hollow one differ without any colour: in the middle one is ink and the other paper."""
    full, hollow = (cutout(kind, size, (0, 0, 0)) for kind in ("sack", "sack.hollow"))
    middle = (size // 2, round(size * 0.7))
    assert full.get_at(middle).a == 255
    assert hollow.get_at(middle).a == 0
    assert max(hollow.get_at((x, middle[1])).a for x in range(size)) == 255


@pytest.mark.parametrize("size", SIZES)
def test_light_falls_through_an_open_door_only(size: int) -> None:
    """A shut door has its line in the middle; an open one has nothing there, and its leaves beside it."""
    shut, open_ = (cutout(kind, size, (0, 0, 0)) for kind in ("door.closed", "door.open"))
    y = round(size * 0.6)
    assert max(shut.get_at((x, y)).a for x in (size // 2 - 1, size // 2)) > 100
    assert max(open_.get_at((x, y)).a for x in (size // 2 - 1, size // 2)) == 0
    assert open_.get_at((round(size * 0.15), y)).a == 255


@pytest.mark.parametrize("kind", ["sack", "sack.hollow"])
def test_a_cut_sack_is_as_much_as_is_there(kind: str) -> None:
    """Of a quarter there is a quarter of the sack itself, not of the air around it; cut parts make a whole."""
    whole = inked(drawn(Box(kind, Rect(0, 0, 90, 90))))
    left, right = min(x for x, _ in whole), max(x for x, _ in whole)
    quarter = inked(drawn(Box(kind, Rect(0, 0, 90, 90), cut=(0.0, 0.25))))
    rest = inked(drawn(Box(kind, Rect(0, 0, 90, 90), cut=(0.25, 1.0))))
    assert min(x for x, _ in quarter) == left
    assert max(x for x, _ in quarter) == pytest.approx(left + 0.25 * (right - left), abs=3)
    assert max(x for x, _ in rest) == right
    assert {*quarter, *rest} >= set(whole)


def test_a_hollow_sack_that_is_cut_off_is_closed() -> None:
    """Where it ends inside a sack there is a line from top to foot, so that it does not look torn."""
    surface = drawn(Box("sack.hollow", Rect(0, 0, 90, 90), cut=(0.0, 0.5)))
    at = max(x for x, _ in inked(surface)) - 2
    ink, column = THEMES["night"].soft, [tuple(surface.get_at((at, y)))[:3] for y in range(40, 84)]
    assert column.count(ink) == len(column)


def test_a_shape_s_edge_fades_into_the_paper() -> None:
    """Half-covered pixels are clear ink, not a dark rim: a light shape keeps its colour to the edge."""
    surface = pygame.Surface((60, 60))
    surface.fill((0, 0, 0))
    surface.blit(cutout("sack", 60, PAPER), (0, 0))
    for at in ((x, y) for x in range(60) for y in range(60)):
        r, g, b = tuple(surface.get_at(at))[:3]
        assert r >= g >= b and abs(r * 240 - g * 250) <= 250 * 4
