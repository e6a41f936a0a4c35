"""Scene `lane`: a lane between mud walls with gates and thatch, and a man with a lamp."""

from __future__ import annotations

import random
from dataclasses import replace

from game.painter.canvas import SNOW, Brush, Origin, Perspective, Point, Shape, mix, scale, shapes
from game.painter.props import figures, landscape, yard_props

_FAR, _NEAR = 130.0, -57.4
_HALF = 13.0  # from the middle of the lane to its walls, in units
_WALL = 20.0  # the height of the walls, in units
_GATES = ((-1, 44.0), (1, 12.0), (-1, -14.0))
_MAN = 3.0  # how far ahead the man is, in units


def lane(brush: Brush) -> None:
    """Paint the lane. By night the man's lamp lights it."""
    frame, state = brush.frame, brush.state
    v = Perspective(frame.x(0.53), frame.y(0.5), frame.u, eye=24, reach=60)
    brush = replace(brush, view=v)
    landscape.backdrop(brush, "lane", 0.45, (0.3, 0.16), rows=2)
    at = v.at(7.6, 9.4, _MAN) if state.lamp else None  # the flame in the man's lamp, if he is there
    dark = state.hour in ("night", "dusk")
    _ground(brush)
    if at and dark:
        brush.glow(v.at(2, 0, _MAN), 46 * brush.u, brush.colours.light, 0.4, 0.4)
    for z in (96.0, 60.0, 26.0, -8.0):
        for sign in (-1, 1):
            _house(brush, sign, z)
            _stretch(brush, sign, z, at if dark else None)
    if state.thing == "rods":
        _rods(brush)
    if state.year == 1958 and state.season in ("spring", "summer") and not dark:  # hens were given up that August
        spots = ((-5.0, 8.0, 1), (3.0, -2.0, -1), (-2.0, 26.0, 1))
        yard_props.hens(brush, [(v.at(x, 0, z), 1.7 * v.k(z), side) for x, z, side in spots])
    if at:
        _man(brush, at, dark)
    landscape.close(brush, "lane snow", v.at(2, 12, 20), 0.5 if dark else 0.34)


def _ground(brush: Brush) -> None:
    """Draw the trodden earth with cart ruts, and puddles or, in winter, snow along the walls."""
    v, u, frame, colours, state = brush.view, brush.u, brush.frame, brush.colours, brush.state
    soil = mix(mix(colours.earth, colours.wall, 0.3), colours.hill(0.7), 0.2)
    if state.snow:
        soil = mix(soil, SNOW, 0.4 if state.hour == "day" else 0.22)
    top = v.at(0, 0, _FAR)[1]
    whole = [shapes.box(-3 * u, top, frame.w + 6 * u, frame.h - top + 3 * u)]
    brush.lay(whole, mix(soil, colours.sky_low, 0.24), mix(soil, colours.ink, 0.3), 0.6 * u, span=(top, frame.y(1.0)))
    near = max(v.z_at(frame.h + 2 * u), -50)
    ruts = []
    for x in (-6.0, 5.0):
        spine = shapes.smooth(
            [v.at(x + d, 0, z) for z, d in ((_FAR, 1), (70, -0.6), (30, 0.8), (0, -0.4), (near, 0.4))], 6
        )
        ruts.append(shapes.ribbon(spine, [(0.4 + 2.6 * i / len(spine)) * u for i in range(len(spine))]))
    brush.cut(ruts, mix(soil, colours.ink, 0.22), 0, lit=0.02, dark=0.92, rim=0.25)
    rng = random.Random("lane stones")
    marks: list[Shape] = []
    for _ in range(70):
        x, z = rng.uniform(-15, 15), rng.uniform(near, 80)
        marks.append(shapes.lens(v.at(x, 0, z), v.at(x + rng.uniform(1, 3), 0, z), 0.3 * v.k(z)))
    brush.slit(marks, mix(soil, colours.ink, 0.45), mix(soil, brush.light, 0.4))


def _house(brush: Brush, sign: int, z: float) -> None:
    """Draw a house behind the left (-1) or right (1) wall near the depth `z`, and perhaps another beyond it."""
    rng = random.Random(f"lane house {sign} {z}")
    near, far = rng.uniform(7, 11), rng.uniform(58, 64)
    deep = z + 6
    if abs(brush.view.at(sign * (_HALF + far), 0, deep)[0] - brush.view.x) < 90 * brush.view.u:
        _gabled(brush, rng, sign, _HALF + far, deep + 8)
    _gabled(brush, rng, sign, _HALF + near, deep)


def _gabled(brush: Brush, rng: random.Random, sign: int, inner: float, z: float) -> None:
    """Draw a house with its gable at the depth `z`. Its wall along the lane is `inner` units from the lane's middle."""
    v, colours, state = brush.view, brush.colours, brush.state
    haze = 0.3 * max(0.0, z) / _FAR
    mud = mix(mix(colours.wall, colours.earth, 0.5), colours.sky_low, haze)
    straw = mix(mix(colours.ear, colours.wood, 0.52), colours.sky_low, haze)
    wide, eave, top, back = rng.uniform(34, 40), rng.uniform(27, 29), rng.uniform(43, 47), z + 26
    outer, middle, over = inner + wide, inner + wide / 2, 3.2
    k = v.k(z)

    def at(x: float, y: float, depth: float) -> Point:
        return v.at(sign * x, y, depth)

    # the slope towards the lane runs away from the viewer
    slope = [at(inner - over, eave - 2.4, z), at(middle, top, z), at(middle, top - 0.6, back),
             at(inner - over, eave - 2.4, back)]  # fmt: skip
    stalks: list[Shape] = []
    for i in range(9):
        x, depth = inner + (middle - inner) * rng.uniform(0.0, 0.5), z + 2 + 22 * (i + rng.uniform(0, 1)) / 9
        t, u = (x - inner) / (middle - inner), (x + 6 - inner) / (middle - inner)
        rise = top - eave
        stalks.append(shapes.lens(at(x, eave + rise * t, depth), at(x + 6, eave + rise * u, depth), 0.3 * v.k(depth)))
    brush.cut([slope], scale(straw, 0.9), 0.9 * v.u, holes=stalks, lit=0.14, dark=0.72, rim=0.5)
    gable = [at(inner, 0, z), at(inner, eave, z), at(middle, top - 1.5, z), at(outer, eave, z), at(outer, 0, z)]
    cracks = [
        shapes.lens(at(x, y, z), at(x + rng.uniform(1, 3), y + rng.uniform(-0.5, 0.5), z), 0.18 * k)
        for x, y in ((rng.uniform(inner + 3, outer - 3), rng.uniform(21, eave + 4)) for _ in range(8))
    ]
    brush.cut([gable], mud, 0.9 * v.u, holes=cracks, lit=0.08, rim=0.4)
    # the verge, which shows the thickness of the thatch over both slopes, ragged below
    crown = [at(inner - over, eave - 3.4, z), at(inner + 4, eave + 4.4, z), at(middle, top + 0.8, z),
             at(outer - 4, eave + 4.4, z), at(outer + over, eave - 3.4, z)]  # fmt: skip
    under: list[Point] = []
    for i in range(25):
        x = outer + over - (wide + 2 * over) * i / 24
        drop = (top - eave + 3.4) * abs(x - middle) / (wide / 2 + over)
        under.append(at(x, top - 3.4 - drop - (0.7 if i % 2 else 0.0) - rng.uniform(0, 0.4), z))
    brush.cut([[*shapes.smooth(crown, 5), *under]], straw, 1.3 * v.u, lit=0.16, dark=0.7, rim=0.6)
    lit = state.hour != "day" and rng.random() < state.lamps / 10
    pane = [at(middle - 2.4, 25.6, z), at(middle + 2.4, 25.6, z), at(middle + 2.4, 30.2, z), at(middle - 2.4, 30.2, z)]
    border = brush.light, brush.fine
    brush.cut([pane], colours.light if lit else mix(colours.ink, mud, 0.3), 0, lit=0.02, rim=0.2, edge=border)
    if lit:
        brush.glow(at(middle, 28, z), 9 * k, colours.light, 0.4)


def _stretch(brush: Brush, sign: int, z: float, lamp: Point | None) -> None:
    """Draw the left (-1) or right (1) wall from the depth `z` towards the viewer, with its gates. `lamp` is the flame
    that lights the wall; None if nothing lights it."""
    v, colours, edge = brush.view, brush.colours, brush.edge
    near = _NEAR if z < 0 else z - 34.0
    x = sign * _HALF
    mud = mix(mix(colours.wall, colours.earth, 0.55), colours.hill(0.7), 0.12)
    tone = mix(mud, colours.sky_low, 0.24 * max(0.0, z) / _FAR)
    crest = [v.at(x, _WALL + d, d2) for d2, d in ((near, 0.2), ((near + z) / 2, -0.7), (z + 2, 0.4))]
    wall = [*crest, v.at(x, 0, z + 2), v.at(x, 0, near)]
    brush.cut([wall], tone, 1.0 * v.u, lit=0.1, dark=0.66, apart=False)
    if lamp:
        light = v.points((x, 0, _MAN + 16), (x, 15, _MAN + 8), (x, 17, _MAN), (x, 13, _MAN - 10), (x, 0, _MAN - 18))
        if near < _MAN + 8 and z > _MAN - 10:
            brush.stain([light], colours.light, 56)
    rng = random.Random(f"lane wall {sign} {z}")
    cracks: list[Shape] = []
    for _ in range(12):
        a, y = rng.uniform(near + 2, z), rng.uniform(2, _WALL - 2)
        cracks.append(shapes.lens(v.at(x, y, a), v.at(x, y - rng.uniform(1, 4), a + rng.uniform(-2, 2)), 0.24 * v.k(a)))
    brush.slit(cracks, mix(tone, colours.ink, 0.4), mix(tone, edge[0], 0.3))
    straw = mix(mix(colours.ear, colours.wood, 0.5), colours.sky_low, 0.2 * max(0.0, z) / _FAR)
    cap = v.points(
        (x, _WALL + 3.4, near), (x, _WALL + 3.2, z + 2), (x - sign * 1.6, _WALL - 1.2, z + 2),
        (x - sign * 1.6, _WALL - 1.6, near),
    )  # fmt: skip
    brush.cut([cap], straw, 0.8 * v.u, lit=0.12, dark=0.7, rim=0.6)
    stalks: list[Shape] = []
    depth = near + 1.0
    while depth < z:
        a, b = rng.uniform(0.05, 0.4), rng.uniform(0.5, 0.95)
        ends = [v.at(x - sign * 1.6 * (1 - t), _WALL - 1.4 + 4.8 * t, depth) for t in (a, b)]
        stalks.append(shapes.lens(ends[0], ends[1], 0.12 * v.k(depth)))
        depth += (1.0 + rng.uniform(0, 0.8)) * (60 + depth) / 60 + 0.12
    brush.slit(stalks, scale(straw, 0.72), mix(straw, edge[0], 0.16))
    for side, g in _GATES:
        if side == sign and near < g < z:
            _gate(brush, sign, g)


def _gate(brush: Brush, sign: int, z: float) -> None:
    """Draw a gate with two wings under a small straw roof. After 1958, one wing is gone if little forest is left."""
    v, colours, state = brush.view, brush.colours, brush.state
    x = sign * (_HALF - 0.2)
    wood = mix(mix(colours.wood, colours.ink, 0.25), colours.sky_low, 0.16 * max(0.0, z) / _FAR)
    brush.cut([v.side(x, 0, _WALL + 1, z - 7, z + 7)], mix(colours.ink, wood, 0.25), 0, lit=0.02)
    leaves = [v.side(x - sign * 0.2, 0, _WALL - 1, z + 0.4, z + 6.4)]
    if state.year == 1958 or state.forest > 3:
        leaves.append(v.side(x - sign * 0.2, 0, _WALL - 1, z - 6.4, z - 0.4))
    brush.cut(leaves, wood, 0.6 * v.u, rim=0.5)
    posts = [v.side(x - sign * 0.5, 0, _WALL + 2, a, a + 1.4) for a in (z - 7.6, z + 6.4)]
    brush.cut(posts, scale(wood, 0.8), 0.6 * v.u, rim=0.5)
    strips = [v.side(x - sign * 0.6, 5, _WALL - 1, a, a + 2.0) for a in (z - 8.4, z + 6.2)]
    yard_props.couplets(brush, [[s[3], s[2], s[1], s[0]] for s in strips], v.k(z))
    straw = mix(colours.ear, colours.wood, 0.42)
    roof = v.points(
        (x, _WALL + 9, z - 8), (x, _WALL + 9, z + 8), (x - sign * 4, _WALL + 2, z + 10),
        (x - sign * 4, _WALL + 2, z - 10),
    )  # fmt: skip
    brush.cut([roof], straw, 1.1 * v.u, lit=0.2, dark=0.66, rim=0.7)


def _rods(brush: Brush) -> None:
    """Draw the iron rods of the search party, which lean beside a gate."""
    v, colours = brush.view, brush.colours
    rods = [
        shapes.ribbon([v.at(_HALF - 6 + d, 0, z), v.at(_HALF - 0.6, 25 - d, z + 3)], [0.7 * v.k(z), 0.5 * v.k(z)])
        for d, z in ((0.0, -11.0), (1.2, -8.0), (0.4, -5.0))
    ]
    brush.cut(rods, mix(colours.ink, colours.roof, 0.4), 1.0 * v.u, lit=0.3, rim=0.9)


def _man(brush: Brush, at: Point, dark: bool) -> None:
    """Draw the man from behind. The flame of the lamp at his side is at `at`. The lamp shines if it is `dark`."""
    v, colours = brush.view, brush.colours
    k = v.k(_MAN)
    x, y = v.at(0, 0, _MAN)
    edge = mix(brush.light, colours.light, 0.5 if dark else 0.0)
    shade = v.points((-1.6, 0, _MAN), (2.2, 0, _MAN), (-8, 0, -22), (-16, 0, -22))
    brush.stain([shade], colours.shadow, 120 if dark else 60)
    coat = mix(mix(colours.roof, colours.wood, 0.2), colours.ink, 0.35)
    man = figures.standing(random.Random("lane man"), x, y, 1.62 * k, "cap")
    arm = shapes.ribbon(
        [(x + 3.4 * k, y - 20 * k), (x + 6.2 * k, y - 15.6 * k), (at[0], at[1] - 5.4 * k)], [3.0 * k, 2.3 * k, 1.6 * k]
    )
    whole = figures.FigureOutlines((arm, *man.coat), man.head, man.slits)
    figures.group(brush, [whole], coat, mix(coat, colours.ink, 0.6), edge, 1.4 * k)
    (fx, fy), iron = at, mix(colours.ink, colours.wood, 0.3)
    origin = Origin(fx, fy, k)
    hoop = origin.hoop(0, -3.8, 1.5, 1.9, 0.35, 20)
    body = [hoop, origin.box(-2, -3.2, 4, 1.1), origin.box(-2.2, 2.4, 4.4, 1.5)]
    brush.cut(body, iron, 0.5 * v.u, edge=(edge, brush.fine))
    pane = origin.ellipse(0, 0, 1.8, 2.5, 24)
    brush.lay(
        [pane], mix(colours.light, (255, 255, 255), 0.55 if dark else 0.3), colours.fire if dark else colours.light
    )
    if dark:
        brush.glow(at, 8 * v.u, colours.light, 0.8)
        brush.glow(at, 34 * v.u, colours.light, 0.36)
        brush.move("flame", at, 54 * v.u, colours.light, "lane")
