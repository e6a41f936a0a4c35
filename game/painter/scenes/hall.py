"""Scene `hall`: the ancestral hall from its last bench, with rows of posts and light from the door."""

from __future__ import annotations

import random
from dataclasses import replace

import pygame

from game.painter.canvas import RED, Brush, Frame, Perspective, Shape, mix, scale, shapes
from game.painter.props import buildings, meeting
from game.painter.props.interior import grained, lattice, outside, overhead, paved, plaster, shafts

_WALL = 56.0  # the depth of the far wall, in units
_NAVE, _BAY = meeting.NAVE, 32.0  # in units: from the middle to the first posts, and from there to the next ones
_BEAM, _EAVES, _RIDGE = meeting.BEAM, meeting.EAVES, 90.0
_FRAMES = (34.0, 14.0, -7.0)
_HUNG = _FRAMES[1]  # the depth of the roof frame that carries the loudspeaker and the lamp


def _posts(frame: Frame, v: Perspective, z: float) -> list[float]:
    """Return the x, in units, of the visible posts of the roof frame at depth `z`."""
    rows = [sign * (_NAVE + _BAY * i) for i in range(9) for sign in (-1, 1)]
    return [x for x in rows if -8 * v.u < v.at(x, 0, z)[0] < frame.w + 8 * v.u]


def hall(brush: Brush) -> None:
    """Paint the hall."""
    frame, colours, state = brush.frame, brush.colours, brush.state
    v, tones = Perspective(frame.x(0.5), frame.y(0.52), frame.u, eye=26, reach=60), brush.tones
    if state.hour == "day":
        tones = replace(tones, near=mix(tones.near, tones.wall, 0.2), far=mix(tones.far, tones.wall, 0.25))
    brush = brush.indoors(v, tones)
    outside(brush, v.y + 2 * v.u, v.u)
    if state.hour != "night":
        brush.glow(v.at(0, 24, _WALL), 26 * v.u, colours.halo, 0.4)
    tile = mix(tones.near, tones.far, 0.16)
    overhead(brush, v.at(0, _EAVES, _WALL)[1] + 1, scale(tile, 0.6), tile)
    _back_wall(brush)
    paved(brush, tones.floor, _WALL, 9)
    purlins(brush, _WALL)
    _door_light(brush)
    if state.posters:
        meeting.sheets(brush, _WALL - 1, 0.6)
    if state.year >= 1960:
        meeting.front(brush)
    for i, z in enumerate(_FRAMES):
        roof_frame(brush, z, (_WALL - z) / (_WALL - _FRAMES[-1]))
        if state.posters:
            meeting.sheets(brush, z - 1, 0.75 + 0.12 * i)
        if z == _HUNG:
            _speaker(brush)
            _lamp(brush)
        meeting.benches(brush, i)
    through_glass_tiles = [
        v.points((x - 3, 58, z), (x + 3, 58, z), (x + 34, 0, z - 8), (x + 20, 0, z - 8))
        for x, z in ((-46, 26), (-34, 4), (-108, 10), (66, 20), (128, 6))
    ]
    shafts(brush, through_glass_tiles, tones.day, 0.13 if state.hour != "day" else 0.2, "hall dust")
    meeting.benches(brush, 3)
    brush.finish(v.at(0, 24, _WALL), 0.4)


def _back_wall(brush: Brush) -> None:
    v, tones, frame, colours = brush.view, brush.tones, brush.frame, brush.colours
    wall = mix(tones.wall, tones.day, 0.06)
    left, right = v.sides(frame.w, _WALL)
    low = v.face(left, 0, right, _EAVES, _WALL)
    gable = v.points((-62, _EAVES - 2, _WALL), (0, _RIDGE, _WALL), (62, _EAVES - 2, _WALL))
    door = v.face(-13, -1, 13, 41, _WALL)
    bar = 0.42 * v.u
    panes: list[Shape] = []
    sills: list[Shape] = []
    for i in range(9):
        for sign in (-1, 1):
            x = sign * (_NAVE + _BAY * (i + 0.5))
            x0, y0 = v.at(x - 9, 38, _WALL)
            if -10 * v.u < x0 < frame.w + 2 * v.u:
                k = v.k(_WALL)
                panes += lattice(x0, y0, 18 * k, 20 * k, 6, 7, bar)
                sills += [v.face(x - 10.5, 16, x + 10.5, 18, _WALL), v.face(x - 10, 38, x + 10, 39.4, _WALL)]
    k = v.k(_WALL)
    cx, cy = v.at(0, 66, _WALL)
    vent = shapes.ellipse(cx, cy, 5 * k, 5 * k, 32)
    span = (v.at(0, _EAVES + 14, _WALL)[1], v.at(0, 12, _WALL)[1])
    rim = mix(wall, tones.edge, 0.8)
    # The gable is narrow and the wall low: a single sheet of both would be mostly empty.
    for wall_cuts, holes in (([low], [door, *panes]), ([gable], [])):
        brush.lay(wall_cuts, scale(wall, 0.5), wall, 0.6 * v.u, holes=holes, edge=(rim, 0.24 * v.u), span=span)
    plaster(
        brush, (0, v.at(0, _EAVES - 4, _WALL)[1], frame.w, v.at(0, 0, _WALL)[1]), wall, v.u, "hall wall", [door, *panes]
    )
    wood = mix(tones.far, tones.near, 0.3)
    brush.lay([vent], colours.sky_top, colours.sky_low, edge=(scale(wall, 0.5), 0.3 * v.u))
    spokes = [
        shapes.box(cx - 0.25 * v.u, cy - 5 * k, 0.5 * v.u, 10 * k),
        shapes.box(cx - 5 * k, cy - 0.25 * v.u, 10 * k, 0.5 * v.u),
    ]
    jambs = [v.face(-15, 0, -13, 43, _WALL), v.face(13, 0, 15, 43, _WALL), v.face(-16, 41, 16, 44, _WALL)]
    brush.cut(sills, wood, 0.5 * v.u)
    brush.cut([*spokes, *jambs], wood, 0.5 * v.u)
    if brush.state.hour != "night":
        brush.glow((cx, cy), 9 * v.u, tones.day, 0.3)
    leaves: list[Shape] = []
    glazed: list[Shape] = []
    for sign in (-1, 1):
        x = sign * 13.0
        leaves.append(v.panel((x, _WALL), (x + sign * 3, _WALL - 15), 0, 41))
        for i in range(2):
            for j in range(5):
                a, b = 2.5 + 6 * i, 7.5 + 6 * i
                y0, y1 = 17 + 4.4 * j, 20.6 + 4.4 * j
                glazed.append(v.panel((x + sign * a / 5, _WALL - a), (x + sign * b / 5, _WALL - b), y0, y1))
    brush.cut(leaves, mix(wood, colours.ink, 0.25), 1.0 * v.u, holes=glazed)


def purlins(brush: Brush, far: float) -> None:
    """Draw the underside of the roof: the purlins from the viewer to the wall at the depth `far`."""
    v, tones = brush.view, brush.tones
    near = -36.0
    purlins: list[Shape] = []
    for x, y in ((0, _RIDGE), (20, 75.2), (41, 59.6), (62, _EAVES), (94, _EAVES), (126, _EAVES)):
        for sign in (-1, 1) if x else (1,):
            purlins.append(v.flat(sign * x - 1.2, sign * x + 1.2, near, far, y - 1))
    tone = mix(tones.far, tones.near, 0.62)
    for purlin in purlins:
        # They are long, slanting and dark: as sheets they would cost too much for what is visible.
        pygame.draw.polygon(brush.surface, tone, purlin)
        for edge, first, other in ((mix(tone, tones.edge, 0.5), 0, 3), (scale(tone, 0.6), 1, 2)):
            pygame.draw.aaline(brush.surface, edge, purlin[first], purlin[other], max(1, round(0.12 * v.u)))


def _door_light(brush: Brush) -> None:
    v, tones, state = brush.view, brush.tones, brush.state
    strength = 0.1 if state.hour == "night" else 0.24
    spill = v.points((-13, 0, _WALL), (13, 0, _WALL), (20, 0, -10), (-20, 0, -10))
    brush.stain([spill], tones.day, round(strength * 130), tones.floor)
    brush.glow(v.at(0, 2, _WALL - 12), 30 * v.u, tones.day, strength, 0.42)
    brush.glow(v.at(0, 16, _WALL), 30 * v.u, tones.day, strength * 0.55)
    if state.hour == "day":
        bays = [sign * (_NAVE + _BAY * (i + 0.5)) for i in range(4) for sign in (-1, 1)]
        brush.glows([v.at(x, 27, _WALL) for x in bays], 13 * v.u, tones.day, 0.3)
        brush.glows([v.at(x, 0, _WALL - 16) for x in bays], 16 * v.u, tones.day, 0.2, 0.4)


def roof_frame(brush: Brush, z: float, near: float) -> None:
    """Draw a frame of the roof: posts, beams and braces. The greater `near`, the darker it is, with a larger shadow."""
    v, tones, frame = brush.view, brush.tones, brush.frame
    tone = mix(tones.far, tones.near, 0.2 + 0.72 * near)
    posts = _posts(frame, v, z)
    uprights = [v.post(x, 0, 72 if abs(x) == _NAVE else _EAVES + 1, z, 2.1) for x in posts]
    cuts: list[Shape] = []
    for span, y, thick in ((_NAVE, _BEAM, 5.0), (_NAVE * 0.55, _BEAM + 15, 4.0)):
        arch = shapes.smooth(
            [
                v.at(x, y + dy, z)
                for x, dy in ((-span - 3, -1.5), (-span * 0.7, 1.2), (0, 1.8), (span * 0.7, 1.2), (span + 3, -1.5))
            ],
            5,
        )
        under = shapes.smooth(
            [
                v.at(x, y - thick + dy, z)
                for x, dy in ((span + 3, 0.4), (span * 0.75, 0.2), (0, 2.2), (-span * 0.75, 0.2), (-span - 3, 0.4))
            ],
            5,
        )
        cuts.append([*arch, *under])
        for x in (-span * 0.55, span * 0.55):
            cuts.append(v.face(x - 1.5, y, x + 1.5, y + 12, z))
            cuts.append(
                v.points((x - 3.2, y + 10.4, z), (x + 3.2, y + 10.4, z), (x + 1.2, y + 6.5, z), (x - 1.2, y + 6.5, z))
            )
    aisles: list[Shape] = []
    left, right = v.sides(frame.w, z)
    for a, b in ((left, -_NAVE), (_NAVE, right)):
        if a < b:
            aisles.append(v.face(a, _EAVES - 5, b, _EAVES - 0.6, z))
    for x in posts:
        y = _BEAM - 4 if abs(x) == _NAVE else _EAVES - 4.4
        for sign in (-1, 1):
            low = _EAVES - 4.4 if (x > 0) == (sign > 0) else y
            bow = v.points((x + sign * 1.6, low - 8, z), (x + sign * 3, low - 4.6, z), (x + sign * 7.4, low + 0.3, z))
            (cuts if low > _EAVES else aisles).append([*shapes.smooth(bow, 4), v.at(x + sign * 1.6, low + 0.6, z)])
    lift = (1.0 + 1.6 * near) * v.u
    brush.cut(aisles, tone, lift, dark=0.72)
    brush.cut(cuts, tone, lift, dark=0.72)
    brush.cut(uprights, tone, lift, dark=0.72)
    if z == _FRAMES[-1]:
        rng = random.Random("hall grain")
        for x in posts:
            (a, top), (b, foot) = v.at(x - 2, 72 if abs(x) == _NAVE else _EAVES, z), v.at(x + 2, 4, z)
            grained(brush, rng, a, max(0.0, top), b, foot, tone)
    stone = mix(tones.wall, tones.near, 0.35 + 0.4 * near)
    bases = [v.face(x - 3, 0, x + 3, 2.2, z) for x in posts] + [v.face(x - 2.5, 2.2, x + 2.5, 3.6, z) for x in posts]
    brush.cut(bases, stone, 0.7 * v.u)


def _speaker(brush: Brush) -> None:
    v, colours = brush.view, brush.colours
    (x, y), k = v.at(11, _BEAM - 7, _HUNG), v.k(_HUNG)
    hook = v.at(11, _BEAM - 2, _HUNG)
    cable = shapes.smooth(
        [
            hook,
            v.at(24, _BEAM - 9, _HUNG),
            v.at(40, _EAVES - 1, _HUNG),
            v.at(60, _EAVES - 6, _HUNG),
            v.at(90, _EAVES - 1, _HUNG),
        ],
        8,
    )
    wire = [shapes.ribbon([(x, y), hook], 0.4 * k), shapes.ribbon(cable, 0.26 * k)]
    brush.lay(wire, colours.ink, colours.ink, 0.5 * v.u)
    buildings.horn(brush, x, y, 3.0 * k, -1, RED)


def _lamp(brush: Brush) -> None:
    """Draw an oil lamp on a chain, where wedding lanterns used to hang."""
    v, colours = brush.view, brush.colours
    at, k = v.at(-11, _BEAM - 15, _HUNG), v.k(_HUNG)
    (x, y), lit = at, brush.state.lamp and brush.state.hour != "day"
    brass = mix(colours.wood, colours.light, 0.35 if lit else 0.1)
    if lit:
        brush.glow(at, 34 * v.u, colours.light, 0.4)
    cap: Shape = shapes.points(x, y, k, (-2.1, -1.9), (-0.7, -3.4), (0.7, -3.4), (2.1, -1.9))
    chain = shapes.ribbon([(x, y - 13 * k), (x, y - 3 * k)], 0.28 * k)
    brush.lay([chain, cap, shapes.box(x - 1.8 * k, y + 1.9 * k, 3.6 * k, 1.4 * k)], brass, scale(brass, 0.8), 0.7 * v.u)
    glass = shapes.ellipse(x, y, 1.8 * k, 2.1 * k, 24)
    if lit:
        brush.lay([glass], mix(colours.light, (255, 255, 255), 0.5), colours.fire)
        brush.glow(at, 9 * v.u, colours.light, 0.6)
        brush.move("flame", at, 60 * v.u, colours.light, "hall")
    else:
        brush.stain([glass], mix(colours.sky_low, colours.ink, 0.4), 120)
