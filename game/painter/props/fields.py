"""Fields: draws fields behind each other: standing, ripe, rotting, young or bare."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import NamedTuple

from game.painter.canvas import SNOW, Brush, Crops, Frame, SceneState, Shape, mix, scale, shapes

Blade = Callable[[random.Random, float, float, float], list[Shape]]


class Field(NamedTuple):
    """One of the fields behind each other: its number from the back (`row`), its upper edge (`crest`), the pixels
    visible below that edge (`gap`), and how near it is (`near`, 0 to 1)."""

    row: int
    crest: shapes.Profile
    gap: float
    near: float


def _grass(rng: random.Random, x: float, y: float, h: float) -> list[Shape]:
    tip = (x + rng.uniform(-0.35, 0.35) * h, y - h * rng.uniform(0.8, 1.1))
    return [[(x - h * 0.07, y + h * 0.2), tip, (x + h * 0.07, y + h * 0.2)]]


def _ripe(rng: random.Random, x: float, y: float, h: float) -> list[Shape]:
    """Return a stalk that bends under its ear."""
    side = rng.choice((-1, 1, 1)) * rng.uniform(0.8, 1.2)
    bend = [(0.0, 0.2), (0.02, -0.55), (0.1, -0.86), (0.26, -0.97), (0.42, -0.9)]
    curve = [(x + side * h * dx, y + h * dy) for dx, dy in bend]
    stalk = shapes.ribbon(curve, [h * 0.06, h * 0.05, h * 0.045, h * 0.04, h * 0.02])
    ear = shapes.lens(curve[2], (x + side * h * rng.uniform(0.5, 0.62), y - h * rng.uniform(0.62, 0.78)), h * 0.17)
    if h < 26:  # at a distance two cuts are enough
        return [stalk, ear]
    blade = shapes.lens((x, y - h * 0.2), (x - side * h * 0.28, y - h * rng.uniform(0.6, 0.85)), h * 0.09)
    return [stalk, ear, blade]


def _standing(rng: random.Random, x: float, y: float, h: float) -> list[Shape]:
    return [
        shapes.lens((x, y + h * 0.2), (x + rng.uniform(-0.5, 0.5) * h, y - h * rng.uniform(0.7, 1.1)), h * 0.16)
        for _ in range(2)
    ]


def _rotting(rng: random.Random, x: float, y: float, h: float) -> list[Shape]:
    side = rng.choice((-1, 1))
    knee = (x + side * h * 0.1, y - h * rng.uniform(0.2, 0.5))
    end = (knee[0] + side * h * rng.uniform(0.5, 0.9), knee[1] + h * rng.uniform(0.0, 0.3))
    return [
        shapes.ribbon([(x, y + h * 0.2), knee, end], [h * 0.08, h * 0.07, h * 0.03]),
        shapes.lens(knee, end, h * 0.14),
    ]


_BLADES: dict[Crops, tuple[Blade, float, float]] = {
    "standing": (_standing, 1.0, 1.0),
    "ripe": (_ripe, 1.15, 1.0),
    "rotting": (_rotting, 0.85, 1.3),
    "young": (_grass, 0.5, 0.7),
}


def growth(
    rng: random.Random, crops: Crops, crest: shapes.Profile, right: float, height: float, spacing: float
) -> list[Shape]:
    """Return plants along `crest`, up to the column `right`; none for bare crops. Lengths are pixels."""
    if crops not in _BLADES:
        return []
    blade, tall, sparse = _BLADES[crops]
    plants = [blade(rng, 0, 0, height * tall * (0.78 + 0.37 * k / 11)) for k in range(12)]
    spacing = max(2.0, spacing * sparse)
    grown: list[Shape] = []
    for i in range(min(420, math.ceil(right / spacing) + 1)):
        x = (i + rng.uniform(-0.3, 0.3)) * spacing
        y = crest(x)
        grown += [[(x + px, y + py) for px, py in part] for part in rng.choice(plants)]
    return grown


def fields(brush: Brush, top: float, rows: int = 3) -> None:
    """Draw fields from the fraction `top` of the subject area to the picture's lower edge, about `rows` in the area."""
    start = brush.frame.y(top)
    reach = max(brush.frame.y(1.0) - start, 1.0)
    row, y = 0, start
    while y < brush.frame.h + brush.u and row < 24:
        near = min(1.0, (y - start) / reach)
        beyond = max(0.0, (y - start) / reach - 1.0)  # how far below the subject area; only portrait windows show it
        gap = reach / rows * (0.6 + 0.7 * near + 0.9 * beyond)
        strip(brush, row, y, gap, near)
        y += gap
        row += 1


def strip(brush: Brush, row: int, y: float, gap: float, near: float) -> None:
    """Draw the field number `row` from the back. Its crest is about the row `y`, and `gap` pixels of the field show."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    edge, width = brush.edge
    rng = random.Random(f"field {row}")
    rolling = shapes.profile(rng, y, (0.5 + 1.5 * near) * u, (60 + 40 * near) * u)
    lean, middle = (0.016, -0.012, 0.014, -0.018)[row % 4] * near, frame.x(0.5)

    def crest(x: float) -> float:
        return rolling(x) + lean * max(-90 * u, min(90 * u, x - middle))

    height = (1.3 + 5.2 * near) * u
    plants = growth(rng, state.crops, crest, frame.w, height, (1.0 + 1.3 * near) * u)
    outline = shapes.land(crest, -3 * u, frame.w + 3 * u, min(frame.h + 2.0 * u, y + gap + 4 * u), max(8.0, 1.3 * u))
    tone = mix(colours.field, colours.stalk if plants else colours.earth, 0.2 + 0.4 * (row % 2))
    tone = mix(mix(tone, colours.sky_low, 0.34), scale(tone, 0.9), near)
    lit = mix(tone, colours.ear, 0.6 if state.crops == "ripe" else 0.24)
    field = Field(row, crest, gap, near)
    slits = _furrows(rng, frame, state, field)
    low = max(y for _, y in outline[1:-1])
    brush.lay(
        [outline, *plants],
        lit,
        scale(tone, 0.78),
        (0.8 + 1.5 * near) * u,
        edge=(mix(lit, edge, 0.85 if state.snow else 0.4), width * (0.5 + 0.7 * near)),
        span=(y - height, y + gap + u),
        solid=low + 0.3 * height + 2,
    )
    _paddies(brush, field)
    brush.slit(slits, mix(tone, colours.ink, 0.6), mix(tone, edge, 0.45))
    _wheat(brush, field)


def _wheat(brush: Brush, field: Field) -> None:
    """Draw rows of winter wheat in every second bare field, only in the winters of 1958 and 1962."""
    u, colours, state = brush.u, brush.colours, brush.state
    row, crest, gap, near = field
    if state.season != "winter" or state.crops != "bare" or state.year not in (1958, 1962) or row % 2:
        return
    rng = random.Random(f"wheat {row}")
    combs: list[Shape] = []  # each run of blades is one shape; hundreds of small ones take too long
    step, h = (0.5 + 0.45 * near) * u, (0.6 + 0.8 * near) * u
    for line in range(4):
        down = gap * (0.16 + 0.7 * (line + 0.5) / 4)
        x = -rng.uniform(0, 8) * step
        while x < brush.frame.w and len(combs) < 200:
            count = rng.randint(3, 9) if state.snow else rng.randint(8, 26)
            ends = [x + step * i for i in range(count + 1)]
            tips = [(a + rng.uniform(0.1, 0.9) * step, crest(a) + down - h * rng.uniform(0.6, 1.1)) for a in ends]
            feet = [(a + step, crest(a + step) + down - 0.15 * h) for a in ends]
            blades = [point for pair in zip(tips, feet, strict=True) for point in pair]
            combs.append([*reversed(blades), (x, crest(x) + down), (ends[-1] + step, crest(ends[-1]) + down)])
            x = ends[-1] + rng.uniform(1, 14 if state.snow else 4) * step
    green = mix(mix(colours.leaf, (104, 140, 78), 0.6), colours.sky_low, 0.34 - 0.2 * near)
    green = scale(green, 0.55) if state.hour == "night" else mix(green, SNOW, 0.16)
    brush.slit(combs, green, mix(green, SNOW, 0.1 if state.hour == "night" else 0.5))


def _paddies(brush: Brush, field: Field) -> None:
    """Draw flooded plots in the field, which mirror the sky, if the crops are young and there is no snow."""
    u, colours, state = brush.u, brush.colours, brush.state
    row, crest, gap, near = field
    if state.crops != "young" or state.snow:
        return
    rng = random.Random(f"paddies {row}")
    plots: list[Shape] = []
    rice: list[Shape] = []
    x = rng.uniform(-30, 0) * u
    while x < brush.frame.w:
        long = rng.uniform(18, 40) * u * (0.55 + 0.45 * near)
        top, deep = gap * 0.3, gap * rng.uniform(0.3, 0.42)
        corners = [(x, 0.4), (x + long * 0.3, 0.0), (x + long, 0.1), (x + long * 1.08, 0.6), (x + long * 0.7, 1.0)]
        corners.append((x + long * 0.12, 0.9))
        plots.append(shapes.smooth([(px, crest(px) + top + part * deep) for px, part in corners], 5, closed=True))
        count = round(long / ((1.6 + near) * u))
        for line in (0.35, 0.7):
            for k in range(count):
                px = x + long * (0.12 + 0.8 * (k + rng.uniform(-0.2, 0.2)) / count)
                rice += _grass(rng, px, crest(px) + top + line * deep, (0.7 + 1.3 * near) * u)
        x += long + rng.uniform(5, 26) * u
    water = mix(colours.water, colours.sky_low, 0.35)
    soil = mix(colours.field, colours.ink, 0.5)
    brush.lay(plots, mix(water, colours.sky_top, 0.3), water, edge=(soil, (0.16 + 0.2 * near) * u), apart=True)
    blade = mix(colours.stalk, colours.ink, 0.2)
    brush.lay(rice, blade, apart=True)


def _furrows(rng: random.Random, frame: Frame, state: SceneState, field: Field) -> list[Shape]:
    """Return slits along the field for its furrows: three rows on bare land, otherwise one."""
    _, crest, gap, near = field
    u = frame.u
    slits: list[Shape] = []
    lines = 3 if state.crops == "bare" else 1
    for line in range(lines):
        down = gap * (0.3 + 0.6 * (line + 0.5) / lines)
        x = rng.uniform(-12, 0) * u
        while x < frame.w:
            length = rng.uniform(4, 13) * u
            a, b = (x, crest(x) + down), (x + length, crest(x + length) + down + rng.uniform(-0.3, 0.3) * u)
            slits.append(shapes.lens(a, b, (0.2 + 0.22 * near) * u))
            x += length + rng.uniform(2, 8) * u
    return slits
