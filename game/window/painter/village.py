"""The whole village: ridge, wood, orchard, roofs, furnaces, river and fields."""

from __future__ import annotations

import random

from game.window.painter import buildings, fields, landscape, orchard, shapes
from game.window.painter.colour import mix, scale
from game.window.painter.frame import Frame
from game.window.painter.palette import Palette
from game.window.painter.paper import Point, Shape, Sheet, Table, finish, glow, lay
from game.window.painter.state import State


def village(on: Table, frame: Frame, colours: Palette, state: State) -> None:
    """Paint the village of `state`."""
    u = frame.u
    sun = (0.7, 0.24)
    sun_at = (frame.x(sun[0]), frame.y(sun[1]))
    landscape.sky(on, frame, colours, state, frame.y(0.5), sun)
    landscape.clouds(on, frame, colours, "village clouds", 0.32, sun)
    _ridges(on, frame, colours, state)
    glow(on, (sun_at[0], frame.y(0.46)), 60 * u, colours.halo, 0.55, 0.5)
    slope = shapes.profile(random.Random("slope"), frame.y(0.575), 1.6 * u, 90 * u)
    landscape.ridge(on, frame, colours, state, slope, 0.62, 10 * u)
    orchard.orchard(on, frame, colours, state, slope, "orchard")
    ground = shapes.profile(random.Random("ground"), frame.y(0.665), 0.7 * u, 120 * u)
    cuts = shapes.scratches(random.Random("ground cuts"), 0, frame.w, frame.y(0.68), frame.y(0.77), 1.5 * u)
    landscape.ridge(on, frame, colours, state, ground, 0.74, 13 * u, haze=0.25, slits=cuts)
    _poplars(on, frame, colours, state)
    _houses(on, frame, colours, state)
    bank = shapes.profile(random.Random("bank"), frame.y(0.775), 0.6 * u, 90 * u)
    landscape.ridge(on, frame, colours, state, bank, 0.9, 7 * u, haze=0.1)
    _furnaces(on, frame, colours, state)
    landscape.water(
        on, frame, colours, shapes.profile(random.Random("river"), frame.y(0.795), 0.5 * u, 60 * u), 2.6 * u, sun_at[0]
    )
    edge = landscape.rim(colours, state, u)
    _path(on, frame, colours, state)
    buildings.bridge(on, colours, frame.x(0.36), frame.y(0.795), 13 * u, u, edge)
    fields.fields(on, frame, colours, state, 0.835)
    _foreground(on, frame, colours, state)
    if state.snow:
        landscape.snow(on, frame, "village snow")
    finish(on, (frame.x(0.55), frame.y(0.5)), 0.22)


def _ridges(on: Table, frame: Frame, colours: Palette, state: State) -> None:
    u = frame.u
    far = shapes.profile(random.Random("far"), frame.y(0.375), 3.0 * u, 74 * u)
    px = frame.x(0.2)
    towers = [*_pagoda(px, far(px) + u, 7.5 * u), *_pagoda(px + 4.6 * u, far(px + 4.6 * u) + u, 6.6 * u)]
    landscape.ridge(on, frame, colours, state, far, 0.0, 10 * u, landscape.Growth(towers, []))
    middle = shapes.profile(random.Random("middle"), frame.y(0.42), 3.4 * u, 58 * u)
    landscape.wooded(on, frame, colours, state, middle, 0.17, 10 * u, "wood 1", (3.6 * u, 1.9 * u))
    tiger = shapes.profile(random.Random("tiger 3"), frame.y(0.445), 5.2 * u, 88 * u)
    landscape.wooded(on, frame, colours, state, tiger, 0.34, 9 * u, "wood 2", (6.2 * u, 2.5 * u))
    lower = shapes.profile(random.Random("lower"), frame.y(0.52), 2.6 * u, 64 * u)
    landscape.wooded(on, frame, colours, state, lower, 0.5, 8 * u, "wood 3", (8.4 * u, 3.9 * u))


def _pagoda(x: float, y: float, height: float) -> list[Shape]:
    """A far pagoda of five storeys on its foot at (x, y)."""
    parts: list[Shape] = []
    storey = height * 0.16
    for i in range(5):
        half = height * (0.13 - 0.018 * i)
        top = y - storey * (i + 1)
        parts.append(shapes.box(x - half, top, 2 * half, storey + 1))
        parts.append(
            [
                (x - half * 1.7, top + storey * 0.1),
                (x - half, top - storey * 0.28),
                (x + half, top - storey * 0.28),
                (x + half * 1.7, top + storey * 0.1),
            ]
        )
    parts.append([(x - height * 0.02, y - storey * 5), (x, y - height), (x + height * 0.02, y - storey * 5)])
    return parts


def _houses(on: Table, frame: Frame, colours: Palette, state: State) -> None:
    """Two rows of houses about the ancestral hall; the right of the stage is left to the furnaces."""
    u = frame.u
    edge = landscape.rim(colours, state, u)
    dark = state.hour != "day"
    for row, (base, start, end) in enumerate(((0.69, 0.02, 9.0), (0.735, -0.06, 0.56))):
        rng = random.Random(f"houses {row}")
        unit = u * (0.74 + 0.34 * row)
        houses: list[buildings.House] = []
        x = frame.x(start)
        while x < min(frame.w + 10 * u, frame.x(end)) and len(houses) < 40:
            grand = row == 1 and len(houses) == 2
            width = 17 * unit if grand else rng.uniform(8.0, 13.0) * unit
            height = (10.5 if grand else rng.uniform(6.6, 8.0)) * unit
            lift = rng.uniform(-1.1, 1.1) * u
            lit = dark and rng.random() < state.lamps / 10
            houses.append(buildings.House(x, frame.y(base) + lift, width, height, unit, lit, grand))
            x += width + rng.choice((2.0, 2.4, 5.2)) * unit
        buildings.row(on, colours, houses, 0.3 + 0.5 * row, edge, f"row {row}")
        if state.smoke:
            for i, house in enumerate(houses[1::3]):
                at = (house.x + house.width * 0.7, house.base - house.height * 0.96)
                landscape.smoke(on, colours, f"smoke {row} {i}", *at, 17 * unit, 2.6 * unit, 7 * unit)
    buildings.loudspeaker(on, colours, frame.x(0.575), frame.y(0.76), 17 * u, 1.15 * u)


def _poplars(on: Table, frame: Frame, colours: Palette, state: State) -> None:
    """Tall trees between the houses; they go the way of the wood."""
    u = frame.u
    edge, width = landscape.rim(colours, state, u)
    boughs: list[Shape] = []
    crowns: list[Shape] = []
    cuts: list[Shape] = []
    for i, part in enumerate((0.015, 0.33, 0.2, 0.53, 0.945, 1.12, 1.31, 1.52, 1.7)):
        rng = random.Random(f"poplar {i}")
        x, y, tall = frame.x(part), frame.y(0.69), rng.uniform(15, 20) * u
        if x > frame.w + 5 * u or (i * 4 + 3) % 10 >= state.forest:
            continue
        if state.season == "winter":
            boughs += shapes.bare(rng, x, y, tall, rng.uniform(-0.06, 0.06))
            continue
        boughs.append(shapes.ribbon([(x, y + u), (x, y - tall * 0.5)], [0.9 * u, 0.5 * u]))
        crowns.append(shapes.crown(rng, x, y - tall * 0.62, tall * 0.15, tall * 0.42, 13))
        for _ in range(8):
            dx, dy = rng.uniform(-0.5, 0.5), rng.uniform(0.2, 0.8)
            cuts.append(shapes.leaf(x + dx * tall * 0.18, y - tall * (0.25 + dy * 0.72), tall * 0.09, -1.2 + dx, 0.34))
    bark = mix(colours.wood, colours.ink, 0.4)
    lay(
        on,
        Sheet(
            boughs,
            mix(bark, colours.sky_low, 0.15),
            bark,
            0.6 * u,
            rim=mix(bark, edge, 0.6),
            rim_width=max(0.14 * u, width * 0.5),
        ),
    )
    green = mix(colours.leaf, colours.hill(0.8), 0.5)
    lay(
        on,
        Sheet(
            crowns,
            mix(green, colours.rim, 0.14),
            scale(green, 0.8),
            0.9 * u,
            holes=cuts,
            rim=mix(green, edge, 0.5),
            rim_width=max(0.16 * u, width * 0.6),
        ),
    )


def _path(on: Table, frame: Frame, colours: Palette, state: State) -> None:
    """The trodden way from the hall over the bridge."""
    u = frame.u
    x, top, foot = frame.x(0.36), frame.y(0.742), frame.y(0.79)
    left = shapes.smooth([(x - 9.5 * u, top), (x - 4 * u, top + 1.6 * u), (x - 6 * u, foot)], 6)
    right = shapes.smooth([(x + 6 * u, foot), (x + 2 * u, top + 1.8 * u), (x - 7 * u, top)], 6)
    tone = mix(mix(colours.earth, colours.wall, 0.4), colours.hill(0.85), 0.25)
    if state.snow:
        tone = mix(tone, landscape.rim(colours, state, u)[0], 0.5)
    lay(on, Sheet([[*left, *right]], mix(tone, colours.sky_low, 0.1), tone, 0.25 * u, shade=0.2))


def _furnaces(on: Table, frame: Frame, colours: Palette, state: State) -> None:
    u = frame.u
    edge = landscape.rim(colours, state, u)
    for i in range(state.furnaces):
        x = frame.x(0.67) + (i % 3) * 9.4 * u + (i // 3) * 4.4 * u
        base = frame.y(0.752 + 0.03 * (i // 3)) + (i % 2) * 0.8 * u
        height = (9.5 + 1.6 * (i // 3)) * u
        if state.glow:
            landscape.plume(on, colours, f"plume {i}", x, base - height, 44 * u, 9 * u, (14 + 3 * (i % 3)) * u)
        buildings.furnace(on, colours, x, base, height, edge, state.glow, f"furnace {i}")


def _foreground(on: Table, frame: Frame, colours: Palette, state: State) -> None:
    """A near bough from the upper left and reeds at the foot, which push the village back."""
    u = frame.u
    rng = random.Random("bough")
    tone = mix(colours.ink, colours.wood, 0.25)
    edge, width = landscape.rim(colours, state, u)
    x, y = frame.left, frame.y(0.0)
    spine: list[Point] = shapes.smooth(
        [(x - 4 * u, y + 14 * u), (x + 9 * u, y + 10.5 * u), (x + 20 * u, y + 12 * u), (x + 33 * u, y + 8 * u)], 6
    )
    bough: list[Shape] = [shapes.ribbon(spine, [2.6 * u * (1 - i / len(spine)) + 0.35 * u for i in range(len(spine))])]
    tips: list[Point] = []
    for i in range(3, len(spine), 2):
        px, py = spine[i]
        side = -1 if i % 4 == 1 else 1
        length = rng.uniform(4, 9) * u
        end = (px + length * 0.8, py + side * length * 0.5)
        mid = (px + length * 0.45, py + side * length * 0.12)
        bough.append(shapes.ribbon([(px, py), mid, end], [0.6 * u, 0.42 * u, 0.16 * u]))
        tips += [mid, end]
    tips.append(spine[-1])
    lay(on, Sheet(bough, tone, tone, 2.6 * u, rim=mix(tone, edge, 0.6), rim_width=max(width, 0.2 * u), shade=0.3))
    if not state.orchard or state.season == "winter":
        return
    leaves: list[Shape] = []
    for tx, ty in tips:
        for _ in range(5):
            leaves.append(
                shapes.leaf(
                    tx + rng.uniform(-0.8, 0.8) * u,
                    ty + rng.uniform(-0.4, 0.4) * u,
                    rng.uniform(2, 3.4) * u,
                    rng.uniform(-0.6, 2.6),
                )
            )
    leaf_tone = mix(colours.leaf, colours.ink, 0.3)
    lay(
        on,
        Sheet(
            leaves,
            leaf_tone,
            scale(leaf_tone, 0.8),
            2.0 * u,
            rim=mix(leaf_tone, edge, 0.5),
            rim_width=0.14 * u,
            shade=0.28,
        ),
    )
    if state.season == "spring":
        petals: list[Shape] = []
        for tx, ty in tips:
            for _ in range(2):
                cx, cy = tx + rng.uniform(-1.6, 1.6) * u, ty + rng.uniform(-1, 1.4) * u
                petals += [
                    shapes.ellipse(cx + 0.55 * u * dx, cy + 0.55 * u * dy, 0.52 * u, 0.52 * u, 14)
                    for dx, dy in ((0, -1), (0.95, -0.3), (0.6, 0.8), (-0.6, 0.8), (-0.95, -0.3))
                ]
        lay(
            on,
            Sheet(
                petals,
                colours.blossom,
                mix(colours.blossom, colours.leaf, 0.15),
                0.8 * u,
                rim=(255, 255, 255),
                rim_width=0.1 * u,
                shade=0.4,
            ),
        )
