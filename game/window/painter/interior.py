"""What rooms have in common."""

from __future__ import annotations

from game.window.painter import shapes
from game.window.painter.paper import Shape


def lattice(left: float, top: float, width: float, height: float, columns: int, rows: int, bar: float) -> list[Shape]:
    """The panes of a lattice window, `bar` pixels of wood between them."""
    w, h = width / columns, height / rows
    return [
        shapes.box(left + c * w + bar / 2, top + r * h + bar / 2, w - bar, h - bar)
        for c in range(columns)
        for r in range(rows)
    ]
