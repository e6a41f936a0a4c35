"""The painter, imported when the first picture is wanted: a window opens without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.painter import Painting
    from game.play.page import Picture


def plates_later(pictures: Iterable[Picture]) -> Iterator[str]:
    """`plates.plates`, with its arguments."""
    from game.desktop.export.data_uris import data_uris

    return data_uris(pictures)


def paint_later(*what: Any) -> Painting:
    """`painter.painting`, with its arguments."""
    from game.painter import painting

    return painting(*what)
