"""Scene `kitchen`: a family's one room in the evening, without its stove, with the brick bed and a row of bowls."""

from __future__ import annotations

from dataclasses import replace

from game.painter.canvas import SNOW, Brush, Origin, Perspective, Point, Shape, mix, room, scale, shapes
from game.painter.props import landscape, tableware, vessels
from game.painter.props.interior import beaten, coats, lamplit, lattice, near_table, outside, plaster

_WALL, _HIGH, _HALF = 25.0, 58.0, 46.0
_BOWLS = (0.76, 0.9, 1.0, 1.0, 1.06)  # sizes as factors; the first is the smallest child's
_WINDOW = (-38.0, 24.0, -17.0, 45.0)  # in units: left, foot, right, head


def kitchen(brush: Brush) -> None:
    """Paint the room."""
    frame, colours, state = brush.frame, brush.colours, brush.state
    v = Perspective(frame.x(0.5), frame.y(0.47), frame.u, eye=25, reach=54)
    at = v.at(26.9, 16.6, -19.5) if state.lamp else None  # the flame on the table
    brush = replace(brush, view=v)
    outside(brush, v.y + 1 * v.u, v.u)
    if at:
        colours = lamplit(colours, state)
        brush = replace(brush, colours=colours)
    tones = room(colours, replace(state, hour="dusk" if at else state.hour))
    brush = brush.indoors(tones=tones)
    wall = mix(tones.wall, colours.ink, 0.16)
    beaten(brush, mix(mix(tones.floor, colours.earth, 0.45), tones.wall, 0.12), _WALL, tones.wall if at else tones.day)
    _walls(brush, wall)
    _ceiling(brush)
    if at:
        brush.glow(v.at(16, 26, _WALL), 52 * v.u, colours.light, 0.26)
    _where_the_stove_stood(brush)
    _bed(brush)
    near_table(brush, mix(mix(tones.far, colours.earth, 0.3), tones.near, 0.1), 27, (-34.0, -17.0), 12)
    if at:
        brush.glow(v.at(14, 12, -24), 46 * v.u, colours.light, 0.3, 0.36)
    _on_the_table(brush)
    _lamp(brush, at)
    _hanging(brush)
    brush.finish(v.at(4, 18, 0), 0.6)


def _ceiling(brush: Brush) -> None:
    """Draw boards on poles that run towards the viewer, and two beams under them."""
    v, tones = brush.view, brush.tones
    near = -40.0
    tone = mix(tones.near, tones.far, 0.2)
    boards = v.flat(-_HALF, _HALF, near, _WALL, _HIGH)
    brush.lay([boards], scale(tone, 0.4), tone, span=(v.y - 60 * v.u, v.at(0, _HIGH, _WALL)[1]))
    poles = [v.flat(x - 0.9, x + 0.9, near, _WALL, _HIGH - 1) for x in range(-40, 41, 10)]
    brush.cut(poles, mix(tone, tones.near, 0.4), 0.6 * v.u, rim=0.35)
    for z in (18.0, -6.0):
        brush.cut([v.face(-_HALF, _HIGH - 6, _HALF, _HIGH - 1.4, z)], mix(tone, tones.far, 0.15), 1.4 * v.u, dark=0.6)


def _hanging(brush: Brush) -> None:
    """Draw an empty basket and a straw hat that hang from the near beam. They are nearest, and darkest."""
    z, k = -8.0, brush.view.k(-8)
    dark = mix(brush.tones.near, brush.colours.ink, 0.35)
    x, y = brush.view.at(-27, 46, z)
    origin = Origin(x, y, k)
    cord = [shapes.ribbon([(x, y - 8 * k), (x - 4 * k, y)], 0.3 * k), origin.ribbon([(0, -8), (4, 0)], 0.3)]
    bowl = origin.curve((-5, 0), (-3.6, 4), (0, 5.2), (3.6, 4), (5, 0), closed=False)
    weave = [origin.lens((-(4.4 - 0.7 * i), 1 + 1.2 * i), (4.4 - 0.7 * i, 1 + 1.2 * i), 0.4) for i in range(3)]
    brush.cut(cord, dark, 0.5 * k)
    brush.cut([bowl], dark, 1.2 * k, rim=0.6)
    brush.stain(weave, scale(dark, 0.5), 200)
    hx, hy = brush.view.at(33, 47, z)
    brush.cut([shapes.ellipse(hx, hy, 5.6 * k, 5.6 * k, 40)], mix(dark, brush.colours.ear, 0.12), 1.2 * k, rim=0.6)
    brush.stain([shapes.hoop(hx, hy, r * k, r * k, 0.25 * k, 30) for r in (1.4, 2.8, 4.2)], scale(dark, 0.6), 150)


def _walls(brush: Brush, wall: tuple[int, int, int]) -> None:
    v, tones, state = brush.view, brush.tones, brush.state
    k = v.k(_WALL)
    left, foot, right, head = _WINDOW
    x0, y0 = v.at(left, head, _WALL)
    panes = lattice(x0, y0, (right - left) * k, (head - foot) * k, 5, 5, 0.8 * k)
    rim = mix(wall, tones.edge, 0.6), 0.2 * v.u
    brush.lay([v.face(-_HALF, 0, _HALF, _HIGH + 4, _WALL)], scale(wall, 0.62), wall, holes=panes, edge=rim)
    (a, b), (c, d) = v.at(-_HALF, _HIGH, _WALL), v.at(_HALF, 0, _WALL)
    plaster(brush, (a, b, c, d), wall, v.u, "kitchen wall", panes)
    if state.snow:
        if not state.jar:
            landscape.snow(brush, "kitchen snow", panes)
        brush.cut([v.face(left, foot, right, foot + 1.1, _WALL)], mix(SNOW, brush.colours.sky_low, 0.3), 0, dark=0.95)
    wood = mix(tones.far, tones.near, 0.4)
    around = [
        v.face(left - 1.6, foot - 1.6, right + 1.6, foot, _WALL),
        v.face(left - 1.2, head, right + 1.2, head + 1.4, _WALL),
        v.face(left - 1.4, foot, left, head, _WALL),
        v.face(right, foot, right + 1.4, head, _WALL),
    ]
    brush.cut(around, wood, 0.5 * v.u)
    for sign in (-1, 1):
        side = scale(wall, 0.6 if sign < 0 else 0.74)
        cut = v.side(sign * _HALF, 0, _HIGH, -48, _WALL)
        rim = mix(side, tones.edge, 0.4), 0.2 * v.u
        brush.lay([cut], scale(side, 0.5), side, edge=rim, span=(v.at(0, _HIGH, 0)[1], v.at(0, 0, 6)[1]))
    _soot(brush)
    if state.jar:
        _jacket(brush)
    x, y = v.at(11, 46, _WALL)
    coats(brush, x, y, 0.8 * k, state.coats)
    x, y = v.at(-3.5, 50, _WALL)
    vessels.hook(brush, x, y, 1.1 * k)


def _jacket(brush: Brush) -> None:
    """Draw a jacket that hangs over the window, to hide that something is on the fire."""
    v, colours = brush.view, brush.colours
    left, foot, right, head = _WINDOW
    mid = (left + right) / 2
    side = [
        (2.0, head + 1.6), (5.5, head + 0.6), (11.4, head - 6), (12.4, foot + 3), (8.6, foot + 2.2), (8.2, head - 8),
        (8.8, foot - 3),
    ]  # fmt: skip
    coat = [
        *(v.at(mid + dx, y, _WALL - 1) for dx, y in side),
        *(v.at(mid - dx, y, _WALL - 1) for dx, y in reversed(side)),
    ]
    dye = mix(mix(colours.roof, colours.wood, 0.35), brush.tones.near, 0.2)
    seams = [shapes.lens(v.at(mid, head, _WALL), v.at(mid + 0.4, foot - 2, _WALL), 0.4 * v.k(_WALL))]
    brush.cut([coat], dye, 1.0 * v.u, rim=0.6)
    brush.stain(seams, scale(dye, 0.4), 200)
    brush.cut([v.face(mid + 2.6, foot + 4, mid + 6.4, foot + 8, _WALL)], mix(dye, colours.wall, 0.3), 0.15 * v.u)


def _soot(brush: Brush) -> None:
    """Draw the soot on the wall behind the stove, which was given up in August 1958."""
    plumes = (  # all of it is below the window
        ((-44.5, 6), (-43.5, 15), (-38, 21.4), (-30, 22), (-22, 19), (-18, 6), (-32, 4)),
        ((-40, 7), (-37.5, 14), (-31, 18), (-25, 14), (-22.5, 7), (-31, 6)),
    )
    for plume, tone in zip(plumes, (mix(brush.colours.ink, brush.tones.wall, 0.3), brush.colours.ink), strict=True):
        brush.stain([shapes.smooth([brush.view.at(x, y, _WALL) for x, y in plume], 6, closed=True)], tone, 44)


def _where_the_stove_stood(brush: Brush) -> None:
    """Draw the bricks that are left of the stove. If the family kept its jar, draw its cooking fire there too."""
    v, colours, state = brush.view, brush.colours, brush.state
    k = v.k(14)
    brick = mix(mix(colours.earth, colours.wall, 0.3), colours.ink, 0.3)
    steps = ((-45, 8.0), (-41, 5.5), (-36, 6.8), (-32, 4.2), (-27, 5.2), (-22.5, 3.6))
    ends = (*(x for x, _ in steps[1:]), -18)
    course = [
        (-45, 0.0),
        *((x, y) for (left, y), right in zip(steps, ends, strict=True) for x in (left, right)),
        (-18, 0.0),
    ]
    joints: list[Shape] = [
        shapes.lens(v.at(left + 0.4, y - 1.3 * down, 14), v.at(right - 0.6, y - 1.3 * down, 14), 0.2 * k)
        for (left, y), right in zip(steps, ends, strict=True)
        for down in (1, 2)
    ]
    brush.cut([[v.at(x, y, 14) for x, y in course]], brick, 0.7 * v.u, holes=joints, lit=0.2)
    if state.jar and state.lamp:
        _tin(brush)


def _tin(brush: Brush) -> None:
    v, colours = brush.view, brush.colours
    z, x = 8.0, -23.0
    brick = mix(mix(colours.earth, colours.wall, 0.3), colours.ink, 0.42)
    at = v.at(x, 4.0, z)
    k = v.k(z)
    brush.glow(at, 14 * v.u, colours.fire, 0.4)
    brush.cut([v.face(x - 4.6, 0, x - 2.2, 5.2, z), v.face(x + 2.2, 0, x + 4.6, 5.2, z)], brick, 0.4 * v.u)
    coals = [shapes.ellipse(at[0] + dx * k, at[1] + 0.5 * k, 0.8 * k, 0.5 * k, 16) for dx in (-1.2, 0.1, 1.3)]
    brush.stain(coals, colours.fire, 235)
    metal = mix(brush.tones.near, colours.wall, 0.3)
    brush.cut([v.face(x - 3, 5.2, x + 3, 9.4, z)], metal, 0.5 * v.u, rim=0.8)
    tx, ty = v.at(x, 9.4, z)
    brush.stain([shapes.ellipse(tx, ty, 3.0 * k, 0.6 * k, 24)], scale(metal, 0.5), 255)
    brush.move("flame", at, 14 * v.u, colours.fire, "kitchen tin", strength=0.6)


def _bed(brush: Brush) -> None:
    """Draw the brick bed along the right of the far wall, with a reed mat and a patched quilt."""
    v, tones, colours = brush.view, brush.tones, brush.colours
    near, far, left, right, head = 5.0, _WALL, 9.0, _HALF, 11.0
    k = v.k(near)
    clay = mix(mix(tones.wall, colours.earth, 0.35), colours.ink, 0.2)
    mat = mix(mix(colours.ear, tones.wall, 0.5), colours.ink, 0.25)
    brush.cut([v.flat(left, right, near, far, head)], mat, 0.6 * v.u, lit=0.2)
    brush.stain([v.flat(left + 1, right, z - 0.3, z, head) for z in (8.5, 12, 15.5, 19)], scale(mat, 0.6), 110)
    brush.cut([v.face(left, 0, right, head, near)], clay, 0.9 * v.u, lit=0.18)
    bricks = [
        shapes.lens(
            v.at(left + 1 + 4 * i + 2 * (c % 2), 2.4 + 2.6 * c, near),
            v.at(left + 4 + 4 * i + 2 * (c % 2), 2.4 + 2.6 * c, near),
            0.2 * k,
        )
        for c in range(3)
        for i in range(9)
    ]
    brush.stain(bricks, scale(clay, 0.5), 190)
    dyes = (
        mix(colours.roof, colours.wall, 0.3),
        mix(colours.wood, colours.wall, 0.45),
        mix(colours.leaf, colours.wall, 0.4),
    )
    # The quilt lies on the bed and hangs far over its edge, where its patches show.
    edge_of = near - 0.4
    top = [(18.0, 22.0, 0.9), (45.0, 22.0, 0.9), (45.6, 14.0, 1.6), (45.2, edge_of, 1.0)]
    hem = [(x, edge_of, -y) for x, y in ((44.6, 6.6), (39, 7.3), (33, 6.5), (26, 7.4), (20, 6.6), (15.8, 7.0))]
    west = [(15.4, edge_of, 1.0), (16.6, 14.0, 1.5)]
    quilt = mix(dyes[0], tones.near, 0.15)
    whole = [v.at(x, head + y, z) for x, z, y in (*top, *hem, *west)]
    brush.cut([whole], quilt, 0.9 * v.u, lit=0.24, dark=0.8, rim=0.6)
    bend = [v.at(x, head + 0.9 - 0.5 * (i % 2), edge_of) for i, x in enumerate((15.6, 22, 29, 36, 45))]
    brush.stain([shapes.ribbon(bend, [0.35 * k] * 5)], scale(quilt, 0.5), 130)
    for i, (x, y) in enumerate(((17, 4.6), (22.2, 0.9), (26.6, 4.3), (31.6, 1.6), (36.4, 4.5), (40.4, 1.0))):
        patch = [v.at(x + dx, head - y + dy, edge_of) for dx, dy in ((0, 0.2), (4.2, 0.5), (4.0, -2.4), (-0.2, -2.7))]
        brush.cut([patch], mix(dyes[(i + 1) % 3], tones.near, 0.12), 0.15 * v.u, rim=0.5)
    pillow = [(36.6, 0.8), (37.0, 3.0), (41.0, 3.6), (45.2, 2.9), (45.4, 0.8)]
    roll = shapes.smooth([v.at(x, head + y, 20) for x, y in pillow], 5)
    brush.cut([roll], mix(dyes[1], tones.near, 0.3), 0.4 * v.u, lit=0.2, rim=0.6)


def _on_the_table(brush: Brush) -> None:
    """Draw a bowl for each person present, a ring for each missing person, a ladle and a bucket. Whoever claims to have
    eaten turns the bowl upside down."""
    v, tones, colours, state = brush.view, brush.tones, brush.colours, brush.state
    wood = mix(tones.far, colours.earth, 0.3)
    x, y = v.at(-20.5, 12, -19)
    k = v.k(-19)
    brush.stain([shapes.ellipse(x + 2 * k, y, 4.4 * k, 0.9 * k, 24)], colours.shadow, 110)
    tableware.bucket(brush, x, y, 0.86 * k)
    for i, size in enumerate(_BOWLS):
        bx, by = v.at((i - 2.15) * 7.2, 12, -28)
        bk = 0.58 * v.k(-28) * size
        if i >= state.bowls:
            tableware.ring(brush, bx, by, bk, wood)
        else:
            brush.stain([shapes.ellipse(bx - 1.6 * bk, by + 0.5 * bk, 4.4 * bk, 1.1 * bk, 24)], colours.shadow, 120)
            turned = i == min(state.bowls, len(_BOWLS)) - 1 and state.thing == "turned"
            with brush.parts.named(f"bowl {i} turned" if turned else f"bowl {i}", away=(0, -3 * bk)):
                if turned:
                    tableware.turned_bowl(brush, bx, by, bk)
                else:
                    tableware.bowl(brush, bx, by, bk, False)
    tableware.ladle(brush, v.at(-10.5, 13.2, -19.5), v.at(7, 13.4, -18), 0.5 * k, mix(colours.wood, colours.wall, 0.4))


def _lamp(brush: Brush, at: Point | None) -> None:
    """Draw a wick in a dish, which gives just enough light for sewing. `at` is its flame; None if it does not burn."""
    v, colours = brush.view, brush.colours
    x, y = v.at(22, 12, -19.5)
    k = v.k(-19.5)
    clay = mix(mix(colours.earth, colours.wood, 0.4), colours.ink, 0.2)
    edge = mix(colours.rim, colours.light, 0.5)
    foot = shapes.smooth(shapes.points(x, y, k, (-2.4, 0), (-1.3, -0.6), (-1.2, -1.4)), 4)
    stem = [*foot, *[(2 * x - px, py) for px, py in reversed(foot)]]
    dish = shapes.points(x, y, k, (-4.2, -3.1), (4.6, -3.3), (2.4, -1.5), (-2.2, -1.3))
    wick = shapes.ribbon(shapes.points(x, y, k, (0.6, -3.1), (3.6, -3.5), (4.9, -3.9)), [0.5 * k] * 3)
    brush.cut([shapes.smooth(dish, 3, closed=True), stem], clay, 0.7 * k, rim=0.8, edge=(edge, brush.fine))
    brush.cut([wick], mix(colours.rim, clay, 0.3), 0.2 * k, edge=(edge, brush.fine))
    if at is None:
        return
    fx, fy = at
    tongue = shapes.smooth(shapes.points(fx, fy, k, (0.1, -1.7), (0.6, -0.2), (0, 0.8), (-0.6, -0.1)), 6, closed=True)
    brush.lay([tongue], (255, 250, 214), colours.fire)
    brush.glow(at, 8 * v.u, colours.light, 0.75)
    brush.glow(at, 30 * v.u, colours.light, 0.38)
    brush.move("flame", at, 60 * v.u, colours.light, "kitchen")
