"""Paper: measures outlines, and makes what all sheets share: grain, gradients and light."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from functools import cache

import pygame

from game.painter.canvas.byte_cache import cached, surface_bytes
from game.painter.canvas.colour import Colour

Point = tuple[float, float]
Shape = Sequence[Point]
Extent = tuple[float, float, float, float]  # left, top, right, foot in pixels
Edge = tuple[Colour, float]  # the colour and the breadth, in pixels, of the light or the snow on a sheet's edge

WORTH = 50_000  # pixels of a large sheet that cost about as much as one more sheet


def _noise(rng: random.Random, side: int, low: int) -> pygame.Surface:
    image = pygame.image.frombytes(rng.randbytes(side * side), (side, side), "P")
    image.set_palette([(low + i * (255 - low) // 255,) * 3 for i in range(256)])
    surface = pygame.Surface((side, side), 0, 32)
    surface.blit(image, (0, 0))
    return surface


@cache
def spot() -> pygame.Surface:
    """Return white light in a circle, strongest in the middle. It is tinted and stretched for every glow."""
    steps = 48
    spot = pygame.Surface((2 * steps, 2 * steps), 0, 32)
    for i in range(steps, 0, -1):
        tone = round(255 * (1 - i / steps) ** 2.2)
        pygame.draw.circle(spot, (tone, tone, tone), (steps, steps), i)
    return spot


def _soft(noise: pygame.Surface, side: int) -> pygame.Surface:
    """Return `noise` enlarged to `side` pixels, as a tile that repeats without a seam."""
    n = noise.get_width()
    four = pygame.Surface((2 * n, 2 * n), 0, 32)
    for at in ((0, 0), (n, 0), (0, n), (n, n)):
        four.blit(noise, at)
    return pygame.transform.smoothscale(four, (2 * side, 2 * side)).subsurface((side // 2, side // 2, side, side))


@cached(12_000_000, surface_bytes)
def grain(coarse: float) -> pygame.Surface:
    """Return a tile of paper texture (fine grain, soft clouds, long fibres), enlarged `coarse` times if `coarse` is
    over 1.15. Sheets are multiplied by it. It is cached: do not change it."""
    rng = random.Random("paper")
    side = 448
    tile = _noise(rng, side, 232)
    tile.blit(_soft(_noise(rng, side // 2, 236), side), (0, 0), special_flags=pygame.BLEND_RGB_MULT)
    tile.blit(_soft(_noise(rng, 28, 242), side), (0, 0), special_flags=pygame.BLEND_RGB_MULT)
    for _ in range(70):
        x, y, angle = rng.uniform(40, side - 40), rng.uniform(40, side - 40), rng.uniform(0, math.tau)
        tone = rng.choice((212, 218, 246, 252))
        for _ in range(rng.randint(3, 7)):
            angle += rng.uniform(-0.5, 0.5)
            to = (x + 5 * math.cos(angle), y + 5 * math.sin(angle))
            pygame.draw.aaline(tile, (tone, tone, tone), (x, y), to)
            x, y = to
    if coarse > 1.15:
        tile = pygame.transform.smoothscale_by(tile, coarse)
    return tile


def extent(*shapes: Shape) -> Extent:
    """Return the bounding box of all `shapes`, at least one of which must have points."""
    left, top = right, foot = next(shape[0] for shape in shapes if shape)
    for shape in shapes:
        for x, y in shape:  # a loop, because it is three times as fast as `min` and `max` over lists
            if x < left:
                left = x
            elif x > right:
                right = x
            if y < top:
                top = y
            elif y > foot:
                foot = y
    return left, top, right, foot


def touch(a: Extent, b: Extent) -> bool:
    """Return whether two bounding boxes overlap."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def bounds(around: Extent, margin: int, edge: int, size: tuple[int, int]) -> pygame.Rect:
    """Enlarge the box `around` by `edge` pixels per side, then crop it to a picture of `size`, enlarged by `margin`."""
    left, top = math.floor(around[0]) - edge, math.floor(around[1]) - edge
    box = pygame.Rect(left, top, math.ceil(around[2]) + edge - left, math.ceil(around[3]) + edge - top)
    return box.clip(pygame.Rect(0, 0, *size).inflate(2 * margin, 2 * margin))


def islands(cuts: Sequence[Shape], gap: float = 0.0, worth: float = WORTH) -> list[tuple[Extent, list[Shape]]]:
    """Group shapes. Merge two groups if their boxes are less than `gap` pixels apart, or if their common box has fewer
    than `worth` pixels more than their own two boxes together. Return each group's box and shapes."""
    groups: list[tuple[Extent, float, list[Shape]]] = []  # each group's box, its area in pixels, and its shapes
    for cut in cuts:
        if not cut:
            continue
        left, top, right, foot = extent(cut)
        mine = [cut]
        grown = True
        # Written out without calls, because a tree in winter has hundreds of boughs, each compared with all groups.
        while grown:
            grown = False
            area = (right - left) * (foot - top)
            apart: list[tuple[Extent, float, list[Shape]]] = []
            for group in groups:
                (west, north, east, south), size, others = group
                x0, y0 = (west if west < left else left), (north if north < top else top)
                x1, y1 = (east if east > right else right), (south if south > foot else foot)
                whole = (x1 - x0) * (y1 - y0)
                near = west - gap < right and left - gap < east and north - gap < foot and top - gap < south
                if near or whole - size - area < worth:
                    left, top, right, foot, area = x0, y0, x1, y1, whole
                    others += mine
                    mine = others
                    grown = True
                else:
                    apart.append(group)
            groups = apart
        groups.append(((left, top, right, foot), area, mine))
    return [(box, mine) for box, _, mine in groups]


def gradient(surface: pygame.Surface, top: Colour, bottom: Colour, start: float, end: float) -> None:
    """Fill `surface` with a vertical gradient: `top` down to the row `start`, `bottom` from the row `end` on."""
    w, h = surface.get_size()
    first, last = min(h, max(0, round(start))), min(h, max(0, round(end)))
    surface.fill(top, (0, 0, w, first))
    surface.fill(bottom, (0, last, w, h - last))
    # Draw bands of up to three levels of colour: the grain hides such steps.
    bands = min((last - first) // 2, max(abs(a - b) for a, b in zip(top, bottom, strict=True)) // 3) + 1
    reach = max(1.0, end - start)
    (r, g, b), (dr, dg, db) = top, (low - high for high, low in zip(top, bottom, strict=True))
    y = first
    for i in range(bands):
        below = first + (last - first) * (i + 1) // bands
        t = min(1.0, max(0.0, ((y + below) / 2 - start) / reach))
        surface.fill((round(r + dr * t), round(g + dg * t), round(b + db * t)), (0, y, w, below - y))
        y = below


def tinted(tone: Colour) -> pygame.Surface:
    """Return a small round light of the colour `tone`. Callers stretch it and add it to the picture."""
    small = spot().copy()
    small.fill(tone, special_flags=pygame.BLEND_RGB_MULT)
    return small


@cached(4_000_000, surface_bytes)
def small_light(w: int, h: int, tone: Colour) -> pygame.Surface:
    """Return a round light of the colour `tone`, stretched to `w` by `h` pixels. It is cached: do not change it."""
    return pygame.transform.smoothscale(tinted(tone), (w, h))
