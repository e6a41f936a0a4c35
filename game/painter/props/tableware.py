"""Tableware: bowls, buckets and the ladle, full or empty."""

from __future__ import annotations

import math

from game.painter.canvas import shapes
from game.painter.canvas.card import board, stain
from game.painter.canvas.colour import Colour, mix, scale
from game.painter.canvas.palette import InteriorPalette, Palette
from game.painter.canvas.paper import PaperSheet, PaperTable, Shape, lay


def bowl(on: PaperTable, x: float, y: float, u: float, colours: Palette, tones: InteriorPalette, full: bool) -> None:
    """A bowl with its foot at (x, y), 9 `u` broad; what is in it stands high only where it is `full`."""
    glaze = mix(colours.rim, tones.wall, 0.12)
    mouth = shapes.ellipse(x, y - 4.2 * u, 4.6 * u, 1.25 * u, 44)
    lay(
        on,
        PaperSheet(
            [mouth],
            scale(glaze, 0.62),
            scale(glaze, 0.8),
            0.4 * u,
            rim=mix(glaze, (255, 255, 255), 0.5),
            rim_width=0.22 * u,
        ),
    )
    if full:
        heap = shapes.smooth(
            [
                (x - 3.9 * u, y - 4.1 * u),
                (x - 2 * u, y - 5.8 * u),
                (x, y - 6.4 * u),
                (x + 2.1 * u, y - 5.7 * u),
                (x + 3.9 * u, y - 4.1 * u),
                (x, y - 3.2 * u),
            ],
            5,
            closed=True,
        )
        rice = mix((250, 244, 224), colours.ear, 0.2)
        lay(on, PaperSheet([heap], rice, scale(rice, 0.85), 0.4 * u, rim=(255, 255, 250), rim_width=0.15 * u))
    side = [
        (x + 4.6 * u * math.cos(a), y - 4.2 * u + 1.25 * u * math.sin(a)) for a in (math.pi * i / 22 for i in range(23))
    ]
    body = [
        *side,
        *shapes.smooth(
            [(x - 4.6 * u, y - 4.2 * u), (x - 4.0 * u, y - 1.6 * u), (x - 1.9 * u, y), (x - 1.9 * u, y + 0.8 * u)], 5
        ),
        (x + 1.9 * u, y + 0.8 * u),
        *shapes.smooth([(x + 1.9 * u, y), (x + 4.0 * u, y - 1.6 * u), (x + 4.6 * u, y - 4.2 * u)], 5),
    ]
    band = [shapes.lens((x - 3.4 * u, y - 1.6 * u), (x + 3.4 * u, y - 1.6 * u), 0.3 * u)]
    lay(
        on,
        PaperSheet(
            [body],
            mix(glaze, (255, 255, 255), 0.15),
            scale(glaze, 0.7),
            0.9 * u,
            holes=band,
            rim=mix(glaze, (255, 255, 255), 0.6),
            rim_width=0.2 * u,
        ),
    )


def turned_bowl(on: PaperTable, x: float, y: float, u: float, colours: Palette, tones: InteriorPalette) -> None:
    """A bowl turned over, its rim on the table at (x, y): who owned it says that they have eaten."""
    glaze = mix(colours.rim, tones.wall, 0.34)
    edge = mix(glaze, tones.edge, 0.6)
    side = shapes.smooth(
        [(1.6 * u, y - 3.9 * u), (2.9 * u, y - 3.2 * u), (3.8 * u, y - 1.6 * u), (4.2 * u, y - 0.1 * u)], 5
    )
    dome = [*shapes.mirrored(x, side)[: len(side)], *reversed(shapes.lip(x, y, 4.2 * u, 0.9 * u, 32))]
    outline = [*dome, *[(2 * x - px, py) for px, py in reversed(shapes.mirrored(x, side)[: len(side)])]]
    foot = [shapes.box(x - 1.5 * u, y - 4.7 * u, 3.0 * u, 1.0 * u)]
    board(on, edge, foot, scale(glaze, 0.86), 0.4 * u, rim=0.7)
    board(on, edge, [outline], glaze, 0.7 * u, lit=0.3, dark=0.62, rim=0.8)
    stain(on, [shapes.lens((x - 3.9 * u, y - 0.9 * u), (x + 3.9 * u, y - 0.9 * u), 0.4 * u)], colours.hills[2], 130)


def ring(on: PaperTable, x: float, y: float, u: float, wood: Colour, ink: Colour) -> None:
    """What a bowl leaves on a board where it used to stand."""
    outer, inner = (
        shapes.ellipse(x, y + 0.6 * u, 2.9 * u, 0.95 * u, 40),
        shapes.ellipse(x, y + 0.6 * u, 2.4 * u, 0.7 * u, 36),
    )
    lay(on, PaperSheet([outer], mix(wood, ink, 0.55), mix(wood, ink, 0.55), 0, holes=[inner], alpha=150))


def bucket(on: PaperTable, x: float, y: float, u: float, colours: Palette, edge: Colour) -> None:
    """A wooden bucket with its foot at (x, y) and its handle up, 6 `u` broad."""
    wood = mix(colours.wood, colours.wall, 0.2)
    inside = shapes.ellipse(x, y - 5.4 * u, 3.0 * u, 0.9 * u, 24)
    stain(on, [inside], mix(colours.ink, wood, 0.2), 255)
    body: Shape = [*shapes.lip(x, y - 5.4 * u, 3.1 * u, 0.9 * u, 24), (x + 2.4 * u, y), (x - 2.4 * u, y)]
    bow = shapes.smooth(
        [(x - 3 * u, y - 5.4 * u), (x - 2 * u, y - 9 * u), (x + 2 * u, y - 9 * u), (x + 3 * u, y - 5.4 * u)], 6
    )
    hoops = [
        shapes.box(x - 2.9 * u, y - 4.2 * u, 5.8 * u, 0.4 * u),
        shapes.box(x - 2.6 * u, y - 1.4 * u, 5.2 * u, 0.4 * u),
    ]
    board(on, edge, [shapes.ribbon(bow, [0.35 * u] * len(bow))], mix(wood, colours.ink, 0.3), 0.3 * u)
    board(on, edge, [body], wood, 0.6 * u, rim=0.65)
    stain(on, hoops, mix(colours.ink, wood, 0.25), 200)


def ladle(
    on: PaperTable, mouth: tuple[float, float], end: tuple[float, float], u: float, wood: Colour, edge: Colour
) -> None:
    """A long ladle from its cup at `mouth` to the end of its handle; the cup is 5 `u` broad."""
    (x, y) = mouth
    board(on, edge, [shapes.ribbon([mouth, end], [0.8 * u, 0.65 * u])], wood, 0.6 * u, rim=0.7)
    cup = shapes.smooth(
        [
            (x - 2.5 * u, y - 0.8 * u),
            (x - 2.0 * u, y + 1.4 * u),
            (x, y + 2.2 * u),
            (x + 2.0 * u, y + 1.4 * u),
            (x + 2.5 * u, y - 0.8 * u),
        ],
        5,
    )
    board(on, edge, [cup], wood, 0.6 * u, rim=0.7)
    stain(on, [shapes.ellipse(x, y - 0.8 * u, 2.3 * u, 0.6 * u, 24)], scale(wood, 0.35), 255)
