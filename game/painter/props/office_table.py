"""Office table: the two books, the ink and the abacus, and what `thing` names beside them."""

from __future__ import annotations

import math
import random

from game.painter.canvas import shapes
from game.painter.canvas.card import board, stain
from game.painter.canvas.colour import mix, scale
from game.painter.canvas.frame import Frame
from game.painter.canvas.palette import InteriorPalette, Palette
from game.painter.canvas.paper import PaperTable, Point, Shape
from game.painter.canvas.scene_state import SceneState


def laid(on: PaperTable, frame: Frame, colours: Palette, tones: InteriorPalette, state: SceneState, top: float) -> None:
    """Lay what is on the table, whose far edge is at the row `top`."""
    u = frame.u
    paper = mix(colours.rim, tones.wall, 0.22)
    for i, (x, y, turn) in enumerate(((24, 8.4, -0.06), (36, 9.6, 0.05))):
        cloth = mix(mix(colours.roof, colours.wood, 0.2 + 0.5 * i), tones.near, 0.2)
        _book(on, (frame.across(x), top + y * u), 8.6 * u, turn, cloth, paper, tones.edge, u)
    _ink(on, frame, colours, tones, top)
    place = (frame.across(53), top + 13.4 * u)
    if state.thing == "beans":
        _beans(on, place, u, colours, tones)
    elif state.thing == "stubs":
        _permits(on, place, u, colours, tones, paper)
    elif state.thing == "sheet":
        _sheet(on, place, u, colours, tones, paper)


def _turned(at: Point, turn: float, points: list[Point]) -> Shape:
    """Points around the origin, foreshortened as on a table, turned and moved to `at`."""
    c, s = math.cos(turn), math.sin(turn)
    return [(at[0] + x * c - y * s, at[1] + (x * s + y * c) * 0.52) for x, y in points]


def _book(
    on: PaperTable,
    at: Point,
    half: float,
    turn: float,
    cloth: tuple[int, int, int],
    paper: tuple[int, int, int],
    edge: tuple[int, int, int],
    u: float,
) -> None:
    """A ledger bound with thread, with a slip of paper for its name."""
    deep = half * 0.82
    cover = _turned(at, turn, [(-half * 0.6, -deep), (half * 0.6, -deep), (half * 0.6, deep), (-half * 0.6, deep)])
    block = [(x, y + 1.9 * u) for x, y in cover]
    stain(on, [[(x - u, y + 2.6 * u) for x, y in cover]], (10, 8, 6), 90)
    board(on, edge, [block], mix(paper, cloth, 0.35), 0.5 * u)
    board(on, edge, [cover], cloth, 0.5 * u, lit=0.2, rim=0.7)
    label = _turned(
        at,
        turn,
        [
            (-half * 0.42, -deep * 0.8),
            (-half * 0.14, -deep * 0.8),
            (-half * 0.14, deep * 0.2),
            (-half * 0.42, deep * 0.2),
        ],
    )
    board(on, edge, [label], paper, 0.1 * u)
    stitches: list[Shape] = [
        _turned(
            at,
            turn,
            [
                (half * 0.44, deep * t),
                (half * 0.6, deep * t),
                (half * 0.6, deep * (t + 0.05)),
                (half * 0.44, deep * (t + 0.05)),
            ],
        )
        for t in (-0.8, -0.35, 0.1, 0.55)
    ]
    stain(on, stitches, mix(paper, cloth, 0.2), 220)


def _ink(on: PaperTable, frame: Frame, colours: Palette, tones: InteriorPalette, top: float) -> None:
    """An ink stone with a brush laid across it."""
    u = frame.u
    x, y = frame.across(9), top + 11 * u
    stone = mix(colours.ink, tones.near, 0.35)
    stain(on, [shapes.ellipse(x - u, y + 1.6 * u, 6 * u, 1.4 * u, 24)], colours.shadow, 100)
    board(on, tones.edge, [shapes.ellipse(x, y, 4.6 * u, 2.3 * u, 30)], stone, 0.8 * u, rim=0.8)
    stain(on, [shapes.ellipse(x, y - 0.2 * u, 3.2 * u, 1.4 * u, 26)], scale(stone, 0.4), 255)
    cane = shapes.ribbon([(x - 6 * u, y + 3 * u), (x + 5.6 * u, y - 3.6 * u)], [0.7 * u, 0.6 * u])
    board(on, tones.edge, [cane], mix(colours.ear, colours.wood, 0.4), 0.7 * u, rim=0.8)
    tip = shapes.lens((x + 5 * u, y - 3.3 * u), (x + 8.4 * u, y - 5.2 * u), 1.2 * u)
    board(on, tones.edge, [tip], mix(colours.ink, colours.wood, 0.2), 0.5 * u)


def _beans(on: PaperTable, at: Point, u: float, colours: Palette, tones: InteriorPalette) -> None:
    """Sixteen beans in two heaps, a hundred people to a bean."""
    rng = random.Random("sixteen beans")
    pale = mix(mix(colours.ear, colours.rim, 0.4), tones.wall, 0.15)
    beans: list[Shape] = []
    for i in range(16):
        heap = -8 if i < 7 else 7
        x = at[0] + (heap + (i % 4 - 1.5) * 3.3 + rng.uniform(-0.5, 0.5)) * u
        y = at[1] + ((i // 4 % 3 - 1) * 2.2 + rng.uniform(-0.3, 0.3)) * u
        beans.append(_turned((x, y), rng.uniform(-0.8, 0.8), shapes.ellipse(0, 0, 1.5 * u, 1.7 * u, 18)))
    stain(on, [[(x - 0.5 * u, y + 0.5 * u) for x, y in bean] for bean in beans], colours.shadow, 130)
    board(on, tones.edge, beans, pale, 0.3 * u, lit=0.3, rim=0.9)


def _permits(
    on: PaperTable, at: Point, u: float, colours: Palette, tones: InteriorPalette, paper: tuple[int, int, int]
) -> None:
    """A book of permits, torn out to its stubs."""
    rng = random.Random("stubs")
    leaf = _turned(at, -0.05, [(-9 * u, -6 * u), (9 * u, -6 * u), (9 * u, 7 * u), (-9 * u, 7 * u)])
    stain(on, [[(x - 1.2 * u, y + 1.4 * u) for x, y in leaf]], colours.shadow, 110)
    board(on, tones.edge, [leaf], scale(paper, 0.94), 0.7 * u)
    lines = [
        _turned(
            at,
            -0.05,
            [
                (-2 * u, (1.9 * i - 4) * u),
                (7 * u, (1.9 * i - 4) * u),
                (7 * u, (1.9 * i - 3.7) * u),
                (-2 * u, (1.9 * i - 3.7) * u),
            ],
        )
        for i in range(5)
    ]
    stain(on, lines, colours.ink, 120)
    torn: list[Point] = [(-9 * u, -6.6 * u), (-9 * u, 6.6 * u)]
    for i in range(12):
        torn.append(((-4.6 + rng.uniform(-0.7, 0.7)) * u, (6.6 - 1.2 * i) * u))
    board(on, tones.edge, [_turned(at, -0.05, torn)], paper, 0.9 * u, rim=0.8)


def _sheet(
    on: PaperTable, at: Point, u: float, colours: Palette, tones: InteriorPalette, paper: tuple[int, int, int]
) -> None:
    """A ruled sheet, filled down to its foot, where the place for the sum is clean."""
    rng = random.Random("sheet")
    turn = 0.04
    leaf = _turned(at, turn, [(-8 * u, -9 * u), (8 * u, -9 * u), (8 * u, 10 * u), (-8 * u, 10 * u)])
    stain(on, [[(x - 1.2 * u, y + 1.2 * u) for x, y in leaf]], colours.shadow, 110)
    board(on, tones.edge, [leaf], paper, 0.7 * u, rim=0.8)
    words: list[Shape] = []
    for row in range(7):
        y = -7.6 + 1.9 * row
        for x0, x1 in ((-6.6, -2.4 - rng.random()), (-0.6, 1.8), (3.6, 6.4)):
            words.append(
                _turned(at, turn, [(x0 * u, y * u), (x1 * u, y * u), (x1 * u, (y + 0.7) * u), (x0 * u, (y + 0.7) * u)])
            )
    stain(on, words, colours.ink, 150)
    line = _turned(at, turn, [(-6.8 * u, 5.4 * u), (6.8 * u, 5.4 * u), (6.8 * u, 5.8 * u), (-6.8 * u, 5.8 * u)])
    stain(on, [line], colours.ink, 200)
