"""Scene `showfield`: the show field: rice of nine fields, planted in one field so densely that it carries a hat."""

from __future__ import annotations

import random

from game.painter.canvas import Brush, Colour, Frame, Point, Shape, mix, scale, shapes
from game.painter.props import landscape, settlement

# The plot: the rows of its farthest and its nearest rank as shares of the subject area's height, the rice's height in
# units, and the number of ranks.
_BACK, _FRONT = 0.665, 0.865
_TALL = 11.0
_RANKS = 9


def showfield(brush: Brush) -> None:
    """Paint the field, packed and lit, or after its collapse."""
    u, frame, state = brush.u, brush.frame, brush.state
    landscape.backdrop(brush, "showfield", 0.47, (0.7, 0.17))
    landscape.ridge(brush, brush.crest("show ground", 0.545, 0.9, 100), 0.66, 12 * u, haze=0.3)
    ends = (frame.x(0.0) - 3 * u, frame.w + 6 * u)
    settlement.beyond(brush, "show", ends, frame.y(0.578), 0.62 * u, 30, (1.2, 2.2, 9.0, 14.0))
    _nine_fields(brush)
    _plot(brush)
    if state.thing in ("hat", "fan"):
        _fan(brush)
    landscape.close(brush, "show snow", (frame.x(0.45), frame.y(0.66)), 0.34 if state.hour == "night" else 0.26)


def _wires(frame: Frame) -> list[tuple[Point, Point]]:
    u = frame.u
    left = frame.across(0)
    back, front = frame.y(_BACK) - 25 * u, frame.y(_FRONT) - 31 * u
    return [
        ((left + 13 * u, back), (left + 70 * u, back + u)),
        ((left + 4 * u, front), (left + 76 * u, front + 1.5 * u)),
    ]


def _along(a: Point, b: Point, t: float, u: float) -> Point:
    """Return the point at the share `t` (0 to 1) of a wire that sags between `a` and `b`."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t + 4 * t * (1 - t) * 3.2 * u


def _nine_fields(brush: Brush) -> None:
    """Draw the ground from which the rice was taken: dug, wet and empty, in strips down to the picture's lower edge."""
    u, frame, colours, edge = brush.u, brush.frame, brush.colours, brush.edge
    soil = mix(colours.earth, colours.ink, 0.24)
    y, row = frame.y(0.592), 0
    while y < frame.h + u and row < 24:
        near = min(1.0, (y - frame.y(0.59)) / max(1.0, frame.y(1.0) - frame.y(0.59)))
        gap = (3.6 + 9 * near) * u
        crest = shapes.profile(random.Random(f"dug {row}"), y, (0.3 + 0.7 * near) * u, 80 * u)
        outline = shapes.land(crest, -3 * u, frame.w + 3 * u, min(frame.h + 2 * u, y + gap + 4 * u), max(8.0, 2 * u))
        low = max(py for _, py in outline[1:-1])
        tone = mix(mix(soil, colours.wall, 0.16 * (row % 2)), colours.sky_low, 0.26 * (1 - near))
        rim = mix(tone, edge[0], 0.5), edge[1] * (0.5 + 0.6 * near)
        brush.lay([outline], mix(tone, edge[0], 0.14), scale(tone, 0.86), (0.5 + near) * u, edge=rim, solid=low + 2)
        _holes(brush, tone, row, crest, gap, near)
        y += gap
        row += 1


def _holes(brush: Brush, tone: Colour, row: int, crest: shapes.Profile, gap: float, near: float) -> None:
    """Draw the holes that the plants have left, in their old rows."""
    rng = random.Random(f"holes {row}")
    holes: list[Shape] = []
    for line in (0.3, 0.68):
        x = rng.uniform(-4, 0) * brush.u
        while x < brush.frame.w:
            wide = (0.7 + 1.5 * near) * brush.u * rng.uniform(0.7, 1.2)
            if rng.random() < 0.7:
                y = crest(x) + gap * line + rng.uniform(-0.2, 0.2) * brush.u
                holes.append(shapes.lens((x, y), (x + wide, y), 0.34 * wide))
            x += wide * rng.uniform(2.0, 2.8)
    brush.slit(holes, mix(tone, brush.colours.shadow, 0.55), mix(tone, brush.colours.rim, 0.4))


def _at(frame: Frame, t: float) -> tuple[float, float, float]:
    """Return the left end, right end and foot of a rank of rice, in pixels; `t` is 0 (farthest) to 1 (nearest)."""
    u = frame.u
    left = frame.across(0)
    back, front = frame.y(_BACK), frame.y(_FRONT)
    return left + (9.0 - 6.5 * t) * u, left + (70.0 + 8.5 * t) * u, back + (front - back) * t


def _plot(brush: Brush) -> None:
    """Draw the packed field: ranks behind each other between bamboo, with wires and lamps over it."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    packed = state.crops in ("standing", "ripe")
    (a, b, back), (c, d, front) = _at(frame, 0), _at(frame, 1)
    soil = mix(colours.earth, colours.ink, 0.4)
    bed = [(a - u, back - 0.6 * u), (b + u, back - 0.6 * u), (d + 2 * u, front + 1.6 * u), (c - 2 * u, front + 1.6 * u)]
    brush.cut([bed], soil, 0.6 * u, rim=0.5)
    for rank in range(_RANKS):
        t = rank / (_RANKS - 1)
        if rank % 4 == 0:
            _bamboo(brush, rank, t)
        if packed:
            _rank(brush, rank, t)
        elif state.crops == "rotting":
            _fallen(brush, rank, t)
    if packed:
        if state.thing == "hat":
            _hat(brush)
        _lamps(brush)


def _rank(brush: Brush, rank: int, t: float) -> None:
    """Draw one dense rank of rice: a wall of stalks with ears along its upper edge."""
    u, colours, state, edge = brush.u, brush.colours, brush.state, brush.edge
    rng = random.Random(f"rank {rank}")
    left, right, foot = _at(brush.frame, t)
    tall = _TALL * (0.74 + 0.26 * t) * u
    top: list[Point] = []
    x = left
    while x < right:
        top += [(x, foot - tall * rng.uniform(0.9, 0.97)), (x + 0.34 * u, foot - tall * rng.uniform(0.98, 1.08))]
        x += rng.uniform(0.55, 0.95) * u
    wall = [(left, foot), *top, (right, foot)]
    nearest = rank == _RANKS - 1
    ears: list[Shape] = []
    x = left
    while x < right:
        bend = rng.uniform(-1, 1) * 0.9 * u
        y = foot - tall * rng.uniform(0.93, 1.02)
        ears.append(shapes.lens((x, y), (x + bend, y + rng.uniform(0.9, 1.8) * u), 0.62 * u))
        x += rng.uniform(0.8, 1.3) * u
    ripe = mix(colours.stalk, colours.ear, 0.72 if state.crops == "ripe" else 0.3)
    tone = mix(ripe, colours.ink, 0.16 * (1 - t))
    brush.cut([wall], tone, 0.8 * u, lit=0.28, dark=0.62 if nearest else 0.8, rim=0.5)
    if nearest:
        stalks: list[Shape] = []
        x = left + 0.3 * u
        while x < right - 0.3 * u:
            sway = rng.uniform(-0.3, 0.3) * u
            stalks.append(shapes.lens((x, foot - 0.1 * u), (x + sway, foot - tall * rng.uniform(0.62, 0.9)), 0.2 * u))
            x += rng.uniform(0.55, 0.9) * u
        brush.slit(stalks, mix(tone, colours.shadow, 0.62), mix(tone, edge[0], 0.3))
    golden = mix(colours.ear, ripe, 0.25 if state.crops == "ripe" else 0.6)
    brush.cut(ears, golden, 0.25 * u, lit=0.2, rim=0.5, edge=(edge[0], max(0.8, 0.12 * u)))


def _fallen(brush: Brush, rank: int, t: float) -> None:
    u, colours = brush.u, brush.colours
    rng = random.Random(f"fallen {rank}")
    left, right, foot = _at(brush.frame, t)
    heap = shapes.profile(rng, foot - 2.0 * u, 1.1 * u, 17 * u)
    mound = [(left, foot), *((x, heap(x)) for x in (left + (right - left) * i / 40 for i in range(41))), (right, foot)]
    straws: list[Shape] = []
    x = left
    while x < right:
        y, side = heap(x), rng.choice((-1, 1, 1))
        long = rng.uniform(2.2, 5.0) * u
        knee = (x + side * long * 0.3, y - rng.uniform(0.4, 1.8) * u)
        end = (x + side * long, y + rng.uniform(-0.4, 1.1) * u)
        straws.append(shapes.ribbon([(x, y + 0.5 * u), knee, end], [0.3 * u, 0.26 * u, 0.1 * u]))
        x += rng.uniform(0.9, 2.0) * u
    rot = mix(mix((74, 60, 42), colours.stalk, 0.3), colours.ink, 0.3 * (1 - t))
    brush.cut([mound, *straws], rot, 0.7 * u, lit=0.16, dark=0.7, rim=0.36)


def _bamboo(brush: Brush, rank: int, t: float) -> None:
    """Draw poles and a rail that hold the rice up. After its collapse they lean, and most are gone."""
    u, colours = brush.u, brush.colours
    rng = random.Random(f"bamboo {rank}")
    left, right, foot = _at(brush.frame, t)
    stands = brush.state.crops in ("standing", "ripe")
    tall = _TALL * (0.74 + 0.26 * t) * 1.25 * u
    canes: list[Shape] = []
    count = 9
    for i in range(count + 1):
        x, keeps, lean = left + (right - left) * i / count, rng.random(), rng.uniform(-1, 1)
        if stands or keeps < 0.45:
            tip = (x + (0.15 if stands else 2.6) * lean * u, foot - tall * (1 if stands else 0.8))
            canes.append(shapes.ribbon([(x, foot + 0.4 * u), tip], [0.42 * u, 0.34 * u]))
    if stands:
        for part in (0.5, 0.78):
            canes.append(shapes.ribbon([(left - u, foot - tall * part), (right + u, foot - tall * part)], 0.3 * u))
    brush.cut(canes, mix(colours.ear, colours.wood, 0.5), 0.6 * u, rim=0.6)


def _hat(brush: Brush) -> None:
    u, frame, colours = brush.u, brush.frame, brush.colours
    _, _, foot = _at(frame, 0.62)
    x, y = frame.across(47), foot - _TALL * 0.9 * u
    cone = shapes.smooth(shapes.points(x, y, u, (-4.2, 0), (-1.4, -1.9), (0, -3.4), (1.4, -1.9), (4.2, 0)), 5)
    brim = shapes.smooth([(x + 4.2 * u, y), (x, y + 0.9 * u), (x - 4.2 * u, y)], 5)
    straw = mix(colours.ear, colours.rim, 0.35)
    weave = [shapes.lens((x, y - 3.2 * u), (x + k * 1.15 * u, y + 0.3 * u), 0.16 * u) for k in (-3, -1.6, 0, 1.6, 3)]
    brush.cut([[*cone, *brim]], straw, 1.0 * u, rim=0.8)
    brush.slit(weave, mix(straw, colours.wood, 0.6), straw)


def _lamps(brush: Brush) -> None:
    """Draw wires from post to post, with lamps that should make the rice grow at night. By day they are unlit."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    wood = mix(colours.wood, colours.ink, 0.35)
    posts: list[Shape] = []
    lines: list[Shape] = []
    spots: list[Point] = []
    for (a, b), t, count in zip(_wires(frame), (0.0, 1.0), (5, 6), strict=True):
        foot = _at(frame, t)[2] + 0.5 * u
        posts += [shapes.ribbon([(x, foot), (x, y - 1.5 * u)], [0.7 * u, 0.5 * u]) for x, y in (a, b)]
        lines.append(shapes.ribbon([_along(a, b, k / 16, u) for k in range(17)], 0.16 * u))
        hung = (_along(a, b, (i + 0.5) / count, u) for i in range(count))
        spots += [(x, y + 1.5 * u) for x, y in hung]
    spots = spots[: round(len(spots) * state.lamps / 10)]
    brush.cut(posts, wood, 0.9 * u, rim=0.6)
    brush.cut(lines, wood, 0.5 * u)
    dark = state.hour != "day"
    caps = [shapes.points(x, y, u, (-1.3, 0.1), (-0.4, -1.3), (0.4, -1.3), (1.3, 0.1)) for x, y in spots]
    bulbs = [shapes.ellipse(x, y + 0.5 * u, 0.72 * u, 0.85 * u, 14) for x, y in spots]
    if dark:
        brush.glows(
            [(x, y + 4 * u) for x, y in spots], 17 * u, colours.light, 0.52 if state.hour == "night" else 0.3, 0.85
        )
        brush.glows([(x, y + u) for x, y in spots], 4.5 * u, colours.light, 0.5)
    glass = mix(colours.light, (255, 255, 255), 0.45) if dark else mix(colours.wall, colours.sky_low, 0.5)
    brush.cut(bulbs, glass, 0.2 * u, lit=0.2, dark=0.95)
    brush.cut(caps, mix(colours.roof, colours.ink, 0.3), 0.5 * u, rim=0.6)


def _fan(brush: Brush) -> None:
    """Draw the winnowing fan that blows air into the rice."""
    frame, colours = brush.frame, brush.colours
    x, y, k = frame.across(69), frame.y(0.975), 1.05 * brush.u
    wood = mix(colours.wood, colours.earth, 0.35)
    dark = mix(wood, colours.ink, 0.35)

    def at(dx: float, up: float) -> Point:
        return x + dx * k, y - up * k

    # Behind: the far side's posts, and the outlet for grain and husks.
    far = [shapes.ribbon([at(dx + 1.0, 9), at(dx + 1.0, 1.0)], 0.7 * k) for dx in (-11.5, 3.0, 13.6)]
    chutes = [[at(a, 8.6), at(a + 3.6, 8.6), at(a + 1.2, 4.4), at(a - 1.0, 5.2)] for a in (-9.6, -3.4)]
    brush.cut(far, scale(dark, 0.8), 0.4 * k)
    brush.cut(chutes, dark, 0.6 * k, rim=0.5)
    hopper = [at(-9.4, 26.5), at(4.0, 26.5), at(-0.6, 17.4), at(-5.0, 17.4)]
    seams = [shapes.lens(at(a, 25.8), at(b, 18.0), 0.2 * k) for a, b in ((-6.2, -3.9), (-2.7, -2.8), (0.8, -1.7))]
    brush.cut([hopper], mix(wood, colours.ink, 0.1), 0.8 * k, holes=seams, rim=0.6)
    brush.cut([shapes.box(*at(-10.0, 27.4), 14.6 * k, 1.2 * k)], wood, 0.4 * k, rim=0.7)
    # The fan's box, open towards the rice, and the round housing of the blades.
    box = [at(-14.0, 18.6), at(-11, 17.8), at(7.6, 17.8), at(7.6, 5.6), at(4.4, 8.2), at(-11, 8.2), at(-14.0, 7.4)]
    planks = [shapes.lens(at(-11, up), at(1.6, up), 0.2 * k) for up in (10.4, 12.8, 15.2)]
    brush.cut([box, shapes.ellipse(*at(7.8, 11.7), 6.2 * k, 6.2 * k, 44)], wood, 1.0 * k, holes=planks, rim=0.6)
    rings = [shapes.hoop(*at(7.8, 11.7), 5.2 * k, 5.2 * k, 0.22 * k, 36)]
    rings += [shapes.lens(at(7.8 - 5.0, 11.7 + d), at(7.8 + 5.0, 11.7 + d), 0.16 * k) for d in (-2.1, 2.1)]
    brush.slit(rings, mix(wood, colours.ink, 0.5), mix(wood, brush.light, 0.3))
    uprights = ((-11, 18.4), (2.4, 18.4), (14.2, 12))
    frame_of = [shapes.ribbon([at(dx, top), at(dx, 0)], 0.95 * k) for dx, top in uprights]
    frame_of.append(shapes.ribbon([at(-11, 3.0), at(14.2, 3.0)], 0.7 * k))
    frame_of.append(shapes.ribbon([at(1.8, 17.9), at(8, 18.2)], 0.8 * k))
    brush.cut(frame_of, dark, 0.7 * k, rim=0.5)
    crank = shapes.ribbon([at(7.8, 11.7), at(9.6, 8.7), at(11.4, 8.7)], [0.6 * k, 0.6 * k, 0.8 * k])
    brush.cut([shapes.ellipse(*at(7.8, 11.7), k, k, 18), crank], mix(colours.ink, wood, 0.25), 0.5 * k, rim=0.6)
