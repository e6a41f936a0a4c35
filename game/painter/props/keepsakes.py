"""Keepsakes: draws the one object on the desk that the page is about. The parameter `thing` names it."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from game.core.values import frozen
from game.painter.canvas import Brush, Colour, Origin, Shape, mix, scale, shapes


@frozen
class TableSpot(Origin):
    """The middle of a place on the table. `paper` is the colour that paper has under the room's light."""

    paper: Colour


def keepsake(brush: Brush, word: str, spot: TableSpot) -> None:
    """Draw the thing called `word`. An unknown word draws nothing."""
    if draw := THINGS.get(word):
        with brush.parts.named(f"thing {word}", away=(2 * spot.u, 5 * spot.u)):
            draw(brush, spot)


def _shade(brush: Brush, spot: TableSpot, dx: float, dy: float, rx: float, ry: float) -> None:
    brush.stain([spot.ellipse(dx, dy, rx, ry, 30)], brush.colours.shadow, 110)


def _photograph(brush: Brush, spot: TableSpot) -> None:
    """Draw a print with a white border: a dam, still water, and people too far away to recognise."""
    u, paper, ink = spot.u, spot.paper, brush.colours.ink
    border = mix(paper, (255, 255, 255), 0.3)
    brush.cut([spot.points((-6.4, -4.4), (5.8, -5.2), (7.2, 2.6), (-5.6, 3.8))], border, 0.7 * u)
    grey = mix(ink, paper, 0.55)
    brush.stain([spot.points((-5.5, -3.7), (5.1, -4.4), (6.2, 1.8), (-4.9, 2.8))], mix(grey, paper, 0.3), 255)
    hills = [*spot.curve((-5.4, -1.9), (-3, -3.3), (0, -2.4), (2.6, -3.8), (5.5, -2.6), (5.7, -1.2), (-5.2, -0.6))]
    brush.stain([hills], grey, 255)
    brush.stain([spot.points((-5.2, -0.9), (5.6, -1.7), (5.8, -0.4), (-5.1, 0.5))], mix(ink, paper, 0.3), 255)
    outlines = [spot.lens((-4 + 2.4 * i, 1.2 - 0.1 * i), (-2.2 + 2.4 * i, 1.0 - 0.1 * i), 0.3) for i in range(4)]
    brush.stain(outlines, mix(paper, (255, 255, 255), 0.4), 200)


def _glasses(brush: Brush, spot: TableSpot) -> None:
    """Draw the agronomist's folded glasses, and an ear of rice."""
    u = spot.u
    straw = mix(brush.colours.ear, spot.paper, 0.3)
    stalk = shapes.smooth(spot.points((-9, 3), (-2, 0.4), (4, -2.2), (8.4, -2)), 6)
    grains = [shapes.leaf(*spot.at(2.6 + 0.8 * i, -2.4 + 0.2 * (i % 3)), 1.9 * u, 0.5 - (i % 2), 0.5) for i in range(9)]
    brush.cut([shapes.ribbon(stalk, 0.34 * u), *grains], straw, 0.5 * u, rim=0.7)
    wire = mix(brush.colours.ink, brush.colours.wood, 0.25)
    rims: list[Shape] = []
    for dx in (-3.4, 3.0):
        rims.append(spot.hoop(dx, 2.0, 2.6, 1.7, 0.4, 28))
        brush.stain([spot.ellipse(dx, 2.0, 2.4, 1.5, 28)], mix(brush.colours.light, (255, 255, 255), 0.5), 52)
    rims += [shapes.ribbon(shapes.smooth(spot.points((-0.9, 1.8), (-0.2, 1.2), (0.5, 1.8)), 4), [0.4 * u] * 9)]
    rims += [spot.ribbon([(-5.9, 1.8), (4.6, 0.0)], 0.3)]
    brush.cut(rims, wire, 0.5 * u, rim=0.7)


def _pear(brush: Brush, spot: TableSpot) -> None:
    """Draw a pear that was kept until it was black, and three flat stones."""
    u = spot.u
    stone = mix(brush.colours.wall, brush.colours.ink, 0.35)
    for dx, dy, w in ((-6.4, 1.8, 3.2), (-1.6, 3.0, 2.5), (5.8, 2.2, 2.9)):
        _shade(brush, spot, dx + 0.8, dy + 0.8, w, 0.9)
        outlines = [
            spot.curve(
                (dx - w, dy), (dx - 0.4 * w, dy - 1.3), (dx + 0.6 * w, dy - 1.1), (dx + w, dy + 0.2), (dx, dy + 1.1)
            )
        ]
        brush.cut(outlines, stone, 0.4 * u, lit=0.25)
    _shade(brush, spot, 1.2, 1.2, 4, 1.1)
    flesh = mix(brush.colours.ink, brush.colours.wood, 0.32)
    body = spot.curve(
        (0.2, -6.2), (1.7, -5.2), (1.9, -3.4), (3.4, -1.2), (2.6, 1.0), (0, 1.6), (-2.6, 1.0), (-3.2, -1.2),
        (-1.6, -3.4), (-1.2, -5.2),
    )  # fmt: skip
    brush.cut([body], flesh, 0.8 * u, lit=0.2, rim=0.6)
    brush.cut([spot.ribbon([(0.2, -6), (0.9, -8.2)], [0.4, 0.3])], brush.colours.wood, 0.3 * u)
    brush.stain([spot.lens((-1.7, -1.8), (-1.2, 0.4), 0.5)], brush.light, 90)


def _slag(brush: Brush, spot: TableSpot) -> None:
    """Draw a lump of slag from the furnaces, on the slip that records it as delivered steel."""
    u = spot.u
    brush.cut([spot.points((-8, -1.4), (7, -2.6), (8.2, 2.2), (-7.4, 3.6))], spot.paper, 0.6 * u)
    outlines = [spot.lens((-6 + 0.2 * i, 0.4 + 0.9 * i), (1.4 - 1.4 * i, 0.1 + 0.8 * i), 0.36) for i in range(3)]
    brush.stain(outlines, mix(brush.colours.ink, spot.paper, 0.3), 220)
    iron = mix(brush.colours.ink, brush.colours.wood, 0.22)
    _shade(brush, spot, 3.6, 0.8, 5.4, 1.4)
    lump = spot.curve(
        (-2.2, 0.6), (-3, -1.2), (-1.8, -3.2), (-0.4, -3.4), (0.8, -4.9), (2.8, -4.2), (4.4, -5.2), (5.8, -3.6),
        (7.4, -2.9), (8, -0.6), (6, 0.9), (3.6, 0.6), (1.2, 1.4),
    )  # fmt: skip
    runs = (
        ((-1.6, -2.2), (1.6, -3.4)), ((0.2, -0.8), (3.8, -1.8)), ((3.2, -3.6), (5.6, -2.6)),
        ((4.6, -0.6), (7, -1.4)),
    )  # fmt: skip
    pits = [spot.lens(start, end, 0.7) for start, end in runs]
    brush.cut([lump], iron, 0.9 * u, lit=0.24, rim=0.6)
    brush.stain(pits, scale(iron, 0.5), 230)


def _stamp(brush: Brush, spot: TableSpot) -> None:
    """Draw the stamp, its pad, and a very long list."""
    u, ink = spot.u, brush.colours.ink
    brush.cut([spot.points((-9, -4), (-2.4, -4.4), (-1.6, 4), (-9, 4.4))], spot.paper, 0.6 * u)
    outlines = [spot.lens((-8.2, -3 + 0.9 * i), (-3.6 - 0.7 * (i % 3), -3.1 + 0.9 * i), 0.4) for i in range(8)]
    brush.stain(outlines, mix(ink, spot.paper, 0.25), 230)
    tin = mix(brush.colours.roof, brush.colours.wall, 0.2)
    brush.cut([spot.ellipse(6.2, 1.8, 3.4, 1.5, 30)], tin, 0.6 * u, rim=0.7)
    brush.stain([spot.ellipse(6.2, 1.6, 2.7, 1.0, 30)], scale(ink, 0.7), 255)
    wood = mix(brush.colours.wood, brush.colours.ink, 0.15)
    _shade(brush, spot, 2.2, 1.8, 2.6, 0.8)
    brush.cut([spot.points((-0.4, -1.2), (2.8, -1.2), (2.8, 1.8), (-0.4, 1.8))], wood, 0.7 * u, rim=0.7)
    outlines = [spot.curve((1.2, -6.2), (2.4, -5.4), (1.9, -3.6), (2.5, -1.2), (-0.1, -1.2), (0.5, -3.6), (0, -5.4))]
    brush.cut(outlines, mix(wood, brush.light, 0.1), 0.6 * u, rim=0.7)


def _seed(brush: Brush, spot: TableSpot) -> None:
    """Draw a paper with one blank place, a pen, and a handful of seed."""
    u, ink = spot.u, brush.colours.ink
    brush.cut([spot.points((-8.6, -4.6), (2.2, -5.2), (3.6, 3.6), (-8.6, 4.4))], spot.paper, 0.6 * u)
    outlines = [spot.lens((-7.4, -3.4 + 1.3 * i), (1.2 - (i % 2), -3.7 + 1.3 * i), 0.36) for i in (0, 1, 2)]
    brush.stain(outlines, mix(ink, spot.paper, 0.25), 230)
    brush.stain([spot.lens((-3.4, 3.2), (2.2, 2.9), 0.2)], mix(ink, spot.paper, 0.4), 220)
    brush.cut([spot.ribbon([(-6.4, 2.2), (4.2, -1.6)], [0.35, 0.9])], scale(ink, 0.8), 0.6 * u, rim=0.7)
    rng = random.Random("seed")
    grain = mix(mix(brush.colours.ear, spot.paper, 0.2), (70, 120, 140), 0.4)
    kernels = []
    for _ in range(46):
        r, turn = rng.random() ** 0.6, rng.uniform(0, math.tau)
        kernels.append(
            shapes.leaf(
                *spot.at(6.6 + 3.4 * r * math.cos(turn), 1.4 + 1.9 * r * math.sin(turn)),
                1.0 * u,
                rng.uniform(0, math.pi),
                0.5,
            )
        )
    brush.cut(kernels, grain, 0.35 * u, lit=0.25)


def _beans(brush: Brush, spot: TableSpot) -> None:
    u = spot.u
    glaze = mix(brush.light, brush.colours.wall, 0.3)
    _shade(brush, spot, 1, 1.6, 7.6, 2)
    brush.cut([spot.ellipse(0, 0.4, 7.2, 2.7, 44)], glaze, 0.7 * u, rim=0.8)
    brush.stain([spot.ellipse(0, 0.2, 5.9, 2.0, 40)], scale(glaze, 0.76), 255)
    rng = random.Random("beans")
    bean = mix(brush.colours.wood, brush.colours.ear, 0.35)
    cuts = [spot.ellipse(rng.uniform(-4.2, 4.2), rng.uniform(-0.9, 1.0), 0.8, 0.5, 14) for _ in range(19)]
    brush.cut(cuts, bean, 0.3 * u, rim=0.8)


def _sheets(brush: Brush, spot: TableSpot) -> None:
    """Draw forty ruled, empty sheets, with a pen across them."""
    u = spot.u
    for i in range(4):
        d = 0.34 * (3 - i)
        outlines = [spot.points((-7.2 + d, -5 + d), (6.2 + d, -5 + d), (8 + d, 3.4 + d), (-7.8 + d, 3.4 + d))]
        brush.cut(outlines, mix(spot.paper, (255, 255, 255), 0.25), 0.4 * u)
    rules = [spot.lens((-6.6 - 0.06 * i, -4 + 0.95 * i), (5.8 + 0.17 * i, -4 + 0.95 * i), 0.14) for i in range(8)]
    brush.stain(rules, mix(brush.colours.roof, spot.paper, 0.5), 200)
    brush.cut([spot.ribbon([(-5, 1.4), (5.6, -3)], [0.35, 0.9])], scale(brush.colours.ink, 0.8), 0.6 * u, rim=0.7)


THINGS: dict[str, Callable[[Brush, TableSpot], None]] = {
    "beans": _beans, "glasses": _glasses, "pear": _pear, "photograph": _photograph, "seed": _seed, "sheets": _sheets,
    "slag": _slag, "stamp": _stamp,
}  # fmt: skip
