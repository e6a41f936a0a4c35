"""Shapes: makes outlines as lists of points, without colour or surface. Lengths are pixels; `y` grows downward. An
ellipse has the half width `rx` and the half height `ry`."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

from game.core.values import frozen
from game.painter.canvas.paper import Point, Shape

Profile = Callable[[float], float]


def smooth(points: Sequence[Point], steps: int = 6, closed: bool = False) -> list[Point]:
    """Return a curve through `points` (Catmull-Rom), with `steps` points from each point to the next."""
    n = len(points)
    if n < 3:
        return list(points)
    weights: list[tuple[float, float, float, float]] = []
    for step in range(steps):
        t = step / steps
        t2, t3 = t * t, t * t * t
        weights.append((-t + 2 * t2 - t3, 2 - 5 * t2 + 3 * t3, t + 4 * t2 - 3 * t3, -t2 + t3))
    around = [points[-1], *points, *points[:2]] if closed else [points[0], *points, points[-1]]
    curve: list[Point] = []
    for i in range(n if closed else n - 1):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = around[i : i + 4]
        curve += [
            ((a * x0 + b * x1 + c * x2 + d * x3) / 2, (a * y0 + b * y1 + c * y2 + d * y3) / 2) for a, b, c, d in weights
        ]
    if not closed:
        curve.append(points[-1])
    return curve


def points(x: float, y: float, u: float | Point, *corners: Point) -> list[Point]:
    """Convert `corners`, in units from (x, y), to pixels. `u`: pixels in a unit, or two numbers: across and down."""
    across, down = u if isinstance(u, tuple) else (u, u)
    return [(x + dx * across, y + dy * down) for dx, dy in corners]


def box(left: float, top: float, width: float, height: float) -> list[Point]:
    """Return an upright rectangle."""
    return [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]


def ellipse(x: float, y: float, rx: float, ry: float, points: int = 36) -> list[Point]:
    """Return an upright ellipse around (x, y) as a polygon of `points` corners."""
    return [(x + rx * math.cos(math.tau * i / points), y + ry * math.sin(math.tau * i / points)) for i in range(points)]


def lip(x: float, y: float, rx: float, ry: float, points: int) -> list[Point]:
    """Return the lower half of an ellipse's outline, from left to right. The whole ellipse has `points` corners."""
    return sorted(point for point in ellipse(x, y, rx, ry, points) if point[1] >= y - 0.01)


def arch(x: float, y: float, rx: float, ry: float, steps: int) -> list[Point]:
    """Return the upper half of the outline of an ellipse around (x, y), from right to left."""
    return [(x + rx * math.cos(a), y - ry * math.sin(a)) for a in (math.pi * i / steps for i in range(steps + 1))]


def sagging(a: Point, b: Point, sag: float, steps: int) -> list[Point]:
    """Return a wire from `a` to `b` whose middle hangs `sag` pixels below the straight line."""
    return [
        (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t + sag * 4 * t * (1 - t))
        for t in (i / steps for i in range(steps + 1))
    ]


def hoop(x: float, y: float, rx: float, ry: float, width: float, points: int) -> list[Point]:
    """Return an ellipse's outline as a closed band, `width` pixels broad."""
    return ribbon([*ellipse(x, y, rx, ry, points), (x + rx, y)], [width] * (points + 1))


def mirrored(x: float, side: Sequence[Point]) -> list[Point]:
    """Return an outline symmetric around the column `x`. `side` is its right half downwards: (distance to `x`, row)."""
    return [*((x + dx, y) for dx, y in side), *((x - dx, y) for dx, y in reversed(side))]


def lens(a: Point, b: Point, width: float) -> list[Point]:
    """Return a slit from `a` to `b`: pointed at both ends, `width` pixels broad in the middle."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = math.hypot(dx, dy) or 1.0
    nx, ny = -dy / length * width / 2, dx / length * width / 2
    # Written out without a loop: a picture has a thousand slits.
    mx, my = nx * 0.75, ny * 0.75
    (x0, y0), (x1, y1) = a, (a[0] + dx * 0.25, a[1] + dy * 0.25)
    (x2, y2), (x3, y3) = (a[0] + dx * 0.5, a[1] + dy * 0.5), (a[0] + dx * 0.75, a[1] + dy * 0.75)
    return [
        (x0, y0), (x1 + mx, y1 + my), (x2 + nx, y2 + ny), (x3 + mx, y3 + my),
        (x0 + dx, y0 + dy), (x3 - mx, y3 - my), (x2 - nx, y2 - ny), (x1 - mx, y1 - my),
    ]  # fmt: skip


def ribbon(spine: Sequence[Point], width: float | Sequence[float]) -> list[Point]:
    """Return a band along the line `spine`, with one width or a width for each point."""
    widths = [width] * len(spine) if isinstance(width, int | float) else width
    left: list[Point] = []
    right: list[Point] = []
    bx, by = spine[0]
    for (x, y), (ax, ay), width in zip(spine, [*spine[1:], spine[-1]], widths, strict=True):
        dx, dy = ax - bx, ay - by
        bx, by = x, y
        length = math.hypot(dx, dy) or 1.0
        nx, ny = -dy / length * width / 2, dx / length * width / 2
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left + right[::-1]


@frozen
class Origin:
    """A point (x, y), in pixels. The methods take places and lengths in units of `u` pixels, measured from this point.
    Each returns what the function of the same name returns; `curve` returns what `smooth` returns."""

    x: float
    y: float
    u: float

    def at(self, dx: float, dy: float) -> Point:
        return (self.x + dx * self.u, self.y + dy * self.u)

    def points(self, *corners: Point) -> list[Point]:
        return points(self.x, self.y, self.u, *corners)

    def curve(self, *corners: Point, steps: int = 5, closed: bool = True) -> list[Point]:
        return smooth(self.points(*corners), steps, closed)

    def lens(self, a: Point, b: Point, width: float) -> list[Point]:
        return lens(self.at(*a), self.at(*b), width * self.u)

    def ribbon(self, spine: Sequence[Point], width: float | Sequence[float]) -> list[Point]:
        widths = width * self.u if isinstance(width, int | float) else [each * self.u for each in width]
        return ribbon(self.points(*spine), widths)

    def box(self, dx: float, dy: float, width: float, height: float) -> list[Point]:
        return box(*self.at(dx, dy), width * self.u, height * self.u)

    def ellipse(self, dx: float, dy: float, rx: float, ry: float, points: int = 36) -> list[Point]:
        return ellipse(*self.at(dx, dy), rx * self.u, ry * self.u, points)

    def arch(self, dx: float, dy: float, rx: float, ry: float, steps: int) -> list[Point]:
        return arch(*self.at(dx, dy), rx * self.u, ry * self.u, steps)

    def lip(self, dx: float, dy: float, rx: float, ry: float, points: int) -> list[Point]:
        return lip(*self.at(dx, dy), rx * self.u, ry * self.u, points)

    def hoop(self, dx: float, dy: float, rx: float, ry: float, width: float, points: int) -> list[Point]:
        return hoop(*self.at(dx, dy), rx * self.u, ry * self.u, width * self.u, points)


def profile(rng: random.Random, base: float, height: float, length: float) -> Profile:
    """Return a rolling crest line: a function from column to row, which sums four waves around the row `base`. It rises
    and falls by about `height`; its longest wave is about `length` long."""
    (a, u, p), (b, v, q), (c, w, r), (d, z, s) = (
        (height * part, math.tau / (length * stretch * rng.uniform(0.85, 1.2)), rng.uniform(0, math.tau))
        for part, stretch in ((0.62, 1.0), (0.3, 0.47), (0.13, 0.21), (0.05, 0.09))
    )
    sin = math.sin

    def crest(x: float) -> float:  # written out, because every blade of grass calls it
        return base + a * sin(x * u + p) + b * sin(x * v + q) + c * sin(x * w + r) + d * sin(x * z + s)

    return crest


def land(crest: Profile, left: float, right: float, bottom: float, step: float) -> list[Point]:
    """Return the outline of the land from `crest` down to the row `bottom`, with a point every `step` pixels."""
    count = max(2, math.ceil((right - left) / max(1.0, step)))
    xs = [left + (right - left) * i / count for i in range(count + 1)]
    return [(left, bottom), *((x, crest(x)) for x in xs), (right, bottom)]


# A broad-leaved tree's crown, as shares of the tree's height: half its breadth, half its depth, its middle's height.
# Last its lobes.
_CROWNS = {"elm": (0.34, 0.27, 0.7, 8), "locust": (0.25, 0.33, 0.64, 7), "poplar": (0.12, 0.42, 0.56, 9)}


def broadleaf(rng: random.Random, x: float, y: float, height: float, leafless: bool = False) -> list[Point]:
    """Return an elm, locust or poplar with its foot at (x, y). If it is `leafless`, its boughs are a fan of twigs."""
    kind = rng.choice(("elm", "elm", "locust", "locust", "poplar"))
    rx, ry, middle, lobes = _CROWNS[kind]
    lean, trunk = rng.uniform(-0.06, 0.06) * height, height * (0.022 if kind == "poplar" else 0.03)
    rx, ry = rx * height * rng.uniform(0.85, 1.15), ry * height * rng.uniform(0.94, 1.06)
    cx, cy = x + lean, y - middle * height
    around: list[Point] = []
    if leafless:
        fork = (x + 0.4 * lean, cy + 0.72 * ry)
        twigs = 2 * lobes + 1
        for i in range(twigs):  # from the lower right over the top to the lower left; between two twigs is a gap
            turn = -0.38 + (math.pi + 0.76) * (i + rng.uniform(-0.3, 0.3)) / (twigs - 1)
            far = rng.uniform(0.84, 1.08)
            tip = (cx + rx * far * math.cos(turn), cy - ry * far * math.sin(turn))
            thick = 0.1 if i % 2 else 0.42  # share of the crown's radius at which the gap after this twig begins
            gap = turn + 0.5 * (math.pi + 0.76) / (twigs - 1)
            around.append(tip)
            if i < twigs - 1:
                end = (cx + rx * math.cos(gap), cy - ry * math.sin(gap))
                around.append((fork[0] + (end[0] - fork[0]) * thick, fork[1] + (end[1] - fork[1]) * thick))
    else:
        sizes = [rng.uniform(0.88, 1.12) for _ in range(lobes)]
        for lobe, size in enumerate(sizes):
            for step in range(4):
                turn = -math.pi / 2 + 0.14 + (math.tau - 0.28) * (lobe + step / 4) / (lobes - 0.25)
                out = size * (0.84 + 0.2 * math.sin(math.pi * (step + 0.5) / 4))
                around.append((cx + rx * out * math.cos(turn), cy - ry * out * math.sin(turn)))
    neck = cy + 0.8 * ry
    return [
        (x - trunk * 1.7, y + 2), (x + trunk * 1.7, y + 2), (x + 0.5 * lean + trunk, neck), *around,
        (x + 0.5 * lean - trunk, neck),
    ]  # fmt: skip


def stump(x: float, y: float, height: float) -> list[Point]:
    """Return the stump of a felled tree with its foot at (x, y): a flat cut over a spreading foot."""
    half = height * 0.3
    return [
        (x - half * 2.4, y + 2), (x - half * 1.2, y - height * 0.3), (x - half, y - height), (x + half, y - height),
        (x + half * 1.2, y - height * 0.3), (x + half * 2.4, y + 2),
    ]  # fmt: skip


def bare(rng: random.Random, x: float, y: float, height: float, lean: float = 0.0) -> list[Shape]:
    """Return a leafless tree with its foot at (x, y): tapering boughs that fork into twigs."""
    boughs: list[Shape] = []
    chance, sin, cos = rng.random, math.sin, math.cos

    def grow(px: float, py: float, angle: float, length: float, width: float, depth: int) -> None:
        bend = -0.25 + 0.5 * chance()
        half = length * 0.5
        mx, my = px + sin(angle) * half, py - cos(angle) * half
        angle += bend
        end = (mx + sin(angle) * half, my - cos(angle) * half)
        boughs.append(ribbon([(px, py), (mx, my), end], [width, width * 0.8, width * 0.62]))
        if depth == 0:
            return
        for turn in (-1, 1) if depth < 4 or chance() < 0.6 else (-1, 0, 1):
            spread = angle + turn * (0.3 + 0.32 * chance())
            grow(*end, spread, length * (0.62 + 0.2 * chance()), width * 0.6, depth - 1)

    grow(x, y + 2, lean, height * 0.34, height * 0.075, 5)
    return boughs


def crown(rng: random.Random, x: float, y: float, rx: float, ry: float, lobes: int = 9) -> list[Point]:
    """Return a leafy crown around (x, y) with a scalloped edge; `rx` and `ry` are its half breadth and half height."""
    turn = rng.uniform(0, math.tau)
    sizes = [rng.uniform(0.88, 1.1) for _ in range(lobes)]
    steps = 6 if max(rx, ry) > 40 else 4
    bulge = [(step / steps, 0.86 + 0.16 * math.sin(math.pi * step / steps)) for step in range(steps)]
    part = math.tau / lobes
    return [
        (
            x + rx * size * out * math.cos(turn + part * (lobe + along)),
            y + ry * size * out * math.sin(turn + part * (lobe + along)),
        )
        for lobe, size in enumerate(sizes)
        for along, out in bulge
    ]


def leaf(x: float, y: float, length: float, angle: float, width: float = 0.42) -> list[Point]:
    """Return a leaf with its stalk at (x, y), in the direction `angle` (radians). `width` is a share of `length`."""
    return lens((x, y), (x + length * math.cos(angle), y + length * math.sin(angle)), length * width)


def curl(rng: random.Random, x: float, y: float, height: float, width: float, drift: float) -> list[Point]:
    """Return smoke from (x, y): a swaying ribbon that broadens and ends about `drift` pixels to the right."""
    count = 14
    phase, sway = rng.uniform(0, math.tau), width * rng.uniform(0.8, 1.3)
    spine: list[Point] = []
    for i in range(count + 1):
        t = i / count
        out = drift * t**1.7 + sway * math.sin(phase + t * 7.0) * t**0.8
        spine.append((x + out, y - height * t))
    spine = smooth(spine, 4)
    last = len(spine) - 1
    widths = [width * max(0.03, (0.2 + 0.9 * i / last) * (1 - (i / last) ** 4)) for i in range(last + 1)]
    return ribbon(spine, widths)


def billow(rng: random.Random, x: float, y: float, height: float, width: float, drift: float) -> list[Shape]:
    """Return heavy smoke that rises from (x, y): scalloped clouds along a leaning column that widens."""
    clouds: list[Shape] = [ribbon([(x, y), (x + drift * 0.04, y - height * 0.16)], [width * 0.22, width * 0.5])]
    count = 9
    for i in range(1, count + 1):
        t = i / count
        r = width * (0.2 + 0.52 * t) * rng.uniform(0.85, 1.15)
        cx = x + drift * t**1.5 + rng.uniform(-0.22, 0.22) * width * (0.4 + t)
        clouds.append(crown(rng, cx, y - height * t * (1 - 0.18 * t), r * 1.15, r * 0.86, rng.randint(6, 8)))
    return clouds


def cloud(rng: random.Random, x: float, y: float, length: float) -> tuple[list[Shape], list[Shape]]:
    """Return a curled cloud, `length` long, around the row `y`, from `x` to the right: the outlines of its flat strips
    and round tops, and the spirals to cut out of them."""
    lobes: list[Shape] = []
    curls: list[Shape] = []
    thick = length * rng.uniform(0.025, 0.034)

    def bar(left: float, right: float, middle: float, half: float) -> list[Point]:
        ends = [math.pi * (0.5 + k / 8) for k in range(9)]
        west = [(left + half * math.cos(a), middle - half * math.sin(a)) for a in ends]
        return [*west, *((left + right - px, py) for px, py in reversed(west))]

    lean = rng.choice((-1, 1))
    for row in range(3):
        width = length * (1.0, 0.62, 0.36)[row] * rng.uniform(0.85, 1.1)
        middle = x + length / 2 + lean * length * (0.0, 0.12, -0.3)[row]
        lobes.append(bar(middle - width / 2, middle + width / 2, y + (0, -1.7, 1.7)[row] * thick, thick))
    count = rng.randint(2, 4)
    for i in range(count):
        t = (i + 0.5) / count
        r = length * (0.055 + 0.075 * math.sin(math.pi * t)) * rng.uniform(0.8, 1.25)
        cx = x + length * (0.5 + lean * 0.12) + (t - 0.5) * length * 0.5
        foot = y - 1.2 * thick
        lobes.append(arch(cx, foot, r * 1.1, r, 18))
        turn = [
            (cx + r * 0.6 * (1 - k / 16) * math.cos(a) * -lean, foot - r * 0.4 - r * 0.36 * (1 - k / 16) * math.sin(a))
            for k, a in ((k, math.pi * (0.15 + k / 11)) for k in range(13))
        ]
        curls.append(ribbon(turn, [length * 0.01 * math.sin(math.pi * (k + 0.2) / 13) for k in range(13)]))
    return lobes, curls


def strata(rng: random.Random, x: float, y: float, length: float) -> list[Shape]:
    """Return flat layers of cloud around the row `y`, from `x` to the right: long strips with pointed ends."""
    slips: list[Shape] = []
    for row in range(3):
        width, thick = length * rng.uniform(0.5, 1.0), length * rng.uniform(0.012, 0.03)
        left, down = x + rng.uniform(0, 0.3) * length, y + (row - 1) * length * rng.uniform(0.025, 0.05)
        spine = [(left + width * i / 6, down + thick * rng.uniform(-0.3, 0.3)) for i in range(7)]
        swell = [0.08 * thick, 0.9 * thick, 1.6 * thick, 2 * thick, 1.5 * thick, 0.8 * thick, 0.06 * thick]
        slips.append(smooth(ribbon(spine, swell), 4, closed=True))
    return slips


def scratches(rng: random.Random, right: float, top: float, bottom: float, gap: float) -> list[Shape]:
    """Return rows of level slits that mark open ground. They are `gap` pixels apart at `top`, farther apart below."""
    slits: list[Shape] = []
    y = top + gap
    while y < bottom and gap > 0.5:
        x = rng.uniform(-9, 3) * gap
        while x < right:
            length = rng.uniform(2, 7) * gap
            slits.append(
                lens((x, y + rng.uniform(-0.2, 0.2) * gap), (x + length, y + rng.uniform(-0.2, 0.2) * gap), gap * 0.09)
            )
            x += length + rng.uniform(2, 9) * gap
        y += gap * rng.uniform(0.8, 1.2)
        gap *= 1.22
    return slits
