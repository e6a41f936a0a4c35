"""Scene `county`: the county's hall: long, high, lit from one side, with one table at its far end."""

from __future__ import annotations

import random

from game.painter.canvas import RED, Brush, Perspective, Shape, mix, scale, shapes
from game.painter.props import figures, meeting
from game.painter.props.interior import outside, paved, plaster, shafts

_END = 132.0  # the depth of the end wall, in units
_HALF, _HIGH = 46.0, 88.0  # in units: from the middle to the side walls, and from the floor to the ceiling
_TABLE = 84.0
_BAYS = (104.0, 76.0, 48.0, 20.0, -8.0, -30.0)  # depths of the side windows, from far to near
_BENCHES = meeting.BenchRow(9, 34, 34, 1, 5, 6.2, 8, (0.3, 16.3, 32.3), 8.2)
_ROWS = (52.0, 28.0, 6.0, -13.0, -33.0)


def county(brush: Brush) -> None:
    """Paint the hall from a seat on the bench."""
    frame, tones = brush.frame, brush.tones
    v = Perspective(frame.x(0.5), frame.y(0.55), frame.u, eye=20, reach=64)
    brush = brush.indoors(v)
    outside(brush, v.y - 6 * v.u, v.u)
    paved(brush, mix(tones.floor, tones.near, 0.15), _END, 11.5)
    _walls(brush)
    _ceiling(brush)
    if brush.state.hour != "night":
        patches = [v.points((6, 0, z - 2), (26, 0, z - 6), (26, 0, z - 15), (6, 0, z - 11)) for z in _BAYS[:5]]
        brush.stain(patches, tones.day, 58)
    _end(brush)
    _table(brush)
    for row, z in enumerate(_ROWS[:-1]):
        _bench(brush, row, z)
    across = [v.points((-_HALF, 78, z + 6), (-_HALF, 78, z - 6), (22, 0, z - 16), (28, 0, z - 3)) for z in _BAYS[1:5]]
    shafts(brush, across, tones.day, 0.36, "county dust")
    _bench(brush, len(_ROWS) - 1, _ROWS[-1])
    brush.finish(v.at(0, 24, _END), 0.46)


def _walls(brush: Brush) -> None:
    """Draw both long walls: tall windows with piers on the left; on the right only light and shade."""
    v, tones, colours = brush.view, brush.tones, brush.colours
    wall = mix(tones.wall, colours.sky_low, 0.1)
    near = -52.0
    for sign in (-1, 1):
        x = sign * _HALF
        panes: list[Shape] = []
        trims: list[Shape] = []
        for z in _BAYS:
            for i in range(2):
                for j in range(6):
                    z0, y0 = z - 6 + 6.4 * i, 24 + 9 * j
                    panes.append(v.side(x, y0, y0 + 8.2, z0, z0 + 5.6))
            trims += [v.side(x, 20.4, 23, z - 7.6, z + 7.6), v.side(x, 78.4, 81, z - 7.6, z + 7.6)]
        tone = wall if sign > 0 else mix(wall, colours.ink, 0.26)
        brush.lay(
            [v.side(x, 0, _HIGH + 30, near, _END)],
            scale(tone, 0.66),
            tone,
            holes=panes if sign < 0 else (),
            edge=(mix(tone, tones.edge, 0.6), 0.2 * v.u),
            span=(v.at(0, _HIGH, 0)[1], v.at(0, 0, 30)[1]),
        )
        if sign > 0:
            brush.stain([v.side(x, 24, 77, z - 6, z + 6) for z in _BAYS], scale(tone, 0.6), 70)
            if brush.state.hour != "night":
                light = [v.points((x, 30, z - 9), (x, 30, z - 2), (x, 60, z - 6), (x, 60, z - 13)) for z in _BAYS[:5]]
                brush.stain(light, tones.day, 62)
        wood = mix(tones.far, tones.near, 0.45)
        rails = [v.side(x, 14.6, 17, near, _END), v.side(x, 0, 3, near, _END)]
        pilasters = [v.side(x - sign * 0.6, 0, _HIGH, z - 13.4, z - 10.4) for z in _BAYS]
        brush.cut(pilasters, mix(wood, tone, 0.55), 0.4 * v.u)
        brush.cut([*rails, *(trims if sign < 0 else ())], wood, 0.4 * v.u)


def _ceiling(brush: Brush) -> None:
    v, tones = brush.view, brush.tones
    far, near = _END, -50.0
    tone = mix(tones.wall, tones.near, 0.4)
    outlines = [v.flat(-_HALF, _HALF, near, far, _HIGH)]
    brush.lay(outlines, scale(tone, 0.5), tone, span=(v.at(0, _HIGH, 20)[1], v.at(0, _HIGH, far)[1]))
    for i, z in enumerate(_BAYS[:5]):
        beam = v.face(-_HALF, _HIGH - 6, _HALF, _HIGH, z - 12)
        brush.cut([beam], mix(tones.far, tones.near, 0.25 + 0.14 * i), (0.5 + 0.3 * i) * v.u)


def _end(brush: Brush) -> None:
    """Draw the end wall, on which a large red paper hangs, and the step on which the table stands."""
    v, tones, state = brush.view, brush.tones, brush.state
    wall = mix(tones.wall, tones.day, 0.12)
    brush.lay(
        [v.face(-_HALF, 0, _HALF, _HIGH, _END)], scale(wall, 0.72), wall, edge=(mix(wall, tones.edge, 0.5), 0.2 * v.u)
    )
    (left, top), (right, foot) = v.at(-_HALF, _HIGH - 6, _END), v.at(_HALF, 4, _END)
    plaster(brush, (left, top, right, foot), wall, v.u * 0.5, "county end")
    wood = mix(tones.far, tones.near, 0.35)
    columns = [v.face(x - 2.2, 0, x + 2.2, _HIGH, _END - 2) for x in (-41, -24, 24, 41)]
    brush.cut([*columns, v.face(-_HALF, _HIGH - 9, _HALF, _HIGH - 4, _END - 3)], wood, 0.6 * v.u)
    red = scale(RED, 0.55 if state.hour == "night" else 0.86)
    paper = v.face(-17, 26, 17, 76, _END - 1)
    rim = mix(red, (255, 220, 180), 0.4), 0.16 * v.u
    brush.lay([paper], mix(red, (255, 200, 160), 0.06), scale(red, 0.8), 0.7 * v.u, edge=rim)
    figures_ = [
        v.face(x - 0.5, 30 + 1.8 * (i % 3), x + 0.5, 71, _END - 1)
        for i, x in enumerate((-12.6, -8.4, -4.2, 0, 4.2, 8.4, 12.6))
    ]
    brush.stain(figures_, scale(red, 0.62), 130)
    step = [v.flat(-36, 36, _TABLE - 12, _END - 2, 5), v.face(-36, 0, 36, 5, _TABLE - 12)]
    brush.cut(step, mix(tones.floor, tones.wall, 0.35), 0.8 * v.u)
    if state.hour != "night":
        brush.glow(v.at(0, 34, _END), 22 * v.u, tones.day, 0.2)


def _table(brush: Brush) -> None:
    v, tones, colours = brush.view, brush.tones, brush.colours
    z, k = _TABLE, v.k(_TABLE)
    rng = random.Random("county table")
    dark = mix(tones.near, colours.ink, 0.5)
    seats: tuple[tuple[float, figures.Kind], ...] = (
        (-21, "cap"), (-11, "cropped"), (0, "cap"), (11, "cap"), (21, "cropped"),
    )  # fmt: skip
    cuts = [figures.bust(rng, v.at(x, 0, z)[0], v.at(0, 20, z + 2)[1], 1.25 * k, kind) for x, kind in seats]
    chairs = [v.face(-4.6, 20, 4.6, 42, z + 6), v.face(-5.4, 41, 5.4, 43.4, z + 6)]
    brush.cut(chairs, mix(tones.far, tones.near, 0.5), 0.5 * v.u)
    figures.group(brush, cuts, dark, scale(dark, 0.8), tones.edge, 1.2 * k)
    cloth = mix(mix(colours.leaf, tones.near, 0.5), tones.floor, 0.2)
    hem = shapes.smooth([v.at(31 - i * 6.2, 6.4 + (0.9 if i % 2 else 0), z - 6) for i in range(11)], 3)
    front = [v.at(-31, 20, z - 6), v.at(31, 20, z - 6), *hem]
    folds = [shapes.lens(v.at(x, 19, z - 6), v.at(x + 0.6, 7.6, z - 6), 0.5 * k) for x in range(-28, 29, 7)]
    brush.cut([v.flat(-30, 30, z - 6, z + 2, 20), front], cloth, 1.0 * v.u, lit=0.2)
    brush.stain(folds, scale(cloth, 0.5), 150)
    red = scale(RED, 0.5 if brush.state.hour == "night" else 0.84)
    spread = v.points((-7, 20, z), (5, 20, z), (6, 20, z - 6), (6, 12, z - 6.2), (-8, 12, z - 6.2), (-8, 20, z - 6))
    brush.lay([spread], red, scale(red, 0.8), 0.3 * v.u, edge=(mix(red, (255, 220, 180), 0.4), 0.12 * v.u))
    stone = mix(colours.ink, tones.near, 0.3)
    tools = [
        v.face(8.6, 20, 12.6, 21.6, z - 5),
        shapes.ribbon([v.at(9.6, 21, z - 5), v.at(13, 29, z - 5)], [0.5 * k, 0.35 * k]),
        shapes.lens(v.at(9.6, 22.4, z - 5), v.at(8.9, 20.2, z - 5), 1.0 * k),
    ]
    brush.cut(tools, stone, 0.25 * v.u)
    mugs: list[Shape] = []
    for x in (-26, -18, -12, 17, 24):
        mugs += [
            v.face(x - 1.2, 20, x + 1.2, 23.4, z - 4),
            shapes.ellipse(*v.at(x + 1.5, 21.6, z - 4), 0.8 * k, 0.9 * k, 14),
        ]
    brush.cut(mugs, mix(colours.rim, tones.wall, 0.25), 0.25 * v.u)


def _bench(brush: Brush, row: int, z: float) -> None:
    """Draw the benches left and right of the aisle, with people. In the nearest row a cap lies on an empty seat."""
    v, tones, colours = brush.view, brush.tones, brush.colours
    last = row == len(_ROWS) - 1
    k, near = v.k(z), row / (len(_ROWS) - 1)
    wood = mix(tones.far, tones.near, 0.45 + 0.55 * near)
    coat = mix(mix(colours.roof, colours.wood, 0.25), tones.near, 0.35 + 0.55 * near)

    def back(rng: random.Random, x: float) -> figures.FigureOutlines:
        kind: figures.Kind = "cropped" if rng.random() < 0.25 else "cap"
        return figures.bust(rng, *v.at(x, _BENCHES.seat, z), 0.92 * k, kind, v.at(x, 0, z + 2)[1])

    name, share = f"county {row}", brush.state.people / 10 * 1.02
    benches, cuts = meeting.bench_row(brush, _BENCHES, z, name, share, back, (-1, 0, 0) if last else None)
    figures.legs(brush, cuts, coat)
    brush.cut(benches, wood, 0.8 * k)
    if cuts:
        figures.group(brush, cuts, coat, mix(coat, colours.ink, 0.5), tones.edge, k)
    if last:
        meeting.cap_with_slip(brush, (-12.6, 8, z))
