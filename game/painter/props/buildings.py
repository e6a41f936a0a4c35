"""Buildings: draws houses, the loudspeaker and the bridge. `u` is the number of pixels in a unit.

A row of houses is drawn as a few sheets in common (windows, walls, doors, roofs). That is faster, and the shadows
match.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from game.core.values import frozen
from game.painter.canvas import RED, Box, Brush, Colour, Palette, Point, Shape, mix, scale, shapes


@frozen
class House:
    """A house, in pixels: (`x`, `base`) is its wall's lower left corner. `lit`: its windows are bright. `grand`: it has
    a tiled roof and a broad door. `gable`: its gable faces the viewer."""

    x: float
    base: float
    width: float
    height: float
    u: float
    lit: bool
    grand: bool = False
    gable: bool = False

    @property
    def chimney(self) -> Point:
        """The point from which the house's smoke rises, in pixels."""
        return self.x + self.width * 0.7, self.base - self.height * 0.96


def roof(
    left: float, right: float, eave: float, top: float, u: float, flare: float = 1.0
) -> tuple[list[Point], list[Shape]]:
    """Return a tiled roof's outline with its turned-up eaves, and the slits between its rows of tiles. `eave` and `top`
    are the rows of the eave and of the ridge. `flare` says how far the eaves turn up: 1 is usual."""
    width, height = right - left, eave - top
    inset = width * 0.05
    up = 0.5 * u * flare
    cap = 0.35 * u * flare
    slope_left = shapes.smooth(
        [(left - 0.9 * u, eave - up), (left + inset * 0.35, eave - height * 0.34), (left + inset, top)], 5
    )
    slope_right = [(left + right - x, y) for x, y in reversed(slope_left)]
    ridge = shapes.smooth([
        (left + inset - cap, top - cap), (left + inset + width * 0.16, top - 0.05 * u),
        ((left + right) / 2, top + 0.12 * u * flare), (right - inset - width * 0.16, top - 0.05 * u),
        (right - inset + cap, top - cap),
    ], 5)  # fmt: skip
    scallops = max(4, round(width / (0.95 * u)))
    edge: list[Point] = []
    for i in range(scallops):
        a = right + 0.5 * u - (width + u) * i / scallops
        b = right + 0.5 * u - (width + u) * (i + 1) / scallops
        inner = (a - b) * 0.22
        edge += [(a, eave), ((a + b) / 2 + inner, eave + 0.24 * u), ((a + b) / 2 - inner, eave + 0.24 * u), (b, eave)]
    rows = max(3, round(width / (1.25 * u)))
    slits: list[Shape] = []
    for i in range(1, rows):
        t = i / rows
        head = left + inset + (width - 2 * inset) * t
        slits.append(shapes.lens((head, top + height * 0.2), (left + width * t, eave - height * 0.1), 0.17 * u))
    return [*slope_left[:-1], *ridge, *slope_right[1:], *edge], slits


def straw(colours: Palette) -> Colour:
    """Return the colour of thatch: straw that has weathered for some years."""
    return mix(mix(colours.ear, colours.wood, 0.5), colours.roof, 0.22)


def thatch(left: float, right: float, eave: float, top: float, u: float) -> tuple[list[Point], list[Shape]]:
    """Return the near slope of a thatched roof between two gables: its ragged outline, and slits between stalks."""
    width, height = right - left, eave - top
    rng = random.Random(round(width / max(u, 0.01)))
    end = min(0.05 * width, 0.9 * u)
    sag = 0.09 * height
    side = shapes.smooth(
        [(left - 0.5 * u, eave), (left - 0.15 * u, eave - 0.5 * height), (left + 0.5 * end, top + 0.16 * height)], 4
    )
    back = [(left + right - x, y) for x, y in reversed(side)]
    ridge = shapes.smooth([
        (left + end, top), (left + 0.3 * width, top + 0.7 * sag), ((left + right) / 2, top + sag),
        (right - 0.3 * width, top + 0.7 * sag), (right - end, top),
    ], 4)  # fmt: skip
    teeth = max(5, min(160, round(width / (0.7 * u))))
    edge = [
        (right + 0.5 * u - (width + u) * i / teeth, eave + (0.1 + 0.5 * (i % 2) + rng.uniform(-0.12, 0.2)) * u)
        for i in range(teeth + 1)
    ]
    stalks: list[Shape] = []
    rows = max(4, min(90, round(width / (0.9 * u))))
    for i in range(1, rows):
        x = left + width * (i + rng.uniform(-0.2, 0.2)) / rows
        a, b = sorted((rng.uniform(0.2, 0.6), rng.uniform(0.4, 0.92)))
        lean = rng.uniform(-0.2, 0.2) * u
        stalks.append(shapes.lens((x, top + height * a), (x + lean, top + height * b), 0.13 * u))
    return [*side, *ridge, *back, *edge], stalks


def _verge(house: House) -> list[Point]:
    """Return the outline of a thatched roof seen from its gable: two thick slopes."""
    u, middle = house.u, house.x + house.width / 2
    top, eaves = house.base - house.height, house.base - house.height * 0.47
    left = shapes.smooth(
        [(house.x - 1.2 * u, eaves + 0.3 * u), (house.x + house.width * 0.2, eaves - 2.2 * u), (middle, top)], 5
    )
    under = [(x, y + 1.5 * u) for x, y in left]
    right = [(2 * middle - x, y) for x, y in reversed(left)]
    return [*left, *right[1:], *[(2 * middle - x, y) for x, y in under], *list(reversed(under))[1:]]


def _lattice(x: float, y: float, side: float) -> list[Shape]:
    """Return the four panes of a square window, `side` pixels wide, with its upper left corner at (x, y)."""
    pane, step = side * 0.44, side * 0.56
    return [shapes.box(x + i * step, y + j * step, pane, pane) for i in (0, 1) for j in (0, 1)]


def row(brush: Brush, houses: Sequence[House], near: float, seed: str) -> None:
    """Draw a row of houses of mud. A `grand` house has a roof of tiles, the others are thatched. The edge of each roof
    is the brush's `edge`: light or snow."""
    colours, edge = brush.colours, brush.edge
    if not houses:
        return
    rng = random.Random(seed)
    haze = 0.3 * (1 - near)
    wall = mix(mix(colours.wall, colours.earth, 0.42), colours.sky_low, haze)
    thatched = mix(straw(colours), colours.sky_low, haze)
    tiles = mix(colours.roof, colours.sky_low, haze)
    leaf = mix(colours.wood, colours.ink, 0.35)
    u = houses[0].u
    bright: list[Box] = []
    dark: list[Box] = []
    walls: list[list[Shape]] = [[], []]
    footings: list[Box] = []
    openings: list[Shape] = []
    doors: list[Box] = []
    windows: list[Point] = []
    for i, house in enumerate(houses):
        eaves = house.base - house.height * 0.52
        door_h, door_w = house.height * 0.37, (3.0 if house.grand else 1.5) * house.u
        door_at = 0.5 if house.grand else rng.choice((0.28, 0.34) if house.gable else (0.42, 0.5, 0.58))
        door_x = house.x + house.width * door_at - door_w / 2
        side = 1.35 * house.u
        wide = house.width > 10.5 * house.u
        for part in (0.72,) if house.gable else (0.12, 0.27, 0.73, 0.88) if wide else (0.18, 0.82):
            wx, wy = house.x + house.width * part - side / 2, house.base - house.height * 0.37
            openings += _lattice(wx, wy, side)
            if house.lit:
                windows.append((wx + side / 2, wy + side / 2))
        openings.append(shapes.box(door_x, house.base - door_h, door_w, door_h + 1))
        ajar = 0.5 if house.lit else 0.86
        doors.append((door_x, house.base - door_h, door_w * ajar, door_h))
        wall_of = shapes.box(house.x, eaves, house.width, house.base - eaves)
        if house.gable:
            wall_of[1:1] = [(house.x + house.width / 2, house.base - house.height * 0.94)]
            openings.append(
                shapes.ellipse(
                    house.x + house.width / 2, house.base - house.height * 0.66, 0.42 * house.u, 0.42 * house.u, 12
                )
            )
        walls[i % 2 if near > 0.3 else 0].append(wall_of)
        at, foot = door_x - house.x, house.base - 0.75 * house.u
        footings.append((house.x, foot, at, 0.75 * house.u))
        footings.append((door_x + door_w, foot, house.width - at - door_w, 0.75 * house.u))
        inside = house.x + 0.3 * house.u, eaves, house.width - 0.6 * house.u, house.base - eaves - 0.2 * house.u
        (bright if house.lit else dark).append(inside)
    brush.blocks(dark, mix(colours.ink, wall, 0.12))
    brush.blocks(bright, mix(colours.light, (255, 255, 255), 0.12))
    for turn, cuts in enumerate(walls):
        tone = mix(wall, colours.earth, 0.3 * turn)
        lit = mix(tone, edge[0], 0.4)
        shaded = mix(tone, colours.shadow, 0.3)
        brush.lay(cuts, shaded, tone, 0.8 * u if near > 0.3 else 0, holes=openings, edge=(lit, 0.12 * u))
    brush.blocks(footings, mix(wall, colours.ink, 0.4))
    brush.blocks(doors, scale(leaf, 0.9))
    plain, grand = ([house for house in houses if house.grand is kind] for kind in (False, True))
    groups = ((0, plain[0::2]), (1, plain[1::2]), (2, grand)) if near > 0.6 else ((0, plain), (2, grand))
    for turn, some in groups:
        if not some:
            continue
        outlines: list[Shape] = []
        slits: list[Shape] = []
        for house in some:
            if house.gable:
                outlines.append(_verge(house))
                continue
            left, right = house.x - 0.8 * house.u, house.x + house.width + 0.8 * house.u
            eave, top = house.base - house.height * 0.46, house.base - house.height
            outline, lines = (
                roof(left, right, eave, top, house.u, 1.3) if house.grand else thatch(left, right, eave, top, house.u)
            )
            outlines.append(outline)
            slits += lines
        tone = tiles if turn == 2 else mix(thatched, colours.wood, 0.24 * turn)
        rim = 0.9 if edge[1] > 0.4 * u else 0.5  # 0.9 in snow
        brush.cut(outlines, tone, 1.1 * u, holes=slits, lit=0.14, dark=0.8, rim=rim, apart=False)
    brush.glows(windows, 4.2 * u, colours.light, 0.36)
    steps = [(house.x + house.width / 2, house.base + 0.4 * u) for house in houses if house.lit]
    brush.glows(steps, 6.5 * u, colours.light, 0.2, 0.3)


def loudspeaker(brush: Brush, x: float, base: float, height: float, u: float) -> None:
    """Draw two loudspeaker horns on their pole."""
    pole = mix(brush.colours.wood, brush.colours.ink, 0.4)
    mast = shapes.ribbon([(x, base), (x, base - height)], [0.6 * u, 0.4 * u])
    arm = shapes.ribbon(
        [(x - 1.4 * u, base - height * 0.82), (x + 1.4 * u, base - height * 0.82)], [0.25 * u, 0.25 * u]
    )
    brush.lay([mast, arm], pole, pole, 0.7 * u, edge=(mix(pole, brush.colours.rim, 0.4), 0.12 * u))
    horn(brush, x, base - height, u, -1)
    horn(brush, x, base - height, u, 1)


def horn(brush: Brush, x: float, y: float, u: float, facing: int, tone: Colour = RED) -> None:
    """Draw a loudspeaker's horn with its throat at (x, y), opening to the left (-1) or right (1)."""
    f = facing
    bell = shapes.smooth(shapes.points(x, y, u, (0, -0.35), (f * 1.1, -0.5), (f * 2.3, -1.5)), 5)
    back = [(px, 2 * y - py) for px, py in reversed(bell)]
    box = shapes.box(x - 0.45 * u, y - 0.45 * u, 0.9 * u, 0.9 * u)
    light = (255, 236, 200)
    brush.cut([[*bell, *back], box], tone, 0.6 * u, lit=0.2, dark=0.72, edge=(light, 0.14 * u), apart=False)
    mouth = shapes.ellipse(x + f * 2.3 * u, y, 0.55 * u, 1.5 * u)
    brush.lay([mouth], scale(tone, 0.62), scale(tone, 0.42), edge=(mix(tone, light, 0.3), 0.12 * u))


def bridge(brush: Brush, x: float, base: float, span: float, u: float) -> None:
    """Draw a stone bridge with one round arch. The highest point of its back is at (x, base)."""
    half = span / 2
    back = shapes.smooth(
        shapes.points(x, base, (half, u), (-1.5, 0.7), (-0.7, -1.5), (0, -2.7), (0.7, -1.5), (1.5, 0.7)), 8
    )
    foot = base + 2.4 * u
    outline = [*back, (x + half * 1.25, foot), (x - half * 1.25, foot)]
    arch = shapes.arch(x, foot + 0.3 * u, half * 0.62, 3.6 * u, 20)
    stone = mix(brush.colours.wall, brush.colours.ink, 0.34)
    border = brush.edge[0], max(brush.edge[1], 0.25 * u)
    brush.cut([outline], stone, 0.9 * u, holes=[arch], lit=0.25, dark=0.8, rim=0.8, edge=border, apart=False)


def pagoda(x: float, y: float, height: float) -> list[Shape]:
    """Return the outlines of a distant pagoda of five storeys with its foot at (x, y)."""
    parts: list[Shape] = []
    storey = height * 0.16
    for i in range(5):
        half = height * (0.13 - 0.018 * i)
        top = y - storey * (i + 1)
        parts.append(shapes.box(x - half, top, 2 * half, storey + 1))
        parts.append(shapes.points(x, top, (half, storey), (-1.7, 0.1), (-1, -0.28), (1, -0.28), (1.7, 0.1)))
    parts.append([(x - height * 0.02, y - storey * 5), (x, y - height), (x + height * 0.02, y - storey * 5)])
    return parts
