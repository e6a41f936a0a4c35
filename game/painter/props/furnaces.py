"""Furnaces: the scene `furnaces`, a row of backyard furnaces by night, with their wood. Other scenes draw single
furnaces with the function `furnace`."""

from __future__ import annotations

import math
import random

from game.painter.canvas import RED, Brush, Frame, Part, Point, SceneState, Shape, mix, scale, shapes
from game.painter.props import fields, figures, landscape, waters

# People: column and row as shares of the subject area, size as a factor, kind, and the reach of their rod in units.
_WORKERS: tuple[tuple[float, float, float, figures.Kind, float], ...] = (
    (0.44, 0.895, 0.82, "cap", -9.0), (0.55, 0.88, 0.76, "bun", 10.0), (0.86, 0.93, 0.95, "cropped", -13.0),
)  # fmt: skip


# Furnaces: column and row as shares of the subject area, and height in units. Then the order in which they are built.
_PLACES = ((0.25, 0.74, 18), (0.82, 0.74, 19), (0.53, 0.745, 17), (0.38, 0.8, 26), (0.68, 0.805, 28), (0.11, 0.81, 25))
_ORDER = (3, 4, 0, 1, 2, 5)


def furnaces(brush: Brush) -> None:
    """Paint the furnace ground below the ridge. Reads from `scene_table.VILLAGE` the parameters `crops`, `forest`,
    `furnaces`, `glow`, `hour`, `season`, `snow`."""
    u, frame, state = brush.u, brush.frame, brush.state
    lit = state.glow and state.furnaces > 0
    landscape.sky(brush, frame.y(0.55), (0.16, 0.17))
    landscape.ridge(brush, brush.crest("furnace far", 0.36, 3.4, 74), 0.0, 14 * u)
    landscape.wooded(brush, brush.crest("furnace ridge", 0.43, 4, 70), 0.25, 16 * u, "furnace wood", (8.5 * u, 3.0 * u))
    if lit:
        brush.glow((frame.x(0.55), frame.y(0.66)), 70 * u, brush.colours.fire, 0.42, 0.6)
    slope = brush.crest("furnace slope", 0.55, 2.2, 60)
    landscape.wooded(brush, slope, 0.52, 20 * u, "furnace wood 2", (13 * u, 5.4 * u), haze=0.8 if lit else 0.4)
    fields.strip(brush, 1, frame.y(0.675), 9 * u, 0.3)
    ground = brush.crest("furnace ground", 0.71, 0.7, 90)
    cuts = shapes.scratches(random.Random("furnace cuts"), frame.w, frame.y(0.74), frame.h, 2.2 * u)
    landscape.ridge(brush, ground, 0.72, frame.h, haze=0.4, slits=cuts)
    _row(brush, lit)
    waters.water(brush, brush.crest("furnace creek", 0.93, 0.5, 60), 5.4 * u, frame.x(0.5))
    _reflections(brush, lit)
    bank = brush.crest("furnace bank", 0.985, 0.7, 50)
    landscape.ridge(brush, bank, 0.95, frame.h)
    waters.reeds(brush, bank)
    if frame.h > frame.y(1.2):
        _stubble(brush, lit)
    _woodpile(brush)
    _workers(brush, lit)
    if lit:
        _sparks(brush)
    landscape.close(brush, "furnace snow", (frame.x(0.5), frame.y(0.65)), 0.4)


def _stubble(brush: Brush, lit: bool) -> None:
    """Draw rows of stubble on the near bank, below the subject area. Fire lights them if `lit`."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    if lit:
        brush.glow((frame.x(0.55), frame.y(1.02)), 78 * u, colours.fire, 0.3, 0.55)
    rng = random.Random("stubble")
    tone = mix(colours.hill(0.95), colours.ear if lit else colours.earth, 0.3)
    y, step = frame.y(1.05), 3.4 * u
    while y < frame.h + step:
        cuts: list[Shape] = []
        x = rng.uniform(-3, 0) * step
        while x < frame.w + step:
            tall = step * rng.uniform(0.5, 0.95)
            cuts += [
                shapes.lens(
                    (x + dx * 0.16 * step, y), (x + dx * 0.3 * step, y - tall * (1 - 0.12 * abs(dx))), 0.1 * step
                )
                for dx in (-2, -1, 0, 1, 2)
            ]
            x += step * rng.uniform(0.9, 1.3)
        brush.cut(cuts, tone, 0.1 * step)
        y += 1.25 * step
        step *= 1.16


def mouths(frame: Frame, state: SceneState) -> list[tuple[float, float, float]]:
    """Return each furnace's foot (x, y) and height in pixels, from the farthest to the nearest."""
    built = sorted((_PLACES[i] for i in _ORDER[: state.furnaces]), key=lambda place: place[1])
    return [(frame.across(86 * x), frame.y(y), tall * frame.u) for x, y, tall in built]


def _reflections(brush: Brush, lit: bool) -> None:
    u, frame, colours = brush.u, brush.frame, brush.colours
    if not lit:
        return
    rng = random.Random("reflections")
    cuts: list[Shape] = []
    for x, y, tall in mouths(frame, brush.state):
        reach = 0.12 * tall * (y / frame.y(0.8))
        for i in range(6):
            half = reach * rng.uniform(0.4, 1.0) * (1 - 0.1 * i)
            at = x + rng.uniform(-0.5, 0.5) * u
            row = frame.y(0.936) + i * 0.85 * u
            cuts.append(shapes.lens((at - half, row), (at + half, row), 0.42 * u))
    brush.slit(cuts, mix(colours.fire, (255, 240, 190), 0.4), mix(colours.fire, RED, 0.5))


def _row(brush: Brush, lit: bool) -> None:
    u = brush.u
    for i, (x, base, tall) in enumerate(mouths(brush.frame, brush.state)):
        if lit:
            landscape.plume(brush, f"row plume {i}", x, base - tall, 46 * u + tall, tall * 0.5, 10 * u + tall * 0.5)
        with brush.parts.named(f"furnace {x:.0f}"):
            furnace(brush, x, base, tall, lit, f"row furnace {i}")


def furnace(brush: Brush, x: float, base: float, height: float, lit: bool, seed: str) -> None:
    """Draw a backyard furnace of mud with its foot at (x, base). Its mouth glows if `lit`. `seed` decides its shape."""
    colours, edge = brush.colours, brush.edge
    rng = random.Random(seed)
    u = height / 10
    low, high = rng.uniform(2.9, 3.5) * u, rng.uniform(1.4, 2.2) * u
    lean, top = rng.uniform(-0.6, 0.6) * u, base - height

    def side(sign: int) -> list[Point]:
        """Return the left (-1) or right (1) flank from the foot up. It bulges where more mud was thrown on."""
        points: list[Point] = [(x + sign * (low + rng.uniform(0, 0.5) * u), base)]
        for t in (0.14, 0.3, 0.46, 0.62, 0.78, 0.93):
            half = low + (high - low) * t**0.8 + rng.uniform(-0.3, 0.36) * u
            points.append((x + lean * t + sign * half, base - t * height))
        return points

    rim_of = [(x + lean + dx * high, top + rng.uniform(0.0, 0.3) * u) for dx in (-0.9, -0.4, 0.15, 0.85)]
    outline = shapes.smooth([*side(-1), *rim_of, *reversed(side(1))], 4)
    mouth_at = x + rng.uniform(-0.35, 0.35) * u
    wide, tall = rng.uniform(1.05, 1.3) * u, rng.uniform(1.1, 1.5) * u
    arch = [
        (mouth_at + wide * rng.uniform(0.9, 1.1) * math.cos(a), base - 2.2 * u - tall * math.sin(a))
        for a in (math.pi * (1 - i / 8) for i in range(9))
    ]
    mouth = shapes.smooth([(mouth_at - 1.1 * u, base - 0.4 * u), *arch, (mouth_at + 1.15 * u, base - 0.4 * u)], 3)
    slits: list[Shape] = []
    for _ in range(5):  # cracks that the heat has opened
        cx, cy = x + lean * 0.5 + rng.uniform(-1.5, 1.5) * u, base - rng.uniform(4.4, 8.8) * u
        slits.append(shapes.lens((cx, cy), (cx + rng.uniform(-0.6, 0.6) * u, cy + rng.uniform(0.4, 1.1) * u), 0.13 * u))
    at = x + lean * 0.6 + rng.uniform(-1.3, -0.8) * u, base - rng.uniform(5.0, 7.4) * u
    bricks = [
        (at[0] + (1.15 * i + 0.5 * (row % 2)) * u, at[1] + 0.56 * row * u, 1.02 * u, 0.44 * u)
        for row in range(rng.choice((1, 2, 2)))
        for i in range(2 - row % 2)
    ]
    daubs = [
        shapes.crown(
            rng,
            x + lean * 0.6 + rng.uniform(-1.4, 1.4) * u,
            base - rng.uniform(4.7, 8.6) * u,
            rng.uniform(0.5, 1.0) * u,
            rng.uniform(0.35, 0.7) * u,
            5,
        )
        for _ in range(9)
    ]
    clay = mix(colours.earth, colours.ink, 0.62)
    hot, deep = mix(colours.fire, (255, 255, 220), 0.5), mix(colours.fire, RED, 0.4)
    inside = shapes.box(x - 1.9 * u, base - 4.2 * u, 3.8 * u, 4.2 * u)
    if lit:
        brush.glow((x, top), 9 * u, colours.fire, 0.4)
        brush.lay([inside], hot, colours.fire)
        tongues = [
            shapes.leaf(
                mouth_at + k * 0.7 * u,
                base - 0.2 * u,
                rng.uniform(1.4, 2.4) * u,
                -math.pi / 2 + rng.uniform(-0.2, 0.2),
                0.5,
            )
            for k in (-1, 0, 1)
        ]
        brush.lay(tongues, (255, 246, 196), deep)
        brush.lay([shapes.box(x - 1.4 * u + 0.5 * lean, base - 8.8 * u, 2.8 * u, 5 * u)], deep, colours.fire)
    else:
        brush.lay([inside], colours.ink, scale(colours.ink, 0.6))
    border = edge[0], max(edge[1], 0.16 * u)
    brush.cut([outline], clay, 1.0 * u, holes=[mouth, *slits], dark=0.8, rim=0.6, edge=border, apart=False)
    brush.lay(daubs[:5], mix(clay, edge[0], 0.2), clay, alpha=70)
    brush.lay(daubs[5:], scale(clay, 0.6), alpha=70)
    brush.blocks(bricks, mix(clay, colours.wall, 0.2))
    if lit:
        brush.glow((x, base - 1.6 * u), 11 * u, colours.fire, 0.5)
        brush.glow((x, base + 0.4 * u), 9 * u, colours.fire, 0.45, 0.3)
        brush.move("flame", (x, base - 1.6 * u), 17 * u, colours.fire, seed)


def _woodpile(brush: Brush) -> None:
    u, frame, colours = brush.u, brush.frame, brush.colours
    edge, width = brush.edge
    rng = random.Random("logs")
    logs: list[Shape] = []
    faces: list[Shape] = []
    rings: list[Shape] = []
    missing = 10 - brush.state.forest
    row, laid = 0, 0
    per_row = 9
    while laid < 3 + missing * 3 and row < 8:
        for k in range(per_row - row):
            if laid >= 3 + missing * 3:
                break
            r = 1.75 * u * rng.uniform(0.85, 1.1)
            x = frame.across(-3 + 3.7 * k + 1.85 * row)
            y = frame.y(0.93) - 3.15 * row * u
            logs.append(shapes.ellipse(x, y, r, r, 26))
            faces.append(shapes.ellipse(x, y, r * 0.8, r * 0.8, 22))
            rings.append(shapes.ellipse(x, y, r * 0.5, r * 0.5, 18))
            laid += 1
        row += 1
    brush.parts.add(*(Part(f"log {i}", (log,), away=(0, -7 * u)) for i, log in enumerate(logs)))
    bark = mix(colours.wood, colours.ink, 0.5)
    pale = mix(colours.wood, colours.fire, 0.4)
    brush.lay(logs, mix(bark, edge, 0.1), bark, 1.3 * u, edge=(mix(bark, edge, 0.6), max(0.2 * u, width * 0.6)))
    brush.lay(faces, pale, scale(pale, 0.75), 0.2 * u)
    brush.lay(rings, scale(pale, 0.8), scale(pale, 0.7))


def _workers(brush: Brush, lit: bool) -> None:
    """Draw three people with poles at the furnaces, dark against the fire."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    if not lit:
        return
    rng = random.Random("workers")
    tone = mix(colours.ink, colours.wood, 0.25)
    edge = mix(colours.fire, RED, 0.3)
    for x, base, k, kind, reach in _WORKERS:
        at, foot = frame.x(0.5) + (x - 0.5) * 86 * u, frame.y(base)
        # The rod leans towards the mouth that it stirs: a tool, not a weapon.
        rod = [(at - 0.25 * reach * k * u, foot - 3.6 * k * u), (at + reach * k * u, foot - 9.6 * k * u)]
        brush.lay([shapes.ribbon(rod, [0.5 * u, 0.4 * u])], tone, tone, 0.8 * u, edge=(mix(tone, edge, 0.6), 0.12 * u))
        figures.group(brush, [figures.standing(rng, at, foot, k * u, kind)], tone, scale(tone, 0.8), edge, k * u, 0.2)


def _sparks(brush: Brush) -> None:
    rng = random.Random("sparks")
    dots: list[Shape] = []
    for _ in range(16 * brush.state.furnaces):
        x = brush.frame.x(0.5) + rng.gauss(0, 26) * brush.u
        y = brush.frame.y(0.72) - abs(rng.gauss(0, 22)) * brush.u
        r = rng.uniform(0.1, 0.26) * brush.u
        dots.append(shapes.ellipse(x, y, r, r, 8))
    brush.lay(dots, brush.colours.fire, mix(brush.colours.fire, (255, 240, 190), 0.5))
