"""Scene `presidium`: the hall from the table in front: a lamp, mugs, the record, and the people who sit below."""

from __future__ import annotations

import random

from game.painter.canvas import Brush, Origin, Perspective, Point, Shape, mix, scale, shapes
from game.painter.props import figures, meeting
from game.painter.props.interior import lattice, near_table, outside, overhead, paved, plaster
from game.painter.scenes.hall import purlins, roof_frame

_WALL = 78.0  # the depth of the hall's back wall, in units
_FRAMES = (60.0, 34.0)
_BENCHES = meeting.BenchRow(7, 15, 14, 6, 2, 6.6, 8, (1, 12), 7.4)
_ROWS = (68.0, 50.0, 34.0, 20.0, 8.0)  # the depths of the benches, from far to near, in units
_TOP = 21.0  # the height of the table, in units


def presidium(brush: Brush) -> None:
    """Paint the hall from the table. The people on the benches are dark; they bow their heads and have no faces."""
    frame, tones = brush.frame, brush.tones
    v = Perspective(frame.x(0.5), frame.y(0.4), frame.u, eye=46, reach=70)
    brush = brush.indoors(v)
    outside(brush, v.y + 4 * v.u, v.u)
    overhead(brush, v.at(0, meeting.EAVES, _WALL)[1] + 1, scale(tones.near, 0.5), mix(tones.near, tones.far, 0.16))
    _back(brush)
    paved(brush, mix(tones.floor, tones.day, 0.1), _WALL, 9)
    purlins(brush, _WALL)
    at = v.at(17, _TOP + 8.6, -19) if brush.state.lamp else None
    for i, z in enumerate(_ROWS):
        for place in [p for p in _FRAMES if p > z and (i == 0 or p <= _ROWS[i - 1])]:
            roof_frame(brush, place, 0.3 + 0.5 * (place < 40))
            if brush.state.posters:
                meeting.sheets(brush, place - 1, 0.8)
        _row(brush, i, z)
    if at:
        brush.glow(at, 58 * v.u, brush.colours.light, 0.36)
    near_table(brush, mix(mix(tones.far, tones.near, 0.3), brush.colours.wood, 0.3), 40, (-36, -13), _TOP)
    if at:
        brush.glow(v.at(10, _TOP, -20), 40 * v.u, brush.colours.light, 0.42, 0.3)
    _on_the_table(brush)
    _lamp(brush, at)
    brush.finish(v.at(4, 20, 0), 0.5)


def _back(brush: Brush) -> None:
    v, tones, frame = brush.view, brush.tones, brush.frame
    left, right = v.sides(frame.w, _WALL)
    wall = mix(tones.wall, tones.near, 0.24)
    panes: list[Shape] = []
    sills: list[Shape] = []
    k = v.k(_WALL)
    for i in range(-5, 6):
        x, y = v.at(32 * i - 10, 37, _WALL)
        if -24 * k < x < frame.w + 4 * k:
            panes += lattice(x, y, 20 * k, 15 * k, 6, 5, 0.5 * v.u)
            sills.append(v.face(32 * i - 11, 20, 32 * i + 11, 22, _WALL))
    low = [v.face(left, 0, right, meeting.EAVES + 4, _WALL)]
    span = (v.at(0, meeting.EAVES, _WALL)[1], v.at(0, 0, _WALL)[1])
    brush.lay(
        low, scale(wall, 0.5), wall, 0.5 * v.u, holes=panes, edge=(mix(wall, tones.edge, 0.6), 0.2 * v.u), span=span
    )
    area = (0.0, v.at(0, meeting.EAVES, _WALL)[1], float(frame.w), v.at(0, 0, _WALL)[1])
    plaster(brush, area, wall, v.u, "presidium wall", panes)
    brush.cut(sills, mix(tones.far, tones.near, 0.5), 0.4 * v.u)
    if brush.state.hour != "night":
        brush.glow(v.at(0, 30, _WALL), 44 * v.u, tones.day, 0.16, 0.4)


def _row(brush: Brush, row: int, z: float) -> None:
    """Draw the benches left and right of the aisle, and their people. The lamp lights the nearest row most."""
    v, tones, colours, state = brush.view, brush.tones, brush.colours, brush.state
    near, k = row / (len(_ROWS) - 1), v.k(z)
    coat = mix(mix(colours.roof, tones.far, 0.45 - 0.2 * near), tones.near, 0.5 - 0.2 * near)
    wood = mix(tones.far, tones.near, 0.6)

    def bowed(rng: random.Random, x: float) -> figures.FigureOutlines:
        return figures.bowed(rng, *v.at(x, _BENCHES.seat, z), 1.34 * k, rng.choice(figures.KINDS), v.at(x, 0, z - 1)[1])

    bench, cuts = meeting.bench_row(brush, _BENCHES, z, f"presidium {row}", state.people / 10 * 1.02, bowed)
    if bench:
        brush.cut(bench, wood, 0.6 * k)
    if cuts:
        figures.legs(brush, cuts, coat)
        edge = mix(tones.near, colours.light if state.lamp else tones.edge, 0.4 + 0.45 * near)
        figures.group(brush, cuts, coat, mix(colours.ink, coat, 0.35), edge, k)


def _on_the_table(brush: Brush) -> None:
    """Draw three mugs with lids, the written record with a writing brush on it, and the `thing` in the middle."""
    v, colours, state = brush.view, brush.colours, brush.state
    z = -20.0
    k = v.k(z)
    white = mix(colours.rim, brush.tones.wall, 0.3)
    mugs: list[Shape] = []
    for x, dz in ((-30, -3.0), (-21, -1.0), (29, -2.0)):
        kk = v.k(z + dz)
        px, py = v.at(x, _TOP, z + dz)
        brush.stain([shapes.ellipse(px - kk, py + 0.3 * kk, 3.6 * kk, 0.9 * kk, 24)], colours.shadow, 110)
        mugs.append(shapes.points(px, py, kk, (-2.2, -5), (2.2, -5), (2.1, 0), (-2.1, 0)))
        mugs.append(shapes.ellipse(px, py - 5.3 * kk, 2.6 * kk, 0.8 * kk, 24))
        mugs.append(shapes.ellipse(px, py - 6.3 * kk, 0.6 * kk, 0.5 * kk, 12))
        brush.cut([shapes.hoop(px + 2.8 * kk, py - 2.8 * kk, 1.2 * kk, 1.5 * kk, 0.6 * kk, 18)], white, 0.3 * v.u)
    brush.cut(mugs, white, 0.6 * v.u, lit=0.3, rim=0.9)
    leaf = v.points((-13, _TOP, -17), (-1, _TOP, -16.6), (0.6, _TOP, -26), (-14.6, _TOP, -26.6))
    brush.stain([[(x - 0.8 * k, y + 0.5 * k) for x, y in leaf]], colours.shadow, 110)
    brush.cut([leaf], mix(white, colours.rim, 0.3), 0.3 * v.u, rim=0.8)
    rows = [v.flat(-13 - 0.1 * i, -3.4 - (i * 1.7) % 3, -18.4 - 1.15 * i, -18 - 1.15 * i, _TOP) for i in range(6)]
    brush.stain(rows, colours.ink, 150)
    cane = shapes.ribbon([v.at(-16, _TOP + 0.6, -25), v.at(-1, _TOP + 0.8, -18)], [0.7 * k, 0.6 * k])
    brush.cut([cane], mix(colours.ear, colours.wood, 0.4), 0.5 * v.u, rim=0.8)
    if state.thing == "bell":
        _bell(brush, v.at(6, _TOP, -20), k)
    elif state.thing == "stamp":
        _stamp(brush)


def _bell(brush: Brush, at: Point, k: float) -> None:
    x, y = at
    brass = mix((168, 126, 58), brush.tones.near, 0.15)
    brush.stain([shapes.ellipse(x - k, y + 0.4 * k, 5 * k, 1.1 * k, 28)], brush.colours.shadow, 120)
    side = shapes.smooth(shapes.points(0, y, k, (0.9, -6.6), (1.9, -5.8), (2.3, -2.6), (3.9, -0.2)), 5)
    grip = [shapes.ellipse(x, y - 10.6 * k, 1.0 * k, 1.1 * k, 18), shapes.box(x - 0.6 * k, y - 10 * k, 1.2 * k, 4 * k)]
    brush.cut(grip, mix(brush.colours.wood, brush.tones.near, 0.2), 0.7 * k, rim=0.8)
    band = [shapes.lens((x - 3.2 * k, y - 1.4 * k), (x + 3.2 * k, y - 1.4 * k), 0.3 * k)]
    brush.cut([shapes.mirrored(x, side)], brass, 0.8 * k, holes=band, lit=0.35, rim=0.95)


def _stamp(brush: Brush) -> None:
    v, tones, colours = brush.view, brush.tones, brush.colours
    k = v.k(-20)
    dark = mix(colours.ink, tones.near, 0.3)
    pad = v.block(-0.5, _TOP, 6.5, _TOP + 1.2, -23, -18)
    brush.stain([v.flat(-1.6, 13, -23.4, -17.6, _TOP)], colours.shadow, 100)
    brush.cut(pad, dark, 0.4 * v.u, rim=0.8)
    origin = Origin(*v.at(10.4, _TOP, -20), k)
    wood = mix(mix(colours.wood, (120, 72, 40), 0.4), tones.near, 0.1)
    body = [origin.box(-2.4, -3.2, 4.8, 3.2), origin.ellipse(0, -5.2, 1.9, 2.4, 24)]
    brush.cut(body, wood, 0.7 * v.u, lit=0.3, rim=0.9)


def _lamp(brush: Brush, at: Point | None) -> None:
    """Draw an oil lamp with a chimney. `at` is its flame; None if it does not burn."""
    v, colours = brush.view, brush.colours
    (x, y), k = v.at(17, _TOP, -19), v.k(-19)
    origin = Origin(x, y, k)
    tin = mix(mix((132, 110, 70), colours.ink, 0.2), brush.tones.near, 0.2)
    brush.stain([origin.ellipse(-1, 0.4, 4.6, 1.0, 28)], colours.shadow, 120)
    side = shapes.smooth(shapes.points(0, y, k, (1.4, -5.4), (2.8, -3.4), (2.2, -1.4), (3.2, 0)), 5)
    brush.cut([shapes.mirrored(x, side), origin.box(-1.7, -6.4, 3.4, 1.2)], tin, 0.7 * v.u, rim=0.85)
    glass = shapes.mirrored(x, shapes.smooth(shapes.points(0, y, k, (1.1, -6.2), (2.1, -8.6), (1.3, -11), (1, -14)), 5))
    if at:
        tongue = origin.curve((0, -10.6), (0.7, -8), (0, -6.8), (-0.7, -8), steps=6)
        brush.lay([tongue], (255, 250, 214), colours.fire)
    pale = mix(colours.light if at else colours.sky_low, (255, 255, 255), 0.4)
    brush.lay([glass], pale, pale, 0.4 * v.u, edge=((255, 255, 255), 0.2 * v.u), alpha=64, shade=0.1)
    if at:
        brush.glow(at, 8 * v.u, colours.light, 0.75)
        brush.move("flame", at, 66 * v.u, colours.light, "presidium")
