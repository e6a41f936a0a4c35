"""Figures: people from behind or with bowed heads, never a face. `u`: pixels in a unit. `kind`: hair, hat or child."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Literal

from game.core.values import frozen
from game.painter.canvas import Brush, Colour, Origin, Shape, mix, scale, shapes

Kind = Literal["cap", "bun", "scarf", "felt", "cropped", "child"]
KINDS: tuple[Kind, ...] = ("cap", "bun", "cropped", "scarf", "cap", "child", "bun")


@frozen
class FigureOutlines:
    """The outlines of one person. `slits` are thin cuts, such as the collar. Only people who sit have `legs`."""

    coat: tuple[Shape, ...]
    head: tuple[Shape, ...]
    slits: tuple[Shape, ...]
    legs: tuple[Shape, ...] = ()


def head(x: float, y: float, u: float, kind: Kind) -> tuple[list[Shape], list[Shape]]:
    """Return the outlines and the slits of a head from behind. The foot of the neck is at (x, y)."""
    origin = Origin(x, y, u)
    neck = origin.points((-0.72, -1.2), (0.72, -1.2), (1, 0.6), (-1, 0.6))
    outlines: list[Shape] = [neck, origin.ellipse(0, -1.85, 1.4, 1.66, 28)]
    slits: list[Shape] = []
    if kind == "cap":
        side = shapes.points(0, y, u, (1, -3.95), (1.62, -3.6), (1.84, -3), (1.5, -2.45), (1.46, -1.9))
        outlines.append(shapes.mirrored(x, [(0.0, y - 4.05 * u), *shapes.smooth(side, 4)]))
        slits.append(origin.lens((-1.25, -2.5), (1.25, -2.5), 0.1))
    elif kind == "bun":
        outlines += [origin.ellipse(0, -1.0, 0.9, 0.78, 20), origin.ellipse(0, -2.05, 1.5, 1.62, 28)]
        slits.append(origin.lens((0, -3.6), (0, -2.3), 0.13))
    elif kind == "scarf":
        side = shapes.points(0, y, u, (0, -3.8), (1.15, -3.35), (1.68, -2.1), (1.36, -0.7), (1, 0.5), (0, 2))
        outlines.append(shapes.mirrored(x, shapes.smooth(side, 4)))
        slits.append(origin.lens((0.12, -0.9), (-0.06, 1.3), 0.14))
    elif kind == "felt":  # a winter cap with its brim rolled up
        dome = shapes.points(0, y, u, (0, -4.2), (0.9, -4), (1.5, -3.2), (1.6, -2.3))
        outlines.append(shapes.mirrored(x, shapes.smooth(dome, 4)))
        outlines.append(origin.ellipse(0, -2.35, 1.85, 0.62, 20))
        slits.append(origin.lens((-1.5, -2.85), (1.5, -2.85), 0.14))
    else:
        outlines += [origin.ellipse(sign * 1.42, -1.65, 0.26, 0.42, 12) for sign in (-1, 1)]
        if kind == "child":
            outlines += [origin.ellipse(sign * 1.3, -2.9, 0.62, 0.55, 14) for sign in (-1, 1)]
    return outlines, slits


def sitter(seat: str, share: float) -> random.Random | None:
    """Return a random generator for the person on `seat`, or None if nobody sits there. The fraction `share` (0 to 1)
    of all seats has a person. With a smaller share people leave, and the others stay the same."""
    rng = random.Random(seat)
    return rng if rng.random() < share else None


def _shins(x: float, top: float, floor: float, u: float, apart: float) -> tuple[Shape, ...]:
    """Return a sitting person's legs, `apart` units from the middle. They reach from the row `top` down to the row
    `floor`, but are at most 8.6 units long."""
    foot = min(floor, top + 8.6 * u)
    return tuple(
        [
            (x + sign * (apart - 1.0) * u, top),
            (x + sign * (apart + 1.0) * u, top),
            (x + sign * (apart + 0.72) * u, foot - 1.0 * u),
            (x + sign * (apart + 1.3) * u, foot - 0.2 * u),
            (x + sign * (apart + 1.1) * u, foot),
            (x + sign * (apart - 0.8) * u, foot),
            (x + sign * (apart - 0.62) * u, foot - 1.0 * u),
        ]
        for sign in (-1, 1)
    )


def bust(rng: random.Random, x: float, base: float, u: float, kind: Kind, floor: float | None = None) -> FigureOutlines:
    """Return a seated person from behind, the middle at `x`, the seat on the row `base`; about 9 `u` high, 7 wide.
    `floor` is the row of the feet; without it there are no legs."""
    if kind == "child":
        u *= 0.74
    y = base - rng.uniform(4.3, 5.3) * u
    tilt = rng.uniform(-0.4, 0.4) * u
    broad = rng.uniform(0.94, 1.12) * u
    side = [
        (0.8 * broad, y - 0.1 * u), (1.7 * broad, y + 0.5 * u), (2.7 * broad, y + 1.25 * u),
        (3.15 * broad, y + 2.7 * u), (3.2 * broad, base - 0.9 * u), (3.6 * broad, base - 0.1 * u),
        (3.3 * broad, base + 0.7 * u), (1.9 * broad, base + 1.0 * u), (0.0, base + 0.8 * u),
    ]  # fmt: skip
    coat = shapes.mirrored(x, shapes.smooth(side, 3))
    collar = shapes.smooth(shapes.points(x, y, u, (-1.15, 0.35), (0, 0.95), (1.15, 0.35), (0, 0.72)), 4, closed=True)
    outlines, slits = head(x + tilt, y, u, kind)
    slits += [
        collar,
        shapes.lens((x + 0.1 * u, y + 2.0 * u), (x + rng.uniform(-0.3, 0.3) * u, base), 0.11 * u),
        shapes.lens((x - 2.3 * u, y + 2.4 * u), (x - 2.15 * u, base), 0.12 * u),
        shapes.lens((x + 2.3 * u, y + 2.4 * u), (x + 2.15 * u, base), 0.12 * u),
    ]
    legs = () if floor is None else _shins(x, base, floor, u, 1.7)
    return FigureOutlines((coat,), tuple(outlines), tuple(slits), legs)


def bowed(rng: random.Random, x: float, base: float, u: float, kind: Kind, floor: float) -> FigureOutlines:
    """Return a person of the size of `bust` who sits facing the viewer with a bowed head, so that no face is visible.
    The knees are at the row `base`, the feet on the row `floor`."""
    if kind == "child":
        u *= 0.74
    y = base - rng.uniform(4.2, 5.0) * u
    broad, tilt = rng.uniform(0.94, 1.12) * u, rng.uniform(-0.5, 0.5) * u
    side = [(0.9 * broad, y), (2.2 * broad, y + 0.7 * u), (3.3 * broad, y + 2.4 * u), (3.4 * broad, base + 0.2 * u)]
    coat = shapes.mirrored(x, shapes.smooth(side, 4))
    hx, hy = x + tilt, y - 1.1 * u
    outlines: list[Shape] = [shapes.ellipse(hx, hy, 1.45 * u, 1.55 * u, 28)]
    if kind == "cap":
        crown = shapes.points(hx, hy, u, (-1.9, -0.2), (-1.6, -1.8), (0, -2.3), (1.6, -1.8))
        outlines.append(shapes.smooth([*crown, (hx + 1.9 * u, hy - 0.2 * u)], 4))
        peak = shapes.points(hx, hy, u, (-1.6, -0.3), (0, 0.9), (1.6, -0.3), (0, -0.7))
        outlines.append(shapes.smooth(peak, 4, closed=True))
    elif kind == "scarf":
        side = shapes.points(0, hy, u, (0, -2), (1.5, -1.2), (1.9, 0.4), (1, 1.9))
        outlines.append(shapes.mirrored(hx, shapes.smooth(side, 4)))
    elif kind == "child":
        outlines += [shapes.ellipse(hx + sign * 1.4 * u, hy - 0.9 * u, 0.6 * u, 0.5 * u, 14) for sign in (-1, 1)]
    slits = [
        shapes.lens((x, y + 1.2 * u), (x + rng.uniform(-0.2, 0.2) * u, base), 0.13 * u),
        *(shapes.lens((x + s * 0.9 * u, y + 0.4 * u), (x + s * 0.15 * u, y + 1.9 * u), 0.15 * u) for s in (-1, 1)),
        *(shapes.lens((x + s * 2.2 * u, y + 2.2 * u), (x + s * 2.0 * u, base), 0.12 * u) for s in (-1, 1)),
    ]
    knees = (shapes.ellipse(x + sign * 1.75 * u, base + 0.7 * u, 1.65 * u, 1.2 * u, 16) for sign in (-1, 1))
    return FigureOutlines((coat,), tuple(outlines), tuple(slits), (*_shins(x, base + 0.6 * u, floor, u, 1.75), *knees))


def standing(rng: random.Random, x: float, base: float, u: float, kind: Kind) -> FigureOutlines:
    """Return the outlines of a standing person from behind, whose feet are on the row `base`; about 19 `u` high."""
    if kind == "child":
        u *= 0.66
    y = base - 14.6 * u
    hem = base - 5.6 * u
    stoop = rng.uniform(-0.5, 0.5) * u
    left, right = rng.uniform(0.9, 1.15) * u, rng.uniform(0.9, 1.15) * u
    half = [(0.8, -0.1), (1.5, 0.45), (2.3, 1.2), (2.75, 2.6), (2.95, 5.2), (3.15, 7.9), (2.85, 8.7), (2.4, 8.3)]
    sides = [
        [*shapes.smooth([(dx * k, y + dy * u) for dx, dy in half], 3), (2.2 * k, y + 7.0 * u), (2.75 * k, hem)]
        for k in (right, left)
    ]
    coat = [*((x + dx, cy) for dx, cy in sides[0]), *((x - dx, cy) for dx, cy in reversed(sides[1]))]
    legs: list[Shape] = []
    for sign in (-1, 1):
        cx = x + sign * 1.25 * u
        foot = cx + sign * rng.uniform(0.0, 0.5) * u
        legs.append([
            (cx - 1.15 * u, hem - u), (cx + 1.15 * u, hem - u), (foot + 0.9 * u, base - 0.7 * u),
            (foot + 1.1 * u, base), (foot - 1.1 * u, base), (foot - 0.9 * u, base - 0.7 * u),
        ])  # fmt: skip
    outlines, slits = head(x + stoop, y + 0.2 * u, u, kind)
    slits += [
        shapes.lens((x, y + 5 * u), (x + rng.uniform(-0.3, 0.3) * u, hem - 0.2 * u), 0.12 * u),
        shapes.lens((x - 2.0 * left, y + 2.4 * u), (x - 2.25 * left, y + 7.2 * u), 0.14 * u),
        shapes.lens((x + 2.0 * right, y + 2.4 * u), (x + 2.25 * right, y + 7.2 * u), 0.14 * u),
    ]
    return FigureOutlines((coat, *legs), tuple(outlines), tuple(slits))


def waiting(rng: random.Random, x: float, base: float, u: float, kind: Kind, raised: bool = False) -> FigureOutlines:
    """Return a person who stands on the row `base` in a padded coat, hands in the sleeves; about 19 `u` high. With
    `raised`, leave out the left arm, which the caller draws."""
    u *= rng.uniform(0.62, 0.7) if kind == "child" else rng.uniform(0.86, 1.06)
    stoop = rng.choice((0.0, 0.2, 0.9)) * u
    y, hem = base - 14.4 * u + 0.8 * stoop, base - rng.uniform(3.6, 5.4) * u
    broad = rng.uniform(0.94, 1.1) * u
    half = [(0.9, -0.2), (1.9, 0.4), (2.7, 1.5), (3.2, 3.4), (3.8, 5.3), (3.5, 6.5), (2.6, 7.1)]
    skirt = rng.uniform(2.7, 3.2) * broad
    right, left = (
        [*shapes.smooth([(dx * broad, y + dy * u) for dx, dy in arm], 3), (skirt * 0.96, hem - u), (skirt, hem)]
        for arm in (half, [*half[:3], (2.55, 4.0), half[-1]] if raised else half)
    )
    lean = rng.uniform(-0.3, 0.3) * u
    coat = [*((x + dx, cy) for dx, cy in right), (x, hem + 0.3 * u), *((x - dx, cy) for dx, cy in reversed(left))]
    legs: list[Shape] = [
        [
            (x + sign * 1.15 * u - 0.95 * u, hem - u),
            (x + sign * 1.15 * u + 0.95 * u, hem - u),
            (x + sign * 1.05 * u + 0.75 * u, base - 0.9 * u),
            (x + sign * 1.2 * u + 0.85 * u, base),
            (x + sign * 1.2 * u - 0.85 * u, base),
            (x + sign * 1.05 * u - 0.75 * u, base - 0.9 * u),
        ]
        for sign in (-1, 1)
    ]
    outlines, slits = head(x + lean, y + 0.2 * u + 0.4 * stoop, u, kind)
    slits += [
        shapes.lens((x + lean * 0.4, y + 1.6 * u), (x - lean * 0.4, hem - 0.2 * u), 0.12 * u),
        *(
            shapes.lens((x + s * 2.0 * broad, y + 2.2 * u), (x + s * 2.7 * broad, y + 6.6 * u), 0.16 * u)
            for s in ((1,) if raised else (-1, 1))
        ),
    ]
    return FigureOutlines((coat, *legs), tuple(outlines), tuple(slits))


def legs(brush: Brush, cuts: Sequence[FigureOutlines], coat: Colour) -> None:
    """Draw seated people's legs, darker than their coats, as slits. Slits take a tenth of the time that sheets take."""
    brush.slit([shape for cut in cuts for shape in cut.legs], scale(coat, 0.56), scale(coat, 0.9))


def group(
    brush: Brush, cuts: Sequence[FigureOutlines], coat: Colour, hair: Colour, edge: Colour, u: float, rim: float = 0.16
) -> None:
    """Draw people: all coats in one colour, then all heads in another. `rim`: the lit edges' breadth in units."""
    coats = [shape for cut in cuts for shape in cut.coat]
    slits = [shape for cut in cuts for shape in cut.slits]
    heads = [shape for cut in cuts for shape in cut.head]
    brush.cut(coats, coat, 0.9 * u, holes=slits, lit=0.1, dark=0.8, rim=0.42, edge=(edge, rim * u))
    brush.lay(
        heads, mix(hair, edge, 0.06), hair, 0.5 * u, holes=slits, edge=(mix(hair, edge, 0.5), rim * u), apart=True
    )
