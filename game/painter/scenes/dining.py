"""Scene `dining`: the ancestral hall as a dining hall, with one stove for everybody and tables in rows."""

from __future__ import annotations

import random
from collections.abc import Sequence

from game.painter.canvas import SNOW, Brush, Perspective, Point, Shape, mix, scale, shapes
from game.painter.props import figures, landscape, meeting, tableware
from game.painter.props.interior import coats, lattice, near_table, outside, overhead, paved, plaster, shafts

_WALL, _EAVES = 74.0, 62.0
_STOVE = 40.0  # the depth of the stove's front, in units
_POTS = (-11.5, 11.5)
_COOK = -2.0  # the cook's x, in units from the middle
_DOOR = (-80.0, -58.0)
_WINDOWS = (-44.0, 108.0, 148.0, 188.0, 228.0, -108.0, -148.0, -188.0)
_NEAR = (-36.0, -24.0)  # the depths at which the near table begins and ends, in units


def dining(brush: Brush) -> None:
    """Paint the dining hall."""
    frame, tones = brush.frame, brush.tones
    v = Perspective(frame.x(0.5), frame.y(0.47), frame.u, eye=27, reach=60)
    brush = brush.indoors(v)
    outside(brush, v.y + 3 * v.u, v.u)
    tile = mix(tones.near, tones.far, 0.2)
    overhead(brush, v.at(0, _EAVES, _WALL)[1] + 1, scale(tile, 0.6), tile)
    _wall(brush)
    paved(brush, tones.floor, _WALL, 10)
    _frame(brush, 58.0)
    k = v.k(_WALL)
    x, y = v.at(34, 47, _WALL)
    coats(brush, x, y, 1.25 * k, brush.state.coats)
    if brush.state.hour != "night":
        brush.stain([v.points((_DOOR[0], 0, _WALL), (_DOOR[1], 0, _WALL), (-40, 0, 14), (-64, 0, 14))], tones.day, 70)
    _stove(brush)
    for row, z in enumerate((24.0, 4.0)):
        _row(brush, row, z)
    _frame(brush, 8.0)
    if not brush.state.steam:
        _buckets(brush)
    through_door = v.points((_DOOR[0] + 2, 40, _WALL), (_DOOR[1], 40, _WALL), (-34, 0, 6), (-62, 0, 6))
    through_window = v.points((-52, 44, _WALL), (-36, 44, _WALL), (2, 0, 4), (-20, 0, 4))
    shafts(brush, [through_door, through_window], tones.day, 0.26, "dining dust")
    _lamp(brush)
    _table(brush)
    brush.finish(v.at(0, 14, _STOVE), 0.42)


def _wall(brush: Brush) -> None:
    v, tones, frame, colours = brush.view, brush.tones, brush.frame, brush.colours
    k = v.k(_WALL)
    openings: list[Shape] = [v.face(_DOOR[0], -1, _DOOR[1], 42, _WALL)]
    sills: list[Shape] = []
    for x in _WINDOWS:
        x0, y0 = v.at(x - 9, 46, _WALL)
        if -20 * k < x0 < frame.w + 2 * k:
            openings += lattice(x0, y0, 18 * k, 22 * k, 5, 6, 0.9 * k)
            sills += [v.face(x - 10.6, 22, x + 10.6, 24, _WALL), v.face(x - 10, 46, x + 10, 47.4, _WALL)]
    wall = mix(tones.wall, colours.wall, 0.2)
    left, right = v.sides(frame.w, _WALL)
    rim = mix(wall, tones.edge, 0.7), 0.22 * v.u
    brush.lay([v.face(left, 0, right, _EAVES, _WALL)], scale(wall, 0.6), wall, 1.2 * v.u, holes=openings, edge=rim)
    plaster(
        brush, (0, v.at(0, _EAVES - 4, _WALL)[1], frame.w, v.at(0, 0, _WALL)[1]), wall, v.u, "dining wall", openings
    )
    wood = mix(tones.far, tones.near, 0.35)
    a, b = _DOOR
    brush.cut(sills, wood, 0.4 * v.u)
    outlines = [v.face(a - 2, 0, a, 44, _WALL), v.face(b, 0, b + 2, 44, _WALL), v.face(a - 3, 42, b + 3, 45, _WALL)]
    brush.cut(outlines, wood, 0.5 * v.u)
    brush.cut([v.panel((a, _WALL), (a - 3, _WALL - 14), 0, 42)], mix(wood, colours.ink, 0.25), 0.8 * v.u)
    if brush.state.snow:
        drift = [
            v.at(a, 0, _WALL),
            *shapes.smooth(v.points((a, 2.4, _WALL), ((a + b) / 2, 1.2, _WALL), (b, 2.8, _WALL)), 5),
            v.at(b, 0, _WALL),
            v.at(b - 2, 0, _WALL - 9),
            v.at(a + 4, 0, _WALL - 12),
        ]
        brush.cut([drift], mix(SNOW, tones.floor, 0.2), 0.3 * v.u, dark=0.9)
        landscape.snow(brush, "dining snow", openings)


def _frame(brush: Brush, z: float) -> None:
    """Draw one frame of the roof at the depth `z`: two posts and their crossbeam."""
    v, tones, frame = brush.view, brush.tones, brush.frame
    near = (_WALL - z) / _WALL
    tone = mix(tones.far, tones.near, 0.25 + 0.7 * near)
    left, right = v.sides(frame.w, z)
    lift = (0.8 + 1.4 * near) * v.u
    posts = [x for x in (-86.0, -50.0, 50.0, 86.0, 122.0, 158.0) if -6 * v.u < v.at(x, 0, z)[0] < frame.w + 6 * v.u]
    braces: list[Shape] = []
    for x in posts:
        for sign in (-1, 1):
            bow = v.points((x + sign * 1.6, 50, z), (x + sign * 3.4, 54.5, z), (x + sign * 9, 57.6, z))
            braces.append([*shapes.smooth(bow, 5), v.at(x + sign * 1.6, 58.4, z)])
    brush.cut([v.face(left, 57, right, 62, z), *braces], tone, lift, dark=0.7)
    brush.cut([v.post(x, 0, 64, z, 2.2) for x in posts], tone, lift, dark=0.72)
    brush.cut([v.face(x - 3, 0, x + 3, 2.6, z) for x in posts], mix(tones.wall, tones.near, 0.45), 0.5 * v.u)


def _stove(brush: Brush) -> None:
    """Draw a brick stove with two cauldrons. Its fire burns only if `steam` says that something boils."""
    v, tones, colours, state = brush.view, brush.tones, brush.colours, brush.state
    z, k, lit = _STOVE, v.k(_STOVE), state.steam
    brick = mix(mix(colours.earth, colours.wall, 0.25), colours.ink, 0.28)
    fire = colours.fire if lit else mix(colours.ink, brick, 0.1)
    brush.lay([v.face(-25, 0.5, 25, 12, z)], mix(fire, (255, 240, 200), 0.4) if lit else fire, fire)
    mouths: list[Shape] = []
    joints: list[Shape] = []
    rng = random.Random("stove")
    for x in _POTS:
        cx, cy = v.at(x, 6, z)
        arch = shapes.arch(cx, cy, 4 * k, 4 * k, 12)
        mouths.append([*arch, (cx - 4 * k, cy + 4.6 * k), (cx + 4 * k, cy + 4.6 * k)])
    for course in range(6):
        for i in range(-7, 7):
            x, y = i * 3.8 + 1.9 * (course % 2), 2.4 + 2.5 * course
            if all(abs(x + 1.4 - pot) > 6 or y > 12 for pot in _POTS) and rng.random() < 0.85:
                joints.append(shapes.lens(v.at(x, y, z), v.at(x + 3, y, z), 0.22 * k))
    brush.cut([v.face(-4, 17, 4, _EAVES, z + 16)], mix(brick, tones.wall, 0.3), 0.8 * v.u)
    top = v.flat(-28, 28, z, z + 15, 18)
    front = v.points((-28, 18, z), (28, 18, z), (29, 0, z), (-29, 0, z))
    brush.cut([top], mix(brick, tones.day, 0.24), 0.8 * v.u)
    brush.cut([front], brick, 1.0 * v.u, holes=[*mouths, *joints], lit=0.2)
    iron = mix(colours.ink, colours.roof, 0.3)
    for x in _POTS:
        px, py = v.at(x, 18.5, _STOVE + 7)
        brush.cut([shapes.ellipse(px, py, 10.4 * k, 2.7 * k, 48)], iron, 0.6 * v.u, rim=0.8)
        brush.stain([shapes.ellipse(px, py + 0.2 * k, 9.4 * k, 2.2 * k, 44)], scale(iron, 0.4), 255)
        if lit:
            broth = mix(colours.ear, colours.rim, 0.4)
            brush.stain([shapes.ellipse(px, py + 0.7 * k, 8.4 * k, 1.6 * k, 44)], broth, 235)
            brush.glow(v.at(x, 5, z), 15 * v.u, colours.fire, 0.55)
            brush.glow(v.at(x, 0, z - 10), 20 * v.u, colours.fire, 0.3, 0.4)
            brush.move("flame", v.at(x, 5, z), 22 * v.u, colours.fire, f"stove {x}", strength=0.7)
            tone = mix(colours.rim, tones.day, 0.5)
            for i in range(3):
                steam = random.Random(f"steam {x} {i}")
                curl = shapes.curl(steam, px + (i - 1) * 4 * k, py, (20 + 5 * i) * v.u, 4.5 * v.u, (4 - 2 * i) * v.u)
                brush.lay([curl], tone, colours.rim, 0.5 * v.u, alpha=84, shade=0.12)
            brush.move("steam", (px, py), 13 * v.u, tone, f"pot {x}", reach=(4 * v.u, -30 * v.u))
        elif x > 0:
            ember = mix(colours.fire, colours.ink, 0.2)
            brush.stain([shapes.ellipse(*v.at(x, 2.4, z), 2.6 * k, 0.7 * k, 20)], ember, 220)
            brush.glow(v.at(x, 3, z), 7 * v.u, colours.fire, 0.34)
        else:
            lid = mix(colours.wood, tones.near, 0.3)
            cover = shapes.ellipse(px, py - 0.6 * k, 10.0 * k, 2.4 * k, 44)
            brush.cut([cover, shapes.box(px - 1.4 * k, py - 3.4 * k, 2.8 * k, 1.6 * k)], lid, 0.6 * v.u)
    wood = mix(colours.wood, colours.wall, 0.35)
    mouth = v.at(_POTS[1] + 1, 19.6, z + 6)
    end = v.at(_COOK + 10.6, 25, z - 3) if state.people else v.at(_POTS[1] + 17, 37, z + 2)
    tableware.ladle(brush, mouth, end, k, wood)
    if state.people > 0:
        _cook(brush)


def _cook(brush: Brush) -> None:
    """Draw the cook from behind, bent over the right cauldron, one arm in it, the other on the stove."""
    v, tones, colours = brush.view, brush.tones, brush.colours
    z = _STOVE - 4
    k = v.k(z)

    def at(x: float, y: float) -> Point:
        return v.at(_COOK + x, y, z)

    def limb(way: Sequence[Point], thick: float, thin: float) -> Shape:
        line = shapes.smooth([at(*point) for point in way], 5)
        return shapes.ribbon(line, [(thick + (thin - thick) * i / len(line)) * k for i in range(len(line))])

    def outline(points: Sequence[Point]) -> Shape:
        return shapes.smooth([at(*point) for point in points], 5, closed=True)

    coat = mix(mix(colours.roof, colours.wood, 0.4), tones.near, 0.35)
    legs = [
        [at(x - 1.9, 11), at(x + 1.9, 11), at(x + 1.2, 1.2), at(x + 1.7, 0), at(x - 1.7, 0), at(x - 1.2, 1.2)]
        for x in (-2.2, 2.2)
    ]
    brush.cut(legs, scale(coat, 0.75), 1.0 * k)
    cloth = mix(mix(colours.wall, colours.roof, 0.7), tones.near, 0.3)
    head = outline(((4.4, 25.4), (4.9, 27.4), (6.8, 28.4), (8.9, 27.6), (9.8, 25.6), (9.0, 23.4), (6.2, 23.6)))
    corner = [at(4.6, 26.2), at(8.6, 24.6), at(8.2, 23.4), at(3.0, 20.4), at(3.4, 23.6)]
    knot = [limb(((4.8, 26.0), (6.6, 24.6), (9.2, 24.0)), 0.3, 0.2)]
    brush.cut([head], cloth, 0.8 * k, rim=0.7)
    back = outline((
        (-4.7, 9.6), (-4.9, 13), (-3.9, 16.6), (-3.7, 20.4), (-1.6, 23.8), (2.4, 25.6), (6.2, 25.0), (7.8, 22.6),
        (6.0, 18.8), (4.3, 16.4), (4.9, 13), (4.7, 9.6), (0, 9.0),
    ))  # fmt: skip
    arms = [
        limb(((5.8, 23.2), (9.4, 21.8), (10.6, 19.6), (11.4, 17.6)), 4.0, 1.5),
        limb(((-1.4, 22.4), (-4.6, 21.0), (-6.4, 19.4), (-7.6, 17.4)), 3.8, 1.5),
    ]
    brush.cut([back, *arms], coat, 1.2 * k, holes=[limb(((0.2, 10), (0.4, 14), (1.6, 19), (4.0, 23)), 0.2, 0.14)])
    brush.cut([corner], cloth, 0.5 * k, holes=knot, rim=0.7)
    linen = mix(mix(colours.rim, tones.wall, 0.45), tones.near, 0.2)
    strings = [
        limb(((-4.2, 15.4), (0, 14.5), (4.4, 15.2)), 0.8, 0.8),
        limb(((-2.6, 22.4), (-0.6, 18), (0.2, 14.8)), 0.6, 0.6),
        limb(((4.6, 22.4), (2.4, 18), (0.6, 14.8)), 0.6, 0.6),
        *(limb(((0.3, 14.6), (s * 2.2, 15.9), (s * 2.4, 13.8), (0.3, 14.4)), 0.5, 0.5) for s in (-1, 1)),
        *(limb(((0.3, 14.4), (s * 0.9 + 0.3, 12), (s * 1.3 + 0.3, 9.8)), 0.7, 0.5) for s in (-1, 1)),
    ]
    brush.cut(strings, linen, 0.2 * k, rim=0.6)


def _row(brush: Brush, row: int, z: float) -> None:
    """Draw tables on both sides of the aisle, and the people who eat, from behind. With `steam` there are bowls."""
    v, tones, colours, state = brush.view, brush.tones, brush.colours, brush.state
    k = v.k(z)
    wood = mix(mix(tones.far, colours.earth, 0.2), tones.near, 0.2 + 0.3 * row)

    def back(rng: random.Random, x: float) -> figures.FigureOutlines:
        return figures.bust(rng, *v.at(x, 7.8, z - 9), 0.95 * k, rng.choice(figures.KINDS), v.at(x, 0, z - 7)[1])

    for sign in (-1, 1):
        for i in range(3):
            a = sign * (17.0 + 36 * i)
            left, right = min(a, a + sign * 32), max(a, a + sign * 32)
            if not (-40 * k < v.at(left, 0, z)[0] < brush.frame.w + 4 * k):
                continue
            legs = [v.face(x - 0.8, 0, x + 0.8, 12, z - 4) for x in (left + 2, right - 2)]
            outlines = [v.flat(left, right, z - 5, z + 4, 13.4), v.face(left, 11.8, right, 13.4, z - 5), *legs]
            brush.cut(outlines, wood, 0.8 * k, lit=0.22)
            bowls = [
                shapes.ellipse(*v.at(left + 4 + 6 * j, 14.6, z - 1 + (j % 2) * 2), 1.5 * k, 0.9 * k, 16)
                for j in range(5)
            ]
            if state.steam:
                brush.cut(bowls, mix(colours.rim, tones.wall, 0.15), 0.3 * k, rim=0.9)
            places = [left + 4 + 8 * j for j in range(4)]
            seats = meeting.sitters(f"dining {row} {sign} {i}", places, (state.people - 2) / 8, 1.0, back)
            coat = mix(mix(colours.roof, tones.far, 0.4), tones.near, 0.4 + 0.3 * row)
            figures.legs(brush, seats, coat)
            bench = [
                v.face(left, 6, right, 7.6, z - 9),
                *(v.face(x - 0.7, 0, x + 0.7, 7, z - 9) for x in (left + 3, right - 3)),
            ]
            brush.cut(bench, mix(wood, tones.near, 0.3), 0.7 * k)
            if seats:
                figures.group(brush, seats, coat, mix(colours.ink, tones.near, 0.4), tones.edge, k)


def _buckets(brush: Brush) -> None:
    """Draw a queue of buckets. They belong to people who carry food home, in the time when nobody eats here."""
    for x, z in ((-12.0, 29.0), (-5.4, 25.0), (1.8, 21.0), (9.4, 16.0))[: brush.state.people + 1]:
        (px, py), k = brush.view.at(x, 0, z), brush.view.k(z)
        brush.stain([shapes.ellipse(px + 2 * k, py, 4.4 * k, 0.9 * k, 20)], brush.colours.shadow, 110)
        tableware.bucket(brush, px, py, 1.05 * k)


def _lamp(brush: Brush) -> None:
    v, colours = brush.view, brush.colours
    if not brush.state.lamp or brush.state.hour == "day":
        return
    at, k = v.at(31, 43, _STOVE), v.k(_STOVE)
    x, y = at
    brass = mix(colours.wood, colours.light, 0.35)
    brush.glow(at, 34 * v.u, colours.light, 0.45)
    chain = shapes.ribbon([(x, y - 18 * k), (x, y - 2 * k)], 0.3 * k)
    hood = shapes.points(x, y, k, (-3.4, -1.2), (-0.8, -3.4), (0.8, -3.4), (3.4, -1.2))
    brush.lay([chain, hood], brass, scale(brass, 0.8), 0.6 * v.u)
    glass = shapes.ellipse(x, y + 0.2 * k, 1.5 * k, 1.8 * k, 24)
    brush.lay([glass], mix(colours.light, (255, 255, 255), 0.5), colours.fire)
    brush.glow(at, 8 * v.u, colours.light, 0.6)
    brush.move("flame", at, 50 * v.u, colours.light, "dining")


def _table(brush: Brush) -> None:
    v, tones, colours, state = brush.view, brush.tones, brush.colours, brush.state
    wood = mix(mix(tones.far, colours.earth, 0.3), tones.near, 0.15)
    near_table(brush, wood, 24, _NEAR, 13)
    for i in range(6):
        x, y = v.at((i - 2.5) * 7.1, 13, -29.0 - 2.2 * (i % 2))
        k = 0.56 * v.k(-30)
        if i >= state.bowls:
            tableware.ring(brush, x, y, k, wood)
        else:
            brush.stain([shapes.ellipse(x + 1.6 * k, y + 0.5 * k, 4.4 * k, 1.1 * k, 24)], colours.shadow, 110)
            with brush.parts.named(f"bowl {i}", away=(0, -3 * k)):
                tableware.bowl(brush, x, y, k, state.steam)
