"""Sacks: a full sack's outline and its folds."""

from __future__ import annotations

from game.painter.canvas import Point, Shape, shapes


def sack(x: float, base: float, u: float) -> tuple[list[Point], list[Shape]]:
    """A full sack standing on `base`, 6.6 `u` broad and 11 high, sewn up across its top: outline, and slits."""
    y = base - 10.6 * u
    side = [(2.2, 0.2), (2.7, -0.15), (2.95, 0.6), (3.0, 3.0), (3.25, 7.4), (3.15, 10.2), (2.5, 10.7)]
    right = shapes.smooth(shapes.points(x, y, u, *side), 3)
    left = shapes.smooth([(x - dx * 0.97 * u, y + (dy + 0.1) * u) for dx, dy in reversed(side)], 3)
    stitches = [
        shapes.lens((x + dx * u, y + 0.75 * u), (x + (dx + 0.55) * u, y + 1.0 * u), 0.2 * u)
        for dx in (-2, -0.9, 0.2, 1.3)
    ]
    folds: list[Shape] = [
        shapes.lens((x + 1.5 * u, y + 1.9 * u), (x + 1.9 * u, y + 7.0 * u), 0.16 * u),
        shapes.lens((x + 0.9 * u, y + 2.1 * u), (x + 1.0 * u, y + 4.0 * u), 0.12 * u),
        shapes.lens((x - 2.4 * u, base - 3.4 * u), (x - 0.9 * u, base - 1.2 * u), 0.14 * u),
    ]
    return [*right, (x, base + 0.3 * u), *left, (x, y + 0.45 * u)], [*stitches, *folds]
