"""Scene `courtyard`: a walled yard with the house's door, the wok's hook, the well, the jar, and trees behind."""

from __future__ import annotations

import math
import random
from dataclasses import replace

from game.painter.canvas import RED, Brush, Shape, mix, room, scale, shapes
from game.painter.props import buildings, landscape, orchard, vessels, yard_props
from game.painter.props.interior import coats, lattice

_HENS = ((-21, 0.925, 1), (-14.5, 0.9, 1), (15.5, 0.925, -1))  # column in units from the middle, row as a share, facing


def courtyard(brush: Brush) -> None:
    """Paint the yard."""
    u, frame, state = brush.u, brush.frame, brush.state
    landscape.sky(brush, frame.y(0.5), (0.8, 0.17), "yard clouds", 0.3)
    landscape.ridge(brush, brush.crest("yard far", 0.36, 2.6, 70), 0.05, 12 * u)
    landscape.wooded(brush, brush.crest("yard ridge", 0.405, 3.4, 62), 0.3, 14 * u, "yard wood", (9 * u, 3.2 * u))
    landscape.wooded(brush, brush.crest("yard slope", 0.47, 1.6, 50), 0.52, 20 * u, "yard wood 2", (12 * u, 5.6 * u))
    orchard.pears(brush, random.Random("yard pear"), [(frame.x(0.66), frame.y(0.605), 11.5 * u)], u, state.orchard)
    _smoke(brush)
    if state.rebuilt:
        yard_props.wire(brush, (frame.x(0.0) + 46 * u, frame.y(0.27)), frame.y(0.6))
    _wall(brush)
    _ground(brush)
    (vessels.pump if state.rebuilt else vessels.well)(brush)
    _house(brush)
    if state.thing != "baskets":
        vessels.jar(brush)
    if state.thing != "baskets" and state.jar:
        x, lid = frame.x(0.5), frame.y(0.985) - 26.6 * u
        yard_props.snowed(brush, shapes.points(x, lid, u, (-5, 1), (0, -0.6), (5, 1)), 1.5 * u, "jar")
    if state.rebuilt or (state.year == 1958 and state.jar):  # hens were given up with the jar
        yard_props.hens(brush, [((frame.x(0.5) + dx * u, frame.y(y)), 1.05 * u, side) for dx, y, side in _HENS])
    yard_props.brought(brush.near())
    _branch(brush)
    landscape.close(brush, "yard snow", (frame.x(0.5), frame.y(0.55)), 0.3)


def _branch(brush: Brush) -> None:
    """Draw a dark bough hanging into the foreground: bare in winter, otherwise in leaf."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    right = frame.left + frame.width
    rng = random.Random("yard bough")
    bark = mix(colours.ink, colours.wood, 0.25)
    spine = shapes.smooth(shapes.points(right, 0, u, (-3, -5), (-8, 3.4), (-19, 5.6), (-31, 10)), 6)
    boughs = [shapes.ribbon(spine, [2.2 * u * (1 - 0.85 * i / len(spine)) for i in range(len(spine))])]
    leaves: list[Shape] = []
    for i in range(4, len(spine), 2):
        x, y = spine[i]
        length = rng.uniform(4, 8) * u
        angle = rng.uniform(0.35, 1.1) * (1 if i % 4 else -0.7) + math.pi / 2 * 1.3
        end = (x + length * math.cos(angle), y + length * abs(math.sin(angle)) * (1 if i % 4 else 0.4))
        boughs.append(shapes.ribbon([(x, y), end], [0.7 * u, 0.2 * u]))
        for j in range(5):
            t = 0.25 + 0.18 * j
            px, py = x + (end[0] - x) * t, y + (end[1] - y) * t
            leaves.append(shapes.leaf(px, py, rng.uniform(2.2, 3.4) * u, rng.uniform(0.5, 2.6), 0.5))
    brush.cut(boughs, bark, 1.6 * u, rim=0.3, edge=(colours.rim, brush.fine))
    if state.season != "winter" and state.year != 1960:
        border = colours.rim, brush.fine
        brush.cut(leaves, mix(mix(colours.leaf, colours.ink, 0.45), colours.shadow, 0.2), 1.4 * u, rim=0.3, edge=border)
    yard_props.snowed(brush, [*reversed(spine)], 0.9 * u, "bough snow")


def _smoke(brush: Brush) -> None:
    u, frame, state = brush.u, brush.frame, brush.state
    if not (state.furnaces and state.glow):
        return
    brush.glow((frame.x(0.72), frame.y(0.56)), 46 * u, RED, 0.3 + 0.06 * state.furnaces, 0.7)
    for i in range(state.furnaces):
        x = frame.x(0.56) + 7 * i * u
        landscape.plume(brush, f"yard plume {i}", x, frame.y(0.57), (34 + 5 * (i % 3)) * u, 7.5 * u, (9 + i) * u)


def _wall(brush: Brush) -> None:
    """Draw the yard's wall: of mud with a straw coping, or, if `state.rebuilt`, of brick with a tiled coping."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    edge, width = brush.edge
    top, foot = frame.y(0.55), frame.y(0.72)
    clay = mix(mix(colours.wall, colours.earth, 0.35), colours.ink, 0.12)
    cracks: list[Shape] = []
    rng = random.Random("wall")
    for _ in range(int(frame.w / (5 * u)) if u > 0.2 else 0):
        cx, cy = rng.uniform(0, frame.w), rng.uniform(top + 5 * u, foot - 2 * u)
        cracks.append(shapes.lens((cx, cy), (cx + rng.uniform(1.5, 4) * u, cy + rng.uniform(-0.2, 0.2) * u), 0.16 * u))
    if state.rebuilt:
        clay, cracks = yard_props.brick(colours), []
    body = shapes.box(-2 * u, top, frame.w + 4 * u, foot - top + 2 * u)
    brush.lay(
        [body], mix(clay, colours.shadow, 0.25), clay, 2.0 * u, holes=cracks, edge=(mix(clay, edge, 0.5), 0.2 * u)
    )
    if state.rebuilt:
        brush.stain(yard_props.courses(-2 * u, top, frame.w + 2 * u, foot, 2.3 * u), scale(clay, 0.55), 170)
    cover, stuff = (buildings.roof, colours.roof) if state.rebuilt else (buildings.thatch, buildings.straw(colours))
    beyond = 6 * u + (0.07 * frame.w if state.rebuilt else 0)
    outline, gaps = cover(-beyond, frame.w + beyond, top + 1.4 * u, top - 3.2 * u, 1.3 * u)
    cap = mix(stuff, colours.sky_low, 0.14)
    brush.cut(
        [outline], cap, 1.2 * u, holes=gaps, lit=0.15, dark=0.8, rim=0.8, edge=(edge, max(width, 0.2 * u)), apart=False
    )

    yard_props.snowed(brush, [(-2 * u, top - 2.6 * u), (frame.w + 2 * u, top - 2.6 * u)], 1.5 * u, "coping snow")


def _ground(brush: Brush) -> None:
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    edge, width = brush.edge
    rng = random.Random("paving")
    top = frame.y(0.715)
    earth = mix(mix(colours.earth, colours.wall, 0.3), colours.ink, 0.14)
    if state.snow:
        earth = mix(earth, edge, 0.5)
    slits = shapes.scratches(rng, frame.w, top, frame.h, 2.4 * u)
    outline = shapes.land(shapes.profile(rng, top, 0.3 * u, 60 * u), -2 * u, frame.w + 2 * u, frame.h + 2 * u, 4 * u)
    rim = mix(earth, edge, 0.6), max(width, 0.2 * u)
    brush.lay([outline], mix(earth, colours.sky_low, 0.2), scale(earth, 0.78), 1.2 * u, holes=slits, edge=rim)
    stones: list[Shape] = []
    for i in range(6):
        t = i / 6
        y, wide = frame.y(0.8) + 22 * u * t**1.5, (3.4 + 5.4 * t) * u
        for side in (-1, 1):
            x = frame.x(0.0) + (9 + 19 * t + side * (2.2 + 2.6 * t) + rng.uniform(-0.6, 0.6)) * u
            stones.append(
                shapes.smooth(
                    shapes.points(x, y, wide, (-0.5, 0), (-0.3, -0.15), (0.4, -0.13), (0.5, 0.04), (0, 0.17)),
                    4,
                    closed=True,
                )
            )
    flag = mix(mix(earth, colours.wall, 0.3), edge, 0.12)
    brush.cut(stones, flag, 0.4 * u, lit=0.2, dark=0.85, edge=(edge, brush.fine))
    if state.hour != "night":
        path = [
            (frame.x(0.72), top), (frame.x(0.98), top), (frame.x(0.9), frame.y(1.02)),
            (frame.x(0.42), frame.y(1.02)),
        ]  # fmt: skip
        brush.beam([path], colours.halo, 0.3, 4 * u)


def _house(brush: Brush) -> None:
    """Draw the house at the left: doorway, window, eaves, and a hook, on which the wok hangs if `state.wok`."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    edge, width = brush.edge
    right = frame.x(0.0) + 43 * u
    left = frame.x(0.0) - 30 * u
    eave, foot = frame.y(0.27), frame.y(0.79)
    wall = mix(mix(colours.wall, colours.earth, 0.4), colours.ink, 0.06)
    lit = state.hour != "day" and state.lamps > 0
    inside = colours.light if lit else mix(colours.ink, colours.wood, 0.3)
    door_x, door_w, door_h = frame.x(0.0) + 1.5 * u, 10.5 * u, 27 * u
    outlines = [shapes.box(left, eave, right - left - u, foot - eave - u)]
    brush.lay(outlines, mix(inside, (255, 255, 255), 0.2) if lit else inside, inside)
    door = shapes.box(door_x, foot - door_h, door_w, door_h + u)
    window_x, window_y = frame.x(0.0) + 18 * u, foot - 24 * u
    panes = lattice(window_x, window_y, 8 * u, 9 * u, 4, 5, 0.5 * u)
    cracks: list[Shape] = []
    rng = random.Random("mud wall")
    for _ in range(46):
        bx, by = rng.uniform(left, right - 4 * u), rng.uniform(foot - 8 * u, foot - 0.6 * u)
        if not door_x - 3.4 * u < bx < door_x + door_w + 0.6 * u:
            cracks.append(shapes.lens((bx, by), (bx + rng.uniform(-0.8, 1.4) * u, by + 1.7 * u), 0.2 * u))
    if state.rebuilt:
        wall = yard_props.brick(colours)
    body = shapes.box(left, eave, right - left, foot - eave)
    brush.lay(
        [body],
        mix(wall, colours.shadow, 0.35),
        wall,
        2.2 * u,
        holes=[] if state.rebuilt else [door, *panes, *cracks],
        edge=(mix(wall, edge, 0.5), 0.25 * u),
    )
    if state.rebuilt:
        brush.stain(yard_props.courses(left, eave, right, foot, 2.3 * u), scale(wall, 0.55), 170)
        brush.stain([door, *panes], inside, 255)
    post = mix(colours.wood, colours.ink, 0.4)
    jambs = [
        shapes.box(door_x - 1.3 * u, foot - door_h - 1.4 * u, 1.5 * u, door_h + 1.4 * u),
        shapes.box(door_x + door_w - 0.2 * u, foot - door_h - 1.4 * u, 1.5 * u, door_h + 1.4 * u),
        shapes.box(door_x - 2.2 * u, foot - door_h - 1.8 * u, door_w + 4.4 * u, 1.8 * u),
        shapes.box(door_x - 1.3 * u, foot - 1.2 * u, door_w + 2.6 * u, 1.8 * u),
        shapes.box(window_x - 0.8 * u, window_y - 0.9 * u, 9.6 * u, 1.1 * u),
        shapes.box(window_x - 1.2 * u, window_y + 8.9 * u, 10.4 * u, 1.2 * u),
    ]
    brush.lay(jambs, post, scale(post, 0.8), 0.8 * u, edge=(mix(post, edge, 0.6), 0.18 * u))
    leaf = [
        (door_x, foot - door_h), (door_x + 4.2 * u, foot - door_h + 0.8 * u), (door_x + 4.2 * u, foot + 0.8 * u),
        (door_x, foot),
    ]  # fmt: skip
    brush.lay([leaf], mix(post, colours.wall, 0.12), post, 1.1 * u, edge=(mix(post, edge, 0.6), 0.18 * u))
    beside = [shapes.box(x, foot - 25 * u, 2.0 * u, 15 * u) for x in (door_x - 1.5 * u, door_x + door_w - 0.4 * u)]
    over = foot - door_h - 2.4 * u  # the strip over a door is written from right to left
    right_to_left = [(door_x + door_w - u, over), (door_x + door_w - u, over + 2 * u), (door_x + u, over + 2 * u),
                     (door_x + u, over)]  # fmt: skip
    yard_props.couplets(brush, [*beside, right_to_left], u, state.rebuilt)
    if lit:
        brush.glow((door_x + door_w * 0.6, foot - door_h * 0.5), 22 * u, colours.light, 0.45)
        brush.glow((window_x + 4 * u, window_y + 4.5 * u), 14 * u, colours.light, 0.34)
        brush.glow((door_x + door_w, foot + 4 * u), 24 * u, colours.light, 0.4, 0.35)
    cover, slate = (buildings.roof, colours.roof) if state.rebuilt else (buildings.thatch, buildings.straw(colours))
    outline, slits = cover(left, right + 4.5 * u, eave + 5.4 * u, frame.y(0.02), 2.6 * u)
    border = edge, max(width * 1.4, 0.25 * u)
    brush.cut([outline], slate, 2.8 * u, holes=slits, lit=0.1, dark=0.8, rim=0.75, edge=border, apart=False)
    ridge = frame.y(0.02)
    crest = [(left, ridge), ((left + right) / 2, ridge + 1.6 * u), (right + 2.4 * u, ridge + 0.4 * u)]
    yard_props.snowed(brush, crest, 6 * u, "roof snow")
    under = [(left, eave + 4 * u), (right, eave + 4 * u), (right, eave + 7.4 * u), (left, eave + 10.4 * u)]
    brush.stain([under], colours.shadow, 96)
    if state.rebuilt:
        yard_props.electric(brush, (frame.x(0.0) + 15 * u, eave + 13.4 * u))
    if state.season != "winter":  # in the cold people wear their only coat
        coats(replace(brush, tones=room(colours, state)), frame.x(0.0) + 2.4 * u, eave + 8.4 * u, 0.62 * u, state.coats)
    vessels.hook(brush.near(), frame.x(0.0) + 34 * u, eave + 8 * u, u)
