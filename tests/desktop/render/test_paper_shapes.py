"""Paper shapes: filling from one tile looks like a whole sheet."""

from __future__ import annotations

import pygame
import pytest

from game.desktop.render import paper_shapes
from game.ui.theme import THEMES
from tests.painter.pictures import noise, pixels

SIZE = (700, 600)
RECTS = [pygame.Rect(0, 0, *SIZE), pygame.Rect(13, 7, 555, 523), pygame.Rect(300, 40, 20, 20)]


@pytest.mark.parametrize("rect", RECTS, ids=str)
@pytest.mark.parametrize("strength", [0.0, 1.0])
def test_paper_fills_its_rectangle_only(rect: pygame.Rect, strength: float) -> None:
    """The grain continues from one tile to the next, from its corner on."""
    colour = THEMES["paper"].sheet
    laid, expected = noise(SIZE), noise(SIZE)
    sheet = pygame.Surface(rect.size)
    sheet.fill(colour)
    if strength:
        for y in range(0, rect.h, paper_shapes.TILE):
            for x in range(0, rect.w, paper_shapes.TILE):
                sheet.blit(paper_shapes.grain(strength), (x, y))
    expected.blit(sheet, rect)
    paper_shapes.fill_paper(laid, rect, colour, strength)
    assert pixels(laid) == pixels(expected)


@pytest.mark.parametrize("rect", RECTS, ids=str)
@pytest.mark.parametrize("share", sorted({theme.dim for theme in THEMES.values()}))
def test_dimming_by_tiles_equals_dimming_at_once(rect: pygame.Rect, share: float) -> None:
    dimmed, expected = noise(SIZE), noise(SIZE)
    veil = pygame.Surface(SIZE)
    veil.set_alpha(round(255 * share))
    expected.blit(veil, rect, rect)
    paper_shapes.dim(dimmed, rect, share)
    assert pixels(dimmed) == pixels(expected)
