"""Office table: draws two books, ink, an abacus, and the `thing` beside them. `u` is the number of pixels in a unit."""

from __future__ import annotations

import math
import random

from game.painter.canvas import Brush, Colour, Point, Shape, mix, scale, shapes


def laid(brush: Brush, top: float) -> None:
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
