"""Vessels: draws a well or a pump, the yard's wok and grain jar, and sacks. `u` is the number of pixels in a unit."""

from __future__ import annotations

import math
import random

from game.painter.canvas import Brush, Origin, Point, Shape, mix, scale, shapes
from game.painter.props import tableware


def well(brush: Brush) -> None:
    """Draw a well without a windlass: a low curb of field stones, with the bucket on its rope."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    edge, width = brush.edge
    x, y = frame.x(0.78), frame.y(0.845)
    stone = mix(mix(colours.wall, colours.roof, 0.45), colours.ink, 0.1)
    broad = max(width, 0.25 * u)
    rng = random.Random("well")

    def stones(start: int, high: float) -> list[Shape]:
        """Return six of the curb's twelve stones, `high` pixels high: the near half (`start` 0) or the far half (6)."""
        found: list[Shape] = []
        for i in range(6):
            a, b = (math.tau * (start + i + part) / 12 for part in (0.04, 0.96))
            rise = high * rng.uniform(0.85, 1.2)
            ends = [(x + 7.2 * u * math.cos(t), y + 2.1 * u * math.sin(t)) for t in (a, (a + b) / 2, b)]
            found.append([*((px, py - rise) for px, py in ends), *((px, py + 1.2 * u) for px, py in reversed(ends))])
        return found

    brush.stain([shapes.ellipse(x - 1 * u, y + 1.2 * u, 10.4 * u, 3.2 * u, 36)], colours.shadow, 90)
    brush.cut(stones(6, 0.6 * u), scale(stone, 0.85), 0.6 * u, rim=0.6, edge=(edge, broad))
    brush.lay([shapes.ellipse(x, y, 6.4 * u, 1.7 * u, 40)], colours.ink, mix(colours.ink, colours.water, 0.3))
    brush.cut(stones(0, 0.9 * u), stone, 0.9 * u, rim=0.7, edge=(edge, broad))
    bx, by = x - 11.4 * u, y + 3.4 * u
    brush.stain([shapes.ellipse(bx - 1 * u, by, 4.2 * u, 0.9 * u, 24)], colours.shadow, 100)
    tableware.bucket(brush.near(), bx, by, 0.92 * u)
    way = [
        (-11.4, -5.4), (-9.4, -2.4), (-8.0, 3.0), (-4.6, 4.9), (-1.4, 4.0), (-3.2, 2.9), (-5.4, 4.0), (-1.0, 5.2),
        (2.2, 3.4),
    ]  # fmt: skip
    rope = shapes.smooth(shapes.points(x, y, u, *way), 5)
    brush.cut([shapes.ribbon(rope, 0.42 * u)], mix(colours.ear, colours.wood, 0.35), 0.4 * u, edge=(edge, brush.fine))


def pump(brush: Brush) -> None:
    """Draw a hand pump of cast iron on a cement slab in the well's place, with a bucket under its spout."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    edge, width = brush.edge
    x, y = frame.x(0.8), frame.y(0.845)
    broad = max(width, 0.25 * u)
    cement = mix(mix(colours.wall, colours.roof, 0.35), colours.rim, 0.12)
    iron = mix(mix(colours.ink, colours.roof, 0.4), colours.wood, 0.15)
    brush.stain([shapes.ellipse(x - 2 * u, y + 3.4 * u, 15 * u, 2.6 * u, 36)], colours.shadow, 90)
    slab = shapes.points(x, y, u, (-12, -1.6), (7, -1.6), (9, 3), (-13.6, 3))
    front = [slab[3], slab[2], (x + 9 * u, y + 4.0 * u), (x - 13.6 * u, y + 4.0 * u)]
    brush.cut([front], scale(cement, 0.8), 0.6 * u, rim=0.3, edge=(edge, broad))
    brush.cut([slab], cement, 0, lit=0.25, dark=0.92, rim=0.6, edge=(edge, broad))
    top = y - 15.5 * u
    handle = shapes.smooth(shapes.points(x, top, u, (0.4, -2.4), (5, -2.8), (9, 0.6), (11, 6.4)), 5)
    rod = shapes.ribbon([(x - 0.2 * u, top - 2.6 * u), (x - 0.2 * u, top + 2 * u)], 0.55 * u)
    fork = shapes.ribbon([(x + 1.6 * u, top + u), (x + 2.0 * u, top - 3.0 * u)], [1.0 * u, 0.8 * u])
    lever = shapes.ribbon(handle, [(1.1 - 0.02 * i) * u for i in range(len(handle))])
    brush.cut([rod, fork, lever], iron, 0.7 * u, rim=0.6, edge=(edge, broad))
    spout = shapes.smooth(shapes.points(x, top, u, (-1.6, 4.4), (-5.2, 4.6), (-6.6, 6.2), (-6.7, 7.4)), 5)
    barrel = shapes.mirrored(
        x, [(1.9 * u, top), (1.9 * u, y - 3.2 * u), (1.2 * u, y - 2.2 * u), (1.2 * u, y), (2.6 * u, y + u)]
    )
    rims = [shapes.box(x - 2.4 * u, row, 4.8 * u, 0.9 * u) for row in (top - 0.3 * u, y - 4 * u)]
    brush.cut([shapes.ribbon(spout, 1.5 * u)], scale(iron, 0.85), 0.7 * u, rim=0.6, edge=(edge, broad))
    brush.cut([barrel, *rims], iron, 1.0 * u, lit=0.2, rim=0.7, edge=(edge, broad))
    bx, by = x - 6.9 * u, y + 1.8 * u
    brush.stain([shapes.ellipse(bx - 1 * u, by, 4.0 * u, 0.9 * u, 24)], colours.shadow, 100)
    tableware.bucket(brush.near(), bx, by, 0.86 * u)


def hook(brush: Brush, x: float, y: float, u: float) -> None:
    colours, edge = brush.colours, brush.light
    iron = mix(colours.ink, colours.roof, 0.25)
    peg = mix(colours.wood, colours.ink, 0.3)
    y += 4.5 * u
    rim = mix(peg, edge, 0.6), 0.15 * u
    brush.lay([shapes.box(x - 3 * u, y - 1.3 * u, 6 * u, 2 * u)], peg, scale(peg, 0.8), 0.8 * u, edge=rim)
    curve = shapes.smooth(shapes.points(x, y, u, (0, -0.4), (0, 2.6), (0.2, 3.9), (1.4, 4.2), (1.9, 3.2)), 6)
    hook = shapes.ribbon(curve, 0.55 * u)
    brush.lay([hook], iron, iron, 0.7 * u, edge=(mix(iron, edge, 0.7), 0.14 * u))
    if not brush.state.wok:
        # Draw the wall darker in the wok's shape: years of soot.
        mark = shapes.ellipse(x, y + 10.4 * u, 6.0 * u, 6.0 * u, 48)
        soot = mix(colours.wall, colours.ink, 0.42)
        brush.lay([mark], soot, mix(soot, colours.wall, 0.3), alpha=90)
        brush.lay([hook], iron, iron, 0.7 * u, edge=(mix(iron, edge, 0.7), 0.14 * u))
        return
    wok(brush, (x, y + 10.4 * u), u)


def wok(brush: Brush, at: Point, u: float) -> None:
    """Draw the wok, seen from above, with its middle at `at`."""
    origin = Origin(*at, u)
    with brush.parts.named("wok", away=(0, 5 * u), at=at):
        iron = mix(brush.colours.ink, brush.colours.roof, 0.25)
        ears = [origin.ellipse(sign * 6.4, 0, 1.1, 1.5, 20) for sign in (-1, 1)]
        holes = [origin.ellipse(sign * 6.7, 0, 0.5, 0.85, 16) for sign in (-1, 1)]
        loop = origin.ellipse(0, -6.0, 1.0, 1.1, 20)
        brush.lay(
            [origin.ellipse(0, 0, 6.2, 6.2, 72), *ears, loop],
            mix(iron, brush.light, 0.16),
            iron,
            1.4 * u,
            holes=[*holes, origin.ellipse(0, -6.2, 0.5, 0.5, 14)],
            edge=(mix(iron, brush.light, 0.75), 0.22 * u),
        )
        rim = mix(iron, brush.colours.shadow, 0.5), 0.4 * u
        brush.lay([origin.ellipse(0, 0, 5.2, 5.2, 64)], scale(iron, 0.8), mix(iron, brush.light, 0.2), edge=rim)
        shine = origin.curve((-3.6, 1.6), (-1.4, 3.7), (1.6, 3.9), steps=6, closed=False)
        outlines = [
            shapes.ribbon(
                shine, [0.1 * u + 0.5 * u * math.sin(math.pi * i / (len(shine) - 1)) for i in range(len(shine))]
            )
        ]
        brush.lay(outlines, brush.light, alpha=110)


def jar(brush: Brush) -> None:
    """Draw the grain jar, with a slit that shows how full it is. If the jar is gone, draw the ring that it left."""
    if not brush.state.jar:
        _jars_place(brush)
        return
    with brush.parts.named("jar", away=(12 * brush.frame.u, -2 * brush.frame.u)):
        _jar(brush)


def _jar(brush: Brush) -> None:
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    edge, width = brush.edge
    x, foot = frame.x(0.5), frame.y(0.985)
    tall = 25 * u
    top = foot - tall
    side = shapes.smooth([
        (4.6 * u, top), (4.2 * u, top + 1.6 * u), (7.6 * u, top + 5.4 * u), (9.6 * u, top + 11 * u),
        (8.6 * u, top + 18 * u), (5.8 * u, foot),
    ], 6)  # fmt: skip
    body = shapes.mirrored(x, side)
    glaze = mix(mix(colours.wood, colours.earth, 0.4), colours.ink, 0.32)
    slit_top, slit_foot = top + 5 * u, foot - 3 * u
    slit = shapes.lens((x, slit_top), (x, slit_foot), 5.2 * u)
    empty = mix(colours.ink, glaze, 0.2)
    brush.lay([shapes.box(x - 3.4 * u, slit_top, 6.8 * u, slit_foot - slit_top)], scale(empty, 0.8), empty)
    level = slit_foot - 0.6 * u - (slit_foot - slit_top - 1.6 * u) * state.jar / 10
    rng = random.Random("grain")
    heap = shapes.smooth(shapes.points(x, level, u, (-3.2, 0.5), (-1.2, -0.3), (0.8, 0.1), (3.2, 0.6)), 5)
    gold = mix((226, 184, 92), colours.ear, 0.35)
    if state.hour == "night":
        gold = mix(gold, colours.ear, 0.6)
    kernels = [
        shapes.leaf(
            rng.uniform(x - 2.8 * u, x + 2.4 * u),
            rng.uniform(level + 0.8 * u, slit_foot),
            0.9 * u,
            rng.uniform(-0.9, 0.9),
            0.5,
        )
        for _ in range(6 + state.jar * 7)
    ]
    kernels = [k for k in kernels if min(y for _, y in k) > level + 0.3 * u]
    outlines = [[*heap, (x + 3.2 * u, slit_foot), (x - 3.2 * u, slit_foot)]]
    brush.lay(outlines, gold, scale(gold, 0.82), 0.4 * u, edge=(mix(gold, (255, 255, 255), 0.5), 0.2 * u))
    brush.lay(kernels, scale(gold, 0.8), scale(gold, 0.66))
    brush.cut(
        [body], glaze, 2.6 * u, holes=[slit], dark=0.7, rim=0.75, edge=(edge, max(width * 0.8, 0.3 * u)), apart=False
    )
    lip = [*shapes.ellipse(x, top, 5.2 * u, 1.1 * u, 36)]
    brush.lay(
        [lip],
        mix(glaze, edge, 0.25),
        glaze,
        0.5 * u,
        holes=[shapes.ellipse(x, top + 0.1 * u, 4.2 * u, 0.72 * u, 30)],
        edge=(mix(glaze, edge, 0.9), 0.22 * u),
    )
    lid = [*shapes.smooth(shapes.points(x, top, u, (-5.4, -0.4), (-2.8, -1.9), (0, -2.2), (2.8, -1.9), (5.4, -0.4)), 5)]
    outlines = [lid, shapes.ellipse(x, top - 2.6 * u, 1.1 * u, 0.9 * u, 20)]
    border = mix(colours.wood, edge, 0.7), 0.2 * u
    brush.lay(outlines, mix(colours.wood, edge, 0.2), colours.wood, 0.7 * u, edge=border)


def _jars_place(brush: Brush) -> None:
    u, frame, colours = brush.u, brush.frame, brush.colours
    x, y = frame.x(0.5), frame.y(0.985) - 2.2 * u
    pale = mix(colours.earth, colours.sky_low, 0.62)
    brush.stain([shapes.ellipse(x, y, 7.4 * u, 2.2 * u, 48)], pale, 70)
    edge = zip(shapes.ellipse(x, y, 7.4 * u, 2.2 * u, 48), shapes.ellipse(x, y, 6.2 * u, 1.7 * u, 48), strict=True)
    outer, inner = zip(*edge, strict=True)
    brush.stain([[*outer, outer[0], inner[0], *reversed(inner)]], pale, 150)


def sack(x: float, base: float, u: float) -> tuple[list[Point], list[Shape]]:
    """Return a full sack on the row `base`, 6.6 `u` wide and 11 high, sewn up across the top: its outline and slits."""
    y = base - 10.6 * u
    origin = Origin(x, y, u)
    side = [(2.2, 0.2), (2.7, -0.15), (2.95, 0.6), (3.0, 3.0), (3.25, 7.4), (3.15, 10.2), (2.5, 10.7)]
    right = origin.curve(*side, steps=3, closed=False)
    left = shapes.smooth([(x - dx * 0.97 * u, y + (dy + 0.1) * u) for dx, dy in reversed(side)], 3)
    stitches = [origin.lens((dx, 0.75), (dx + 0.55, 1.0), 0.2) for dx in (-2, -0.9, 0.2, 1.3)]
    folds: list[Shape] = [
        origin.lens((1.5, 1.9), (1.9, 7.0), 0.16),
        origin.lens((0.9, 2.1), (1.0, 4.0), 0.12),
        shapes.lens((x - 2.4 * u, base - 3.4 * u), (x - 0.9 * u, base - 1.2 * u), 0.14 * u),
    ]
    return [*right, (x, base + 0.3 * u), *left, (x, y + 0.45 * u)], [*stitches, *folds]
