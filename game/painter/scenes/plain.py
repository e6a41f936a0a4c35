"""Scenes `plain` (black furrows under a wide sky) and `brickworks` (the works beside the railway)."""

from __future__ import annotations

import random

from game.painter.canvas import Brush, Colour, Origin, Palette, Shape, mix, shapes
from game.painter.props import buildings, crowd, landscape

_HORIZON = 0.53
# Kilns: the column in units from the subject area's left, the row of the foot as a share of its height, the stack's
# height in units.
_KILNS = (
    (20.0, 0.66, 39.0), (52.0, 0.64, 34.0), (6.0, 0.635, 31.0), (68.0, 0.625, 29.0), (84.0, 0.62, 27.0),
    (-8.0, 0.62, 26.0),
)  # fmt: skip


def plain(brush: Brush) -> None:
    """Paint the sowing: furrows to the horizon, low huts, a row of `people` across the land."""
    _sky(brush)
    _huts(brush)
    _land(brush)
    _sowers(brush)
    landscape.close(brush, "plain snow", (brush.frame.x(0.5), brush.frame.y(0.55)), 0.28)


def brickworks(brush: Brush) -> None:
    """Paint the works: kilns, as many as `furnaces` says; stacked bricks; behind them a train."""
    _sky(brush)
    _ground(brush)
    _train(brush)
    _kilns(brush)
    _bricks(brush)
    landscape.close(brush, "works snow", (brush.frame.x(0.5), brush.frame.y(0.55)), 0.28)


def _sky(brush: Brush) -> None:
    u, frame = brush.u, brush.frame
    landscape.sky(brush, frame.y(_HORIZON), (0.66, 0.22), "plain clouds", 0.46)
    landscape.birds(brush, (0.3, 0.24))
    for i, nearness in enumerate((0.0, 0.14)):
        rng = random.Random(f"plain far {i}")
        crest = shapes.profile(rng, frame.y(_HORIZON) - (1.8 - 1.2 * i) * u, (0.5 - 0.2 * i) * u, 160 * u)
        if i:
            landscape.wooded(brush, crest, nearness, 6 * u, "plain belt", (2.6 * u, 2.4 * u))
        else:
            landscape.ridge(brush, crest, nearness, 6 * u)


def _ground(brush: Brush) -> None:
    u, frame, colours = brush.u, brush.frame, brush.colours
    landscape.ridge(brush, brush.crest("works ground", _HORIZON + 0.01, 0.2, 120), 0.6, frame.h, haze=0.7)
    tone = colours.hill(0.6)
    cuts = shapes.scratches(random.Random("works cuts"), frame.w, frame.y(_HORIZON + 0.04), frame.h, 1.3 * u)
    brush.slit(cuts, mix(tone, colours.ink, 0.35), mix(tone, colours.rim, 0.3))


def _black(colours: Palette) -> Colour:
    return mix(mix(colours.earth, colours.ink, 0.72), (34, 30, 30), 0.4)


def _land(brush: Brush) -> None:
    """Draw black furrows that meet in one point, with seed or shoots along them."""
    u, frame, colours, edge = brush.u, brush.frame, brush.colours, brush.edge
    top, foot = frame.y(_HORIZON + 0.012), frame.h + 2 * u
    black = _black(colours)
    haze = mix(black, colours.sky_low, 0.34)
    outline = [(-3 * u, top), (frame.w + 3 * u, top), (frame.w + 3 * u, foot), (-3 * u, foot)]
    border = mix(haze, edge[0], 0.5), edge[1]
    brush.lay([outline], haze, black, 0.8 * u, edge=border, span=(top, frame.y(0.86)), solid=top + 3)
    vanish = (frame.across(52), frame.y(_HORIZON - 0.012))
    count = 30
    reach = max(vanish[0], frame.w - vanish[0]) * 3.4
    ridges: list[Shape] = []
    shoots: list[Shape] = []
    rng = random.Random("furrows")
    young = brush.state.crops in ("young", "standing", "ripe")
    for i in range(-count, count + 1):
        a, b = reach * (i + 0.18) / count, reach * (i + 0.6) / count
        # Each furrow's lit side, from near the horizon to below the picture.
        t = (top + 1.2 * u - vanish[1]) / (foot - vanish[1])
        near_a, near_b = vanish[0] + a, vanish[0] + b
        ridges.append(
            [(vanish[0] + a * t, top + 1.2 * u), (vanish[0] + b * t, top + 1.2 * u), (near_b, foot), (near_a, foot)]
        )
        if young:
            s = 0.12
            while s < 1.02:
                x, y = vanish[0] + (a + b) / 2 * s, vanish[1] + (foot - vanish[1]) * s
                if -u < x < frame.w + u:
                    h = (0.5 + 5 * s * s) * u
                    shoots += [
                        [(x + dx * h, y), (x + dx * 2.4 * h, y - h), (x + dx * h + 0.16 * h, y)] for dx in (-0.18, 0.18)
                    ]
                s *= 1.13 + rng.uniform(-0.02, 0.03)
    lit = mix(black, colours.earth, 0.42)
    brush.lay(ridges, mix(haze, lit, 0.4), lit, edge=(mix(lit, edge[0], 0.4), 0.14 * u), span=(top, frame.y(0.95)))
    if shoots:
        brush.cut(shoots, mix(colours.stalk, colours.rim, 0.1), 0, rim=0.3)


def _huts(brush: Brush) -> None:
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    unit = 0.72 * u
    foot = frame.y(_HORIZON) + 1.6 * u
    rng = random.Random("huts")
    huts: list[buildings.House] = []
    for i in range(6):
        chance = rng.random()
        lit = state.hour != "day" and chance < state.lamps / 10
        huts.append(buildings.House(frame.across(4) + 12.6 * i * unit * 1.05, foot, 11 * unit, 5.2 * unit, unit, lit))
    buildings.row(brush, huts, 0.3, "huts")
    if state.smoke:
        for i, hut in enumerate(huts[::2]):
            landscape.smoke(brush, f"hut smoke {i}", *hut.chimney, 12 * unit, 1.8 * unit, 5 * unit)
    wood = mix(colours.wood, colours.ink, 0.35)
    x, k = frame.across(70), 0.8 * u
    board = [shapes.ribbon([(x + d * k, foot + k), (x + d * k, foot - 7.5 * k)], 0.5 * k) for d in (-2.6, 2.6)]
    board.append(shapes.box(x - 3.4 * k, foot - 7.2 * k, 6.8 * k, 3.6 * k))
    brush.cut(board, wood, 0.5 * u, rim=0.6)


def _sowers(brush: Brush) -> None:
    """Draw a row of stooping sowers across the land, and an upright overseer behind them."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    rng = random.Random("sowers")
    tone = mix(colours.ink, colours.roof, 0.25)
    for i in range(10):
        t = i / 9
        size = (15.5 - 8.6 * t) * u
        cut = crowd.walker(rng, size, "bending", 1)
        if i >= state.people:
            continue
        x, y = frame.across(8 + 66 * t**0.75), frame.y(0.84 - 0.225 * t**0.7)
        with brush.parts.named(f"sower {i}", away=(6 * u, -3 * u)):
            brush.cut(crowd.placed(cut, x, y), mix(tone, colours.sky_low, 0.2 * t), 0.07 * size, lit=0.05, rim=0.45)
    if state.people:
        cut = crowd.walker(random.Random("foreman"), 11.5 * u, "standing", -1)
        brush.cut(crowd.placed(cut, frame.across(64), frame.y(0.745)), tone, 0.8 * u, lit=0.05, rim=0.45)


def _kilns(brush: Brush) -> None:
    """Draw the long kilns with their chimneys. Fire is in their mouths if `glow` is set and it is not day."""
    frame, colours, state = brush.frame, brush.colours, brush.state
    brick = mix(mix(colours.earth, colours.wood, 0.42), colours.wall, 0.14)
    for i, (column, part, tall) in sorted(enumerate(_KILNS[: state.furnaces]), key=lambda each: each[1][1]):
        x, foot = frame.across(column), frame.y(part)
        y = foot - tall * frame.u
        k = (foot - y) / 39
        origin = Origin(x, foot, k)
        haze = mix(brick, colours.sky_low, 0.1 + 0.5 * max(0.0, 0.66 - part) * 5)
        if state.smoke:
            landscape.plume(brush, f"kiln {i}", x, y, 24 * k, 6 * k, 15 * k)
        stack = [(x - 2.4 * k, foot), (x - 1.5 * k, y), (x + 1.5 * k, y), (x + 2.4 * k, foot)]
        brush.cut([stack, shapes.box(x - 2.0 * k, y, 4.0 * k, 1.3 * k)], haze, 1.1 * k, rim=0.5)
        courses = [shapes.lens((x - 1.6 * k, y + d * k), (x + 1.6 * k, y + d * k), 0.2 * k) for d in range(4, 30, 3)]
        brush.slit(courses, mix(haze, colours.ink, 0.35), mix(haze, brush.light, 0.3))
        body = origin.curve((-17, 0.5), (-15.6, -8.4), (-8, -11.4), (8, -11.4), (15.6, -8.4), (17, 0.5), closed=False)
        arches: list[Shape] = []
        for d in (-11.6, -6.2, 0.0, 6.2, 11.6):
            arch = origin.arch(d, -3.6, 1.5, 1.5, 10)
            arches.append([(x + (d + 1.5) * k, foot + k), *arch, (x + (d - 1.5) * k, foot + k)])
        fire = state.glow and state.hour != "day"
        inside = mix(colours.fire, colours.sun, 0.2) if fire else mix(colours.ink, haze, 0.15)
        brush.lay([origin.box(-14, -6, 28, 6.4)], inside)
        brush.cut([body], haze, 1.5 * k, holes=arches, lit=0.16, dark=0.78, rim=0.6)
        brush.slit(
            [origin.lens((-(14 - d), -(6.6 + d)), (14 - d, -(6.6 + d)), 0.2) for d in (0.4, 2.2)],
            mix(haze, colours.ink, 0.35),
            haze,
        )


def _bricks(brush: Brush) -> None:
    u, frame, colours, edge = brush.u, brush.frame, brush.colours, brush.edge
    clay = mix(mix(colours.earth, colours.wood, 0.3), colours.wall, 0.26)
    for row, (base, k) in enumerate(((0.735, 0.62), (0.82, 0.86), (0.945, 1.25))):
        rng = random.Random(f"bricks {row}")
        bricks: list[Shape] = []
        x = frame.across(-2 + 7 * row) - 90 * u
        while x < frame.w + 20 * u:
            rows, long = rng.randint(4, 6), rng.randint(5, 9)
            if x + long * 3 * k * u > -u:
                for level in range(rows):
                    for b in range(long):
                        bx = x + (b * 2.9 + (level % 2) * 0.7) * k * u
                        bricks.append(
                            shapes.box(bx, frame.y(base) - (level + 1) * 1.62 * k * u, 2.5 * k * u, 1.42 * k * u)
                        )
            x += (long * 2.9 + rng.choice((4, 8, 14))) * k * u
        tone = mix(clay, colours.sky_low, 0.16 * (2 - row))
        brush.cut(bricks, tone, 0.5 * k * u, lit=0.22, dark=0.76, rim=0.6, edge=(edge[0], max(0.8, edge[1])))
    if brush.state.people:
        tone = mix(colours.ink, colours.roof, 0.25)
        rng = random.Random("stackers")
        stackers: tuple[tuple[float, float, float, crowd.Doing, int], ...] = (
            (33, 0.83, 12.0, "bending", -1),
            (60, 0.84, 12.5, "carrying", 1),
        )
        for x, base, size, doing, facing in stackers:
            cut = crowd.walker(rng, size * u, doing, facing)
            brush.cut(crowd.placed(cut, frame.across(x), frame.y(base)), tone, 0.9 * u, lit=0.06, rim=0.45)


def _train(brush: Brush) -> None:
    u, frame, colours = brush.u, brush.frame, brush.colours
    rail = frame.y(_HORIZON + 0.03)
    bank = [(-3 * u, rail), (frame.w + 3 * u, rail), (frame.w + 3 * u, rail + 2.4 * u), (-3 * u, rail + 2.4 * u)]
    far = mix(mix(colours.earth, colours.ink, 0.3), colours.sky_low, 0.36)
    dark = mix(mix(colours.ink, colours.roof, 0.4), colours.sky_low, 0.26)
    poles: list[Shape] = []
    x = frame.across(0) % (9 * u) - 9 * u
    while x < frame.w + 9 * u and len(poles) < 120:
        poles += [
            shapes.box(x, rail - 7.5 * u, 0.26 * u, 7.6 * u),
            shapes.box(x - 0.9 * u, rail - 7.1 * u, 2.1 * u, 0.26 * u),
        ]
        x += 9 * u
    brush.cut(poles, far, 0.3 * u)
    k, nose = 0.72 * u, frame.across(33)
    cars: list[Shape] = []
    panes: list[tuple[float, float, float, float]] = []
    for car in range(12):
        cx = nose + (9.4 + car * 12.2) * k
        if cx > frame.w + 12 * k:
            break
        cars.append(shapes.box(cx, rail - 5.6 * k, 11.2 * k, 4.6 * k))
        cars.append(shapes.points(cx, rail, k, (-0.4, -5.5), (1.2, -6.6), (10, -6.6), (11.6, -5.5)))
        cars += [shapes.ellipse(cx + d * k, rail - 0.8 * k, 0.95 * k, 0.95 * k, 12) for d in (2.0, 4.4, 6.8, 9.2)]
        panes += [(cx + (1.0 + 2.0 * w) * k, rail - 4.8 * k, 1.2 * k, 1.5 * k) for w in range(5)]
    boiler = shapes.points(nose, rail, k, (-9, -1.4), (-9, -5), (2, -5.4), (2, -7.2), (8, -7.2), (8, -1.4))
    stack = shapes.points(nose, rail, k, (-7.6, -5), (-8.1, -8.2), (-5.5, -8.2), (-6, -5))
    engine = [boiler, stack, shapes.crown(random.Random("dome"), nose - 2 * k, rail - 5.3 * k, 1.3 * k, 1.2 * k, 5)]
    engine += [shapes.ellipse(nose + d * k, rail - 1.0 * k, 1.25 * k, 1.25 * k, 14) for d in (-7, -4, -1, 2, 6)]
    landscape.plume(brush, "train", nose - 6.8 * k, rail - 8.4 * k, 9 * k, 5 * k, 30 * k)
    brush.cut([bank], far, 0.4 * u)
    brush.cut([*cars, *engine], dark, 0.7 * u, rim=0.5)
    pane_tone = colours.light if brush.state.hour != "day" else mix(colours.sky_low, dark, 0.25)
    brush.lay([shapes.box(*pane) for pane in panes], pane_tone)
