"""Fields behind one another: standing, ripe, rotting, young, or bare."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from game.window.painter import shapes
from game.window.painter.colour import mix, scale
from game.window.painter.frame import Frame
from game.window.painter.landscape import rim
from game.window.painter.palette import Palette
from game.window.painter.paper import Shape, Sheet, Table, lay
from game.window.painter.state import State

Blade = Callable[[random.Random, float, float, float], list[Shape]]


def _grass(rng: random.Random, x: float, y: float, h: float) -> list[Shape]:
    tip = (x + rng.uniform(-0.35, 0.35) * h, y - h * rng.uniform(0.8, 1.1))
    return [[(x - h * 0.07, y + h * 0.2), tip, (x + h * 0.07, y + h * 0.2)]]


def _ripe(rng: random.Random, x: float, y: float, h: float) -> list[Shape]:
    side = rng.choice((-1, 1, 1))
    top = (x + side * h * 0.12, y - h)
    stalk = shapes.ribbon([(x, y + h * 0.2), (x + side * h * 0.02, y - h * 0.6), top], [h * 0.07, h * 0.06, h * 0.05])
    ear = shapes.lens(top, (top[0] + side * h * 0.42, top[1] + h * rng.uniform(0.16, 0.4)), h * 0.2)
    blade = shapes.lens((x, y - h * 0.3), (x - side * h * 0.3, y - h * rng.uniform(0.55, 0.8)), h * 0.1)
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


_BLADES: dict[str, tuple[Blade, float, float]] = {
    "standing": (_standing, 1.0, 1.0),
    "ripe": (_ripe, 1.15, 1.0),
    "rotting": (_rotting, 0.85, 1.3),
    "young": (_grass, 0.5, 0.7),
}


def fields(on: Table, frame: Frame, colours: Palette, state: State, top: float, rows: int = 4) -> None:
    """Field behind field from `top` (part of the stage's height) to the picture's foot, each larger."""
    u = frame.u
    start = frame.y(top)
    reach = max(frame.y(1.0) - start, 1.0)
    edge, width = rim(colours, state, u)
    blade, tall, sparse = _BLADES.get(state.crops, (None, 0.0, 1.0))
    row, y = 0, start
    while y < frame.h + 3 * u and row < 24:
        near = min(1.0, (y - start) / reach)
        beyond = max(0.0, (y - start) / reach - 1.0)  # below the stage, where an upright window goes on
        rng = random.Random(f"field {row}")
        crest = shapes.profile(rng, y, (0.5 + 1.5 * near) * u, (60 + 40 * near) * u)
        gap = reach / rows * (0.6 + 0.7 * near + 0.9 * beyond)
        height = (1.3 + 5.2 * near) * u
        growth: list[Shape] = []
        if blade is not None:
            spacing = max(2.0, (0.75 + 1.5 * near) * u * sparse)
            for i in range(min(420, math.ceil(frame.w / spacing) + 1)):
                x = (i + rng.uniform(-0.3, 0.3)) * spacing
                growth += blade(rng, x, crest(x), height * tall * rng.uniform(0.78, 1.15))
        outline = shapes.land(
            crest, -3 * u, frame.w + 3 * u, min(frame.h + 2.0 * u, y + gap + 4 * u), max(8.0, 1.3 * u)
        )
        tone = mix(colours.field, colours.stalk if growth else colours.earth, 0.2 + 0.4 * (row % 2))
        tone = mix(mix(tone, colours.sky_low, 0.34), scale(tone, 0.9), near)
        lit = mix(tone, colours.ear, 0.6 if state.crops == "ripe" else 0.24)
        lay(
            on,
            Sheet(
                [outline, *growth],
                lit,
                scale(tone, 0.78),
                (0.8 + 1.5 * near) * u,
                holes=_furrows(rng, frame, crest, gap, near, state),
                rim=mix(lit, edge, 0.85 if state.snow else 0.4),
                rim_width=width * (0.5 + 0.7 * near),
                span=(y - height, y + gap + u),
            ),
        )
        y += gap
        row += 1


def _furrows(
    rng: random.Random, frame: Frame, crest: shapes.Profile, gap: float, near: float, state: State
) -> list[Shape]:
    """Knife slits along the field: the furrows, and on bare land the cracks."""
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
