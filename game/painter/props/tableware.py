"""Tableware: bowls, buckets and the ladle, full or empty. `u` is the number of pixels in a unit."""

from __future__ import annotations

import math

from game.painter.canvas import Brush, Colour, Origin, Shape, mix, scale, shapes

_BROAD, _DEEP = 5.2, 1.7  # half the width and half the depth of a bowl's mouth, seen from above, in units


def bowl(brush: Brush, x: float, y: float, u: float, full: bool) -> None:
    """Draw a coarse bowl, 10.4 `u` wide, with its low foot at (x, y): heaped with rice if `full`, or empty."""
    colours = brush.colours
    glaze = mix(mix(colours.rim, colours.earth, 0.16), brush.tones.wall, 0.12)
    white, rim = (255, 255, 255), y - 3.7 * u
    inside = shapes.ellipse(x, rim, _BROAD * u, _DEEP * u, 44)
    brush.lay([inside], scale(glaze, 0.9), scale(glaze, 0.66), 0.4 * u, edge=(mix(glaze, white, 0.5), 0.25 * u))
    if full:
        mound = [(-4.5, -3.6), (-2.6, -5.4), (-0.4, -6.2), (1.4, -5.9), (3.0, -5.0), (4.5, -3.6), (0.0, -2.4)]
        heap = shapes.smooth(shapes.points(x, y, u, *mound), 5, closed=True)
        rice = mix((250, 244, 224), colours.ear, 0.2)
        brush.lay([heap], rice, scale(rice, 0.85), 0.4 * u, edge=((255, 255, 250), 0.15 * u))
    else:
        # Its side towards the light is in shade; the ring at the bottom is unglazed clay.
        around = ((-4.9, 0.0), (-3.0, -1.1), (-3.1, 0.5), (-1.6, 1.55), (-3.8, 1.1))
        brush.stain([shapes.smooth(shapes.points(x, rim, u, *around), 5, closed=True)], scale(glaze, 0.5), 110)
        outlines = [shapes.hoop(x + 0.1 * u, rim + 0.55 * u, 2.3 * u, 0.6 * u, 0.3 * u, 30)]
        brush.stain(outlines, mix(mix(colours.wood, colours.earth, 0.5), glaze, 0.3), 210)
    lip = shapes.lip(x, rim, _BROAD * u, _DEEP * u, 44)
    side = shapes.smooth([(_BROAD * u, rim), (4.7 * u, y - 1.9 * u), (2.7 * u, y + 0.3 * u), (2.5 * u, y + 0.9 * u)], 5)
    under = shapes.lip(x, y + 0.9 * u, 2.5 * u, 0.4 * u, 16)
    body = [*lip, *((x + dx, py) for dx, py in side), *reversed(under), *((x - dx, py) for dx, py in reversed(side))]
    brush.cut([body], glaze, 0.9 * u, lit=0.15, dark=0.68, rim=0.6, edge=(white, 0.2 * u), apart=False)
    brush.stain([_band(x, rim + 0.75 * u, 4.75 * u, _DEEP * u, u)], mix(colours.roof, colours.ink, 0.3), 170)
    crease = [(x + 2.6 * u * dx, y + (0.1 + 0.42 * (1 - dx * dx)) * u) for dx in (-1, -0.6, -0.2, 0.2, 0.6, 1)]
    brush.stain([shapes.ribbon(crease, [0.22 * u] * 6)], scale(glaze, 0.4), 130)


def _band(x: float, y: float, half: float, deep: float, u: float) -> Shape:
    """Return the band below a bowl's rim. It reaches `half` pixels to each side of `x`; its middle sags by `deep`."""
    turns = [math.pi * (0.04 + 0.92 * i / 24) for i in range(25)]
    return shapes.ribbon(
        [(x - half * math.cos(a), y + deep * math.sin(a)) for a in turns],
        [(0.5 + 0.13 * math.sin(3.1 * a + 0.7) + 0.07 * math.sin(9 * a)) * u for a in turns],
    )


def turned_bowl(brush: Brush, x: float, y: float, u: float) -> None:
    """Draw an overturned bowl, with its rim on the table at (x, y). Its owner claims to have eaten."""
    glaze = mix(mix(brush.colours.rim, brush.colours.earth, 0.16), brush.tones.wall, 0.34)
    edge = mix(glaze, brush.tones.edge, 0.6)
    side = shapes.smooth(shapes.points(0, y, u, (2.4, -3.6), (3.3, -3), (4.5, -1.4), (4.9, -0.1)), 5)
    dome = [*((x + dx, py) for dx, py in side), *reversed(shapes.lip(x, y, 4.9 * u, 1.3 * u, 32))]
    outline = [*dome, *((x - dx, py) for dx, py in reversed(side))]
    foot = [*shapes.ellipse(x, y - 4.0 * u, 2.4 * u, 0.6 * u, 28)]
    brush.cut([outline], glaze, 0.7 * u, lit=0.3, dark=0.62, rim=0.8, edge=(edge, brush.fine))
    outlines = [shapes.box(x - 2.4 * u, y - 4.0 * u, 4.8 * u, 0.8 * u), foot]
    brush.cut(outlines, scale(glaze, 0.9), 0.3 * u, rim=0.7, edge=(edge, brush.fine))
    brush.stain([shapes.ellipse(x, y - 4.0 * u, 1.9 * u, 0.42 * u, 24)], scale(glaze, 0.6), 255)
    brush.stain([_band(x, y - 0.85 * u, 4.6 * u, 1.3 * u, u)], mix(brush.colours.roof, brush.colours.ink, 0.3), 170)


def ring(brush: Brush, x: float, y: float, u: float, wood: Colour) -> None:
    """Draw the ring that a bowl has left on a board."""
    origin = Origin(x, y, u)
    outer, inner = origin.ellipse(0, 0.6, 2.9, 0.95, 40), origin.ellipse(0, 0.6, 2.4, 0.7, 36)
    brush.lay([outer], mix(wood, brush.colours.ink, 0.55), holes=[inner], alpha=150)


def bucket(brush: Brush, x: float, y: float, u: float) -> None:
    """Draw a wooden bucket with its foot at (x, y) and its handle up, 6 `u` wide."""
    origin = Origin(x, y, u)
    wood = mix(brush.colours.wood, brush.colours.wall, 0.2)
    brush.stain([origin.ellipse(0, -5.4, 3.0, 0.9, 24)], mix(brush.colours.ink, wood, 0.2), 255)
    body: Shape = [*origin.lip(0, -5.4, 3.1, 0.9, 24), (x + 2.4 * u, y), (x - 2.4 * u, y)]
    bow = origin.curve((-3, -5.4), (-2, -9), (2, -9), (3, -5.4), steps=6, closed=False)
    hoops = [origin.box(-2.9, -4.2, 5.8, 0.4), origin.box(-2.6, -1.4, 5.2, 0.4)]
    brush.cut([shapes.ribbon(bow, 0.35 * u)], mix(wood, brush.colours.ink, 0.3), 0.3 * u)
    brush.cut([body], wood, 0.6 * u, rim=0.65)
    brush.stain(hoops, mix(brush.colours.ink, wood, 0.25), 200)


def ladle(brush: Brush, mouth: tuple[float, float], end: tuple[float, float], u: float, wood: Colour) -> None:
    """Draw a long ladle from its cup at `mouth` to the end of its handle at `end`; the cup is 5 `u` wide."""
    (x, y) = mouth
    brush.cut([shapes.ribbon([mouth, end], [0.8 * u, 0.65 * u])], wood, 0.6 * u, rim=0.7)
    cup = shapes.smooth(shapes.points(x, y, u, (-2.5, -0.8), (-2, 1.4), (0, 2.2), (2, 1.4), (2.5, -0.8)), 5)
    brush.cut([cup], wood, 0.6 * u, rim=0.7)
    brush.stain([shapes.ellipse(x, y - 0.8 * u, 2.3 * u, 0.6 * u, 24)], scale(wood, 0.35), 255)
