"""Scene `barn`: the commune's barn: a floor for grain, a steelyard under the beam, sacks and sweepings."""

from __future__ import annotations

import math
import random
from dataclasses import replace

from game.painter.canvas import Brush, Palette, Perspective, Point, Shape, mix, room, scale, shapes
from game.painter.props.interior import beaten, grained, lamplit, outside, plaster, shafts
from game.painter.props.vessels import sack

_WALL = 74.0
_DOOR, _LINTEL = 23.0, 46.0  # in units: from the middle to the doorposts, and the door's height
_BEAM, _EAVES = 58.0, 50.0
_VENTS = (-62, -44, 40, 66)  # the columns of the vents in the far wall, in units
_HUNG = 18.0  # the depth of the roof frame that the steelyard hangs from, in units


def barn(brush: Brush) -> None:
    """Paint the barn, by daylight from its door or by a lantern."""
    frame, colours, state = brush.frame, brush.colours, brush.state
    v = Perspective(frame.x(0.5), frame.y(0.47), frame.u, eye=29, reach=96)
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
            _grain(lit, state.sacks)
            _steelyard(lit, _BEAM - 3, z)
            _sacks(lit, state.sacks)
    through_vents = [
        v.points((x - 1, 46, _WALL), (x + 1, 46, _WALL), (x * 0.7 + 5, 0, 20), (x * 0.7 - 7, 0, 20)) for x in _VENTS
    ]
    shafts(brush, through_vents, tones.day, 0.2, "barn dust")
    if at:
        _lantern(brush, inside, at)
    _thing(lit, state.thing)
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
    """Draw the roof's frame number `i` (0 is the farthest): crooked posts, the beam over them, and the braces."""
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


_HEAP = 30.0  # how deep in the room the heap lies, in units


def _grain(brush: Brush, measure: int) -> None:
    """Draw a heap of loose grain, which grows with `measure` (0 to 12). Below 3, also draw a broom."""
    v, colours = brush.view, brush.colours
    x, y = v.at(-4, 0, _HEAP)
    k = v.k(_HEAP)
    husk = mix(mix(colours.ear, colours.earth, 0.25), brush.tones.wall, 0.16)
    half, high = (9 + 1.7 * measure) * k, (1.6 + 1.15 * measure) * k
    brush.stain([shapes.ellipse(x, y + 0.5 * k, half * 1.12, 2.0 * k, 40)], colours.shadow, 100)
    crest = shapes.smooth([
        (x - half, y + 0.6 * k), (x - half * 0.6, y - high * 0.4), (x - half * 0.14, y - high * 0.98),
        (x + half * 0.08, y - high), (x + half * 0.5, y - high * 0.5), (x + half, y + 0.8 * k),
    ], 6)  # fmt: skip
    foot = shapes.smooth(shapes.points(x, y, (half, k), (1, 0.8), (0.4, 2.2), (-0.5, 2), (-1, 0.6)), 5)
    brush.cut([[*crest, *foot]], husk, 0.8 * v.u, lit=0.34, dark=0.66, rim=0.8)
    rng = random.Random("barn grain heap")
    kernels: list[Shape] = []
    for _ in range(40 + 8 * measure):
        t = rng.uniform(-1.25, 1.25)
        inside = abs(t) < 0.9 and rng.random() < 0.5
        top = y - high * (1 - abs(t)) * 0.8 if inside else y + 2.4 * k
        py = rng.uniform(top, y + 1.4 * k) if inside else y + rng.uniform(0.4, 3.4) * k
        kernels.append(
            shapes.lens((x + t * half, py), (x + t * half + rng.uniform(0.5, 1.0) * k, py + 0.3 * k), 0.3 * k)
        )
    brush.stain(kernels, scale(husk, 0.55), 150)
    if measure < 3:
        cane = shapes.ribbon([v.at(14, 1, _HEAP - 8), v.at(27.4, 36, _HEAP - 14)], [1.1 * k, 0.8 * k])
        brush.cut([cane], mix(colours.wood, colours.ear, 0.25), 0.8 * v.u, rim=0.7)
        tip = v.at(14, 3, _HEAP - 8)
        broom = shapes.points(tip[0], tip[1], k, (-5.4, 3.2), (-0.6, -2.6), (1.6, -1.8), (2.4, 3.4))
        twigs = [
            shapes.lens((tip[0] + 0.6 * k, tip[1] - k), (tip[0] + d * k, tip[1] + 3.2 * k), 0.3 * k)
            for d in (-4, -2, 0, 1.4)
        ]
        brush.cut([broom], mix(colours.ear, colours.wood, 0.45), 0.6 * v.u, holes=twigs, rim=0.7)


def _sacks(brush: Brush, measure: int) -> None:
    """Draw boards with sacks to the left and right. With a smaller `measure` (0 to 12) the nearest are missing."""
    v, tones, colours = brush.view, brush.tones, brush.colours
    cloth = mix(mix(colours.wall, colours.ear, 0.3), tones.wall, 0.25)
    for side, base in ((-1, 0), (1, 1)):
        for row, z in enumerate((40.0, 26.0, 10.0)):
            k = v.k(z)
            plank = [v.flat(min(side * 34, side * 70), max(side * 34, side * 70), z - 4, z + 3, 0.8)]
            brush.cut(plank, mix(tones.far, tones.near, 0.4), 0.4 * v.u)
            for place in range(4):
                rank = row * 4 + place + base * 2
                if rank >= measure:
                    continue
                x, y = v.at(side * (39 + 8.6 * place), 0.6, z - 1)
                if not -5 * k < x < brush.frame.w + 5 * k:
                    continue
                outline, slits = sack(x, y, 1.5 * k)
                brush.cut([outline], cloth, 0.9 * v.u, holes=slits, lit=0.22, rim=0.6)


def _steelyard(brush: Brush, high: float, z: float) -> None:
    """Draw the steelyard at the depth `z`, on a rope that hangs from the height `high`. Both are in units."""
    v, tones, colours = brush.view, brush.tones, brush.colours
    k = v.k(z)
    wood = mix(mix(colours.wood, colours.ear, 0.3), tones.near, 0.1)
    iron = mix(colours.ink, tones.near, 0.3)
    hang, left, right = v.at(-9, 40, z), v.at(-19, 39.2, z), v.at(25, 42.6, z)
    brush.cut([shapes.ribbon([v.at(-9, high, z), hang], 0.6 * k)], mix(colours.ear, colours.wood, 0.4), 0.8 * v.u)
    brush.cut([shapes.ribbon([left, hang, right], [1.7 * k, 1.6 * k, 0.8 * k])], wood, 1.3 * v.u, lit=0.3, rim=0.9)
    marks = [
        shapes.ellipse(hang[0] + (right[0] - hang[0]) * t, hang[1] + (right[1] - hang[1]) * t, 0.2 * k, 0.2 * k, 8)
        for t in (0.12 + 0.06 * i for i in range(14))
    ]
    brush.stain(marks, mix(colours.rim, colours.light, 0.4), 230)
    x, y = v.at(13, 41.6, z)
    weight = shapes.points(x, y, k, (-1.9, 10), (-1.2, 5.4), (1.2, 5.4), (1.9, 10))
    brush.cut([shapes.ribbon([(x, y), (x, y + 5.6 * k)], 0.35 * k), weight], iron, 1.0 * v.u, rim=0.8)
    hx, hy = v.at(-18.4, 39, z)
    curve = [
        (hx + 2.0 * k * math.sin(a), hy + (11 + 2.0 * (1 - math.cos(a))) * k) for a in (0.3 * i for i in range(15))
    ]
    cord = shapes.ribbon([(hx, hy), (hx, hy + 11.2 * k)], 0.4 * k)
    brush.cut([cord, shapes.ribbon(curve, 0.8 * k)], iron, 1.0 * v.u, rim=0.8)


def _thing(brush: Brush, word: str) -> None:
    """Draw the thing in front: iron, hoes in straw, or a hat with a little wheat. An unknown `word` draws nothing."""
    if draw := _THINGS.get(word):
        with brush.parts.named(f"thing {word}", away=(0, -4 * brush.view.u)):
            draw(brush)


def _iron(brush: Brush) -> None:
    """Draw a heap of pots and hinges, with the hoes beside it."""
    v, tones, colours = brush.view, brush.tones, brush.colours
    z = -6.0
    k = v.k(z)
    x, y = v.at(-12, 0, z)
    iron = mix(colours.ink, mix(colours.roof, tones.wall, 0.3), 0.45)
    brush.stain([shapes.ellipse(x, y + k, 20 * k, 2.6 * k, 40)], colours.shadow, 130)
    rng = random.Random("iron heap")
    for row, (count, high, half) in enumerate(((4, 6.5, 9.5), (5, 2.8, 13.0), (5, 0.0, 14.5))):
        for i in range(count):
            r = rng.uniform(2.9, 4.2) * k
            cx = x + ((i + 0.5) / count * 2 - 1) * half * k + rng.uniform(-1, 1) * k
            cy = y - (high - 0.4) * k + rng.uniform(-0.4, 0.4) * k
            tone = mix(iron, tones.edge, rng.uniform(0.02, 0.16))
            if rng.random() < 0.4:
                brush.cut([shapes.ellipse(cx, cy - r * 0.5, r, r * 0.66, 30)], tone, 0.8 * v.u, rim=0.85)
                brush.stain([shapes.ellipse(cx, cy - r * 0.5, r * 0.8, r * 0.5, 26)], scale(iron, 0.5), 230)
            else:
                dome = shapes.arch(cx, cy, r, r * 0.95, 14)
                knob = shapes.box(cx - 0.5 * k, cy - r * 0.95 - 0.8 * k, 1.0 * k, 1.2 * k)
                brush.cut([dome, knob], tone, 0.8 * v.u, rim=0.85)
        if row == 0:
            bx, by = x + 1 * k, y - 9.5 * k
            corners = shapes.points(
                bx, by, k, (-3.6, 5), (-2.6, 2), (-1.4, -0.6), (0, -1.2), (1.4, -0.6), (2.6, 2), (3.6, 5)
            )
            bell = shapes.smooth(corners, 4)
            brush.cut([bell], mix(iron, (150, 112, 56), 0.4), 0.9 * v.u, rim=0.9)
    _hoes(brush, (14.0, z), 6)


def _in_straw(brush: Brush) -> None:
    """Draw eight hoes laid in straw by fours, their blades at alternate ends."""
    z = -8.0
    k = brush.view.k(z)
    x, y = brush.view.at(2, 0, z)
    rng = random.Random("straw")
    straw = mix(mix(brush.colours.ear, brush.colours.wall, 0.2), brush.tones.wall, 0.1)
    brush.stain([shapes.ellipse(x, y + 0.6 * k, 22 * k, 3.4 * k, 40)], brush.colours.shadow, 120)
    brush.cut([shapes.crown(rng, x, y - 1 * k, 21 * k, 4.2 * k, 15)], scale(straw, 0.8), 0.8 * brush.view.u, rim=0.6)
    for turn in range(2):
        _hoes(brush, (-13.0 + 15 * turn, z), 4, flip=bool(turn))
        stalks: list[Shape] = []
        for _ in range(46):
            px, py = x + rng.uniform(-19, 19) * k, y + rng.uniform(-3.6, 2.4) * k
            stalks.append(shapes.lens((px, py), (px + rng.uniform(-5, 5) * k, py + rng.uniform(-1, 1) * k), 0.34 * k))
        brush.cut(stalks, straw, 0.3 * brush.view.u, rim=0.5)


def _hoes(brush: Brush, at: Point, count: int, flip: bool = False) -> None:
    """Draw hoes in a row from `at` (x, depth). Their blades point right, left and so on; with `flip`, left first."""
    v, tones, colours = brush.view, brush.tones, brush.colours
    x0, z = at
    k = v.k(z)
    shaft = mix(mix(colours.wood, colours.ear, 0.35), tones.near, 0.1)
    iron = mix(colours.ink, tones.wall, 0.3)
    for i in range(count):
        x, y = v.at(x0 + 2.3 * i, 0.6, z + 1.2 * (i % 2))
        s = -1 if flip != (i % 2 == 1) else 1
        a, b = (x - 7 * k * s, y + 1.4 * k), (x + 8 * k * s, y - 2.4 * k)
        brush.cut([shapes.ribbon([a, b], 0.75 * k)], shaft, 0.5 * v.u, rim=0.8)
        blade = shapes.points(*b, (k * s, k), (0, -1.1), (3.2, -0.6), (3.8, 2.2), (0.4, 1))
        brush.cut([blade], iron, 0.5 * v.u, rim=0.95)


def _hat(brush: Brush) -> None:
    """Draw a straw hat upside down, with a little wheat in it."""
    v, colours = brush.view, brush.colours
    z = -10.0
    k = v.k(z)
    x, y = v.at(5, 0, z)
    straw = mix(mix(colours.ear, colours.rim, 0.3), brush.tones.wall, 0.1)
    brush.stain([shapes.ellipse(x - k, y + 0.6 * k, 9 * k, 1.8 * k, 36)], colours.shadow, 130)
    bowl = [*shapes.lip(x, y - 4.4 * k, 8.6 * k, 2.6 * k, 40), (x + 3.4 * k, y), (x - 3.4 * k, y)]
    rings = [shapes.lens((x - d * k, y - h * k), (x + d * k, y - h * k), 0.22 * k) for d, h in ((6.2, 2.0), (4.6, 0.9))]
    brush.cut([shapes.ellipse(x, y - 4.4 * k, 8.6 * k, 2.6 * k, 40)], scale(straw, 0.72), 0.8 * v.u, rim=0.8)
    wheat = mix(colours.ear, colours.earth, 0.3)
    brush.cut([shapes.ellipse(x - 0.6 * k, y - 3.9 * k, 4.6 * k, 1.2 * k, 28)], wheat, 0, rim=0.6)
    brush.cut([bowl], straw, 0.8 * v.u, holes=rings, lit=0.3, rim=0.9)


_THINGS = {"hat": _hat, "hoes": _in_straw, "iron": _iron}
