"""Lazy painter: the painter's functions, imported at the first call. So a window opens without the painter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game.painter import Painting
    from game.painter.canvas.picture_change import ChangeBuffers, PictureChange
    from game.play.page import Picture


def lazy_data_uris(pictures: Iterable[Picture]) -> Iterator[str]:
    """Call `game.desktop.export.site_pictures.data_uris` with these arguments."""
    from game.desktop.export.site_pictures import data_uris  # the first frame need not wait for the painter

    return data_uris(pictures)


def lazy_painting(*arguments: Any, scratch: dict[str, bytearray]) -> Painting:
    """Call `game.painter.painting` with these arguments."""
    from game.painter import painting  # imported late: the first frame need not wait for the painter

    return painting(*arguments, scratch=scratch)


def lazy_change(
    before: Painting, after: Painting, same_scene: bool, buffers: ChangeBuffers | None = None
) -> PictureChange:
    """Make a `game.painter.canvas.picture_change.PictureChange` with these arguments."""
    from game.painter.canvas.picture_change import PictureChange  # the first frame need not wait for the painter

    return PictureChange(before, after, same_scene, buffers)
