"""Scene `corridor`: the county's corridor: windows on one side, closed doors on the other, and a bench."""

from __future__ import annotations

import random

from game.painter.canvas import Brush, Perspective, Shape, mix, scale, shapes
from game.painter.props import figures, meeting
from game.painter.props.interior import outside, paved, shafts

_END, _NEAR = 150.0, -56.0  # in units: the depth of the end wall, and of the near end of the side walls
_HALF, _HIGH = 25.0, 66.0
_BAYS = (120.0, 84.0, 48.0, 12.0, -24.0)  # the depths of the windows on the left, from far to near, in units
_DOORS = (108.0, 68.0, 28.0, -50.0)  # the depths of the doors on the right, in units
_BENCH = (-27.0, 17.0)  # the depths at which the bench begins and ends, in units


def corridor(brush: Brush) -> None:
    """Paint the corridor as a waiting person sees it. The `people` stand at the window at its end."""
    frame = brush.frame
    v = Perspective(frame.x(0.44), frame.y(0.47), frame.u, eye=25, reach=64)
    brush = brush.indoors(v)
    outside(brush, v.y + 3 * v.u, v.u)
    paved(brush, mix(brush.tones.floor, brush.tones.near, 0.1), _END, 8)
    _left(brush)
    _right(brush)
    _ceiling(brush)
    _end(brush)
    _light(brush)
    _bench(brush)
    across = [v.points((-_HALF, 54, z + 7), (-_HALF, 54, z - 5), (14, 0, z - 14), (18, 0, z - 2)) for z in _BAYS[1:]]
    shafts(brush, across, brush.tones.day, 0.3, "corridor dust")
    brush.finish(v.at(8, 16, 0), 0.5)


def _left(brush: Brush) -> None:
    """Draw the left wall: tall windows between piers, and the dark band of paint below."""
    v, tones = brush.view, brush.tones
    tone = mix(tones.wall, tones.near, 0.22)
    panes: list[Shape] = []
    trims: list[Shape] = []
    for z in _BAYS:
        panes += [
            v.side(-_HALF, 22 + 9 * j, 30 + 9 * j, z - 8 + 8.4 * i, z - 0.6 + 8.4 * i)
            for i in range(2)
            for j in range(4)
        ]
        trims += [v.side(-_HALF, 18.6, 21.2, z - 9.4, z + 9.4), v.side(-_HALF, 57.4, 60, z - 9.4, z + 9.4)]
    span = (v.at(0, _HIGH, 0)[1], v.at(0, 0, 20)[1])
    wall = [v.side(-_HALF, 0, _HIGH + 60, _NEAR, _END)]
    brush.lay(wall, scale(tone, 0.66), tone, holes=panes, edge=(mix(tone, tones.edge, 0.6), 0.2 * v.u), span=span)
    brush.stain([v.side(-_HALF, 0, 17, _NEAR, _END)], scale(tone, 0.5), 110)
    brush.cut([v.side(-_HALF, 16.4, 17.6, _NEAR, _END), *trims], mix(tones.far, tones.near, 0.5), 0.4 * v.u)


def _right(brush: Brush) -> None:
    """Draw the right wall: doors with a pane above each, all shut except the second, which lets out light."""
    v, tones, colours = brush.view, brush.tones, brush.colours
    tone = mix(tones.wall, tones.day, 0.06)
    span = (v.at(0, _HIGH, 0)[1], v.at(0, 0, 20)[1])
    brush.lay([v.side(_HALF, 0, _HIGH + 60, _NEAR, _END)], scale(tone, 0.62), scale(tone, 0.94), span=span)
    brush.stain([v.side(_HALF, 0, 17, _NEAR, _END)], scale(tone, 0.5), 120)
    wood = mix(tones.far, tones.near, 0.55)
    brush.cut([v.side(_HALF, 16.4, 17.6, _NEAR, _END)], wood, 0.3 * v.u)
    frames: list[Shape] = []
    leaves: list[Shape] = []
    panels: list[Shape] = []
    lights: list[Shape] = []
    knobs: list[Shape] = []
    for z in _DOORS:
        x = _HALF - 0.1
        frames.append(v.side(x, 0, 56, z - 1.8, z + 15.8))
        leaves.append(v.side(x, 0, 43, z, z + 14))
        lights.append(v.side(x, 45.4, 53.6, z + 1, z + 13))
        panels += [
            v.side(x, y, y + h, z + 2 + 5.6 * i, z + 6.6 + 5.6 * i) for i in range(2) for y, h in ((4, 14), (22, 17))
        ]
        knobs.append(shapes.ellipse(*v.at(x - 0.6, 20, z + 1.6), 0.7 * v.k(z), 0.7 * v.k(z), 12))
    brush.cut(frames, wood, 0.7 * v.u)
    brush.cut(leaves, mix(wood, tones.near, 0.4), 0.2 * v.u, rim=0.35)
    brush.stain(panels, scale(wood, 0.45), 110)
    lit = mix(colours.light, tones.wall, 0.35) if brush.state.hour != "day" else mix(tones.day, tones.wall, 0.5)
    brush.cut(lights, lit, 0, lit=0.05)
    brush.cut(knobs, mix(colours.ear, colours.ink, 0.4), 0.2 * v.u)
    z = _DOORS[2]
    gap = v.points((_HALF, 43, z), (_HALF, 43, z + 3), (_HALF, 0, z + 3), (_HALF, 0, z))
    brush.stain([gap], mix(colours.light, tones.day, 0.5), 230)
    spill = v.points((_HALF, 0, z), (_HALF, 0, z + 3), (-6, 0, z + 11), (-6, 0, z - 5))
    brush.stain([spill], mix(colours.light, tones.day, 0.5), 74)


def _ceiling(brush: Brush) -> None:
    v, tones = brush.view, brush.tones
    tone = mix(tones.wall, tones.near, 0.46)
    span = (v.at(0, _HIGH, 10)[1], v.at(0, _HIGH, _END)[1])
    brush.lay([v.flat(-_HALF, _HALF, _NEAR, _END, _HIGH)], scale(tone, 0.42), tone, span=span)
    for i, z in enumerate((102.0, 66.0, 30.0, -6.0)):
        brush.cut([v.face(-_HALF, _HIGH - 4, _HALF, _HIGH, z)], mix(tones.far, tones.near, 0.4 + 0.14 * i), 0.6 * v.u)
    cords: list[Shape] = []
    for z in (84.0, 48.0):
        x, y = v.at(0, _HIGH - 15, z)
        k = v.k(z)
        cords.append(shapes.ribbon([v.at(0, _HIGH, z), (x, y)], 0.3 * k))
        cords.append(shapes.points(x, y, k, (-3.4, 2), (-0.8, 0), (0.8, 0), (3.4, 2)))
    brush.cut(cords, tones.near, 0.4 * v.u)


def _end(brush: Brush) -> None:
    """Draw the end wall with its window, and the people who look out."""
    v, tones, state = brush.view, brush.tones, brush.state
    wall, k = mix(tones.wall, tones.near, 0.3), v.k(_END)
    panes = [
        v.face(-10.6 + 7.2 * i, 17 + 10 * j, -4.2 + 7.2 * i, 25.6 + 10 * j, _END) for i in range(3) for j in range(4)
    ]
    around = [v.face(-_HALF, 0, _HALF, _HIGH, _END)]
    brush.lay(around, scale(wall, 0.7), wall, holes=panes, edge=(mix(wall, tones.edge, 0.8), 0.24 * v.u))
    brush.cut([v.face(-12.4, 13, 12.4, 15.4, _END - 1)], mix(tones.far, tones.near, 0.4), 0.4 * v.u)
    if state.hour != "night":
        brush.glow(v.at(0, 36, _END), 15 * v.u, tones.day, 0.34)
    dark = mix(tones.near, brush.colours.ink, 0.6)
    kinds: tuple[figures.Kind, ...] = ("cropped", "cap")
    for i, (x, kind) in enumerate(zip((-4.6, 6.4), kinds, strict=True)):
        if state.people > i:
            cut = figures.standing(random.Random(f"corridor {i}"), *v.at(x, 0, _END - 9), 1.75 * k, kind)
            figures.group(brush, [cut], dark, scale(dark, 0.8), tones.edge, 1.6 * k)


def _light(brush: Brush) -> None:
    v, tones = brush.view, brush.tones
    if brush.state.hour == "night":
        return
    floor = [v.points((-4, 0, z + 2), (15, 0, z - 2), (15, 0, z - 11), (-4, 0, z - 8)) for z in _BAYS]
    wall = [
        v.points((_HALF, y, z - 4 - d), (_HALF, y, z - 12 - d), (_HALF, y + 15, z - 7 - d), (_HALF, y + 15, z + 1 - d))
        for z in _BAYS
        for y, d in ((5, 4), (23, 1))
    ]
    brush.stain(floor, tones.day, 54)
    brush.stain(wall, tones.day, 60)


def _bench(brush: Brush) -> None:
    """Draw the worn bench along the wall, the things on it, and a spittoon beside it."""
    v, tones, colours, state = brush.view, brush.tones, brush.colours, brush.state
    near, far = _BENCH
    wood = mix(mix(tones.far, tones.near, 0.3), colours.wood, 0.3)
    brush.stain([v.flat(11, _HALF, near - 1, far + 3)], colours.shadow, 120)
    x, y = v.at(19, 0, far + 9)
    pot = shapes.points(x, y, v.k(far + 9), (-2.6, -4), (2.6, -4), (1.4, -2.4), (2.2, 0), (-2.2, 0), (-1.4, -2.4))
    brush.cut([pot], mix(colours.rim, tones.wall, 0.4), 0.5 * v.u)
    rails = [v.side(_HALF - 0.8, y0, y0 + 2.6, near, far) for y0 in (13.4, 18.2)]
    brush.cut(rails, mix(wood, tones.near, 0.2), 0.8 * v.u)
    legs = [v.face(x0 - 0.7, 0, x0 + 0.7, 8.6, z) for z in (far - 1, (near + far) / 2, near + 1) for x0 in (23.6, 13.6)]
    brush.cut(legs, mix(wood, tones.near, 0.55), 0.9 * v.u)
    top = [v.flat(12.6, _HALF - 0.6, near, far, 9.8)]
    brush.cut(top, mix(wood, tones.day, 0.12), 1.1 * v.u, lit=0.3, dark=0.86, rim=0.7)
    edges = [v.side(12.6, 8.4, 9.8, near, far), v.face(12.6, 8.4, _HALF - 0.6, 9.8, near)]
    brush.cut(edges, mix(wood, tones.near, 0.35), 0.5 * v.u, rim=0.7)
    if state.thing == "cap":
        meeting.cap_with_slip(brush, (18.4, 9.8, -11.0), 1.5)
    elif state.thing == "files":
        _files(brush, (18.6, 9.8, -10.0))


def _files(brush: Brush, at: tuple[float, float, float], count: int = 4) -> None:
    """Draw a pile of `count` files tied with string; `at` is the middle of its foot in units of the room."""
    v, colours = brush.view, brush.colours
    x, y, z = at
    rng = random.Random("files")
    brush.stain([v.flat(x - 6.4, x + 5.4, z - 4, z + 4, y)], colours.shadow, 120)
    paper = mix(mix(colours.rim, colours.earth, 0.24), brush.tones.wall, 0.25)
    for _i in range(count):
        thick, shift, wide = rng.uniform(1.5, 2.4), rng.uniform(-0.7, 0.7), rng.uniform(4.2, 5.0)
        tone = mix(paper, colours.earth, rng.uniform(0.0, 0.24))
        left, right, foot, head = x - wide + shift, x + wide + shift, y, y + thick
        leaves = [
            shapes.lens(v.at(left, foot + thick * t, z - 3), v.at(right, foot + thick * t, z - 3), 0.14 * v.u)
            for t in (0.35, 0.6)
        ]
        brush.cut(v.block(left, foot, right, head, z - 3, z + 3), tone, 0.4 * v.u, rim=0.6)
        brush.stain(leaves, scale(tone, 0.6), 150)
        cord = [v.face(x + shift - 0.22, foot, x + shift + 0.22, head, z - 3)]
        cord.append(v.flat(x + shift - 0.22, x + shift + 0.22, z - 3, z + 3, head))
        brush.stain(cord, mix(colours.ink, colours.wood, 0.4), 220)
        y = head
