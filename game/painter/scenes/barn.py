"""Scene `barn`: the commune's barn: a floor for grain, a steelyard under the beam, sacks and sweepings."""

from __future__ import annotations

import random
from dataclasses import replace

from game.painter.canvas import Brush, Frame, Palette, Perspective, Point, Shape, mix, room, scale, shapes
from game.painter.props import barn_floor
from game.painter.props.interior import beaten, grained, lamplit, outside, plaster, shafts

_WALL, _NEAR = 74.0, -40.0
_DOOR, _LINTEL = 23.0, 46.0  # in units: from the middle to the doorposts, and the door's height
_BEAM, _EAVES = 58.0, 50.0
_VENTS = (-62, -44, 40, 66)  # the columns of the vents in the far wall, in units
_HUNG = 18.0  # the depth of the roof frame that the steelyard hangs from, in units


def view(frame: Frame) -> Perspective:
    return Perspective(frame.x(0.5), frame.y(0.47), frame.u, eye=29, reach=96)


def barn(brush: Brush) -> None:
    """Paint the barn, by daylight from its door or by a lantern. Reads the parameters `lamp`, `sacks`, `thing`; from
    `scene_table.VILLAGE` also `forest`, `hour`, `snow`."""
    frame, colours, state = brush.frame, brush.colours, brush.state
    v = view(frame)
    brush = replace(brush, view=v)
    at = v.at(19, 33, _HUNG - 4) if state.lamp and state.hour != "day" else None
    inside = lamplit(colours, state) if at else colours
    tones = room(inside, state)
    brush = brush.indoors(tones=tones)
    lit = replace(brush, colours=inside)
    outside(brush, v.y + 2 * v.u, v.u)
    beaten(brush, mix(mix(tones.floor, inside.earth, 0.45), tones.wall, 0.25), _WALL, tones.day)
    _back(lit)
    _light(brush)
    for i, z in enumerate((52.0, _HUNG, -12.0)):
        _posts(brush, i, z)
        if z == _HUNG:
            barn_floor.grain(lit, state.sacks)
            barn_floor.steelyard(lit, _BEAM - 3, z)
            barn_floor.sacks(lit, state.sacks)
    through_vents = [
        v.points((x - 1, 46, _WALL), (x + 1, 46, _WALL), (x * 0.7 + 5, 0, 20), (x * 0.7 - 7, 0, 20)) for x in _VENTS
    ]
    shafts(brush, through_vents, tones.day, 0.2, "barn dust")
    if at:
        _lantern(brush, inside, at)
    barn_floor.thing(lit, state.thing)
    brush.finish(v.at(0, 14, 20), 0.52)


def _back(brush: Brush) -> None:
    """Draw the far mud wall with vents under the eaves, the great open door, and the dark roof."""
    v, tones, frame = brush.view, brush.tones, brush.frame
    left, right = v.sides(frame.w, _WALL)
    wall = mix(mix(tones.wall, brush.colours.earth, 0.3), tones.near, 0.3)
    door = v.face(-_DOOR, -2, _DOOR, _LINTEL, _WALL)
    head = max(_EAVES + 90, v.eye + v.y / v.k(_WALL) + 4)  # a portrait picture shows more of the roof
    whole = [v.face(left, 0, right, head, _WALL)]
    span = (v.at(0, _EAVES + 20, _WALL)[1], v.at(0, 0, _WALL)[1])
    rim = mix(wall, tones.edge, 0.8), 0.24 * v.u
    brush.lay(whole, scale(wall, 0.45), wall, 0.8 * v.u, holes=[door], edge=rim, span=span)
    plaster(brush, (0, v.at(0, _EAVES, _WALL)[1], frame.w, v.at(0, 0, _WALL)[1]), wall, v.u, "barn wall", [door])
    vents = [v.face(x + d, 42, x + d + 1.6, 46, _WALL) for x in _VENTS for d in (-4, -0.8, 2.4)]
    brush.stain(vents, tones.day if brush.state.hour != "night" else scale(wall, 0.3), 200)
    timber = mix(tones.far, tones.near, 0.45)
    jambs = [v.face(s * (_DOOR + 1.2) - 1.4, 0, s * (_DOOR + 1.2) + 1.4, _LINTEL + 2, _WALL) for s in (-1, 1)]
    brush.cut([*jambs, v.face(-_DOOR - 4, _LINTEL, _DOOR + 4, _LINTEL + 4, _WALL)], timber, 0.6 * v.u)
    for sign in (-1, 1):
        x = sign * _DOOR
        leaf = v.panel((x, _WALL), (x + sign * 5, _WALL - 19), 0, _LINTEL - 1)
        brush.cut([leaf], mix(mix(tones.wall, tones.near, 0.4), tones.near, 0.3), 0.8 * v.u)
        ribs = [v.panel((x + sign * 0.3, _WALL - 1), (x + sign * 4.7, _WALL - 18), y, y + 1.6) for y in (8, 34)]
        brush.cut(ribs, timber, 0.4 * v.u)


def _light(brush: Brush) -> None:
    strength = 0.1 if brush.state.hour == "night" else 0.3
    spill = brush.view.points((-_DOOR, 0, _WALL), (_DOOR, 0, _WALL), (_DOOR + 12, 0, -14), (-_DOOR - 12, 0, -14))
    brush.stain([spill], brush.tones.day, round(150 * strength), brush.tones.floor)
    brush.glow(brush.view.at(0, 4, _WALL - 10), 34 * brush.view.u, brush.tones.day, strength, 0.5)


def _posts(brush: Brush, i: int, z: float) -> None:
    """Draw one frame of the roof: crooked posts, the beam over them, and the braces."""
    v, tones, frame = brush.view, brush.tones, brush.frame
    tone = mix(tones.far, tones.near, (0.4, 0.66, 0.92)[i])
    rows = [s * (31 + 34.0 * n) for n in range(5) for s in (-1, 1)]
    xs = [x for x in rows if -6 * v.u < v.at(x, 0, z)[0] < frame.w + 6 * v.u]
    left, right = v.sides(frame.w, z)
    lift = (0.8 + 0.5 * i) * v.u
    beam = shapes.smooth(
        [v.at(x, _BEAM + d, z) for x, d in ((left, 0.6), (-31, -0.4), (0, 1.4), (31, -0.2), (right, 0.8))], 6
    )
    under = shapes.smooth(
        [v.at(x, _BEAM - 5 + d, z) for x, d in ((right, 0), (31, 0.4), (0, 1.6), (-31, 0.2), (left, 0))], 6
    )
    braces = [
        shapes.ribbon([v.at(x, 44, z), v.at(x - s * 9, _BEAM - 3, z)], 1.6 * v.k(z))
        for x in xs
        for s in ((1,) if x > 0 else (-1,))
    ]
    brush.cut(braces, tone, lift)
    brush.cut([[*beam, *under]], tone, lift)
    brush.cut([v.post(x, 0, _BEAM + 1, z, 2.3) for x in xs], tone, lift)
    if i:
        rng = random.Random(f"barn grain {i}")
        for x in xs:
            (a, top), (b, foot) = v.at(x - 2, _BEAM, z), v.at(x + 2, 2, z)
            grained(brush, rng, a, max(0.0, top), b, foot, tone)


def _lantern(brush: Brush, inside: Palette, at: Point) -> None:
    v, colours = brush.view, brush.colours
    (x, y), k = at, v.k(_HUNG - 4)
    iron = mix(inside.ink, brush.tones.near, 0.3)
    brush.glow(at, 44 * v.u, colours.light, 0.4)
    cap: Shape = shapes.points(x, y, k, (-2, -2.6), (-0.6, -4.4), (0.6, -4.4), (2, -2.6))
    cord = shapes.ribbon([(x, y - 4 * k), v.at(19, _BEAM - 4, _HUNG)], 0.3 * k)
    brush.cut([cord, cap, shapes.box(x - 2 * k, y + 2.2 * k, 4 * k, 1.3 * k)], iron, 0.6 * v.u)
    brush.lay([shapes.ellipse(x, y, 1.8 * k, 2.4 * k, 24)], mix(colours.light, (255, 255, 255), 0.5), colours.fire)
    brush.glow(at, 9 * v.u, colours.light, 0.6)
    brush.move("flame", at, 60 * v.u, colours.light, "barn")
