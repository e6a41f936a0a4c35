"""Settlement: draws the houses of the village in three tiers, and the trees between them."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from game.painter.canvas import Brush, Frame, Point, SceneState, Shape, mix, shapes
from game.painter.props import buildings, landscape
from game.painter.props.buildings import House

# Each tier: the row on which its walls stand, where it starts and ends (shares of the subject area), its size, and its
# nearness. The farthest continues beside the subject area. To the right of the others are the furnaces.
_TIERS = ((0.632, -0.03, 9.0, 0.56, 0.1), (0.685, 0.07, 0.6, 0.78, 0.4), (0.752, -0.05, 0.5, 1.08, 0.9))


def tier(frame: Frame, state: SceneState, row: int) -> list[House]:
    """Return the houses of a tier (0 is the farthest). When it is dark, `state.lamps` tenths of them are lit."""
    base, start, end, size, _ = _TIERS[row]
    rng = random.Random(f"houses {row}")
    dark = state.hour != "day"
    unit = frame.u * size
    houses: list[House] = []
    x = frame.x(start)
    while x < min(frame.w + 10 * frame.u, frame.x(end)) and len(houses) < 36:
        grand = row == 2 and len(houses) == 1
        gable = not grand and rng.random() < 0.3
        width = 17.5 * unit if grand else rng.uniform(6.4, 7.6) * unit if gable else rng.uniform(7.6, 13.0) * unit
        height = (11.0 if grand else rng.uniform(6.2, 8.2)) * unit
        foot = frame.y(base) + rng.uniform(-1.5, 1.2) * unit
        chance = rng.random()
        houses.append(House(x, foot, width, height, unit, dark and chance < state.lamps / 10, grand, gable))
        x += width + rng.choice((0.9, 1.8, 2.6, 3.4, 7.5)) * unit
    return houses


def beyond(
    brush: Brush, name: str, ends: tuple[float, float], foot: float, unit: float, most: int, gaps: Sequence[float]
) -> None:
    """Draw at most `most` small houses on the row `foot`, between the columns `ends`. The distance between two houses
    is a random one of `gaps`, times `unit` pixels. `name` makes the randomness repeatable."""
    rng = random.Random(f"{name} roofs")
    houses: list[House] = []
    x, end = ends
    while x < end and len(houses) < most:
        gable, wide, chance = rng.random() < 0.3, rng.uniform(7.5, 12) * unit, rng.random()
        lit = brush.state.hour != "day" and chance < brush.state.lamps / 10
        houses.append(House(x, foot + rng.uniform(-1, 1) * unit, wide, 7 * unit, unit, lit, False, gable))
        x += wide + rng.choice(gaps) * unit
    buildings.row(brush, houses, 0.2, f"{name} row")


def lights(frame: Frame, state: SceneState) -> list[Point]:
    """Return where each lit house by the river meets the ground, in pixels: its reflection begins there."""
    return [(house.x + house.width / 2, house.base) for house in tier(frame, state, 2) if house.lit]


def settle(brush: Brush, row: int) -> None:
    """Draw one tier of the village: the trees behind it, its houses, its yards and its smoke."""
    houses = tier(brush.frame, brush.state, row)
    _trees(brush, houses, row)
    buildings.row(brush, houses, _TIERS[row][4], f"row {row}")
    _yards(brush, houses, row)
    smoking = [house for house in houses[1::3] if not house.gable] if brush.state.smoke else []
    for i, house in enumerate(smoking):
        landscape.smoke(brush, f"smoke {row} {i}", *house.chimney, 17 * house.u, 2.4 * house.u, 7 * house.u)


def _yards(brush: Brush, houses: list[House], row: int) -> None:
    """Draw low tiled walls around the yards of the nearer houses."""
    if row == 0:
        return
    walls: list[Shape] = []
    caps: list[Shape] = []
    for house, other in pairwise(houses):
        gap = other.x - house.x - house.width
        if gap > 5 * house.u or gap < 1.2 * house.u:
            continue
        x, foot, tall = house.x + house.width, house.base + 0.2 * house.u, 2.5 * house.u
        walls.append(shapes.box(x, foot - tall, gap, tall))
        caps.append(shapes.box(x - 0.1 * house.u, foot - tall - 0.4 * house.u, gap + 0.2 * house.u, 0.6 * house.u))
    brush.cut(walls, mix(brush.colours.wall, brush.colours.earth, 0.45), 0.5 * brush.frame.u)
    brush.cut(caps, brush.colours.roof, 0.3 * brush.frame.u)


def _trees(brush: Brush, houses: list[House], row: int) -> None:
    """Draw round trees and poplars behind a tier. Their number falls with `state.forest`."""
    colours, state = brush.colours, brush.state
    u = brush.u * _TIERS[row][3]
    brush = replace(brush, edge=(brush.light, brush.edge[1] * 0.6))
    rng = random.Random(f"village trees {row}")
    crowns: list[Shape] = []
    boughs: list[Shape] = []
    cuts: list[Shape] = []
    for i, house in enumerate(houses):
        x = house.x + house.width + rng.uniform(-1.2, 1.6) * u
        tall = rng.uniform(9.5, 13.5) * u
        slim = rng.random() < 0.42
        stands = (i * 7 + 3 * row + 2) % 10 < state.forest and i % 3 != 1 and (row or i % 2)
        chance = random.Random(f"village tree {row} {i}")
        if not stands:
            continue
        if state.season == "winter":
            boughs += shapes.bare(chance, x, house.base, tall * 1.2, chance.uniform(-0.08, 0.08))
            continue
        boughs.append(shapes.ribbon([(x, house.base + 0.4 * u), (x, house.base - tall * 0.5)], [1.0 * u, 0.5 * u]))
        rx, ry = (tall * 0.16, tall * 0.5) if slim else (tall * 0.42, tall * 0.36)
        cy = house.base - tall * 0.72
        crowns.append(shapes.crown(chance, x, cy, rx, ry, 13 if slim else 10))
        for _ in range(8):
            a, r = chance.uniform(0, math.tau), chance.uniform(0.15, 0.7)
            cuts.append(
                shapes.leaf(
                    x + r * rx * math.cos(a), cy + r * ry * math.sin(a), tall * 0.1, chance.uniform(-1.8, -0.6), 0.34
                )
            )
    haze = 0.36 * (1 - _TIERS[row][4])
    bark = mix(mix(colours.wood, colours.ink, 0.4), colours.sky_low, haze)
    brush.cut(boughs, bark, 0.6 * u if state.season == "winter" else 0)
    brush.cut(crowns, mix(mix(colours.leaf, colours.hill(0.8), 0.45), colours.sky_low, haze), 1.0 * u, holes=cuts)
