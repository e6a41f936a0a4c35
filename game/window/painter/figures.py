"""People, always from behind: coats, caps, buns and scarves; never a face."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from game.window.painter import shapes
from game.window.painter.colour import Colour, mix, scale
from game.window.painter.paper import Point, Shape, Sheet, Table, lay

Kind = Literal["cap", "bun", "scarf", "cropped", "child"]
KINDS: tuple[Kind, ...] = ("cap", "bun", "cropped", "scarf", "cap", "child", "bun")


@dataclass(frozen=True, slots=True)
class Cut:
    """A figure's outlines: the coat and what is on the head, and slits for collar, seam and knot."""

    coat: tuple[Shape, ...]
    head: tuple[Shape, ...]
    slits: tuple[Shape, ...]


def _mirror(x: float, side: Sequence[Point]) -> list[Point]:
    """An outline from its right half, given top to bottom as distances from the middle line."""
    return [*((x + dx, y) for dx, y in side), *((x - dx, y) for dx, y in reversed(side))]


def head(x: float, y: float, u: float, kind: Kind) -> tuple[list[Shape], list[Shape]]:
    """A head seen from behind, its neck's foot at (x, y): outlines and slits."""
    neck = shapes.box(x - 0.62 * u, y - 1.2 * u, 1.24 * u, 1.8 * u)
    skull = shapes.ellipse(x, y - 2.3 * u, 1.42 * u, 1.72 * u, 28)
    outlines: list[Shape] = [neck, skull]
    slits: list[Shape] = []
    if kind == "cap":
        crown = _mirror(x, shapes.smooth([(0, y - 4.5 * u), (1.2 * u, y - 4.35 * u), (1.78 * u, y - 3.6 * u), (1.55 * u, y - 2.85 * u)], 4))
        outlines += [crown, shapes.box(x - 1.5 * u, y - 3.15 * u, 3.0 * u, 0.75 * u)]
        slits.append(shapes.lens((x - 1.45 * u, y - 3.02 * u), (x + 1.45 * u, y - 3.02 * u), 0.16 * u))
    elif kind == "bun":
        outlines += [shapes.ellipse(x, y - 1.25 * u, 0.85 * u, 0.75 * u, 20), shapes.ellipse(x, y - 2.4 * u, 1.52 * u, 1.7 * u, 28)]
        slits += [shapes.lens((x, y - 3.9 * u), (x, y - 2.1 * u), 0.12 * u), shapes.lens((x - 1.05 * u, y - 1.25 * u), (x + 1.05 * u, y - 1.25 * u), 0.14 * u)]
    elif kind == "scarf":
        cloth = _mirror(x, shapes.smooth([(0, y - 4.25 * u), (1.3 * u, y - 3.7 * u), (1.75 * u, y - 2.3 * u), (1.5 * u, y - 0.7 * u), (0.5 * u, y + 0.35 * u), (0, y + 0.9 * u)], 4))
        outlines.append(cloth)
        slits.append(shapes.lens((x - 1.3 * u, y - 1.5 * u), (x + 1.3 * u, y - 1.5 * u), 0.16 * u))
    else:
        outlines += [shapes.ellipse(x - 1.42 * u, y - 2.1 * u, 0.28 * u, 0.45 * u, 12), shapes.ellipse(x + 1.42 * u, y - 2.1 * u, 0.28 * u, 0.45 * u, 12)]
        if kind == "child":
            outlines += [shapes.ellipse(x - 1.25 * u, y - 3.5 * u, 0.55 * u, 0.5 * u, 14), shapes.ellipse(x + 1.25 * u, y - 3.5 * u, 0.55 * u, 0.5 * u, 14)]
    return outlines, slits


def bust(rng: random.Random, x: float, base: float, u: float, kind: Kind) -> Cut:
    """Somebody seated, cut off at `base`; about 9 `u` high and 6 broad."""
    if kind == "child":
        u *= 0.72
    tall = rng.uniform(4.6, 5.6) * u
    tilt = rng.uniform(-0.35, 0.35) * u
    y = base - tall
    broad = rng.uniform(0.92, 1.08) * u
    side = shapes.smooth([(0.7 * broad, y + 0.1 * u), (1.8 * broad, y + 0.55 * u), (2.85 * broad, y + 1.3 * u), (3.15 * broad, y + 3 * u), (3.2 * broad, base + u)], 4)
    coat = _mirror(x, side)
    collar = shapes.smooth([(x - 1.0 * u, y + 0.2 * u), (x, y + 0.62 * u), (x + 1.0 * u, y + 0.2 * u), (x, y + 0.4 * u)], 4, closed=True)
    seam = shapes.lens((x + 0.1 * u, y + 1.3 * u), (x + rng.uniform(-0.2, 0.2) * u, base), 0.13 * u)
    outlines, slits = head(x + tilt, y, u, kind)
    slits += [
        shapes.lens((x - 2.2 * u, y + 1.9 * u), (x - 2.05 * u, base), 0.14 * u),
        shapes.lens((x + 2.2 * u, y + 1.9 * u), (x + 2.05 * u, base), 0.14 * u),
    ]
    return Cut((coat,), tuple(outlines), (collar, seam, *slits))


def standing(rng: random.Random, x: float, base: float, u: float, kind: Kind) -> Cut:
    """Somebody standing, feet on `base`; about 20 `u` high."""
    if kind == "child":
        u *= 0.66
    y = base - 15.6 * u
    hem = base - 5.2 * u
    side = shapes.smooth([(0.7 * u, y + 0.1 * u), (1.8 * u, y + 0.5 * u), (2.7 * u, y + 1.3 * u), (3.0 * u, y + 4.5 * u), (3.3 * u, y + 8.2 * u), (2.8 * u, y + 8.6 * u)], 4)
    side += [(2.45 * u, y + 7.4 * u), (2.7 * u, hem)]
    coat = _mirror(x, side)
    step = rng.uniform(0.1, 0.5) * u
    legs: list[Shape] = []
    for sign in (-1, 1):
        cx = x + sign * (1.15 * u + step * 0.5)
        legs.append([(cx - 1.0 * u, hem - u), (cx + 1.0 * u, hem - u), (cx + 0.85 * u, base - 0.5 * u), (cx + 1.0 * u, base), (cx - 1.0 * u, base), (cx - 0.85 * u, base - 0.5 * u)])
    outlines, slits = head(x + rng.uniform(-0.3, 0.3) * u, y, u, kind)
    slits += [
        shapes.lens((x, y + 1.3 * u), (x + rng.uniform(-0.3, 0.3) * u, hem - 0.3 * u), 0.15 * u),
        shapes.lens((x - 2.1 * u, y + 1.9 * u), (x - 2.3 * u, y + 7.4 * u), 0.17 * u),
        shapes.lens((x + 2.1 * u, y + 1.9 * u), (x + 2.3 * u, y + 7.4 * u), 0.17 * u),
    ]
    return Cut((coat, *legs), tuple(outlines), tuple(slits))


def group(on: Table, cuts: Sequence[Cut], coat: Colour, hair: Colour, edge: Colour, u: float, rim: float = 0.16) -> None:
    """Lay a row of figures: coats of one paper, then heads of another."""
    coats = [shape for cut in cuts for shape in cut.coat]
    slits = [shape for cut in cuts for shape in cut.slits]
    heads = [shape for cut in cuts for shape in cut.head]
    lay(on, Sheet(coats, mix(coat, edge, 0.1), scale(coat, 0.8), 0.9 * u, holes=slits, rim=mix(coat, edge, 0.6), rim_width=rim * u))
    lay(on, Sheet(heads, mix(hair, edge, 0.06), hair, 0.5 * u, holes=slits, rim=mix(hair, edge, 0.7), rim_width=rim * u))
