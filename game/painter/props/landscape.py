"""Landscape: draws sky, wooded ridges, water, smoke and snow across the whole picture."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from game.core.values import frozen
from game.painter.canvas import SNOW, Box, Brush, Frame, Part, Point, SceneState, Shape, extent, mix, shapes


@frozen
class Growth:
    """What grows on a crest: outlines of trees and stumps, the stumps' pale tops, and the trees that can be felled."""

    standing: list[Shape]
    faces: list[Shape]
    trees: tuple[Part, ...] = ()


_NOTHING = Growth([], [])
FELLED = 1.4  # radians by which a felled tree falls
HAZE = 0.62  # by default, the share by which a ridge's foot fades towards the sky


def sky(brush: Brush, horizon: float, sun: Point, clouded: str = "", low: float = 0.0) -> None:
    """Draw the sky down to the row `horizon`, and the sun or moon at `sun`. `clouded`, if not empty, is the seed of
    clouds, which reach down to `low`. `sun` (column and row) and `low` are fractions of the subject area."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    brush.backing(horizon)
    at = (frame.x(sun[0]), frame.y(sun[1]))
    _air(brush, horizon)
    strength = 0.45 if state.hour == "day" else 0.85
    brush.glow(at, 62 * u, colours.halo, strength)
    brush.glow(at, 24 * u, colours.halo, strength)
    radius = (7.4 if state.hour != "night" else 5.0) * u
    disc = shapes.ellipse(*at, radius, radius, 96)
    edge = mix(colours.sun, (255, 255, 255), 0.35)
    brush.lay([disc], mix(colours.sun, (255, 255, 255), 0.12), colours.sun, 0.7 * u, edge=(edge, 0.2 * u))
    _across_sun(brush, at, radius)
    if clouded:
        _clouds(brush, clouded, low, sun)


def _across_sun(brush: Brush, at: Point, radius: float) -> None:
    """Draw two long flat clouds in front of the sun at `at`: a whole disc on pale paper looks like a flag."""
    x, y = at
    tone = mix(brush.colours.sky_top, brush.colours.sky_low, 0.6)

    def streak(left: float, right: float, down: float, thick: float) -> Shape:
        xs = [left + (right - left) * i / 8 for i in range(9)]
        spine = [(x + far * radius, y + (down + 0.03 * math.sin(2.6 * far)) * radius) for far in xs]
        widths = [2 * thick * radius * math.sin(math.pi * (0.03 + 0.94 * i / 8)) ** 0.7 for i in range(9)]
        return shapes.smooth(shapes.ribbon(spine, widths), 4, closed=True)

    bank = [streak(-2.9, 1.9, 0.86, 0.36), streak(-1.3, 3.0, 0.66, 0.2), streak(-2.4, 0.62, 0.02, 0.07)]
    border = mix(tone, (255, 255, 255), 0.35), 0.025 * radius
    brush.lay(bank, mix(tone, brush.colours.rim, 0.25), tone, 0.1 * radius, edge=border, shade=0.2)


def _air(brush: Brush, horizon: float) -> None:
    """Draw wide sheets of sky whose edges are long waves. The lower a sheet, the more it has the horizon's colour."""
    u, frame, colours = brush.u, brush.frame, brush.colours
    top = min(frame.top, horizon)
    middle = frame.x(0.5)
    sheets: list[tuple[float, list[Point], float]] = []
    for i, (part, tilt) in enumerate(((0.26, 0.034), (0.64, -0.026))):
        rng = random.Random(f"air {i}")
        wave = shapes.profile(rng, top + part * (horizon - top), (3.4 - 0.7 * i) * u, (150 - 30 * i) * u)
        rough = shapes.land(wave, -3 * u, frame.w + 3 * u, 0, max(8.0, 2 * u))
        outline = [(x, y + tilt * (x - middle)) for x, y in rough]
        sheets.append((part, outline, max(y for _, y in outline[1:-1])))
    feet = [min(frame.h, low + 3 * u) for _, _, low in sheets[1:]] + [min(frame.h, horizon + 14 * u)]
    for (part, outline, low), foot in zip(sheets, feet, strict=True):
        outline[0], outline[-1] = (outline[0][0], foot), (outline[-1][0], foot)
        tone = mix(colours.sky_top, colours.sky_low, 0.28 + 0.8 * part)
        brush.lay(
            [outline],
            mix(tone, colours.rim, 0.1),
            colours.sky_low,
            1.5 * u,
            edge=(mix(tone, colours.rim, 0.34), 0.16 * u),
            shade=0.14,
            span=(low - 6 * u, horizon),
            solid=low + 2,
        )


def _clouds(brush: Brush, seed: str, low: float, sun: Point) -> None:
    """Draw paper clouds: broad clouds high up, strips near the horizon, none below `low` or in front of the `sun`.

    In 1960 and 1961, years of hunger, the clouds are flat layers, because curled clouds mean good luck. `low` and `sun`
    are fractions of the subject area.
    """
    u, frame, colours = brush.u, brush.frame, brush.colours
    rng = random.Random(seed)
    x = frame.x(0.0) - rng.uniform(0, 14) * u
    tone = mix(colours.sky_low, colours.rim, 0.6)
    for _ in range(14):
        if x > frame.w or u < 0.2:
            return
        far = rng.random() ** 0.8  # 0 overhead, 1 at the horizon
        length = (34 - 23 * far) * rng.uniform(0.75, 1.25) * u
        y = frame.y(low * (0.16 + 0.84 * far)) + rng.uniform(-1, 1) * u
        layers = brush.state.year in (1960, 1961)
        reach = 1.7 * length if layers else length
        near_sun = x - 9 * u < frame.x(sun[0]) < x + reach + 9 * u and abs(y - frame.y(sun[1])) < 10 * u
        if not near_sun:
            lobes, curls = (shapes.strata(rng, x, y, reach), []) if layers else shapes.cloud(rng, x, y, length)
            brush.lay(
                lobes,
                mix(tone, (255, 255, 255), 0.16 * (1 - far)),
                mix(tone, colours.sky_low, 0.7),
                (1.3 - 0.8 * far) * u,
                holes=curls,
                edge=(mix(tone, (255, 255, 255), 0.3), 0.14 * u),
                alpha=round(205 - 60 * far),
                shade=0.2,
            )
        x += length * rng.uniform(0.35, 1.5) + 6 * u


def birds(brush: Brush, at: Point) -> None:
    """Draw a few birds around `at` (fractions of the subject area); none at night, in winter or in 1959 to 1961."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    if state.year not in (1958, 1962) or state.hour == "night" or state.season == "winter":
        return
    rng = random.Random("birds")
    wings: list[Shape] = []
    for i in range(9 if state.year == 1958 else 3):
        size = rng.uniform(0.55, 1.15) * u
        side = 1 if i % 2 else -1
        x = frame.x(at[0]) + (i * 2.1 + rng.uniform(-0.6, 0.6)) * u
        y = frame.y(at[1]) + (side * i * 0.9 + rng.uniform(-0.7, 0.7)) * u
        lift = rng.uniform(0.25, 0.75) * size
        for turn in (-1, 1):
            wing = shapes.smooth([(x, y), (x + turn * size, y - lift), (x + turn * 2.1 * size, y - 0.1 * lift)], 4)
            widths = [0.34 * size * (1 - k / len(wing)) + 0.04 * size for k in range(len(wing))]
            wings.append(shapes.ribbon(wing, widths))
    tone = mix(colours.ink, colours.sky_low, 0.25)
    brush.lay(wings, tone, tone, 0.8 * u, shade=0.2)


def mist(brush: Brush, seed: str, y: float, depth: float, alpha: int) -> None:
    """Draw a band of mist around the row `y`, `depth` pixels high. The land behind fades into it."""
    rng = random.Random(seed)
    upper = shapes.profile(rng, y - depth / 2, depth * 0.34, 70 * brush.u)
    lower = shapes.profile(rng, y + depth / 2, depth * 0.3, 90 * brush.u)
    step = max(10.0, 2.4 * brush.u)
    xs = [-3 * brush.u + i * step for i in range(math.ceil((brush.frame.w + 6 * brush.u) / step) + 1)]
    band = [*((x, upper(x)) for x in xs), *((x, lower(x)) for x in reversed(xs))]
    brush.lay([band], mix(brush.colours.sky_low, brush.colours.rim, 0.3), alpha=alpha)


def ridge(
    brush: Brush,
    crest: shapes.Profile,
    nearness: float,
    depth: float,
    growth: Growth = _NOTHING,
    haze: float = HAZE,
    slits: list[Shape] | None = None,
) -> None:
    """Draw a ridge and its `growth` in one sheet, from `crest` to `depth` pixels below the lowest point of `crest`.
    `haze` (0 to 1) says how far the ridge's foot fades towards the sky. `slits` mark the ground."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    outline = shapes.land(crest, -3 * u, frame.w + 3 * u, frame.h, max(6.0, 1.1 * u))
    peak = min(y for _, y in outline)
    low = max(y for x, y in outline[1:-1])
    bottom = min(frame.h + 2 * u, low + depth)
    outline[0], outline[-1] = (outline[0][0], bottom), (outline[-1][0], bottom)
    colour = colours.hill(nearness)
    edge, width = brush.edge
    brush.lay(
        [outline, *growth.standing],
        mix(colour, colours.rim, 0.08),
        mix(colour, colours.sky_low, haze * (1 - nearness * 0.7)),
        (0.9 + 1.3 * nearness) * u,
        edge=(mix(colour, edge, 0.9 if state.snow else 0.5), width * (0.6 + nearness * 0.6)),
        span=(peak, low + 0.5 * (bottom - low)),
        solid=max(low, extent(*growth.standing)[3] if growth.standing else low) + 2,
    )
    brush.parts.add(*growth.trees)
    brush.slit(slits or [], mix(colour, colours.ink, 0.55), mix(colour, edge, 0.5))
    if growth.faces and u > 3:
        pale = mix(mix((232, 200, 150), edge, 0.5 if state.snow else 0.1), colour, 0.75 - 0.6 * nearness)
        brush.lay(growth.faces, pale)


def wood(frame: Frame, seed: str, crest: shapes.Profile, state: SceneState, height: float, spacing: float) -> Growth:
    """Return the trees along a crest, bare in winter. The lower `state.forest` (0 to 10), the more trees are gone or
    stumps; the other trees stay the same. `height` and `spacing` are pixels."""
    rng = random.Random(seed)
    growth: list[Shape] = []
    faces: list[Shape] = []
    trees: list[Part] = []
    leafless = state.season == "winter"
    kinds = [
        (tall, shapes.broadleaf(rng, 0, 0, tall, leafless))
        for tall in (height * (0.72 + 0.46 * k / 15) for k in range(16))
    ]
    count = max(1, min(260, math.ceil((frame.w + 40) / spacing)))
    ranks = [(i + 0.5) / count for i in range(count)]
    rng.shuffle(ranks)
    for i, rank in enumerate(ranks):
        x = frame.left + (i + rng.uniform(-0.45, 0.45)) * spacing - 20
        y = crest(x)
        tall, tree = rng.choice(kinds)
        if rank < state.forest / 10:
            growth.append([(x + px, y + py) for px, py in tree])
            trees.append(Part(f"{seed} {i}", (growth[-1],), (x, y), fall=FELLED if i % 3 else -FELLED))
        elif i % 2:
            size = max(1.5, tall * 0.12)
            growth.append(shapes.stump(x, y, size))
            faces.append(shapes.ellipse(x, y - size, size * 0.3, size * 0.13, 12))
    return Growth(growth, faces, tuple(trees))


def wooded(
    brush: Brush,
    crest: shapes.Profile,
    nearness: float,
    depth: float,
    seed: str,
    trees: tuple[float, float],
    haze: float = HAZE,
) -> None:
    """Draw a wooded ridge; `trees` are the height and the spacing of its trees, in pixels."""
    ridge(brush, crest, nearness, depth, wood(brush.frame, seed, crest, brush.state, *trees), haze)


def backdrop(brush: Brush, seed: str, horizon: float, sun: Point, rows: int = 3) -> None:
    """Draw sky, clouds and `rows` ridges. `horizon` (the nearest ridge) and `sun` are fractions of the subject area."""
    u, frame = brush.u, brush.frame
    sky(brush, frame.y(horizon), sun, f"{seed} clouds", horizon * 0.7)
    for i in range(rows):
        back = rows - 1 - i
        rng = random.Random(f"{seed} ridge {i}")
        crest = shapes.profile(rng, frame.y(horizon) - 6.6 * back * u, (3.4 + 0.5 * i) * u, (58 + 12 * i) * u)
        nearness = 0.04 + 0.17 * i
        if i == 0:
            ridge(brush, crest, nearness, 12 * u)
        else:
            mist(brush, f"{seed} mist {i}", frame.y(horizon) - (6.6 * back + 2) * u, 5 * u, 100)
            wooded(brush, crest, nearness, 12 * u, f"{seed} wood {i}", ((2.6 + 2.2 * i) * u, (1.3 + 0.75 * i) * u))


def snow(brush: Brush, seed: str, panes: Sequence[Shape] = ()) -> None:
    """Draw snow in the air over the whole picture, or only through a room's `panes`."""
    through = tuple(_box(pane) for pane in panes)
    brush.move("snow", (0.0, 0.0), brush.frame.u, SNOW, seed, reach=(brush.frame.w, brush.frame.h), through=through)


def close(brush: Brush, seed: str, centre: Point, dark: float) -> None:
    """Finish an outdoor picture: snow in the air, if it snows, and a vignette around `centre`."""
    if brush.state.snow:
        snow(brush, seed)
    brush.finish(centre, dark)


def _box(shape: Shape) -> Box:
    xs, ys = [x for x, _ in shape], [y for _, y in shape]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def smoke(brush: Brush, seed: str, x: float, y: float, height: float, width: float, drift: float) -> None:
    """Draw a ribbon of smoke, `width` broad, that rises from (x, y) and ends about `drift` pixels to the right."""
    shape = shapes.curl(random.Random(seed), x, y, height, width, drift)
    pale = mix(brush.colours.smoke, brush.colours.rim, 0.4)
    brush.lay([shape], pale, brush.colours.smoke, width * 0.2, alpha=150, shade=0.2)
    brush.move("smoke", (x, y), width * 2.4, pale, seed, reach=(drift * 1.3, -height * 1.3))


def plume(brush: Brush, seed: str, x: float, y: float, height: float, width: float, drift: float) -> None:
    """Draw a furnace's smoke that rises from (x, y): scalloped clouds, lit from below. Arguments as for `smoke`."""
    rng = random.Random(seed)
    lit = mix(brush.colours.smoke, brush.colours.fire, 0.42)
    dark = mix(brush.colours.smoke, brush.colours.ink, 0.45)
    clouds = shapes.billow(rng, x, y, height, width, drift)
    edge = mix(dark, brush.colours.rim, 0.3)
    brush.lay(clouds, dark, lit, width * 0.1, edge=(edge, width * 0.03), alpha=150, shade=0.34)
    brush.move(
        "plume", (x, y), width * 1.3, mix(lit, edge, 0.3), seed, reach=(drift * 1.2, -height * 0.95), strength=0.7
    )
