"""Scene `claypit`: the clay pit by night, where carts with wrapped wheels tip out the failed steel."""

from __future__ import annotations

import math
import random

from game.painter.canvas import Brush, Origin, Point, Shape, mix, shapes
from game.painter.props import crowd, landscape

# The steps from the rim to the floor: half the width and half the depth in units, and the middle's row as a share of
# the height.
_RINGS = ((56, 17.0, 0.705), (44, 12.6, 0.728), (33, 9.0, 0.755), (23, 5.4, 0.785))


def claypit(brush: Brush) -> None:
    """Paint the pit. By night a lantern stands at its rim."""
    landscape.backdrop(brush, "claypit", 0.42, (0.76, 0.15))
    landscape.ridge(brush, brush.crest("pit rim", 0.5, 0.8, 90), 0.6, 40 * brush.u, haze=0.3)
    _carts(brush)
    _walls(brush)
    _heap(brush)
    if brush.state.hour == "night" and brush.state.lamp:
        _lantern(brush)
    _lip(brush)
    landscape.close(
        brush, "pit snow", (brush.frame.x(0.42), brush.frame.y(0.62)), 0.36 if brush.state.hour == "night" else 0.24
    )


def _walls(brush: Brush) -> None:
    """Draw the pit as steps of clay. Each level has a hole that is smaller than the hole in the level above."""
    u, frame, colours, edge = brush.u, brush.frame, brush.colours, brush.edge
    clay = mix(mix(colours.earth, colours.wall, 0.4), colours.rim, 0.1)
    for ring, (half, deep, middle) in enumerate(_RINGS):
        rng = random.Random(f"pit {ring}")
        x, y = frame.across(40), frame.y(middle)
        hole = shapes.smooth(
            [
                (
                    x + half * u * math.cos(a) * rng.uniform(0.96, 1.04),
                    y + deep * u * math.sin(a) * rng.uniform(0.94, 1.05),
                )
                for a in (math.tau * k / 22 for k in range(22))
            ],
            4,
            closed=True,
        )
        tone = mix(mix(clay, colours.water, 0.16 * (ring % 2)), colours.ink, 0.1 + 0.15 * ring)
        # The far wall is in shade; the floor in front of the next step is lit.
        brush.lay(
            [hole],
            mix(tone, colours.shadow, 0.5),
            mix(tone, edge[0], 0.22),
            edge=(mix(tone, colours.shadow, 0.72), 0.9 * u),
            span=(y - deep * u, y + 0.5 * deep * u),
        )
        seams: list[Shape] = []
        for _ in range(22):
            a = rng.uniform(math.pi * 1.08, math.pi * 1.92)
            px, py = x + 0.94 * half * u * math.cos(a), y + deep * u * math.sin(a) + rng.uniform(1.2, 4.4) * u
            long = rng.uniform(1.5, 6) * u
            seams.append(shapes.lens((px, py), (px + long, py + rng.uniform(-0.2, 0.2) * u), 0.26 * u))
        brush.slit(seams, mix(tone, colours.shadow, 0.55), mix(tone, edge[0], 0.4))
    if brush.state.hour == "night":
        brush.glow((frame.across(40), frame.y(0.76)), 34 * u, colours.halo, 0.5, 0.5)


def _heap(brush: Brush) -> None:
    """Draw grey lumps and a hinge at the bottom. On top lies a piece of a wok with one handle."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    rng = random.Random("lumps")
    middle, floor = frame.across(40), frame.y(0.822)
    origin = Origin(middle, floor, u)
    iron = mix(mix(colours.roof, colours.smoke, 0.3), (104, 102, 104), 0.4)
    for layer, (count, half, tall) in enumerate(((26, 20, 3.2), (17, 13, 6.4), (9, 7, 9.4))):
        lumps: list[Shape] = []
        for _ in range(count):
            t = rng.uniform(-1, 1)
            x, y = middle + t * half * u, floor - rng.uniform(0.1, 1) * tall * (1 - 0.5 * t * t) * u
            r = rng.uniform(1.4, 2.9) * u
            turn = rng.uniform(0, math.tau)
            knobs = [rng.uniform(0.72, 1.18) for _ in range(8)]
            lumps.append(
                [
                    (
                        x + r * k * math.cos(turn + math.tau * i / 8),
                        y + 0.74 * r * k * math.sin(turn + math.tau * i / 8),
                    )
                    for i, k in enumerate(knobs)
                ]
            )
        tone = mix(mix(iron, colours.rim, 0.2), colours.ink, 0.3 - 0.14 * layer)
        brush.cut(lumps, tone, 0.9 * u, lit=0.2, dark=0.66, rim=0.6)
    _wok_ear(brush, middle + 2 * u, floor - 11.4 * u)
    hinge = [origin.box(-13, -4.6, 3.6, 2.0), origin.box(-9, -4.4, 3.2, 1.8)]
    pins = [origin.ellipse(dx - 13, -3.6, 0.34, 0.34, 10) for dx in (0.8, 2.6, 4.8, 6.4)]
    brush.cut(hinge, mix(iron, colours.ink, 0.15), 0.5 * u, holes=pins, rim=0.7)


def _wok_ear(brush: Brush, x: float, y: float) -> None:
    u, colours = brush.u, brush.colours
    origin = Origin(x, y, u)
    iron = mix(colours.ink, colours.roof, 0.45)
    shard = origin.curve((-5, -1.2), (4.6, -2.6), (5.2, -0.6), (2.4, 3.4), (-2.2, 3.6))
    loop = origin.arch(0.4, -2.1, 2.5, 2.9, 14)
    brush.cut([shard, shapes.ribbon(loop, 0.95 * u)], iron, 1.1 * u, lit=0.22, dark=0.7, rim=0.85)
    plate = origin.points((-2.2, 0.1), (1.6, -0.4), (1.9, 1.9), (-1.8, 2.2))
    rivets = [origin.ellipse(dx, dy, 0.3, 0.3, 10) for dx, dy in ((-1.5, 0.6), (1.0, 0.2), (1.2, 1.4), (-1.2, 1.7))]
    brush.cut([plate], mix(iron, colours.wall, 0.28), 0.4 * u, holes=rivets, rim=0.7)


def _carts(brush: Brush) -> None:
    """Draw two carts at the rim, one tipped, with rags around their wheels."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    dark = mix(colours.ink, colours.wood, 0.3)
    for x, y, k, tipped in (
        (frame.across(22), frame.y(0.515), 1.0 * u, True),
        (frame.across(57), frame.y(0.505), 0.86 * u, False),
    ):
        turn = -0.5 if tipped else 0.06

        def at(dx: float, dy: float, x: float = x, y: float = y, k: float = k, turn: float = turn) -> Point:
            c, s = math.cos(turn), math.sin(turn)
            return x + (dx * c - dy * s) * k, y - 4 * k + (dx * s + dy * c) * k

        bed = [at(-8, -4.8), at(-7.2, 0.4), at(7.2, 0.4), at(8, -4.8)]
        slats = [shapes.lens(at(dx, -4.2), at(dx, -0.2), 0.3 * k) for dx in (-5.4, -2.7, 0, 2.7, 5.4)]
        shafts = [shapes.ribbon([at(-7, -0.2), at(-19, 0.6 if tipped else -1.4)], [0.8 * k, 0.5 * k])]
        load: list[Shape] = []
        rng = random.Random("load")
        if not tipped:
            load = [shapes.crown(rng, *at(dx, -5.2), 2.0 * k, 1.5 * k, 6) for dx in (-5, -2, 1.4, 4.6)]
        else:
            load = [
                shapes.crown(rng, x + (8 + 1.6 * i) * k, y + (-1.8 + 1.9 * i) * k, (1.5 - 0.15 * i) * k, 1.1 * k, 6)
                for i in range(4)
            ]
        brush.cut(load, mix(colours.roof, colours.smoke, 0.3), 0.6 * u, lit=0.2, dark=0.7, rim=0.6)
        brush.cut([bed, *shafts], dark, 1.0 * u, holes=slats, lit=0.1, rim=0.55)
        wheel = shapes.ellipse(x, y - 3.6 * k, 4.2 * k, 4.2 * k, 32)
        gaps = [
            [
                (x + r * k * math.cos(a), y - 3.6 * k + r * k * math.sin(a))
                for r, a in ((0.9, b + 0.3), (3.0, b + 0.12), (3.0, b + 0.66), (0.9, b + 0.5))
            ]
            for b in (math.tau * i / 8 for i in range(8))
        ]
        brush.cut([wheel], dark, 0.9 * u, holes=gaps, lit=0.1, rim=0.6)
        rags = [
            shapes.ellipse(x + 4.1 * k * math.cos(a), y - 3.6 * k + 4.1 * k * math.sin(a), 0.95 * k, 0.8 * k, 10)
            for a in (math.tau * (i + 0.3) / 12 for i in range(12))
        ]
        brush.cut(rags, mix(colours.wall, colours.wood, 0.35), 0.35 * u, rim=0.6)
    rng = random.Random("carters")
    people = [*crowd.placed(crowd.walker(rng, 15 * u, "bending", 1), frame.across(10), frame.y(0.525))]
    people += crowd.placed(crowd.walker(rng, 14 * u, "standing", -1), frame.across(46), frame.y(0.515))
    brush.cut(people, dark, 0.9 * u, lit=0.08, rim=0.5)


def _lantern(brush: Brush) -> None:
    u, colours = brush.u, brush.colours
    x, y = brush.frame.across(34), brush.frame.y(0.512)
    origin = Origin(x, y, u)
    brush.glow((x, y + 4 * u), 46 * u, colours.light, 0.42, 0.6)
    brush.glow((x, y), 11 * u, colours.light, 0.5)
    glass = origin.points((-1, 1.7), (-1.3, -1.2), (1.3, -1.2), (1, 1.7))
    brush.cut([glass], mix(colours.light, (255, 255, 255), 0.4), 0.3 * u, lit=0.3, dark=0.95)
    roof = origin.points((-1.9, -1.1), (0, -3), (1.9, -1.1))
    bars = [origin.box(-0.12, -1.2, 0.24, 3), origin.box(-1.4, 1.5, 2.8, 0.5)]
    brush.cut([roof, *bars], colours.ink, 0.4 * u)


def _lip(brush: Brush) -> None:
    """Draw the near edge of the pit, with weeds and nettles, as a dark foreground."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    crest = brush.crest("lip", 0.89, 1.2, 60)
    landscape.ridge(brush, crest, 0.96, frame.h, haze=0)
    rng = random.Random("nettles")
    weeds: list[Shape] = []
    x = -2 * u
    while x < frame.w + 2 * u:
        y, tall = crest(x), rng.uniform(3, 8.5) * u
        sway = rng.uniform(-0.16, 0.16) * tall
        corners = [(x, y + u), (x + sway * 0.4, y - tall * 0.5), (x + sway, y - tall)]
        weeds.append(shapes.ribbon(corners, [0.4 * u, 0.3 * u, 0.1 * u]))
        if brush.state.season != "winter":
            for k in range(4):
                t = 0.25 + 0.2 * k
                px, py = x + sway * t, y - tall * t
                weeds += [shapes.leaf(px, py, (2.0 - 0.3 * k) * u, math.pi / 2 - s * 1.15, 0.4) for s in (-1, 1)]
        x += rng.choice((1.2, 2.0, 3.2, 8.0)) * u * rng.uniform(0.8, 1.3)
    brush.cut(weeds, mix(colours.hill(0.96), colours.ink, 0.35), 1.6 * u, lit=0.06, rim=0.45)
