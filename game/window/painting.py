"""The painter, imported when the first picture is wanted: a window opens without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.window.painter import Painting


def paint_later(*what: Any) -> Painting:
    """`painter.painting`, with its arguments."""
    from game.window.painter import painting

    return painting(*what)
