"""Scene `village`: the whole village: ridge, wood, orchard, roofs, furnaces, river and fields."""

from __future__ import annotations

import math
import random

from game.painter.canvas import Brush, Shape, mix, shapes
from game.painter.props import buildings, fields, furnaces, landscape, locust, orchard, settlement, waters


def village(brush: Brush) -> None:
    """Paint the village of `state`.

    Reads `pears`; of VILLAGE `crops`, `forest`, `furnaces`, `glow`, `hour`, `lamps`, `orchard`, `season`, `smoke`,
    `snow`, `year`.
    """
    u, frame = brush.u, brush.frame
    sun = (0.7, 0.2)
    landscape.sky(brush, frame.y(0.5), sun)
    landscape.clouds(brush, "village clouds", 0.32, sun)
    landscape.birds(brush, (0.5, 0.26))
    _ridges(brush)
    brush.glow((frame.x(sun[0]), frame.y(0.45)), 60 * u, brush.colours.halo, 0.5, 0.5)
    slope = brush.crest("slope", 0.555, 1.8, 90)
    landscape.ridge(brush, slope, 0.6, 10 * u)
    orchard.orchard(brush, slope, "orchard")
    landscape.ridge(brush, brush.crest("rise", 0.625, 1.0, 100), 0.66, 8 * u, haze=0.3)
    settlement.settle(brush, 0)
    ground = brush.crest("ground", 0.665, 0.9, 120)
    cuts = shapes.scratches(random.Random("ground cuts"), 0, frame.w, frame.y(0.69), frame.y(0.77), 1.5 * u)
    landscape.ridge(brush, ground, 0.76, 15 * u, haze=0.25, slits=cuts)
    _plots(brush)
    settlement.settle(brush, 1)
    settlement.settle(brush, 2)
    buildings.loudspeaker(brush, frame.x(0.545), frame.y(0.765), 17 * u, 1.15 * u)
    _furnaces(brush)
    fields.fields(brush, 0.8)
    _river(brush)
    locust.locust(brush)
    if brush.state.snow:
        landscape.snow(brush, "village snow")
    brush.finish((frame.x(0.55), frame.y(0.5)), 0.24)


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
    """The kitchen strips beside the village; the furnaces will stand on them."""
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
    """The creek comes from the right, turns before the village under its bridge, and leaves towards the reader."""
    u, frame, colours, state, edge = brush.u, brush.frame, brush.colours, brush.state, brush.edge
    far = max(frame.w, frame.x(1.0)) + 8 * u
    bend = frame.x(0.34)
    spine = [
        (far, frame.y(0.762)),
        (frame.x(0.8), frame.y(0.778)),
        (frame.x(0.52), frame.y(0.795)),
        (bend + 7 * u, frame.y(0.813)),
        (bend + 0.5 * u, frame.y(0.845)),
        (bend + 9 * u, frame.y(0.905)),
        (bend + 30 * u, frame.y(0.97)),
        (bend + 48 * u, frame.y(1.08)),
    ]
    widths = [1.4 * u, 1.9 * u, 2.4 * u, 2.9 * u, 4.2 * u, 7.0 * u, 10 * u, 15 * u]
    waters.stream(brush, edge, spine, widths, u, settlement.lights(frame, state))
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
