"""Locust tree: draws the tree near the ford, at the left in every year. `u` is the number of pixels in a unit."""

from __future__ import annotations

import random

from game.painter.canvas import Brush, Point, Shape, mix, shapes

# The boughs: points in units from the trunk's middle line and the area's top, and the breadth at the root.
_BOUGHS: tuple[tuple[tuple[Point, ...], float], ...] = (
    (((4.0, 34), (7.5, 22), (15, 14), (25, 11), (36, 14)), 2.4),
    (((3.2, 30), (3.5, 18), (8, 8), (16, 3), (24, 1)), 2.2),
    (((3.0, 32), (-2, 20), (-6, 10)), 2.4),
    (((5.0, 44), (10, 36), (17, 31), (24, 31)), 1.3),
)


def locust(brush: Brush) -> None:
    """Draw the tree over the left edge of the subject area."""
    u, frame, colours, state = brush.u, brush.frame, brush.colours, brush.state
    left, top = frame.left, frame.top
    foot = frame.y(1.0)
    rng = random.Random("locust")
    bark = mix(colours.ink, colours.wood, 0.5)
    spine: list[Point] = [
        (left - 0.6 * u, max(foot, frame.h) + 3 * u), (left + 1.4 * u, top + (foot - top) * 0.72),
        (left + 2.4 * u, top + 50 * u), (left + 3.4 * u, top + 30 * u),
    ]  # fmt: skip
    curve = shapes.smooth(spine, 8)
    n = len(curve) - 1
    # The trunk is broad at its roots; above, it divides into its boughs.
    breadths = [
        ((7.6 - 4.2 * (i / n) ** 0.7) * min(1.0, 0.1 + 4.5 * (1 - i / n)) + 3 * max(0.0, 0.2 - i / n)) * u
        for i in range(n + 1)
    ]
    trunk = shapes.ribbon(curve, breadths)
    boughs: list[Shape] = []
    tips: list[Point] = []
    for points, broad in _BOUGHS:
        line = shapes.smooth(shapes.points(left, top, u, *points), 6)
        last = len(line) - 1
        boughs.append(shapes.ribbon(line, [broad * u * (1 - 0.86 * i / last) for i in range(last + 1)]))
        for i in range(5, last + 1, 3):
            x, y = line[i]
            side = -1 if i % 2 else 1
            reach = rng.uniform(3, 6.5) * u
            end = (x + reach * rng.uniform(0.4, 0.9), y + side * reach * rng.uniform(0.3, 0.75))
            boughs.append(shapes.ribbon([(x, y), end], [0.5 * u, 0.12 * u]))
            tips += [(x, y), end]
        tips.append(line[-1])
    furrows: list[Shape] = []
    for k in (-2.2, -1.3, -0.4, 0.5, 1.4, 2.2):
        i = rng.randrange(1, 4)
        while i < n - 3:
            (ax, ay), (bx, by) = curve[i], curve[min(n, i + rng.randint(2, 4))]
            thin = 1 - 0.45 * i / n
            sway = rng.uniform(-0.35, 0.35) * u
            furrows.append(shapes.lens((ax + k * thin * u, ay), (bx + k * thin * u + sway, by), 0.26 * u))
            i += rng.randint(3, 5)
    brush.cut(boughs, bark, 2.0 * u, lit=0.02, dark=1.0, rim=0.55)
    brush.cut([trunk], bark, 2.4 * u, lit=0.0, dark=0.8, rim=0.55)
    brush.slit(furrows, mix(bark, colours.shadow, 0.6), mix(bark, brush.light, 0.35))
    if state.year in (1960, 1961):
        _stripped(brush, rng, curve)
    if state.season != "winter":
        _leaves(brush, rng, tips)


def _stripped(brush: Brush, rng: random.Random, curve: list[Point]) -> None:
    """Draw the part of the trunk that has lost its bark, as high as a hand can reach."""
    u, colours = brush.u, brush.colours
    part = curve[3:15]
    left = [(x - rng.uniform(1.4, 2.4) * u, y + rng.uniform(-1, 1) * u) for x, y in part]
    right = [(x + rng.uniform(1.2, 2.3) * u, y + rng.uniform(-1, 1) * u) for x, y in reversed(part)]
    pale = mix(colours.wall, colours.wood, 0.3)
    brush.cut([[*left, *right]], pale, 0, lit=0, dark=0.86, rim=0.5, edge=(colours.ink, 0.3 * u))


def _leaves(brush: Brush, rng: random.Random, tips: list[Point]) -> None:
    """Draw leaves in pairs along stalks, with white clusters in spring. Many are gone in autumn."""
    u, colours, state, edge = brush.u, brush.colours, brush.state, brush.edge
    stalks = [_stalk(rng, u) for _ in range(10)]
    cluster = _cluster(u)
    leaves: list[Shape] = []
    blossom: list[Shape] = []
    each = {"spring": 3, "summer": 4, "autumn": 2}[state.season]
    for x, y in tips:
        for _ in range(each):
            px, py = x + rng.uniform(-2.2, 2.2) * u, y + rng.uniform(-1.2, 2.2) * u
            leaves.append([(px + dx, py + dy) for dx, dy in rng.choice(stalks)])
        if state.season == "spring" and state.year in (1958, 1962) and rng.random() < 0.55:
            px, py = x + rng.uniform(-1, 1) * u, y + 1.2 * u
            blossom.append([(px + dx, py + dy) for dx, dy in cluster])
    brush.cut(leaves, mix(colours.leaf, colours.ink, 0.32), 1.6 * u, edge=(edge[0], 0.12 * u))
    brush.cut(blossom, colours.blossom, 0.8 * u, lit=0.3, dark=0.9, edge=(edge[0], 0.1 * u))


def _stalk(rng: random.Random, u: float) -> Shape:
    """Return a feathered leaf with its stalk at the origin: pairs of leaflets in one outline."""
    dx, droop = rng.choice((-1, 1)) * rng.uniform(1.4, 3.4) * u, rng.uniform(1.0, 3.2) * u
    upper: list[Point] = []
    lower: list[Point] = []
    pairs = 5
    for k in range(pairs):
        for t, out in ((k + 0.1, 0.12), (k + 0.42, 0.62), (k + 0.78, 0.55)):
            x, y = dx * t / pairs, droop * (t / pairs) ** 2
            upper.append((x, y - out * u))
            lower.append((x, y + out * u))
    return [(0.0, 0.0), *upper, (dx * 1.12, droop * 1.25), *reversed(lower)]


def _cluster(u: float) -> Shape:
    """Return a hanging cluster of blossom with its stalk at the origin, broad above and pointed below."""
    right: list[Point] = [(0.12 * u, 0.0)]
    for k in range(6):
        out = (0.78 - 0.11 * k) * u
        right += [(out * 0.5, (0.5 + 0.62 * k) * u), (out, (0.74 + 0.62 * k) * u), (out * 0.8, (1.0 + 0.62 * k) * u)]
    return [*right, (0.0, 4.8 * u), *((-x, y) for x, y in reversed(right))]
