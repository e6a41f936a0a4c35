"""Scene `workshop`: a city workshop: rows of benches, bobbins of copper wire, a clock, and people from behind."""

from __future__ import annotations

import math
import random

from game.painter.canvas import Brush, Colour, Origin, Perspective, Shape, mix, scale, shapes
from game.painter.props import figures, meeting
from game.painter.props.interior import lattice, paved, plaster, shafts

_WALL, _HIGH = 84.0, 66.0
_COPPER: Colour = (190, 116, 66)
_ROWS = (44.0, 5.0)
_LAMPS = (-32.0, 0.0, 32.0)


def workshop(brush: Brush) -> None:
    """Paint the workshop."""
    frame = brush.frame
    brush = brush.indoors(Perspective(frame.x(0.5), frame.y(0.5), frame.u, eye=27, reach=58))
    _city(brush)
    _wall(brush)
    paved(brush, mix(brush.tones.floor, brush.tones.near, 0.2), _WALL, 16)
    _ceiling(brush)
    for row, z in enumerate(_ROWS):
        _bench(brush, row, z)
        _lights(brush, z)
    through_windows = [
        brush.view.points((x - 8, 56, _WALL), (x + 8, 56, _WALL), (x + 34, 0, 20), (x + 12, 0, 20))
        for x in (-72, -36, 0)
    ]
    shafts(brush, through_windows, brush.tones.day, 0.16, "workshop dust")
    _near(brush)
    brush.finish(brush.view.at(0, 20, 30), 0.44)


def _city(brush: Brush) -> None:
    v, frame, colours = brush.view, brush.frame, brush.colours
    brush.backing(v.y + 4 * v.u)
    rng = random.Random("city")
    tone = mix(colours.hill(0.2), colours.sky_low, 0.3)
    roofs: list[Shape] = []
    x = -6 * v.u
    while x < frame.w + 6 * v.u and v.u > 0.2:
        w, h = rng.uniform(5, 10) * v.u, rng.uniform(1.6, 4) * v.u
        roofs.append([
            (x, v.y + 6 * v.u), (x, v.y - h * 0.6), (x + w / 2, v.y - h), (x + w, v.y - h * 0.6),
            (x + w, v.y + 6 * v.u),
        ])  # fmt: skip
        x += w * rng.uniform(0.7, 1.3)
    brush.cut(roofs, tone, 0.5 * v.u, dark=0.9, edge=(colours.rim, brush.fine))
    for i, x in enumerate((-47.0, -23.0, 3.0, 27.0, 72.0, 121.0)):
        px = v.x + x * 0.62 * v.u
        if -9 * v.u < px < frame.w + 9 * v.u:
            stack = shapes.points(px, v.y, v.u, (-0.9, 0), (-0.6, -5.6), (0.6, -5.6), (0.9, 0))
            brush.cut([stack], mix(tone, colours.ink, 0.3), 0.3 * v.u, edge=(colours.rim, brush.fine))
            if brush.state.smoke:
                curl = shapes.curl(random.Random(f"city {i}"), px, v.y - 5.4 * v.u, 8 * v.u, 2.6 * v.u, 5 * v.u)
                brush.stain([curl], mix(colours.smoke, colours.rim, 0.3), 150)


def _wall(brush: Brush) -> None:
    """Draw the far wall: brick below, and above it windows of many small panes, side by side."""
    v, tones, frame, colours = brush.view, brush.tones, brush.frame, brush.colours
    k = v.k(_WALL)
    panes: list[Shape] = []
    sills: list[Shape] = []
    first, last = math.floor(v.x_at(0, _WALL) / 36) - 1, math.ceil(v.x_at(frame.w, _WALL) / 36) + 1
    if last - first > 40:
        first, last = -3, 3
    for i in range(first, last):
        x0, y0 = v.at(36 * i - 13, 57, _WALL)
        panes += lattice(x0, y0, 26 * k, 33 * k, 5, 6, 0.9 * k)
        sills.append(v.face(36 * i - 14.5, 22, 36 * i + 14.5, 24, _WALL))
    wall = mix(mix(tones.wall, colours.earth, 0.35), colours.ink, 0.1)
    left, right = v.sides(frame.w, _WALL)
    rim = mix(wall, tones.edge, 0.7), 0.2 * v.u
    brush.lay([v.face(left, 0, right, _HIGH, _WALL)], scale(wall, 0.66), wall, 1.2 * v.u, holes=panes, edge=rim)
    plaster(brush, (0, v.at(0, 20, _WALL)[1], frame.w, v.at(0, 0, _WALL)[1]), wall, v.u, "workshop wall")
    brush.cut(sills, mix(tones.far, tones.near, 0.4), 0.4 * v.u)
    _clock(brush)


def _clock(brush: Brush) -> None:
    v, tones, colours = brush.view, brush.tones, brush.colours
    k = v.k(_WALL)
    x, y = v.at(18, 46, _WALL)
    white = mix(colours.rim, tones.wall, 0.2)
    brush.cut([v.face(14, 20, 22, _HIGH, _WALL)], mix(tones.wall, colours.earth, 0.3), 0.3 * v.u)
    brush.cut([shapes.ellipse(x, y, 6.4 * k, 6.4 * k, 48)], mix(colours.ink, tones.near, 0.3), 0.5 * v.u)
    brush.stain([shapes.ellipse(x, y, 5.5 * k, 5.5 * k, 44)], white, 255)
    slice_ = [
        (x, y),
        *((x + 5 * k * math.sin(a), y - 5 * k * math.cos(a)) for a in (math.tau * 0.75 * i / 30 for i in range(31))),
    ]
    brush.stain([slice_], mix(colours.light, white, 0.4), 150)
    corners = [(x, y), (x + 2.4 * k, y - 1.8 * k)]
    hands = [shapes.ribbon([(x, y), (x - 5.2 * k, y)], [0.7 * k, 0.4 * k]), shapes.ribbon(corners, [0.9 * k, 0.6 * k])]
    brush.stain(hands, colours.ink, 255)


def _ceiling(brush: Brush) -> None:
    """Draw iron trusses under a board roof, and the long shaft with belts that drive nothing yet."""
    v, tones, frame = brush.view, brush.tones, brush.frame
    near = -34.0
    tone = mix(tones.near, tones.far, 0.14)
    left, right = v.sides(frame.w, _WALL)
    boards = [v.at(left, _HIGH, _WALL), v.at(right, _HIGH, _WALL), (frame.w + 3 * v.u, -3 * v.u), (-3 * v.u, -3 * v.u)]
    brush.lay([boards], scale(tone, 0.45), tone, span=(0, v.at(0, _HIGH, _WALL)[1]))
    brush.stain([v.flat(x - 0.5, x + 0.5, near, _WALL, _HIGH) for x in range(-150, 151, 15)], scale(tone, 0.5), 160)
    iron = mix(tones.near, tones.far, 0.4)
    for i, z in enumerate((62.0, 34.0, 10.0)):
        a, b = v.sides(frame.w, z)
        bars = [v.face(a, 60, b, 61.4, z), v.face(a, _HIGH - 1.2, b, _HIGH, z)]
        k = v.k(z)
        if b - a < 600:
            for j in range(math.floor(a / 9), math.ceil(b / 9)):
                ends = (v.at(9 * j, 60.4, z), v.at(9 * j + 9, _HIGH - 0.4, z))
                if j % 2:
                    ends = (v.at(9 * j, _HIGH - 0.4, z), v.at(9 * j + 9, 60.4, z))
                bars.append(shapes.ribbon(ends, 0.55 * k))
        brush.cut(bars, mix(iron, tones.near, 0.3 * i), (0.5 + 0.4 * i) * v.u, rim=0.4)


def _lights(brush: Brush, z: float) -> None:
    v, tones, colours = brush.view, brush.tones, brush.colours
    burning = [v.at(x, 45, z) for x in _LAMPS] if brush.state.lamp and brush.state.hour != "day" else []
    k = v.k(z)
    enamel = mix(tones.near, tones.wall, 0.3)
    cuts: list[Shape] = []
    for x in _LAMPS:
        px, py = v.at(x, 45, z)
        cuts.append(shapes.ribbon([v.at(x, _HIGH, z), (px, py - 2.4 * k)], 0.3 * k))
        cuts.append(shapes.points(px, py, k, (-4.4, -0.4), (-1, -3), (1, -3), (4.4, -0.4)))
    brush.cut(cuts, enamel, 0.5 * k)
    brush.glows(burning, 17 * k, colours.light, 0.34)
    brush.glows([(x, y + 30 * k) for x, y in burning], 24 * k, colours.light, 0.26, 0.36)
    bulbs = [shapes.ellipse(x, y, 1.2 * k, 1.3 * k, 18) for x, y in burning]
    brush.stain(bulbs, mix(colours.light, (255, 255, 255), 0.6), 255)
    for i, at in enumerate(burning):
        brush.move("flame", at, 20 * k, colours.light, f"bulb {z} {i}", strength=0.25)


def _bobbin(x: float, foot: float, k: float) -> tuple[list[Shape], Shape]:
    """Return a bobbin that stands on its end: its two discs, and its wire."""
    origin = Origin(x, foot, k)
    wire = origin.box(-1.5, -4.4, 3, 3.8)
    return [origin.box(-2, -0.7, 4, 0.7), origin.box(-2, -5, 4, 0.7)], wire


def _bench(brush: Brush, row: int, z: float) -> None:
    """Draw a bench across the room with bobbins and winding wheels, and the women at it."""
    v, tones, colours, state = brush.view, brush.tones, brush.colours, brush.state
    k, near = v.k(z), float(row)
    wood = mix(tones.far, tones.near, 0.35 + 0.3 * near)
    copper = mix(_COPPER, tones.near, 0.45 if state.hour == "night" else 0.22)
    tops: list[Shape] = []
    ends: list[Shape] = []
    wires: list[Shape] = []
    wheels: list[Shape] = []
    seated: list[figures.FigureOutlines] = []
    lefts: list[float] = []

    def woman(rng: random.Random, x: float) -> figures.FigureOutlines:
        kind: figures.Kind = rng.choice(("scarf", "bun", "scarf", "bun", "cap"))
        return figures.bust(rng, *v.at(x, 9.4, z - 8), 1.5 * k, kind, v.at(x, 0, z - 5)[1])

    for i in range(-4, 5):
        left = i * 28.0 - 12.5
        if not -30 * k < v.at(left, 0, z)[0] < brush.frame.w + 4 * k:
            continue
        lefts.append(left)
        tops += [v.flat(left, left + 25, z - 5, z + 4, 16), v.face(left, 13.8, left + 25, 16, z - 5)]
        tops += [v.face(left + d, 0, left + d + 1.6, 14, z - 4) for d in (1.5, 22)]
        for j in (-2.2, -1, 1, 2.2):
            x, foot = v.at(left + 12.5 + 4.6 * j, 16, z)
            discs, wire = _bobbin(x, foot, k * (0.9 if j in (-1, 2.2) else 0.8))
            ends += discs
            wires.append(wire)
        wx, wy = v.at(left + 12.5, 22, z + 1)
        wheels.append(shapes.hoop(wx, wy, 5.2 * k, 5.2 * k, 0.6 * k, 30))
        wheels += [
            shapes.ribbon(
                [
                    (wx - 5.2 * k * math.cos(a), wy - 5.2 * k * math.sin(a)),
                    (wx + 5.2 * k * math.cos(a), wy + 5.2 * k * math.sin(a)),
                ],
                [0.35 * k] * 2,
            )
            for a in (0.4, 1.45, 2.5)
        ]
        seated += meeting.sitters(f"workshop {row} {i}", (left + 2.5, left + 20), state.people / 10 * 1.02, 0.0, woman)
    brush.cut(wheels, mix(tones.near, tones.wall, 0.2), 0.4 * k)
    brush.cut(tops, wood, 0.9 * k, lit=0.2)
    brush.cut(wires, copper, 0.4 * k, rim=0.7)
    brush.cut(ends, mix(wood, tones.wall, 0.2), 0.3 * k)
    stools = [v.face(left + d, 0, left + d + 1, 8.6, z - 8) for left in lefts for d in (0, 5, 17.5, 22.5)]
    stools += [v.face(left + d, 7.4, left + d + 7, 9, z - 8) for left in lefts for d in (-0.5, 17)]
    coat = mix(mix(colours.roof, colours.wood, 0.2), tones.near, 0.3 + 0.35 * near)
    figures.legs(brush, seated, coat)
    brush.cut(stools, mix(wood, tones.near, 0.4), 0.6 * k)
    if seated:
        figures.group(brush, seated, coat, mix(coat, colours.wall, 0.18), tones.edge, 1.3 * k)


def _near(brush: Brush) -> None:
    """Draw great drums of wire on the floor in front of the viewer, and a barrow's handle."""
    v, tones, colours = brush.view, brush.tones, brush.colours
    z, k = -22.0, v.k(-22)
    copper = mix(_COPPER, tones.near, 0.5 if brush.state.hour == "night" else 0.3)
    dark = mix(tones.near, colours.ink, 0.3)
    for x, size in ((-22.0, 0.94), (-12.6, 0.66), (27.0, 0.84)):
        px, py = v.at(x, 0, z)
        s = size * k
        origin = Origin(px, py, s)
        brush.stain([origin.ellipse(2, 0, 8, 1.6, 30)], colours.shadow, 120)
        body = origin.points((-5.6, -12), (5.6, -12), (5.6, 0.9), (-5.6, 0.9))
        turns = [origin.lens((-5.6, -(2.4 + 1.1 * i)), (5.6, -(2.2 + 1.1 * i)), 0.22) for i in range(9)]
        brush.cut([body], copper, 0.9 * s, lit=0.2, rim=0.6)
        brush.stain(turns, scale(copper, 0.5), 190)
        for y in (py, py - 12.6 * s):
            under = shapes.lip(px, y, 7 * s, 1.5 * s, 40)
            lip = [*under, *[(a, b - 1.4 * s) for a, b in reversed(under)]]
            brush.cut([lip], dark, 0.7 * s, rim=0.6)
        brush.cut([origin.ellipse(0, -14, 7, 1.5, 40)], mix(dark, tones.wall, 0.2), 0.2 * s, rim=0.7)
