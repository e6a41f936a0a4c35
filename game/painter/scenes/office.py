"""Scene `office`: the commune's office: a telephone on the wall, and below it a table with two books."""

from __future__ import annotations

import math
import random
from dataclasses import replace

from game.painter.canvas import Brush, Colour, Frame, Origin, Palette, Point, Shape, mix, room, scale, shapes
from game.painter.props import landscape
from game.painter.props.interior import lamplit, lattice, outside, plaster

_TABLE = 0.74  # the row of the table's far edge, as a share of the subject area's height


def office(brush: Brush) -> None:
    """Paint the office, by its lamp or by its window."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    dark = state.hour in ("night", "dusk")
    inside = lamplit(colours, state) if state.lamp and dark else colours
    tones = room(inside, state)
    brush = brush.indoors(tones=tones)
    lit = replace(brush, colours=inside)
    wall = mix(tones.wall, (124, 96, 62), 0.4) if state.lamp and dark else mix(tones.wall, tones.near, 0.12)
    _wall(brush, wall)
    at = (frame.across(67), frame.y(_TABLE + 0.05) - 8.4 * u) if state.lamp else None
    if at:
        brush.glow((at[0], at[1] - 4 * u), 54 * u, colours.light, 0.4)
    _notices(lit, wall)
    _telephone(lit)
    _table(lit)
    if at:
        brush.glow((at[0], frame.y(_TABLE + 0.07)), 46 * u, colours.light, 0.4, 0.3)
    _laid(lit, frame.y(_TABLE))
    _lamp(lit, at, colours)
    brush.finish((frame.across(48), frame.y(0.5)), 0.56 if dark else 0.4)


def _opening(frame: Frame) -> tuple[float, float, float, float]:
    """Return the window: left, top, right and foot, in pixels."""
    u = frame.u
    return frame.across(4), frame.y(0.4) - 24 * u, frame.across(30), frame.y(0.4) + 10 * u


def _wall(brush: Brush, wall: tuple[int, int, int]) -> None:
    """Draw a whitewashed wall with a faded green band below and a window of paper panes."""
    tones, u, frame, state = brush.tones, brush.u, brush.frame, brush.state
    left, top, right, foot = _opening(frame)
    outside(brush, foot - 9 * u, u)
    panes = lattice(left, top, right - left, foot - top, 3, 4, 0.9 * u)
    low = frame.y(_TABLE) + 12 * u
    whole = [shapes.box(-2 * u, -2 * u, frame.w + 4 * u, low + 2 * u)]
    rim = mix(wall, tones.edge, 0.6)
    brush.lay(whole, scale(wall, 0.6), wall, 1.4 * u, holes=panes, edge=(rim, 0.26 * u), span=(0, low))
    dado = mix(mix(brush.colours.leaf, wall, 0.66), tones.near, 0.3)
    line = frame.y(0.6)
    brush.stain([shapes.box(-2 * u, line, frame.w + 4 * u, low - line)], dado, 170, scale(dado, 0.8))
    brush.stain([shapes.box(-2 * u, line - 0.5 * u, frame.w + 4 * u, 0.7 * u)], scale(wall, 0.45), 150)
    plaster(brush, (right + 4 * u, 0, frame.w, low), wall, u, "office wall")
    plaster(brush, (0, 0, left - 4 * u, low), wall, u, "office wall 2")
    if state.snow:
        landscape.snow(brush, "office snow", panes)
    timber = mix(tones.far, tones.near, 0.5)
    sill = [
        shapes.box(left - 2 * u, top - 2 * u, right - left + 4 * u, 2 * u),
        shapes.box(left - 3.4 * u, foot, right - left + 6.8 * u, 2.2 * u),
        shapes.box(left - 2 * u, top, 2 * u, foot - top),
        shapes.box(right, top, 2 * u, foot - top),
    ]
    brush.cut(sill, timber, 1.0 * u)
    if state.hour != "night":
        light = [
            (right + 6 * u, top + 12 * u), (right + 24 * u, top + 20 * u), (right + 24 * u, foot + 18 * u),
            (right + 6 * u, foot + 8 * u),
        ]  # fmt: skip
        brush.stain([light], tones.day, 40)


def _notices(brush: Brush, wall: tuple[int, int, int]) -> None:
    u, frame, colours = brush.u, brush.frame, brush.colours
    rng = random.Random("notices")
    paper = mix(mix(colours.rim, wall, 0.36), brush.tones.near, 0.06)
    for x, y, w, h in ((70, 0.24, 12, 17), (84.5, 0.27, 9, 13), (72, 0.455, 9, 11)):
        left, top = frame.across(x), frame.y(y)
        origin = Origin(left, top, u)
        curl = origin.curve((w, h), (w * 0.5, h - 0.5), (0.4, h - 1.4), steps=4, closed=False)
        brush.cut([[(left, top), (left + w * u, top), *curl]], paper, 0.7 * u)
        rows = [
            origin.lens((1.2, 2.6 + 1.7 * i), (w - 1.4 - rng.random() * 3, 2.6 + 1.7 * i), 0.3)
            for i in range(int((h - 3.6) / 1.7))
        ]
        brush.stain(rows, colours.ink, 130)


def _telephone(brush: Brush) -> None:
    """Draw the telephone: a plain black box on a wall shelf, a crank at the side, the handset on top, cord and wire."""
    tones, u, frame, colours = brush.tones, brush.u, brush.frame, brush.colours
    x, y = frame.across(50), frame.y(0.33) + 12 * u  # the middle of the foot of the box
    origin = Origin(x, y, u)
    wood = mix(mix(tones.far, colours.wood, 0.4), tones.near, 0.25)
    dark = mix(colours.ink, tones.near, 0.22)
    line = [
        (1, -15), (1.2, -26), (1.4, -38), (4, -45), (16, -48), (40, -45.4),
        (max(frame.w - x, 60 * u) / u + 4, -47),
    ]  # fmt: skip
    wire = origin.curve(*line, steps=8, closed=False)
    brush.cut([shapes.ribbon(wire, 0.42 * u)], dark, 0.7 * u)
    knobs = [shapes.box(px - 0.7 * u, py - 1.2 * u, 1.4 * u, 2 * u) for px, py in (wire[16], wire[28])]
    brush.cut(knobs, mix(colours.rim, tones.wall, 0.3), 0.5 * u)
    brackets = [origin.points((s * 10, 1), (s * 10, 9), (s * 8.6, 9), (s * 5, 1)) for s in (-1, 1)]
    brush.cut(brackets, scale(wood, 0.8), 0.8 * u)
    brush.cut([origin.box(-14, 0, 28, 1.6)], wood, 1.6 * u, lit=0.3, rim=0.85)
    crank = [
        origin.box(8.4, -6.4, 3.4, 1.0),
        origin.ribbon([(11.6, -6.6), (12.4, -2.4)], [0.9, 0.8]),
        origin.ellipse(12.7, -1.8, 0.9, 1.2, 18),
    ]
    brush.cut(crank, mix(dark, tones.edge, 0.2), 0.8 * u, rim=0.9)
    body = origin.points((-7.4, -11), (7.4, -11), (8.2, -10.2), (9, 0), (-9, 0), (-8.2, -10.2))
    brush.cut([body], dark, 1.6 * u, lit=0.16, rim=0.8)
    forks = [
        origin.points((s * 4.2 - 1, -13.2), (s * 4.2 + 1, -13.2), (s * 4.2 + 1.4, -10.8), (s * 4.2 - 1.4, -10.8))
        for s in (-1, 1)
    ]
    brush.cut(forks, dark, 0.5 * u, rim=0.7)
    cord = [(-9.6, -12), (-11.8, -8), (-12.6, -1), (-12, 5), (-9, 7), (-6.6, 3), (-6.2, -1.4)]
    brush.cut([shapes.ribbon(origin.curve(*cord, steps=7, closed=False), 0.5 * u)], dark, 1.0 * u)
    half = [(0, -15.0), (5.4, -14.8), (7.4, -15.4), (9.8, -15.2), (11.0, -11.4), (6.8, -11.2), (6.2, -12.9), (0, -13.2)]
    handset = origin.curve(*half, steps=4, closed=False)
    brush.cut([[*handset, *((2 * x - px, py) for px, py in reversed(handset))]], dark, 1.1 * u, lit=0.2, rim=0.95)


def _table(brush: Brush) -> None:
    """Draw the table in front of the viewer, with boards across and a drawer. Beyond its ends are wall and floor."""
    tones, u, frame, colours = brush.tones, brush.u, brush.frame, brush.colours
    top = frame.y(_TABLE)
    near, low = top + 18.6 * u, frame.h + 4 * u
    wood = mix(mix(tones.far, tones.near, 0.35), colours.wood, 0.3)
    ground = mix(mix(tones.floor, colours.earth, 0.4), tones.near, 0.3)
    foot = top + 12 * u
    floor = shapes.box(-2 * u, foot, frame.w + 4 * u, low - foot)
    border = mix(ground, tones.edge, 0.4), 0.26 * u
    brush.lay([floor], ground, scale(ground, 0.45), edge=border, span=(foot, frame.y(1.0)), solid=foot + 2 * u)
    ends = frame.across(-7), frame.across(93)
    under = [(ends[0] + 3 * u, near), (ends[1] - 3 * u, near), (ends[1] + 2 * u, low), (ends[0] - 2 * u, low)]
    brush.stain([under], colours.shadow, 150)
    legs = [shapes.box(x, near, 3.4 * u, low - near) for x in (ends[0] + 3.5 * u, ends[1] - 6.9 * u)]
    brush.cut(legs, mix(wood, tones.near, 0.5), 1.0 * u, dark=0.5)
    outlines = [[(frame.across(1), top), (frame.across(85), top), (ends[1], near), (ends[0], near)]]
    border = mix(wood, tones.edge, 0.7), 0.32 * u
    brush.lay(outlines, mix(wood, tones.edge, 0.14), scale(wood, 0.72), 1.8 * u, edge=border, span=(top, near))
    rng = random.Random("office boards")
    marks: list[Shape] = []
    for t in (0.2, 0.43, 0.7):
        y = top + (near - top) * t
        left, right = frame.across(1 - 8 * t), frame.across(85 + 8 * t)
        marks.append(shapes.ribbon([(left, y), (right, y)], 0.26 * u))
        for _ in range(7):
            x, row = rng.uniform(left, right - 9 * u), y + rng.uniform(0.8, 3.0) * u
            marks.append(shapes.lens((x, row), (x + rng.uniform(4, 9) * u, row), 0.26 * u))
    brush.stain(marks, scale(wood, 0.42), 110)
    front = shapes.box(ends[0], near, ends[1] - ends[0], 5.2 * u)
    brush.cut([front], mix(wood, tones.near, 0.3), 1.2 * u, lit=0.16, dark=0.8, rim=0.8)
    drawer = shapes.box(frame.across(33), near + 1.1 * u, 20 * u, 3.2 * u)
    knob = shapes.ellipse(frame.across(43), near + 2.7 * u, 0.8 * u, 0.8 * u, 18)
    brush.cut([drawer], mix(wood, tones.near, 0.2), 0.3 * u, rim=0.5)
    brush.cut([knob], mix(wood, tones.edge, 0.25), 0.4 * u, rim=0.7)


def _lamp(brush: Brush, at: Point | None, flame: Palette) -> None:
    """Draw a wick in a saucer on a stand of clay. It burns, in the colours of `flame`, unless `at` is None."""
    tones, u, frame, colours = brush.tones, brush.u, brush.frame, brush.colours
    x, y = frame.across(67), frame.y(_TABLE + 0.05)
    clay = mix(mix(colours.earth, colours.wood, 0.4), tones.near, 0.25)
    foot = shapes.smooth(shapes.points(x, y, u, (-3.4, 0.8), (-1.1, -1), (-0.9, -5)), 4)
    stem = [*foot, *[(2 * x - px, py) for px, py in reversed(foot)]]
    dish = shapes.points(x, y, u, (-3.6, -6.8), (4.4, -7.2), (1.8, -4.8), (-1.8, -4.8))
    brush.stain([shapes.ellipse(x, y + 0.6 * u, 6 * u, 1.1 * u, 28)], colours.shadow, 110)
    brush.cut([stem, dish], clay, 0.9 * u, rim=0.8)
    wick = shapes.ribbon([(x + 2.2 * u, y - 6.8 * u), (x + 4.6 * u, y - 7.8 * u)], [0.5 * u, 0.4 * u])
    brush.cut([wick], mix(colours.rim, tones.near, 0.5), 0.2 * u)
    if at is None:
        return
    fx, fy = x + 4.6 * u, y - 8.2 * u
    tongue = shapes.smooth(shapes.points(fx, fy, u, (0.2, -3.4), (0.8, -0.6), (0, 0.7), (-0.8, -0.5)), 6, closed=True)
    brush.lay([tongue], (255, 250, 214), flame.fire)
    brush.glow((fx, fy), 8 * u, flame.light, 0.75)
    brush.glow((fx, fy), 28 * u, flame.light, 0.3)
    brush.move("flame", (fx, fy), 60 * u, flame.light, "office")


def _laid(brush: Brush, top: float) -> None:
    """Draw the things on the table. `top` is the row of the table's far edge."""
    tones, u, frame, colours, state = brush.tones, brush.u, brush.frame, brush.colours, brush.state
    paper = mix(colours.rim, tones.wall, 0.22)
    for i, (x, y, turn) in enumerate(((24, 8.4, -0.06), (36, 9.6, 0.05))):
        cloth = mix(mix(colours.roof, colours.wood, 0.2 + 0.5 * i), tones.near, 0.2)
        _book(brush, (frame.across(x), top + y * u), 8.6 * u, turn, cloth, paper)
    _ink(brush, top)
    place = (frame.across(53), top + 13.4 * u)
    if state.thing == "beans":
        _beans(brush, place, u)
    elif state.thing == "stubs":
        _permits(brush, place, u, paper)
    elif state.thing == "sheet":
        _sheet(brush, place, u, paper)


def _turned(at: Point, turn: float, points: list[Point]) -> Shape:
    """Turn points around the origin by `turn` radians, foreshorten them, and move the origin to `at`."""
    c, s = math.cos(turn), math.sin(turn)
    return [(at[0] + x * c - y * s, at[1] + (x * s + y * c) * 0.52) for x, y in points]


def _leaf(at: Point, turn: float, u: float | Point, left: float, top: float, right: float, foot: float) -> Shape:
    """Return a rectangle that lies on the table, turned around `at`. Its sides are in units from `at`."""
    return _turned(at, turn, shapes.points(0, 0, u, (left, top), (right, top), (right, foot), (left, foot)))


def _book(brush: Brush, at: Point, half: float, turn: float, cloth: Colour, paper: Colour) -> None:
    u, size = brush.u, (half, half * 0.82)
    cover = _leaf(at, turn, size, -0.6, -1, 0.6, 1)
    brush.stain([[(x - u, y + 2.6 * u) for x, y in cover]], (10, 8, 6), 90)
    brush.cut([[(x, y + 1.9 * u) for x, y in cover]], mix(paper, cloth, 0.35), 0.5 * u)
    brush.cut([cover], cloth, 0.5 * u, lit=0.2, rim=0.7)
    brush.cut([_leaf(at, turn, size, -0.42, -0.8, -0.14, 0.2)], paper, 0.1 * u)
    stitches = [_leaf(at, turn, size, 0.44, t, 0.6, t + 0.05) for t in (-0.8, -0.35, 0.1, 0.55)]
    brush.stain(stitches, mix(paper, cloth, 0.2), 220)


def _ink(brush: Brush, top: float) -> None:
    u, colours = brush.u, brush.colours
    x, y = brush.frame.across(9), top + 11 * u
    stone = mix(colours.ink, brush.tones.near, 0.35)
    brush.stain([shapes.ellipse(x - u, y + 1.6 * u, 6 * u, 1.4 * u, 24)], colours.shadow, 100)
    brush.cut([shapes.ellipse(x, y, 4.6 * u, 2.3 * u, 30)], stone, 0.8 * u, rim=0.8)
    brush.stain([shapes.ellipse(x, y - 0.2 * u, 3.2 * u, 1.4 * u, 26)], scale(stone, 0.4), 255)
    cane = shapes.ribbon([(x - 6 * u, y + 3 * u), (x + 5.6 * u, y - 3.6 * u)], [0.7 * u, 0.6 * u])
    brush.cut([cane], mix(colours.ear, colours.wood, 0.4), 0.7 * u, rim=0.8)
    tip = shapes.lens((x + 5 * u, y - 3.3 * u), (x + 8.4 * u, y - 5.2 * u), 1.2 * u)
    brush.cut([tip], mix(colours.ink, colours.wood, 0.2), 0.5 * u)


def _beans(brush: Brush, at: Point, u: float) -> None:
    """Draw sixteen beans in two heaps; a bean stands for a hundred people."""
    rng = random.Random("sixteen beans")
    pale = mix(mix(brush.colours.ear, brush.colours.rim, 0.4), brush.tones.wall, 0.15)
    beans: list[Shape] = []
    for i in range(16):
        heap = -8 if i < 7 else 7
        x = at[0] + (heap + (i % 4 - 1.5) * 3.3 + rng.uniform(-0.5, 0.5)) * u
        y = at[1] + ((i // 4 % 3 - 1) * 2.2 + rng.uniform(-0.3, 0.3)) * u
        beans.append(_turned((x, y), rng.uniform(-0.8, 0.8), shapes.ellipse(0, 0, 1.5 * u, 1.7 * u, 18)))
    brush.stain([[(x - 0.5 * u, y + 0.5 * u) for x, y in bean] for bean in beans], brush.colours.shadow, 130)
    brush.cut(beans, pale, 0.3 * u, lit=0.3, rim=0.9)


def _permits(brush: Brush, at: Point, u: float, paper: Colour) -> None:
    """Draw a book of permits, torn out down to the stubs."""
    rng = random.Random("stubs")
    leaf = _leaf(at, -0.05, u, -9, -6, 9, 7)
    brush.stain([[(x - 1.2 * u, y + 1.4 * u) for x, y in leaf]], brush.colours.shadow, 110)
    brush.cut([leaf], scale(paper, 0.94), 0.7 * u)
    brush.stain([_leaf(at, -0.05, u, -2, 1.9 * i - 4, 7, 1.9 * i - 3.7) for i in range(5)], brush.colours.ink, 120)
    torn: list[Point] = [(-9 * u, -6.6 * u), (-9 * u, 6.6 * u)]
    for i in range(12):
        torn.append(((-4.6 + rng.uniform(-0.7, 0.7)) * u, (6.6 - 1.2 * i) * u))
    brush.cut([_turned(at, -0.05, torn)], paper, 0.9 * u, rim=0.8)


def _sheet(brush: Brush, at: Point, u: float, paper: Colour) -> None:
    """Draw a ruled sheet, filled down to its last line, with a blank place for the sum."""
    rng = random.Random("sheet")
    turn = 0.04
    leaf = _leaf(at, turn, u, -8, -9, 8, 10)
    brush.stain([[(x - 1.2 * u, y + 1.2 * u) for x, y in leaf]], brush.colours.shadow, 110)
    brush.cut([leaf], paper, 0.7 * u, rim=0.8)
    words: list[Shape] = []
    for row in range(7):
        y = -7.6 + 1.9 * row
        for x0, x1 in ((-6.6, -2.4 - rng.random()), (-0.6, 1.8), (3.6, 6.4)):
            words.append(_leaf(at, turn, u, x0, y, x1, y + 0.7))
    brush.stain(words, brush.colours.ink, 150)
    brush.stain([_leaf(at, turn, u, -6.8, 5.4, 6.8, 5.8)], brush.colours.ink, 200)
