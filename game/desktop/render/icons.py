"""Icons: renders the outlines of `game.ui.icon_outlines`, drawn large and scaled down for smooth edges."""

from __future__ import annotations

from itertools import pairwise

import pygame

from game.desktop.render.paper_shapes import OVERSAMPLE
from game.painter.canvas.byte_cache import cached, surface_bytes
from game.ui.icon_outlines import ICONS, STROKE
from game.ui.layout.geometry import Box
from game.ui.theme import Colour, Theme

INKS = {"door.open": "accent"}  # attribute of the theme; all others are `soft`


@cached(6_000_000, surface_bytes)
def cutout(kind: str, size: int, colour: Colour) -> pygame.Surface:
    """The shape `kind` of `ICONS`, `size` pixels wide and high."""
    form, big = ICONS[kind], size * OVERSAMPLE
    shape = pygame.Surface((big, big), pygame.SRCALPHA)
    shape.fill((*colour, 0))  # the edges fade to clear, not to black
    for outline in form.solid:
        pygame.draw.polygon(shape, colour, [(x * big, y * big) for x, y in outline])
    # no line runs over the edge of the square, nor is one thinner than two pixels
    wide = max(2 * OVERSAMPLE, round(STROKE * big))
    room = big - wide
    for outline in form.lined:
        points = [(wide / 2 + x * room, wide / 2 + y * room) for x, y in outline]
        for start, end in pairwise(points):
            pygame.draw.line(shape, colour, start, end, wide)
        for point in points:
            pygame.draw.circle(shape, colour, point, wide / 2)
    return pygame.transform.smoothscale(shape, (size, size))


def draw(target: pygame.Surface, theme: Theme, unit: float, box: Box) -> None:
    """Draw the icon of a box, clipped to `box.cut`; themes with texture add an edge. `unit`: pixels a 1080p pixel."""
    size, form = box.rect.h, ICONS[box.kind]
    left, right = (round(form.across(part) * size) for part in box.cut)
    part = pygame.Rect(left, 0, right - left, size)
    place = box.rect.x + left, box.rect.y
    if theme.texture and form.solid:
        edge = cutout(box.kind, size, theme.edge)
        target.blit(edge, (place[0], place[1] + max(1, round(2 * unit))), part)
    ink: Colour = getattr(theme, INKS.get(box.kind, "soft"))
    target.blit(cutout(box.kind, size, ink), place, part)
    if box.kind == "sack.hollow" and right < size:  # a line closes it where it is cut off, as high as the sack is there
        line = max(2, round(STROKE * size))
        close = pygame.Rect(max(left, right - line), 0, min(line, right - left), size)
        target.blit(cutout("sack", size, ink), (box.rect.x + close.x, box.rect.y), close)
