"""Sacks: a full sack's outline and its folds."""

from __future__ import annotations

from game.painter.canvas import shapes
from game.painter.canvas.paper import Point, Shape


def sack(x: float, base: float, u: float) -> tuple[list[Point], list[Shape]]:
    """A full sack standing on `base`, about 7 `u` broad and 9 high: outline, and slits for cord and folds."""
    y = base - 8.4 * u
    outline = shapes.smooth(
        [
            (x - 1.7 * u, y - 1.3 * u),
            (x - 0.9 * u, y - 0.6 * u),
            (x, y - 1.2 * u),
            (x + 1.1 * u, y - 0.6 * u),
            (x + 1.8 * u, y - 1.4 * u),
            (x + 1.0 * u, y + 0.6 * u),
            (x + 2.9 * u, y + 2.2 * u),
            (x + 3.5 * u, y + 5.4 * u),
            (x + 3.1 * u, base),
            (x, base + 0.25 * u),
            (x - 3.1 * u, base),
            (x - 3.5 * u, y + 5.4 * u),
            (x - 2.9 * u, y + 2.2 * u),
            (x - 1.0 * u, y + 0.6 * u),
        ],
        4,
        closed=True,
    )
    slits: list[Shape] = [
        shapes.lens((x - 1.2 * u, y + 0.5 * u), (x + 1.2 * u, y + 0.5 * u), 0.3 * u),
        shapes.lens((x - 0.4 * u, y + 1.2 * u), (x - 1.5 * u, y + 3.4 * u), 0.2 * u),
        shapes.lens((x + 0.4 * u, y + 1.2 * u), (x + 1.3 * u, y + 3.0 * u), 0.2 * u),
        shapes.lens((x - 1.6 * u, base - 2.2 * u), (x + 1.7 * u, base - 2.4 * u), 0.16 * u),
    ]
    return outline, slits
