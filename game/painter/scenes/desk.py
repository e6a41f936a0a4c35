"""Scene `desk`: the writing table by night, with a window, a shelf of ledgers and a lamp."""

from __future__ import annotations

import random
from dataclasses import replace

from game.painter.canvas import SNOW, Brush, Colour, Frame, Point, Shape, mix, room, scale, shapes
from game.painter.props import landscape, writing
from game.painter.props.interior import hung_coat, lamplit, lattice, plaster
from game.painter.props.keepsakes import TableSpot, keepsake

_LAMPLIT_WALL: Colour = (122, 88, 54)
_BOARD = 0.62  # the row of the table's far edge, as a share of the subject area's height


def _window(frame: Frame) -> tuple[float, float, float, float]:
    """Return the opening in the wall: left, top, right and foot, in pixels."""
    u = frame.u
    middle = frame.y(0.33)
    return frame.x(0.5) + 6 * u, middle - 24 * u, frame.x(0.5) + 37 * u, middle + 15 * u


def desk(brush: Brush) -> None:
    """Paint the desk, under its lamp or by the window's light."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    _outside(brush)
    inside = lamplit(colours, state) if state.lamp and state.hour == "night" else colours
    tones = room(inside, replace(state, hour="dusk" if state.hour == "night" and state.lamp else state.hour))
    brush = brush.indoors(tones=tones)
    lit = replace(brush, colours=inside)
    wall: Colour = mix(tones.wall, _LAMPLIT_WALL, 0.5) if state.lamp else scale(tones.wall, 0.8)
    _wall(brush, wall)
    _shelf(lit)
    _coat(lit)
    foot = frame.x(0.5) - 13 * u, frame.y(0.705)  # of the lamp
    at = (foot[0], foot[1] - 9 * u) if state.lamp else None
    if at:
        brush.glow(at, 62 * u, colours.light, 0.46)
    _table(brush, mix(tones.far, tones.near, 0.4))
    if at:
        brush.glow((at[0], frame.y(0.75)), 64 * u, colours.light, 0.4, 0.36)
    edge = mix(colours.light, (255, 250, 230), 0.3) if state.lamp else tones.edge
    brush = replace(brush, edge=(edge, brush.fine))
    lit = replace(lit, edge=brush.edge)
    writing.cap(lit)
    writing.abacus(lit)
    writing.slips(lit)
    writing.leaves(lit)
    writing.writing_brush(lit)
    paper = writing.LAMPLIT_PAPER if state.lamp else mix(mix(colours.rim, colours.wall, 0.3), colours.ink, 0.3)
    keepsake(lit, state.thing, TableSpot(frame.x(0.5) + 22 * u, frame.y(0.915), u, paper))
    writing.lamp(brush, foot, u)
    brush.finish((frame.x(0.5) - 4 * u, frame.y(0.6)), 0.62 if state.lamp else 0.42)


def _outside(brush: Brush) -> None:
    u, frame = brush.u, brush.frame
    left, top, right, foot = _window(frame)
    moon = ((left + 0.68 * (right - left) - frame.left) / frame.width, (top + 9 * u - frame.top) / frame.height)
    landscape.sky(brush, foot, moon)
    crest = shapes.profile(random.Random("desk ridge"), foot - 12 * u, 2.4 * u, 50 * u)
    with brush.parts.nameless():
        landscape.wooded(brush, crest, 0.25, 12 * u, "desk wood", (6.5 * u, 2.6 * u))
    landscape.ridge(brush, shapes.profile(random.Random("desk roofs"), foot - 5 * u, 0.8 * u, 40 * u), 0.6, 16 * u)


def _wall(brush: Brush, wall: Colour) -> None:
    """Draw the wall with a deep window: the sides of its opening, the lattice, and snow on the sill."""
    tones, u, frame, colours = brush.tones, brush.u, brush.frame, brush.colours
    left, top, right, foot = _window(frame)
    low = frame.y(_BOARD) + 2 * u
    opening = shapes.box(left, top, right - left, foot - top)
    timber = mix(tones.far, tones.near, 0.45)
    inner = (left + 2.6 * u, top + 2.2 * u, right - 1.4 * u, foot - 2.4 * u)
    panes = lattice(inner[0], inner[1], inner[2] - inner[0], inner[3] - inner[1], 4, 5, 0.8 * u)
    deep = mix(wall, colours.ink, 0.35)
    # The window's sides are a sheet behind the wall; the lattice is at its far edge.
    brush.lay(
        [shapes.box(left - u, top - u, right - left + 2 * u, foot - top + 2 * u)],
        deep,
        scale(deep, 0.8),
        holes=panes,
        edge=(mix(timber, tones.edge, 0.4), 0.25 * u),
    )
    if brush.state.snow:
        drift = shapes.smooth([
            (inner[0], inner[3] - 1.6 * u), (inner[0] + 7 * u, inner[3] - 0.9 * u),
            (inner[2] - 9 * u, inner[3] - 2.2 * u), (inner[2], inner[3] - 1.4 * u),
        ], 5)  # fmt: skip
        snow = mix(SNOW, colours.sky_low, 0.35)
        brush.stain([[*drift, (inner[2], inner[3]), (inner[0], inner[3])]], snow, 235, mix(snow, colours.sky_low, 0.4))
        landscape.snow(brush, "desk snow", panes)
    outlines = [shapes.box(-2 * u, -2 * u, frame.w + 4 * u, low + 2 * u)]
    rim = mix(wall, tones.edge, 0.4), 0.3 * u
    brush.lay(outlines, scale(wall, 0.55), wall, 2.2 * u, holes=[opening], edge=rim, span=(0, low))
    if u > 0.5:
        plaster(brush, (0, 0, left - 4 * u, low), wall, u, "desk wall")
        plaster(brush, (right + 4 * u, 0, frame.w, low), wall, u, "desk wall 2")
    frame_cuts = [
        shapes.box(left - 2.2 * u, top - 2.6 * u, right - left + 4.4 * u, 2.8 * u),
        shapes.box(left - 3.6 * u, foot, right - left + 7.2 * u, 2.6 * u),
    ]
    brush.cut(frame_cuts, timber, 1.2 * u)
    shutter = [(left, top), (left - 9 * u, top - 1.6 * u), (left - 9 * u, foot + 1.2 * u), (left, foot)]
    ribs = [
        shapes.ribbon(
            [(left, top + f * (foot - top)), (left - 9 * u, top - 1.6 * u + f * (foot - top + 2.8 * u))], [0.3 * u] * 2
        )
        for f in (0.04, 0.5, 0.96)
    ]
    brush.cut([shutter], mix(timber, tones.near, 0.3), 1.4 * u)
    brush.stain(ribs, scale(timber, 0.55), 190)


def _shelf(brush: Brush) -> None:
    tones, u, frame, colours = brush.tones, brush.u, brush.frame, brush.colours
    rng = random.Random("ledgers")
    timber = mix(tones.far, tones.near, 0.5)
    right = frame.x(0.5) - 12 * u
    cloths = (
        mix(colours.roof, colours.wall, 0.12),
        mix(colours.wood, colours.wall, 0.3),
        mix(colours.roof, colours.wood, 0.5),
    )
    for row in range(2):
        y = frame.y(0.33) + (-13 + 16 * row) * u
        planks = [shapes.box(-3 * u, y, right + 3 * u - 4 * u * row, 1.5 * u)]
        books: list[tuple[int, Shape]] = []
        labels: list[Shape] = []
        x = right - (3 + 5 * row) * u
        while x > -4 * u and u > 0.2 and len(books) < 90:
            w, h = rng.uniform(1.5, 3.2) * u, rng.uniform(8, 11) * u
            kind = rng.random()
            if kind < 0.1:
                x -= rng.uniform(3, 9) * u
                continue
            if kind < 0.24:
                for i in range(rng.randint(2, 4)):
                    books.append(
                        (
                            rng.randrange(3),
                            shapes.box(x - 9 * u + rng.uniform(-0.4, 0.4) * u, y - (1.9 * (i + 1)) * u, 9 * u, 1.8 * u),
                        )
                    )
                x -= 10 * u
                continue
            lean = rng.uniform(0.5, 2.2) * u if kind < 0.4 else 0.0
            books.append((rng.randrange(3), [(x - w - lean, y - h), (x - lean, y - h), (x, y), (x - w, y)]))
            if not lean and w > 2 * u:
                labels.append(shapes.box(x - w + 0.5 * u, y - h + 1.5 * u, w - 1.0 * u, 3.2 * u))
            x -= w + (lean + 0.15 * u)
        for i, cloth in enumerate(cloths):
            brush.cut([book for n, book in books if n == i], mix(cloth, tones.near, 0.2), 0.6 * u, rim=0.4)
        brush.stain(labels, mix(colours.rim, tones.wall, 0.35), 190)
        brush.cut(planks, timber, 1.3 * u)


def _coat(brush: Brush) -> None:
    tones, u, frame, colours = brush.tones, brush.u, brush.frame, brush.colours
    x, y = frame.x(0.5) + 56 * u, frame.y(0.33) - 18 * u
    if x - 9 * u > frame.w:
        return
    dye = mix(mix(colours.roof, colours.leaf, 0.25), tones.near, 0.3)
    coat, cuts = hung_coat(x, y, 2.3 * u)
    brush.cut([coat], dye, 1.6 * u, lit=0.16, rim=0.5)
    brush.stain(cuts, scale(dye, 0.5), 200)
    brush.cut([shapes.box(x - 0.8 * u, y - 1.6 * u, 1.6 * u, 3 * u)], mix(tones.far, tones.near, 0.3), 0.6 * u)


def _table(brush: Brush, timber: Colour) -> None:
    """Draw the table's boards, which run away from the viewer, with joints, grain, and one knot."""
    u, frame, edge = brush.u, brush.frame, brush.light
    top = frame.y(_BOARD)
    wood = mix(timber, writing.LAMPLIT_WOOD, 0.6) if brush.state.lamp else timber
    low = frame.h + 4 * u
    brush.lay(
        [shapes.box(-2 * u, top, frame.w + 4 * u, low - top)],
        mix(wood, edge, 0.16),
        scale(wood, 0.5),
        2.0 * u,
        edge=(mix(wood, edge, 0.7), 0.35 * u),
        span=(top, frame.y(1.0)),
        solid=top + 2 * u,
    )
    if u < 0.5:
        return
    vx, vy = frame.x(0.42), top - 62 * u

    def along(x: float, y: float) -> Point:
        """Return where a joint meets the row `y`. The joint starts at the column `x` of the table's far edge."""
        return (vx + (x - vx) * (y - vy) / (top - vy), y)

    rng = random.Random("boards")
    joints: list[Shape] = []
    grain: list[Shape] = []
    first, last = int((-30 * u - vx) / (15 * u)) - 1, int((frame.w + 30 * u - vx) / (15 * u)) + 1
    for i in range(first, last):
        x = vx + 15 * i * u
        joints.append([along(x, top), along(x + 0.22 * u, top), along(x + 0.3 * u, low), along(x, low)])
        for _ in range(4):
            dx, y = rng.uniform(1, 14) * u, rng.uniform(top + 2 * u, frame.h - 6 * u)
            a, b = along(x + dx, y), along(x + dx + rng.uniform(-0.5, 0.5) * u, y + rng.uniform(5, 16) * u)
            grain.append(shapes.lens(a, b, rng.uniform(0.2, 0.4) * u))
    brush.stain([*joints, *grain], scale(wood, 0.42), 120)
