"""Interior: draws what rooms share: views through windows, floors, walls, timber, light and coats."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace

import pygame

from game.painter.canvas import Brush, Colour, Palette, Point, SceneState, Shape, gradient, mix, palette, scale, shapes
from game.painter.props import landscape


def lamplit(colours: Palette, state: SceneState) -> Palette:
    """Return the colours of things near a flame in an otherwise dark room."""
    day = palette(replace(state, hour="day", season="autumn"))
    flame: Colour = (172, 104, 44)

    def near(colour: Colour) -> Colour:
        return mix(scale(colour, 0.66), flame, 0.22)

    return replace(
        colours,
        roof=near(day.roof),
        wall=near(day.wall),
        wood=near(day.wood),
        earth=near(day.earth),
        leaf=near(day.leaf),
        ear=near(day.ear),
        rim=mix(near(day.rim), colours.light, 0.45),
        ink=mix(day.ink, (44, 26, 16), 0.6),
    )


def outside(brush: Brush, horizon: float, u: float) -> None:
    """Draw the view through doors and windows: sky, the wooded ridge, a near slope. `horizon` is a row in pixels."""
    brush = brush.outdoors()
    brush.backing(horizon)
    crest = shapes.profile(random.Random("outside"), horizon - 1.2 * u, 1.5 * u, 40 * u)
    with brush.parts.nameless():
        landscape.wooded(brush, crest, 0.14, 6.5 * u, "outside", (5.4 * u, 2.0 * u))
    landscape.ridge(brush, shapes.profile(random.Random("outside 2"), horizon + 4 * u, 0.8 * u, 50 * u), 0.42, 14 * u)


def overhead(brush: Brush, foot: float, top: Colour, low: Colour) -> None:
    """Fill the picture down to the row `foot` with the dark under a roof: `top` near the viewer, `low` far away."""
    height = min(brush.frame.h, math.ceil(foot))
    if height > 0:
        part = brush.surface.subsurface((0, 0, brush.frame.w, height))
        gradient(part, top, low, 0, height)
        brush.tile(part, (0, 0))


def paved(brush: Brush, tone: Colour, far: float, side: float) -> None:
    """Draw a floor of tiles `side` units wide, from the depth `far` to the picture's lower edge."""
    view, frame, edge, day = brush.view, brush.frame, brush.light, brush.tones.day
    u, top = view.u, view.at(0, 0, far)[1]
    if frame.h - top < 1 or u < 0.05:
        return
    near = view.z_at(frame.h + 3 * u)
    first_row = max(0, math.floor(top))
    part = brush.surface.subsurface((0, first_row, frame.w, frame.h - first_row))
    # In a portrait picture, light that falls past the viewer lies on the floor in front of the subject.
    below = max(0.0, min(1.0, (frame.h - frame.y(1.0)) / frame.height))
    nearest = mix(scale(tone, 0.5), mix(tone, edge, 0.2), 0.75 * below)
    gradient(part, mix(tone, day, 0.24), nearest, top - first_row, frame.y(1.0 + 0.5 * below) - first_row)
    dark, lit = scale(tone, 0.4), mix(tone, edge, 0.2)

    def joint(a: Point, b: Point, width: float, shift: Point) -> None:
        broad = max(1, round(width))
        for colour, by in ((lit, broad), (dark, 0)):
            start, end = (a[0] + shift[0] * by, a[1] + shift[1] * by), (b[0] + shift[0] * by, b[1] + shift[1] * by)
            pygame.draw.aaline(brush.surface, colour, start, end, broad)

    left, right = view.sides(frame.w, far)
    first, last = math.floor(left / side), math.ceil(right / side)
    # Joints become broader towards the viewer, so they are drawn in stretches.
    stops = [far]
    while stops[-1] - side > near and len(stops) < 60:
        stops.append(stops[-1] - side)
    for z in stops[1:]:
        y = view.at(0, 0, z)[1]
        joint((-1, y), (frame.w + 1, y), 0.24 * view.k(z), (0, 1))
    if last - first <= 120:
        for i in range(first, last + 1):
            x = (i + 0.5) * side
            for start, other in (
                (far, (far + near) / 2),
                ((far + near) / 2, (far + 3 * near) / 4),
                ((far + 3 * near) / 4, near),
            ):
                joint(view.at(x, 0, start), view.at(x, 0, other), 0.24 * view.k((start + other) / 2), (1, 0))
    pygame.draw.aaline(brush.surface, mix(tone, edge, 0.45), (0, top), (frame.w, top), max(1, round(0.2 * u)))
    brush.tile(part, (0, first_row))


def beaten(brush: Brush, tone: Colour, far: float, day: Colour) -> None:
    """Draw a floor of beaten earth from the depth `far` to the picture's lower edge. Daylight tints it with `day`."""
    view, frame, edge = brush.view, brush.frame, brush.light
    top = view.at(0, 0, far)[1]
    if frame.h - top < 1 or view.u < 0.05:
        return
    # In a portrait picture, light that falls past the viewer lies on the floor in front of the subject.
    below = max(0.0, min(1.0, (frame.h - frame.y(1.0)) / frame.height))
    nearest = mix(scale(tone, 0.6), mix(tone, edge, 0.16), 0.75 * below)
    whole = [shapes.box(-2, top, frame.w + 4, frame.h - top + 4)]
    brush.lay(whole, mix(tone, day, 0.2), nearest, span=(top, frame.y(1.0 + 0.5 * below)))
    rng = random.Random("hollows")
    hollows: list[Shape] = []
    for _ in range(26):
        x, z = rng.uniform(-70, 70), view.z_at(rng.uniform(top + 2, frame.h))
        (px, py), k = view.at(x, 0, z), view.k(z)
        hollows.append(shapes.ellipse(px, py, rng.uniform(2, 6) * k, rng.uniform(0.3, 0.8) * k, 18))
    brush.stain(hollows, scale(tone, 0.5), 46)
    brush.slit(shapes.scratches(rng, frame.w, top, frame.h, 2.0 * view.u), scale(tone, 0.62), mix(tone, edge, 0.12))


def near_table(brush: Brush, wood: Colour, half: float, depth: tuple[float, float], y: float) -> None:
    """Draw the table in front of the viewer. In units, `half` is half its width, `depth` the depth of its near and its
    far edge, and `y` the height of its top."""
    view, tones = brush.view, brush.tones
    near, far = depth
    foot = 0.0  # the height of the floor, which only a portrait picture shows
    rng = random.Random("board")
    grain: list[Shape] = []
    for _ in range(26):
        x, z = rng.uniform(0.6 - half, half - 10), rng.uniform(near + 0.6, far - 0.4)
        grain.append(shapes.lens(view.at(x, y, z), view.at(x + rng.uniform(3, 9), y, z), 0.22 * view.u))
    # Its shade: dark behind it; on the floor in front of it paler from edge to edge.
    brush.stain([view.face(-half, foot, half, y, far)], scale(wood, 0.18), 150)
    for out in (0.0, 1.6, 3.2, 4.8):
        brush.stain([view.flat(-half - 0.4 * out, half + 0.4 * out, near - out, far, foot)], scale(wood, 0.16), 44)
    legs = [view.face(x - 1.4, foot, x + 1.4, y - 2, near) for x in (4 - half, half - 4)]
    brush.cut(legs, mix(wood, tones.near, 0.6), 1.0 * view.u)
    brush.cut([view.flat(-half, half, near, far, y)], mix(wood, tones.day, 0.14), 1.6 * view.u, lit=0.28, dark=0.9)
    brush.stain(grain, scale(wood, 0.5), 120)
    brush.cut([view.face(-half, y - 3.6, half, y, near)], mix(wood, tones.near, 0.35), 1.0 * view.u, rim=0.8)


def plaster(
    brush: Brush,
    area: tuple[float, float, float, float],
    tone: Colour,
    u: float,
    seed: str,
    openings: Sequence[Shape] = (),
) -> None:
    """Draw damp, cracks and fallen plaster on the wall `area` (left, top, right, foot), but not in its `openings`."""
    left, top, right, foot = area
    rng = random.Random(seed)
    if right - left < 4 * u or foot - top < 4 * u or u < 0.2:
        return
    rise = [(left, foot - 2 * u)]
    x = left
    while x < right:
        rise.append((x, foot - rng.uniform(1.2, 3.6) * u))
        x += rng.uniform(1.5, 5) * u
    damp: Shape = [*shapes.smooth([*rise, (right, foot - 2 * u)], 3), (right, foot), (left, foot)]
    marks: list[Shape] = []
    for _ in range(min(40, int((right - left) / (11 * u)))):
        cx, cy, size = rng.uniform(left, right), rng.uniform(top, foot), rng.uniform(0.8, 2.6) * u
        marks.append(shapes.crown(rng, cx, cy, size * 1.3, size, 5))
        px, py = rng.uniform(left, right), rng.uniform(top, foot - 6 * u)
        for _ in range(4):
            to = (px + rng.uniform(-0.9, 0.9) * u, py + rng.uniform(0.8, 2.2) * u)
            marks.append(shapes.lens((px, py), to, 0.16 * u))
            px, py = to
    for cuts, dark, alpha in (([damp], 0.55, 34), (marks, 0.72, 84)):
        brush.lay(cuts, scale(tone, dark), holes=openings, alpha=alpha, apart=True)


def grained(brush: Brush, rng: random.Random, left: float, top: float, right: float, foot: float, tone: Colour) -> None:
    """Draw the grain of upright timber in a box of pixels."""
    wide, tall = right - left, foot - top
    if wide < 8:
        return
    lines: list[Shape] = []
    for _ in range(9):
        x, y = left + wide * rng.uniform(0.1, 0.9), top + tall * rng.random()
        end = min(foot, y + tall * rng.uniform(0.08, 0.3))
        lines.append(shapes.lens((x, y), (x + wide * rng.uniform(-0.04, 0.04), end), wide * 0.035))
    brush.stain(lines, scale(tone, 0.5), 130)


def shafts(brush: Brush, columns: Sequence[Shape], colour: Colour, strength: float, seed: str) -> None:
    """Draw shafts of light in the air of a room, with dust in them; none at night. Each of `columns` is a shaft's four
    corners: two above, then two below."""
    if brush.state.hour == "night":
        return
    brush.beam(columns, colour, strength, 2.2 * brush.u)
    rng = random.Random(seed)
    motes: list[Point] = []
    for column in columns:
        top, foot = column[:2], column[:1:-1]
        wide = (abs(top[1][0] - top[0][0]) + abs(foot[1][0] - foot[0][0])) / 2
        room_for = wide * abs(foot[0][1] - top[0][1]) / max(1.0, 16 * brush.u * brush.u)
        for _ in range(min(34, round(room_for))):
            t, s = rng.random() ** 0.8, rng.uniform(0.08, 0.92)
            a = (top[0][0] + (top[1][0] - top[0][0]) * s, top[0][1] + (top[1][1] - top[0][1]) * s)
            b = (foot[0][0] + (foot[1][0] - foot[0][0]) * s, foot[0][1] + (foot[1][1] - foot[0][1]) * s)
            motes.append((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t))
    third = len(motes) // 3
    brush.glows(motes[:third], max(1.6, 0.55 * brush.u), colour, min(1.0, 0.9 * strength + 0.08))
    brush.glows(motes[third:], max(1.2, 0.3 * brush.u), colour, min(1.0, 1.2 * strength + 0.1))
    lit = mix(colour, (255, 255, 255), 0.4)
    for number, column in enumerate(columns):
        (x, y), over, under = column[0], column[1], column[3]
        down, across = (under[0] - x, under[1] - y), (over[0] - x, over[1] - y)
        brush.move("dust", (x, y), 0.42 * brush.u, lit, f"{seed} {number}", reach=down, across=across)


def lattice(left: float, top: float, width: float, height: float, columns: int, rows: int, bar: float) -> list[Shape]:
    """Return the panes of a lattice window with bars `bar` pixels broad. The other lengths are pixels too."""
    w, h = width / columns, height / rows
    return [
        shapes.box(left + c * w + bar / 2, top + r * h + bar / 2, w - bar, h - bar)
        for c in range(columns)
        for r in range(rows)
    ]


def hung_coat(x: float, top: float, k: float) -> tuple[Shape, list[Shape]]:
    """Return a coat on a peg at (x, top): its outline and its slits. It is 17 units of `k` pixels long."""
    corners = shapes.points(0, top, k, (0.8, 0), (2.2, 1.2), (3.3, 5), (3.6, 12), (2.5, 12.5))
    side = [*shapes.smooth(corners, 4), (2.1 * k, top + 6.5 * k), (2.7 * k, top + 17 * k)]
    return shapes.mirrored(x, side), [
        shapes.lens((x, top + 1.2 * k), (x + 0.2 * k, top + 16 * k), 0.2 * k),
        *(shapes.ellipse(x + 0.7 * k, top + (3.6 + 2.8 * b) * k, 0.2 * k, 0.2 * k, 10) for b in range(4)),
        shapes.lens((x - 1.0 * k, top + 0.4 * k), (x, top + 2.4 * k), 0.2 * k),
        shapes.lens((x + 1.0 * k, top + 0.4 * k), (x, top + 2.4 * k), 0.2 * k),
    ]


def coats(brush: Brush, left: float, y: float, u: float, count: int) -> None:
    """Draw a board with six pegs, its middle on the row `y`, and `count` coats; 40 `u` wide, 19 `u` high."""
    tones, colours = brush.tones, brush.colours
    wood = mix(tones.far, tones.near, 0.35)
    outlines = [shapes.box(left - 2 * u, y - 1.4 * u, 42 * u, 2.8 * u)]
    brush.cut(outlines, wood, 1.0 * u, dark=0.8, rim=0.6, edge=(tones.edge, 0.2 * u), apart=False)
    pegs: list[Shape] = []
    dyes = (
        mix(colours.roof, colours.sky_top, 0.12),
        mix(colours.wood, colours.wall, 0.2),
        mix(colours.roof, colours.wood, 0.5),
    )
    for i in range(6):
        x = left + (2 + 7.2 * i) * u
        pegs.append(shapes.ribbon(shapes.points(x, y, u, (0, -0.5), (0, 1), (0.9, 0.6)), [0.8 * u, 0.8 * u, 0.6 * u]))
    for i in range(count):
        x = left + (2 + 7.2 * i) * u
        k = (0.74 if i in (2, 5) else 1.0) * u
        coat, cuts = hung_coat(x, y + 0.5 * u, k)
        dye = mix(dyes[i % 3], tones.near, 0.25)
        with brush.parts.named(f"coat {i}", away=(0, -1.4 * k)):
            brush.cut(
                [coat], dye, 1.3 * u, holes=cuts, lit=0.14, dark=0.75, rim=0.6, edge=(tones.edge, 0.22 * u), apart=False
            )
    brush.lay(pegs, mix(wood, tones.edge, 0.3), wood, 0.6 * u, edge=(mix(wood, tones.edge, 0.8), 0.16 * u))
