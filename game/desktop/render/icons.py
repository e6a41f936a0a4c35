"""Icons: draws icons, bowls and patterned bars, with `unit` pixels for each pixel at 1080p."""

from __future__ import annotations

from itertools import pairwise

import pygame

from game.desktop.render.paper_shapes import OVERSAMPLE
from game.painter.canvas.byte_cache import cached, surface_bytes
from game.ui.icon_outlines import BOWL, ICONS, STROKE, BarPattern, Outline, bowl_food
from game.ui.layout.geometry import Box
from game.ui.theme import Colour, Theme

INKS = {"door.open": "accent"}  # the theme's colour of an icon; all others have `soft`


@cached(6_000_000, surface_bytes)
def cutout(kind: str, size: int, colour: Colour) -> pygame.Surface:
    """Return the shape `kind` of `ICONS`, `size` pixels wide and high."""
    form = ICONS[kind]
    return _shape((size, size), form.solid, form.lined, colour)


@cached(1_000_000, surface_bytes)
def bowl(size: tuple[int, int], tenths: int, colour: Colour) -> pygame.Surface:
    """Return a bowl seen from the side, filled to `tenths` tenths of its height."""
    return _shape(size, (*BOWL.solid, bowl_food(tenths / 10)), BOWL.lined, colour)


@cached(2_000_000, surface_bytes)
def patterned(size: tuple[int, int], pattern: BarPattern, unit: float, colour: Colour) -> pygame.Surface:
    """Return a part of a bar, `size` pixels large, with the lines of its pattern and a line around it."""
    width, height = (side * OVERSAMPLE for side in size)
    shape = pygame.Surface((width, height), pygame.SRCALPHA)
    shape.fill((*colour, 0))
    wide = max(OVERSAMPLE, round(pattern.line * unit * OVERSAMPLE))
    for start, end in pattern.lines(width, height, unit * OVERSAMPLE):
        pygame.draw.line(shape, colour, start, end, wide)
    edge = max(2, round(2.5 * unit)) * OVERSAMPLE
    dashes = pattern.edge(width - edge, height - edge, unit * OVERSAMPLE)
    for (x1, y1), (x2, y2) in dashes:
        pygame.draw.rect(shape, colour, (x1, y1, x2 - x1 + edge, y2 - y1 + edge))
    if not dashes:
        pygame.draw.rect(shape, colour, shape.get_rect(), edge)
    return pygame.transform.smoothscale(shape, size)


def _shape(
    size: tuple[int, int], solid: tuple[Outline, ...], lined: tuple[Outline, ...], colour: Colour
) -> pygame.Surface:
    """Return a surface of `size` pixels with these filled and drawn outlines, in fractions of the surface's width."""
    width, height = (side * OVERSAMPLE for side in size)
    shape = pygame.Surface((width, height), pygame.SRCALPHA)
    shape.fill((*colour, 0))  # so that the edges fade to transparent, not to black
    for outline in solid:
        if outline:
            pygame.draw.polygon(shape, colour, [(x * width, y * width) for x, y in outline])
    # no line crosses the edge of the box, and each line has at least two pixels
    wide = max(2 * OVERSAMPLE, round(STROKE * width))
    room = width - wide
    for outline in lined:
        points = [(wide / 2 + x * room, wide / 2 + y * room) for x, y in outline]
        for start, end in pairwise(points):
            pygame.draw.line(shape, colour, start, end, wide)
        for point in points:
            pygame.draw.circle(shape, colour, point, wide / 2)
    return pygame.transform.smoothscale(shape, size)


def draw(target: pygame.Surface, theme: Theme, unit: float, box: Box) -> None:
    """Draw the icon of a box; in themes with texture, with an edge."""
    size = box.rect.h
    if theme.texture and ICONS[box.kind].solid:
        target.blit(cutout(box.kind, size, theme.edge), (box.rect.x, box.rect.y + max(1, round(2 * unit))))
    ink: Colour = getattr(theme, INKS.get(box.kind, "soft"))
    target.blit(cutout(box.kind, size, ink), (box.rect.x, box.rect.y))
