"""Sky, ridges with their wood, orchard, water and fields: each one sheet."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import pygame

from game.window.painter import shapes
from game.window.painter.colour import Colour, mix, scale
from game.window.painter.frame import Frame
from game.window.painter.palette import Palette
from game.window.painter.paper import Point, Shape, Sheet, Table, backing, glow, lay
from game.window.painter.state import State

SNOW: Colour = (244, 245, 242)


def rim(colours: Palette, state: State, u: float) -> tuple[Colour, float]:
    """The lit edge of a sheet: thin, or in snow a broad white one."""
    if state.snow:
        return mix(SNOW, colours.rim, 0.25 if state.hour != "night" else 0.75), 0.55 * u
    return colours.rim, 0.16 * u


def sky(on: Table, frame: Frame, colours: Palette, state: State, horizon: float, sun: Point) -> None:
    """The backing sheet with its sun or moon; `horizon` in pixels, `sun` in parts of the stage."""
    backing(on, colours.sky_top, colours.sky_low, horizon)
    u = frame.u
    at = (frame.x(sun[0]), frame.y(sun[1]))
    strength = 0.45 if state.hour == "day" else 0.85
    glow(on, at, 62 * u, colours.halo, strength)
    glow(on, at, 24 * u, colours.halo, strength)
    radius = (7.4 if state.hour != "night" else 5.0) * u
    disc = shapes.ellipse(*at, radius, radius, 96)
    edge = mix(colours.sun, (255, 255, 255), 0.35)
    lay(on, Sheet([disc], mix(colours.sun, (255, 255, 255), 0.12), colours.sun, 0.7 * u, rim=edge, rim_width=0.2 * u))


def clouds(on: Table, frame: Frame, colours: Palette, seed: str, low: float, sun: Point) -> None:
    """Paper clouds above `low`, a part of the stage's height; none before the sun."""
    rng = random.Random(seed)
    u = frame.u
    x = frame.x(0.0) - rng.uniform(4, 16) * u
    i = 0
    while x < frame.w and i < 12 and u > 0.2:
        length = rng.uniform(15, 27) * u
        y = frame.y(low * (0.34, 0.8, 0.56)[i % 3] * rng.uniform(0.85, 1.12))
        lobes, curls = shapes.cloud(rng, x, y, length)
        if x - 12 * u < frame.x(sun[0]) < x + length + 12 * u and abs(y - frame.y(sun[1])) < 11 * u:
            x += 6 * u
            continue
        tone = mix(colours.sky_low, colours.rim, 0.6)
        lay(on, Sheet(lobes, tone, mix(tone, colours.sky_low, 0.7), 0.8 * u, holes=curls, alpha=205, shade=0.2, rim=mix(tone, (255, 255, 255), 0.3), rim_width=0.14 * u))
        x += length * rng.uniform(1.3, 2.3)
        i += 1


def ridge(
    on: Table,
    frame: Frame,
    colours: Palette,
    state: State,
    crest: shapes.Profile,
    nearness: float,
    depth: float,
    growth: list[Shape] | None = None,
    haze: float = 0.62,
    slits: list[Shape] | None = None,
) -> None:
    """One ridge below `crest`, cut in one with what grows on it; `depth` pixels of it will be seen.

    slits: knife cuts on the ground, where it lies open before the reader.
    """
    u = frame.u
    step = max(6.0, 1.1 * u)
    outline = shapes.land(crest, -3 * u, frame.w + 3 * u, frame.h, step)
    peak = min(y for _, y in outline)
    low = max(y for x, y in outline[1:-1])
    bottom = min(frame.h + 2 * u, low + depth)
    outline[0], outline[-1] = (outline[0][0], bottom), (outline[-1][0], bottom)
    colour = colours.hill(nearness)
    edge, width = rim(colours, state, u)
    lay(
        on,
        Sheet(
            [outline, *(growth or [])],
            mix(colour, colours.rim, 0.08),
            mix(colour, colours.sky_low, haze * (1 - nearness * 0.7)),
            (0.9 + 1.3 * nearness) * u,
            rim=mix(colour, edge, 0.9 if state.snow else 0.5),
            rim_width=width * (0.6 + nearness * 0.6),
            span=(peak, low + 0.5 * (bottom - low)),
            holes=slits or [],
            solid=max(low, max((y for shape in [*(growth or []), *(slits or [])] for _, y in shape), default=low)) + 2,
        ),
    )


def wood(
    frame: Frame,
    seed: str,
    crest: shapes.Profile,
    state: State,
    height: float,
    spacing: float,
    sink: float = 0.0,
) -> list[Shape]:
    """Pines along a crest, or the stumps of those that `state.forest` no longer leaves standing.

    height, spacing: pixels; `sink` sets the feet that far below the crest. Which tree falls next never
    changes: with one less, all others stand where they stood.
    """
    rng = random.Random(seed)
    growth: list[Shape] = []
    count = max(1, min(260, math.ceil((frame.w + 40) / spacing)))
    ranks = [(i + 0.5) / count for i in range(count)]
    rng.shuffle(ranks)
    for i, rank in enumerate(ranks):
        x = frame.left + (i + rng.uniform(-0.45, 0.45)) * spacing - 20
        y = crest(x) + sink * rng.uniform(0.2, 1.0)
        tall = height * rng.uniform(0.72, 1.18)
        tree = shapes.pine(rng, x, y, tall)
        left = shapes.stump(rng, x, y, max(1.5, tall * 0.13))
        growth.append(tree if rank < state.forest / 10 else left)
    return growth


def orchard(on: Table, frame: Frame, colours: Palette, state: State, crest: shapes.Profile, seed: str) -> None:
    """Rows of pear trees on a slope; grubbed out, their stumps."""
    rng = random.Random(seed)
    u = frame.u
    for row in range(2):
        spacing = (6.4 + row * 1.3) * u
        count = max(1, math.ceil(frame.width * 0.62 / spacing))
        trees = []
        for i in range(count):
            x = frame.x(0.38) + (i + 0.5 * row + rng.uniform(-0.14, 0.14)) * spacing
            trees.append((x, crest(x) + (1.2 + 3.0 * row) * u, (2.8 + 0.6 * row) * u * rng.uniform(0.85, 1.12)))
        pears(on, colours, state, rng, trees, u)


def pears(
    on: Table, colours: Palette, state: State, rng: random.Random, trees: list[tuple[float, float, float]], u: float
) -> None:
    """Pear trees, each (x, y of its foot, size to the edge of its crown): in blossom, in leaf, bare, or felled."""
    edge, width = rim(colours, state, u)
    bark = mix(colours.wood, colours.ink, 0.3)
    size = trees[0][2]
    if not state.orchard:
        cut = [shapes.stump(rng, x, y, size * 0.34) for x, y, size in trees]
        lay(on, Sheet(cut, bark, scale(bark, 0.8), 0.4 * u, rim=mix(bark, edge, 0.7), rim_width=0.2 * u))
        return
    if state.season == "winter":
        boughs = [bough for x, y, size in trees for bough in shapes.bare(rng, x, y, size * 2.1)]
        lay(on, Sheet(boughs, bark, bark, size * 0.12, rim=mix(bark, edge, 0.8), rim_width=width * 0.5))
        return
    trunks: list[Shape] = []
    for x, y, size in trees:
        trunks += [
            shapes.ribbon([(x, y + 1), (x - size * 0.05, y - size * 0.6), (x - size * 0.3, y - size * 1.2)], [size * 0.2, size * 0.15, size * 0.08]),
            shapes.ribbon([(x, y - size * 0.4), (x + size * 0.3, y - size * 1.2)], [size * 0.14, size * 0.08]),
        ]
    lay(on, Sheet(trunks, bark, bark, size * 0.1))
    top = colours.blossom if state.season == "spring" else mix(colours.leaf, colours.rim, 0.12)
    low = mix(top, colours.leaf, 0.45) if state.season == "spring" else scale(colours.leaf, 0.8)
    crowns: list[Shape] = []
    cuts: list[Shape] = []
    for x, y, size in trees:
        cy = y - size * 1.35
        crowns.append(shapes.crown(rng, x, cy, size, size * 0.82))
        for _ in range(7):
            a, r = rng.uniform(0, math.tau), rng.uniform(0.1, 0.66) * size
            cuts.append(shapes.leaf(x + r * math.cos(a), cy + r * math.sin(a) * 0.8, size * 0.3, rng.uniform(0.3, 2.8)))
    lay(on, Sheet(crowns, top, low, size * 0.16, holes=cuts, rim=mix(top, edge, 0.7), rim_width=width))


def water(on: Table, frame: Frame, colours: Palette, crest: shapes.Profile, thickness: float, sun_x: float) -> None:
    """The river as an inlaid strip with a few cuts of light under the sun."""
    u = frame.u
    step = max(4.0, u)
    count = math.ceil((frame.w + 6 * u) / step)
    xs = [-3 * u + i * step for i in range(count + 1)]
    upper = [(x, crest(x)) for x in xs]
    lower = [(x, crest(x * 1.03 + 4 * u) + thickness * (1 + 0.3 * math.sin(x / (21 * u)))) for x in xs]
    lay(on, Sheet([[*upper, *reversed(lower)]], mix(colours.water, colours.sky_low, 0.5), colours.water, 0.5 * u, shade=0.3, rim=mix(colours.water, colours.ink, 0.35), rim_width=0.16 * u))
    rng = random.Random("ripples")
    cuts = []
    for _ in range(16):
        x = sun_x + rng.gauss(0, 13) * u
        y = crest(x) + thickness * rng.uniform(0.3, 0.85)
        half = rng.uniform(0.8, 2.6) * u
        cuts.append(shapes.lens((x - half, y), (x + half, y), 0.26 * u))
    lay(on, Sheet(cuts, mix(colours.sun, (255, 255, 255), 0.5), colours.sun, 0, alpha=190))


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
    return [shapes.ribbon([(x, y + h * 0.2), knee, end], [h * 0.08, h * 0.07, h * 0.03]), shapes.lens(knee, end, h * 0.14)]


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
    while y < frame.h + 3 * u and row < 12:
        near = min(1.0, (y - start) / reach)
        rng = random.Random(f"field {row}")
        crest = shapes.profile(rng, y, (0.5 + 1.5 * near) * u, (60 + 40 * near) * u)
        gap = reach / rows * (0.6 + 0.7 * near)
        height = (1.3 + 5.2 * near) * u
        growth: list[Shape] = []
        if blade is not None:
            spacing = max(2.0, (0.75 + 1.5 * near) * u * sparse)
            for i in range(min(420, math.ceil(frame.w / spacing) + 1)):
                x = (i + rng.uniform(-0.3, 0.3)) * spacing
                growth += blade(rng, x, crest(x), height * tall * rng.uniform(0.78, 1.15))
        outline = shapes.land(crest, -3 * u, frame.w + 3 * u, min(frame.h + 2.0 * u, y + gap + 4 * u), max(8.0, 1.3 * u))
        tone = mix(colours.field, colours.stalk if growth else colours.earth, 0.2 + 0.4 * (row % 2))
        tone = mix(mix(tone, colours.sky_low, 0.34), scale(tone, 0.9), near)
        lit = mix(tone, colours.ear, 0.6 if state.crops == "ripe" else 0.24)
        lay(
            on,
            Sheet(
                [outline, *growth], lit, scale(tone, 0.78), (0.8 + 1.5 * near) * u,
                holes=_furrows(rng, frame, crest, gap, near, state),
                rim=mix(lit, edge, 0.85 if state.snow else 0.4), rim_width=width * (0.5 + 0.7 * near),
                span=(y - height, y + gap + u),
            ),
        )
        y += gap
        row += 1


def _furrows(rng: random.Random, frame: Frame, crest: shapes.Profile, gap: float, near: float, state: State) -> list[Shape]:
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


def snowfall(on: Table, frame: Frame, seed: str) -> None:
    """Punched paper dots in the air, small and far to large and near."""
    rng = random.Random(seed)
    u = frame.u
    area = frame.w * frame.h / max(1.0, u * u)
    flakes = pygame.Surface((1, 1), pygame.SRCALPHA, 32)
    for size, thin, alpha in ((0.28, 34, 150), (0.46, 74, 200), (0.75, 190, 235)):
        side = max(2, math.ceil(size * u * 2) + 2)
        big = pygame.Surface((side * 3, side * 3), pygame.SRCALPHA, 32)
        big.fill((*SNOW, 0))
        pygame.draw.circle(big, (*SNOW, alpha), (side * 1.5, side * 1.5), max(1.0, size * u * 1.5))
        flakes = pygame.transform.smoothscale(big, (side, side))
        for _ in range(min(900, int(area / thin))):
            on.surface.blit(flakes, (rng.uniform(0, frame.w) - side / 2, rng.uniform(0, frame.h) - side / 2))


def smoke(on: Table, colours: Palette, seed: str, x: float, y: float, height: float, width: float, drift: float) -> None:
    """A thin tissue ribbon from a hearth at (x, y)."""
    rng = random.Random(seed)
    shape = shapes.curl(rng, x, y, height, width, drift)
    lay(on, Sheet([shape], mix(colours.smoke, colours.rim, 0.4), colours.smoke, width * 0.2, alpha=150, shade=0.2))


def plume(on: Table, colours: Palette, seed: str, x: float, y: float, height: float, width: float, drift: float) -> None:
    """A furnace's smoke from (x, y): scalloped clouds, lit from below."""
    rng = random.Random(seed)
    lit = mix(colours.smoke, colours.fire, 0.42)
    for part, alpha in ((1.0, 120), (0.8, 150)):
        clouds = shapes.billow(rng, x, y, height * part, width * part, drift * part)
        dark = mix(colours.smoke, colours.ink, 0.5 * part)
        lay(on, Sheet(clouds, dark, lit, width * 0.1, alpha=alpha, rim=mix(dark, colours.rim, 0.3), rim_width=width * 0.03, shade=0.3))
