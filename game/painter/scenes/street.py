"""Scene `street`: a city street at the change of shifts: rows of shop houses, wires, and the works behind."""

from __future__ import annotations

import random
from itertools import pairwise

from game.painter.canvas import Brush, Point, Shape, mix, scale, shapes
from game.painter.props import crowd, landscape
from game.painter.props.buildings import roof


def street(brush: Brush) -> None:
    """Paint the street."""
    landscape.sky(brush, brush.frame.y(0.6), (0.3, 0.24), "street clouds", 0.3)
    _works(brush)
    landscape.ridge(brush, brush.crest("street", 0.66, 0.15, 60), 0.72, brush.frame.h, haze=0.7)
    brush.glow((brush.frame.across(46), brush.frame.y(0.66)), 30 * brush.u, brush.colours.halo, 0.5, 0.5)
    for wing in range(3, -1, -1):
        _wing(brush, wing, -1)
        _wing(brush, wing, 1)
        _people(brush, wing)
    _wires(brush)
    landscape.close(brush, "street snow", (brush.frame.across(44), brush.frame.y(0.6)), 0.32)


def _works(brush: Brush) -> None:
    """Draw the works at the street's end: saw-tooth roofs and stacks, pale in the distance."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    far = mix(mix(colours.roof, colours.earth, 0.3), colours.sky_low, 0.5)
    stacks: list[Shape] = []
    bands: list[Shape] = []
    for i, (column, tall) in enumerate(((20, 36), (31, 44), (63, 40), (75, 33))):
        x, y = frame.across(column), frame.y(0.6) - tall * u
        half, foot = (1.3 + 0.2 * (i % 2)) * u, frame.y(0.66)
        stacks.append([(x - half * 1.5, foot), (x - half, y), (x + half, y), (x + half * 1.5, foot)])
        bands.append(shapes.box(x - half * 1.12, y, half * 2.24, 0.9 * u))
        if state.smoke:
            landscape.plume(brush, f"stack {i}", x, y, 26 * u, 7 * u, (12 + 3 * i) * u)
    brush.cut(stacks, far, 0.9 * u, rim=0.45)
    brush.cut(bands, scale(far, 0.82), 0.2 * u)
    teeth: list[Point] = [(-3 * u, frame.y(0.68))]
    x = frame.across(0) - 12 * u * (1 + frame.across(0) // (12 * u) if u else 0)
    while x < frame.w + 12 * u and len(teeth) < 200:
        teeth += shapes.points(x, frame.y(0.6), u, (0, 0), (1.5, -5.4), (12, 0))
        x += 12 * u
    teeth.append((frame.w + 15 * u, frame.y(0.68)))
    near = mix(mix(colours.roof, colours.earth, 0.35), colours.sky_low, 0.34)
    brush.cut([teeth], near, 1.1 * u, rim=0.45)
    rng = random.Random("works panes")
    lit = state.hour != "day"
    panes = [
        (frame.across(4 + 3.4 * i), frame.y(0.61) + 0.6 * u, 2.1 * u, 1.3 * u) for i in range(24) if rng.random() < 0.7
    ]
    brush.blocks(panes, colours.light if lit else mix(near, colours.sky_low, 0.6))


def _wing(brush: Brush, wing: int, side: int) -> None:
    """Draw one house of the street: two storeys under a tiled roof. Wing 0 is the nearest, side -1 the left."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    rng = random.Random(f"wing {wing} {side}")
    k = (1.0, 0.72, 0.52, 0.38)[wing] * u * rng.uniform(0.95, 1.06)
    inner = 44 + side * (20.5, 14.6, 10.0, 6.6)[wing] + side * rng.uniform(-0.8, 0.8)
    base = frame.y((0.905, 0.805, 0.745, 0.7)[wing])
    wide, tall = 34 * k, (36 + rng.uniform(-4, 4)) * k
    x = frame.across(inner) if side > 0 else frame.across(inner) - wide
    haze = 0.13 * wing
    wall = mix(mix(colours.wall, colours.earth, rng.choice((0.12, 0.32, 0.45))), colours.sky_low, haze)
    wood = mix(mix(colours.wood, colours.ink, 0.2), colours.sky_low, haze)
    # Beside the nearest house, the street continues as one wall to the picture's edge.
    out = max(0.0, x) if side < 0 else max(0.0, frame.w - x - wide)
    left, right = (
        (x - out - 4 * u, x + wide) if side < 0 and wing == 0 else (x, x + wide + (out + 4 * u if wing == 0 else 0))
    )
    eave, middle = base - tall, base - tall * 0.47
    brush.cut([shapes.box(left, eave - k, right - left, base - eave + k)], wall, 1.4 * k, lit=0.05, dark=0.86, rim=0.35)
    dark = state.hour != "day"
    frames: list[Shape] = []
    glass: list[tuple[tuple[float, float, float, float], bool]] = []
    lights: list[Point] = []
    at = left + 2 * k
    while at + 8 * k < right and len(glass) < 60:
        chance = (rng.random(), rng.random())
        for row, (top, high) in enumerate(((eave + 3.6 * k, 8.4 * k), (middle + 4.4 * k, base - middle - 6 * k))):
            on_now = dark and chance[row] < state.lamps / 10
            glass.append(((at, top, 7 * k, high), on_now))
            frames += [
                shapes.box(at - 0.5 * k, top - 0.5 * k, 8 * k, 0.9 * k),
                shapes.box(at - 0.5 * k, top + high, 8 * k, 0.9 * k),
            ]
            frames += [shapes.box(at + d * k, top, 0.5 * k, high) for d in (-0.3, 2.2, 4.6, 6.9)]
            frames.append(shapes.box(at, top + high * 0.4, 7 * k, 0.4 * k))
            if on_now:
                lights.append((at + 3.5 * k, top + high / 2))
        at += 10.6 * k
    brush.blocks([pane for pane, lit in glass if not lit], mix(colours.ink, wall, 0.2))
    brush.blocks([pane for pane, lit in glass if lit], mix(colours.light, wall, 0.06 * wing))
    brush.cut(frames, wood, 0.3 * k, rim=0.4)
    tiles = mix(colours.roof, colours.sky_low, haze)
    for foot, high, reach in ((middle + 2.2 * k, 4.6 * k, 1.4 * k), (eave + 1.2 * k, 9.5 * k, 2.2 * k)):
        outline, tiling = roof(left - reach, right + reach, foot, foot - high, k, 1.3)
        brush.cut([outline], tiles, 1.5 * k, holes=tiling, rim=0.5)
    brush.glows(lights, 9 * k, colours.light, 0.26)
    sign = [shapes.box((right - 1.2 * k) if side < 0 else (left - 2.2 * k), middle + 3 * k, 3.4 * k, 11 * k)]
    brush.cut(sign, mix(wood, colours.ear, 0.25), 1.0 * k, rim=0.6)


def _people(brush: Brush, wing: int) -> None:
    u, frame, colours = brush.u, brush.frame, brush.colours
    rng = random.Random(f"street people {wing}")
    base, size = ((0.95, 17.0), (0.84, 11.5), (0.765, 8.0), (0.71, 5.4))[wing]
    spread = (15, 11, 8, 5)[wing]
    people: list[Shape] = []
    for i in range(4):
        doing: crowd.Doing = "carrying" if i == 2 and wing == 1 else "standing"
        cut = crowd.walker(rng, size * u, doing, rng.choice((-1, 1)))
        x = frame.across(44 + rng.uniform(-1, 1) * spread)
        if (i * 4 + wing) / 16 < brush.state.people / 10:
            people += crowd.placed(cut, x, frame.y(base) + rng.uniform(-0.6, 0.6) * u)
    tone = mix(mix(colours.ink, colours.roof, 0.3), colours.sky_low, 0.1 * wing)
    brush.cut(people, tone, 0.06 * size * u, lit=0.05, rim=0.35)


def _wires(brush: Brush) -> None:
    u, frame, colours = brush.u, brush.frame, brush.colours
    wood = mix(colours.wood, colours.ink, 0.4)
    tops: list[Point] = []
    poles: list[Shape] = []
    for x, foot, tall, k in ((29, 0.93, 62, 1.0), (34.5, 0.83, 45, 0.7), (38, 0.765, 33, 0.5), (40, 0.72, 25, 0.36)):
        px, py = frame.across(x), frame.y(foot)
        poles.append(shapes.ribbon([(px, py), (px, py - tall * u)], [1.0 * k * u, 0.7 * k * u]))
        poles.append(shapes.box(px - 2.6 * k * u, py - (tall - 2.4) * u, 5.2 * k * u, 0.6 * k * u))
        tops.append((px, py - (tall - 2.0) * u))
    tops.insert(0, (frame.across(12), frame.y(0.1)))
    lines: list[Shape] = []
    for (ax, ay), (bx, by) in pairwise(tops):
        for side in (-1, 1):
            line = [
                (
                    ax + (bx - ax) * t + side * (2.2 - 1.6 * t) * u * 0.6,
                    ay + (by - ay) * t + 2.4 * u * 4 * t * (1 - t) * 0.5,
                )
                for t in (i / 8 for i in range(9))
            ]
            lines.append(shapes.ribbon(line, [0.18 * u] * 9))
    brush.cut(lines, wood, 0.4 * u, rim=0.3)
    brush.cut(poles, wood, 1.0 * u, rim=0.55)
