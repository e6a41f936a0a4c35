"""Scenes `village` and `years`: the village with ridge, wood, orchard, roofs, furnaces, river and fields.

In `years` the viewer sees the village over a wall with the family's bowls. The view is the same in each year, so that
the viewer notices what is missing.
"""

from __future__ import annotations

import math
import random

from game.painter.canvas import SNOW, Brush, Colour, Point, Shape, mix, scale, shapes
from game.painter.props import buildings, fields, furnaces, landscape, orchard, settlement, tableware, waters

_SIZES = (0.86, 0.98, 1.06, 1.06, 1.1)  # sizes of the bowls of `years`, as factors; the smallest child's comes first
_TOP, _FOOT = 0.845, 0.955  # rows of the far and near edge of the wall's top, as shares of the subject area's height
_APART = 16.0  # units between two bowls


def village(brush: Brush) -> None:
    """Paint the village."""
    u, frame = brush.u, brush.frame
    sun = (0.7, 0.2)
    landscape.sky(brush, frame.y(0.5), sun, "village clouds", 0.32)
    landscape.birds(brush, (0.5, 0.26))
    _ridges(brush)
    brush.glow((frame.x(sun[0]), frame.y(0.45)), 60 * u, brush.colours.halo, 0.5, 0.5)
    slope = brush.crest("slope", 0.555, 1.8, 90)
    landscape.ridge(brush, slope, 0.6, 10 * u)
    orchard.orchard(brush, slope)
    landscape.ridge(brush, brush.crest("rise", 0.625, 1.0, 100), 0.66, 8 * u, haze=0.3)
    settlement.settle(brush, 0)
    ground = brush.crest("ground", 0.665, 0.9, 120)
    cuts = shapes.scratches(random.Random("ground cuts"), frame.w, frame.y(0.69), frame.y(0.77), 1.5 * u)
    landscape.ridge(brush, ground, 0.76, 15 * u, haze=0.25, slits=cuts)
    _plots(brush)
    settlement.settle(brush, 1)
    settlement.settle(brush, 2)
    buildings.loudspeaker(brush, frame.x(0.545), frame.y(0.765), 17 * u, 1.15 * u)
    _furnaces(brush)
    fields.fields(brush, 0.8)
    _river(brush)
    _locust(brush)
    landscape.close(brush, "village snow", (frame.x(0.55), frame.y(0.5)), 0.24)


def _ridges(brush: Brush) -> None:
    u, frame = brush.u, brush.frame
    far = brush.crest("far", 0.375, 3.0, 74)
    px = frame.x(0.2)
    towers = [
        *buildings.pagoda(px, far(px) + u, 7.5 * u),
        *buildings.pagoda(px + 4.6 * u, far(px + 4.6 * u) + u, 6.6 * u),
    ]
    landscape.ridge(brush, far, 0.0, 10 * u, landscape.Growth(towers, []))
    landscape.wooded(brush, brush.crest("middle", 0.42, 3.4, 58), 0.17, 10 * u, "wood 1", (3.6 * u, 1.9 * u))
    tiger = brush.crest("tiger 3", 0.445, 5.2, 88)
    landscape.mist(brush, "mist 1", frame.y(0.43), 5 * u, 110)
    landscape.wooded(brush, tiger, 0.34, 9 * u, "wood 2", (6.2 * u, 2.5 * u))
    lower = brush.crest("lower", 0.52, 2.6, 64)
    landscape.mist(brush, "mist 2", frame.y(0.5), 5 * u, 90)
    landscape.wooded(brush, lower, 0.5, 8 * u, "wood 3", (8.4 * u, 3.9 * u))


def _plots(brush: Brush) -> None:
    u, frame, colours = brush.u, brush.frame, brush.colours
    rng = random.Random("plots")
    rows: list[Shape] = []
    left = frame.x(0.6)
    bare = brush.state.crops in ("bare", "rotting")
    tone = mix(colours.hill(0.8), mix(colours.earth, colours.field, 0.2 if bare else 0.65), 0.6)
    for k in range(max(1, min(9, math.ceil((frame.w - left) / (25 * u))))):
        x, y = left + 25 * u * k, frame.y(0.69 + 0.012 * (k % 2))
        wide, deep = rng.uniform(16, 21) * u, rng.uniform(4.2, 5.4) * u
        plot = [(x + 3 * u, y), (x + wide, y + 0.3 * u), (x + wide + 1.6 * u, y + deep), (x - 1.4 * u, y + deep * 0.9)]
        brush.cut([plot], tone if k % 2 else mix(tone, colours.leaf, 0.0 if bare else 0.3), 0.3 * u)
        for i in range(1, 6):
            t = i / 6
            a, b = (x + (3 - 4.4 * t) * u, y + deep * 0.92 * t), (x + wide + 1.6 * t * u, y + 0.3 * u + deep * t)
            rows.append(shapes.lens((a[0] + u, a[1]), (b[0] - u, b[1]), 0.34 * u))
    brush.slit(rows, mix(tone, colours.ink, 0.45), mix(tone, brush.light, 0.5))


def _river(brush: Brush) -> None:
    """Draw the creek: it comes from the right, turns under its bridge by the village, and leaves towards the viewer."""
    u, frame, colours, state, edge = brush.u, brush.frame, brush.colours, brush.state, brush.edge
    far = max(frame.w, frame.x(1.0)) + 8 * u
    bend = frame.x(0.34)
    spine = [
        (far, frame.y(0.762)), (frame.x(0.8), frame.y(0.778)), (frame.x(0.52), frame.y(0.795)),
        (bend + 7 * u, frame.y(0.813)), (bend + 0.5 * u, frame.y(0.845)), (bend + 9 * u, frame.y(0.905)),
        (bend + 30 * u, frame.y(0.97)), (bend + 48 * u, frame.y(1.08)),
    ]  # fmt: skip
    widths = [1.4 * u, 1.9 * u, 2.4 * u, 2.9 * u, 4.2 * u, 7.0 * u, 10 * u, 15 * u]
    waters.stream(brush, spine, widths, settlement.lights(frame, state))
    path = shapes.smooth(
        [(frame.x(0.2), frame.y(0.757)), (frame.x(0.22), frame.y(0.79)), (bend - 8 * u, frame.y(0.838))], 6
    )
    soil = mix(mix(colours.earth, colours.wall, 0.4), colours.hill(0.85), 0.45)
    tread = mix(soil, edge[0], 0.5) if state.snow else soil
    brush.cut([shapes.ribbon(path, [(0.6 + 0.06 * i) * u for i in range(len(path))])], tread, 0, lit=0.05, rim=0.2)
    buildings.bridge(brush, bend, frame.y(0.84), 11 * u, u)


def _furnaces(brush: Brush) -> None:
    u, frame, state = brush.u, brush.frame, brush.state
    for i in range(state.furnaces):
        x = frame.x(0.67) + (i % 3) * 9.4 * u + (i // 3) * 4.4 * u
        base = frame.y(0.752 + 0.03 * (i // 3)) + (i % 2) * 0.8 * u
        height = (9.5 + 1.6 * (i // 3)) * u
        if state.glow:
            landscape.plume(brush, f"plume {i}", x, base - height, 44 * u, 9 * u, (14 + 3 * (i % 3)) * u)
        furnaces.furnace(brush, x, base, height, state.glow, f"furnace {i}")


def years(brush: Brush) -> None:
    """Paint the village behind a wall. On the wall is a bowl for each person who is present, full if `steam` is set,
    and a ring for each other person of the family."""
    u, frame, colours, state, edge = brush.u, brush.frame, brush.colours, brush.state, brush.edge
    village(brush)
    brush = brush.indoors()
    clay = mix(mix(colours.wall, colours.earth, 0.45), colours.ink, 0.08)
    lit = mix(clay, SNOW, 0.6) if state.snow else mix(clay, edge[0], 0.25)
    top, foot = frame.y(_TOP), frame.y(_FOOT)
    rng = random.Random("wall of the years")
    far: list[tuple[float, float]] = [(-3 * u, top)]
    while far[-1][0] < frame.w + 3 * u:
        far.append((far[-1][0] + rng.uniform(5, 11) * u, top + rng.uniform(-0.25, 0.25) * u))
    outlines = [[*far, (frame.w + 3 * u, frame.h + 2), (-3 * u, frame.h + 2)]]
    rim = mix(lit, edge[0], 0.7), edge[1] + 0.1 * u
    brush.lay(outlines, lit, scale(lit, 0.9), 2.2 * u, edge=rim, span=(top, foot), solid=foot)
    front = shapes.box(-3 * u, foot, frame.w + 6 * u, frame.h - foot + 2 * u)
    rim = mix(clay, edge[0], 0.5), 0.3 * u
    brush.lay(
        [front], scale(clay, 0.86), scale(clay, 0.6), 0.6 * u, edge=rim, span=(foot, foot + 60 * u), solid=foot + 1
    )
    _straw(brush, foot, scale(clay, 0.62))
    for i, size in enumerate(_SIZES):
        x, y, k = frame.across(43 + (i - 2) * _APART), frame.y((_TOP + _FOOT) / 2) + 2.4 * u, 1.32 * u * size
        if i >= state.bowls:
            tableware.ring(brush, x, y - 0.4 * u, k, lit)
            continue
        brush.stain([shapes.ellipse(x + 1.4 * k, y + 0.6 * k, 4.6 * k, 1.1 * k, 24)], colours.shadow, 100)
        tableware.bowl(brush, x, y, k, state.steam)


def _straw(brush: Brush, foot: float, tone: Colour) -> None:
    """Draw straw in the mud of the wall's face, down to the picture's lower edge."""
    u, frame = brush.u, brush.frame
    rng = random.Random("straw of the years")
    cuts: list[Shape] = []
    for _ in range(min(420, round(frame.w * max(0.0, frame.h - foot) / (26 * u * u)))):
        x, y = rng.uniform(0, frame.w), rng.uniform(foot + u, frame.h)
        cuts.append(shapes.lens((x, y), (x + rng.uniform(1.2, 3.4) * u, y + rng.uniform(-0.5, 0.5) * u), 0.16 * u))
    brush.stain(cuts, tone, 120)


# The boughs: points in units from the trunk's middle line and the area's top, and the breadth at the root.
_BOUGHS: tuple[tuple[tuple[Point, ...], float], ...] = (
    (((4.0, 34), (7.5, 22), (15, 14), (25, 11), (36, 14)), 2.4),
    (((3.2, 30), (3.5, 18), (8, 8), (16, 3), (24, 1)), 2.2),
    (((3.0, 32), (-2, 20), (-6, 10)), 2.4),
    (((5.0, 44), (10, 36), (17, 31), (24, 31)), 1.3),
)


def _locust(brush: Brush) -> None:
    """Draw the tree over the left edge of the subject area."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    left, top = frame.left, frame.top
    foot = frame.y(1.0)
    rng = random.Random("locust")
    bark = mix(colours.ink, colours.wood, 0.5)
    spine: list[Point] = [
        (left - 0.6 * u, max(foot, frame.h) + 3 * u), (left + 1.4 * u, top + (foot - top) * 0.72),
        (left + 2.4 * u, top + 50 * u), (left + 3.4 * u, top + 30 * u),
    ]  # fmt: skip
    curve = shapes.smooth(spine, 8)
    n = len(curve) - 1
    # The trunk is broad at its roots; above, it divides into its boughs.
    breadths = [
        ((7.6 - 4.2 * (i / n) ** 0.7) * min(1.0, 0.1 + 4.5 * (1 - i / n)) + 3 * max(0.0, 0.2 - i / n)) * u
        for i in range(n + 1)
    ]
    trunk = shapes.ribbon(curve, breadths)
    boughs: list[Shape] = []
    tips: list[Point] = []
    for points, broad in _BOUGHS:
        line = shapes.smooth(shapes.points(left, top, u, *points), 6)
        last = len(line) - 1
        boughs.append(shapes.ribbon(line, [broad * u * (1 - 0.86 * i / last) for i in range(last + 1)]))
        for i in range(5, last + 1, 3):
            x, y = line[i]
            side = -1 if i % 2 else 1
            reach = rng.uniform(3, 6.5) * u
            end = (x + reach * rng.uniform(0.4, 0.9), y + side * reach * rng.uniform(0.3, 0.75))
            boughs.append(shapes.ribbon([(x, y), end], [0.5 * u, 0.12 * u]))
            tips += [(x, y), end]
        tips.append(line[-1])
    furrows: list[Shape] = []
    for k in (-2.2, -1.3, -0.4, 0.5, 1.4, 2.2):
        i = rng.randrange(1, 4)
        while i < n - 3:
            (ax, ay), (bx, by) = curve[i], curve[min(n, i + rng.randint(2, 4))]
            thin = 1 - 0.45 * i / n
            sway = rng.uniform(-0.35, 0.35) * u
            furrows.append(shapes.lens((ax + k * thin * u, ay), (bx + k * thin * u + sway, by), 0.26 * u))
            i += rng.randint(3, 5)
    brush.cut(boughs, bark, 2.0 * u, lit=0.02, dark=1.0, rim=0.55)
    brush.cut([trunk], bark, 2.4 * u, lit=0.0, dark=0.8, rim=0.55)
    brush.slit(furrows, mix(bark, colours.shadow, 0.6), mix(bark, brush.light, 0.35))
    if state.year in (1960, 1961):
        _stripped(brush, rng, curve)
    if state.season != "winter":
        _leaves(brush, rng, tips)


def _stripped(brush: Brush, rng: random.Random, curve: list[Point]) -> None:
    """Draw the part of the trunk that has lost its bark, as high as a hand can reach."""
    u, colours = brush.u, brush.colours
    part = curve[3:15]
    left = [(x - rng.uniform(1.4, 2.4) * u, y + rng.uniform(-1, 1) * u) for x, y in part]
    right = [(x + rng.uniform(1.2, 2.3) * u, y + rng.uniform(-1, 1) * u) for x, y in reversed(part)]
    pale = mix(colours.wall, colours.wood, 0.3)
    brush.cut([[*left, *right]], pale, 0, lit=0, dark=0.86, rim=0.5, edge=(colours.ink, 0.3 * u))


def _leaves(brush: Brush, rng: random.Random, tips: list[Point]) -> None:
    """Draw leaves in pairs along stalks, with white clusters in spring. Many are gone in autumn."""
    u, colours, state, edge = brush.u, brush.colours, brush.state, brush.edge
    stalks = [_stalk(rng, u) for _ in range(10)]
    cluster = _cluster(u)
    leaves: list[Shape] = []
    blossom: list[Shape] = []
    each = {"spring": 3, "summer": 4, "autumn": 2}[state.season]
    for x, y in tips:
        for _ in range(each):
            px, py = x + rng.uniform(-2.2, 2.2) * u, y + rng.uniform(-1.2, 2.2) * u
            leaves.append([(px + dx, py + dy) for dx, dy in rng.choice(stalks)])
        if state.season == "spring" and state.year in (1958, 1962) and rng.random() < 0.55:
            px, py = x + rng.uniform(-1, 1) * u, y + 1.2 * u
            blossom.append([(px + dx, py + dy) for dx, dy in cluster])
    brush.cut(leaves, mix(colours.leaf, colours.ink, 0.32), 1.6 * u, edge=(edge[0], 0.12 * u))
    brush.cut(blossom, colours.blossom, 0.8 * u, lit=0.3, dark=0.9, edge=(edge[0], 0.1 * u))


def _stalk(rng: random.Random, u: float) -> Shape:
    """Return a feathered leaf with its stalk at the origin: pairs of leaflets in one outline."""
    dx, droop = rng.choice((-1, 1)) * rng.uniform(1.4, 3.4) * u, rng.uniform(1.0, 3.2) * u
    upper: list[Point] = []
    lower: list[Point] = []
    pairs = 5
    for k in range(pairs):
        for t, out in ((k + 0.1, 0.12), (k + 0.42, 0.62), (k + 0.78, 0.55)):
            x, y = dx * t / pairs, droop * (t / pairs) ** 2
            upper.append((x, y - out * u))
            lower.append((x, y + out * u))
    return [(0.0, 0.0), *upper, (dx * 1.12, droop * 1.25), *reversed(lower)]


def _cluster(u: float) -> Shape:
    """Return a hanging cluster of blossom with its stalk at the origin, broad above and pointed below."""
    right: list[Point] = [(0.12 * u, 0.0)]
    for k in range(6):
        out = (0.78 - 0.11 * k) * u
        right += [(out * 0.5, (0.5 + 0.62 * k) * u), (out, (0.74 + 0.62 * k) * u), (out * 0.8, (1.0 + 0.62 * k) * u)]
    return [*right, (0.0, 4.8 * u), *((-x, y) for x, y in reversed(right))]
