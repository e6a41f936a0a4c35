"""Houses, furnaces and what stands about a village: few sheets each."""

from __future__ import annotations

import math
import random

from game.window.painter import shapes
from game.window.painter.colour import Colour, mix, scale
from game.window.painter.palette import RED, Palette
from game.window.painter.paper import Point, Shape, Sheet, Table, glow, lay


def roof(left: float, right: float, eave: float, top: float, u: float, flare: float = 1.0) -> tuple[list[Point], list[Shape]]:
    """A tiled roof's outline with its turned-up eaves, and the slits between its rows of tiles."""
    width, height = right - left, eave - top
    inset = width * 0.13
    up = 0.5 * u * flare
    slope_left = shapes.smooth([(left - 0.9 * u, eave - up), (left + inset * 0.35, eave - height * 0.34), (left + inset, top)], 5)
    slope_right = shapes.smooth([(right - inset, top), (right - inset * 0.35, eave - height * 0.34), (right + 0.9 * u, eave - up)], 5)
    cap = 0.35 * u * flare
    ridge = shapes.smooth(
        [(left + inset - cap, top - cap), (left + inset + width * 0.16, top - 0.05 * u), ((left + right) / 2, top + 0.12 * u * flare),
         (right - inset - width * 0.16, top - 0.05 * u), (right - inset + cap, top - cap)], 5)
    scallops = max(4, round(width / (0.95 * u)))
    edge: list[Point] = []
    for i in range(scallops):
        a = right + 0.5 * u - (width + u) * i / scallops
        b = right + 0.5 * u - (width + u) * (i + 1) / scallops
        edge += [(a, eave), ((a + b) / 2 + (a - b) * 0.22, eave + 0.24 * u), ((a + b) / 2 - (a - b) * 0.22, eave + 0.24 * u), (b, eave)]
    outline = [*slope_left[:-1], *ridge, *slope_right[1:], *edge]
    rows = max(3, round(width / (1.25 * u)))
    slits: list[Shape] = []
    for i in range(1, rows):
        t = i / rows
        foot = left + width * t
        head = left + inset + (width - 2 * inset) * t
        slits.append(shapes.lens((head, top + height * 0.2), (foot, eave - height * 0.1), 0.17 * u))
    return outline, slits


def house(
    on: Table, colours: Palette, x: float, base: float, width: float, height: float, u: float,
    lit: bool, near: float, edge: tuple[Colour, float], seed: str, grand: bool = False,
) -> None:
    """A house whose wall's lower left corner is (x, base); `u` is its unit in pixels, `near` 0 to 1."""
    rng = random.Random(seed)
    haze = 0.3 * (1 - near)
    wall = mix(mix(colours.wall, colours.sky_low, haze), colours.ink, 0.12 * rng.random())
    tile_tone = mix(colours.roof, colours.sky_low, haze)
    wall_top = base - height * 0.52
    openings: list[Shape] = []
    windows: list[Point] = []
    door_w, door_h = 1.5 * u, height * 0.37
    door_x = x + width * rng.choice((0.36, 0.44, 0.52)) if not grand else x + width / 2 - door_w
    door = shapes.box(door_x, base - door_h, door_w * (2 if grand else 1), door_h + 1)
    side = 1.35 * u
    for part in ((0.14, 0.72) if width < 11 * u and not grand else (0.1, 0.27, 0.64, 0.81)):
        wx, wy = x + width * part, base - height * 0.36
        if wx + side > door_x - 0.3 * u and wx < door_x + door_w * 1.3:
            continue
        windows.append((wx + side / 2, wy + side / 2))
        # A lattice: four panes with their bars left standing.
        pane = side * 0.44
        openings += [shapes.box(wx + i * side * 0.56, wy + j * side * 0.56, pane, pane) for i in (0, 1) for j in (0, 1)]
    behind = colours.light if lit else mix(colours.ink, wall, 0.15)
    lay(on, Sheet([shapes.box(x + 0.3 * u, wall_top, width - 0.6 * u, base - wall_top - 0.2 * u)], behind, behind, 0))
    lay(
        on,
        Sheet(
            [shapes.box(x, wall_top, width, base - wall_top)], mix(wall, colours.shadow, 0.22), wall, 0.9 * u,
            holes=[*openings, door], rim=mix(wall, edge[0], 0.4), rim_width=0.12 * u, span=(wall_top, base),
        ),
    )
    leaf = mix(colours.wood, colours.ink, 0.35)
    lay(on, Sheet([shapes.box(door_x - 0.15 * u, base - door_h, door_w * (1.25 if grand else 0.72), door_h)], leaf, scale(leaf, 0.8), 0.3 * u, rim=mix(leaf, edge[0], 0.3), rim_width=0.1 * u))
    outline, slits = roof(x - 0.8 * u, x + width + 0.8 * u, base - height * 0.46, base - height, u, 2.2 if grand else 1.0)
    lay(
        on,
        Sheet(
            [outline], mix(tile_tone, edge[0], 0.1), scale(tile_tone, 0.8), 1.1 * u, holes=slits,
            rim=mix(tile_tone, edge[0], 0.9 if edge[1] > 0.4 * u else 0.5), rim_width=edge[1],
        ),
    )
    if lit:
        for at in windows:
            glow(on, at, 4.2 * u, colours.light, 0.34)
        glow(on, (x + width / 2, base + 0.4 * u), width * 0.62, colours.light, 0.16, 0.3)


def loudspeaker(on: Table, colours: Palette, x: float, base: float, height: float, u: float) -> None:
    """The horn on its pole: the only red thing by day beside the sun."""
    pole = mix(colours.wood, colours.ink, 0.4)
    lay(on, Sheet([shapes.ribbon([(x, base), (x, base - height)], [0.55 * u, 0.4 * u]), shapes.ribbon([(x - 1.4 * u, base - height * 0.82), (x + 1.4 * u, base - height * 0.82)], [0.25 * u, 0.25 * u])], pole, pole, 0.6 * u))
    horn(on, x, base - height, u, -1)
    horn(on, x, base - height, u, 1)


def horn(on: Table, x: float, y: float, u: float, facing: int, tone: Colour = RED) -> None:
    """A loudspeaker's horn with its throat at (x, y), opening to the left (-1) or right (1)."""
    f = facing
    bell = shapes.smooth([(x, y - 0.35 * u), (x + f * 1.1 * u, y - 0.5 * u), (x + f * 2.3 * u, y - 1.5 * u)], 5)
    back = shapes.smooth([(x + f * 2.3 * u, y + 1.5 * u), (x + f * 1.1 * u, y + 0.5 * u), (x, y + 0.35 * u)], 5)
    lay(on, Sheet([[*bell, *back], shapes.box(x - 0.45 * u, y - 0.45 * u, 0.9 * u, 0.9 * u)], mix(tone, (255, 220, 180), 0.2), scale(tone, 0.72), 0.6 * u, rim=mix(tone, (255, 236, 200), 0.5), rim_width=0.14 * u))
    lay(on, Sheet([shapes.ellipse(x + f * 2.3 * u, y, 0.55 * u, 1.5 * u)], scale(tone, 0.62), scale(tone, 0.42), 0, rim=mix(tone, (255, 236, 200), 0.3), rim_width=0.12 * u))


def furnace(on: Table, colours: Palette, x: float, base: float, height: float, edge: tuple[Colour, float], lit: bool, seed: str) -> None:
    """A backyard furnace of clay and brick on (x, base): its mouth glows, or is cold."""
    rng = random.Random(seed)
    u = height / 10
    low, high = 3.1 * u, 1.9 * u
    lean = rng.uniform(-0.3, 0.3) * u
    top = base - height
    left = shapes.smooth([(x - low, base), (x - low * 0.86, base - height * 0.45), (x - high + lean, top + 0.9 * u)], 5)
    right = shapes.smooth([(x + high + lean, top + 0.9 * u), (x + low * 0.86, base - height * 0.45), (x + low, base)], 5)
    lip = [(x - high * 1.22 + lean, top + 0.9 * u), (x - high * 1.18 + lean, top), (x + high * 1.18 + lean, top), (x + high * 1.22 + lean, top + 0.9 * u)]
    mouth = [(x - 1.15 * u, base - 0.5 * u), (x - 1.2 * u, base - 2.2 * u), *shapes.ellipse(x, base - 2.3 * u, 1.2 * u, 1.25 * u, 20)[10:20], (x + 1.2 * u, base - 2.2 * u), (x + 1.15 * u, base - 0.5 * u)]
    slits: list[Shape] = []
    for row in range(5):
        y = base - (3.9 + row * 1.05) * u
        half = high + (low - high) * (base - y < 6 * u) * 0.35
        for k in range(3):
            cx = x + lean * 0.5 + (k - 1 + 0.5 * (row % 2) - 0.25) * 1.25 * u
            if abs(cx - x) < half:
                slits.append(shapes.lens((cx - 0.5 * u, y), (cx + 0.5 * u, y), 0.13 * u))
    clay = mix(colours.earth, colours.ink, 0.62)
    inside: tuple[Colour, Colour] = (mix(colours.fire, (255, 255, 220), 0.5), colours.fire) if lit else (colours.ink, scale(colours.ink, 0.6))
    if lit:
        glow(on, (x, top), 9 * u, colours.fire, 0.35)
    lay(on, Sheet([shapes.box(x - 1.6 * u, base - 4 * u, 3.2 * u, 4 * u)], *inside, 0))
    if lit:
        tongues = [shapes.leaf(x + (k - 1) * 0.7 * u, base - 0.2 * u, rng.uniform(1.4, 2.4) * u, -math.pi / 2 + rng.uniform(-0.2, 0.2), 0.5) for k in range(3)]
        lay(on, Sheet(tongues, (255, 246, 196), mix(colours.fire, RED, 0.35), 0))
        slits_tone = mix(colours.fire, RED, 0.4)
        lay(on, Sheet([shapes.box(x - high, base - 8.6 * u, 2 * high, 5 * u)], slits_tone, colours.fire, 0))
    lay(on, Sheet([[*left, *lip, *right]], mix(clay, edge[0], 0.12), scale(clay, 0.8), 1.0 * u, holes=[mouth, *slits], rim=mix(clay, edge[0], 0.6), rim_width=max(edge[1], 0.16 * u)))
    if lit:
        glow(on, (x, base - 1.6 * u), 10 * u, colours.fire, 0.5)
        glow(on, (x, base + 0.4 * u), 8 * u, colours.fire, 0.45, 0.3)
