"""Window placement: position and size, kept from one start to the next and clamped to the screens there are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from game.core.files import read_json, write_atomic
from game.core.values import frozen

MIN_SIDE, MAX_SIDE = 240, 16_384  # pixels
MIN_VISIBLE = 96  # pixels of a window that must lie on a screen, so that it can be dragged
MAX_BYTES = 10_000  # of the file


@frozen
class WindowPlacement:
    """`size` and `position` in pixels of the window outside full screen, from the first screen's upper left.

    position None: wherever the system likes.
    """

    size: tuple[int, int] = (1280, 720)
    position: tuple[int, int] | None = None
    fullscreen: bool = False


def clamp_to_screens(placement: WindowPlacement, screens: Sequence[tuple[int, int]]) -> WindowPlacement:
    """Make a placement visible and movable.

    Args:
        placement: as it was saved.
        screens: the sizes of the screens in pixels, which stand side by side from the left.

    Returns:
        The placement, no larger than the largest screen, and without a position that is out of reach.
    """
    if not screens:
        return replace(placement, position=None)
    width, height = max(screens, key=lambda size: size[0] * size[1])
    w, h = min(placement.size[0], width), min(placement.size[1], height)
    position = placement.position
    if position is not None:
        x, y = position
        whole, tall = sum(size[0] for size in screens), max(size[1] for size in screens)
        if not (MIN_VISIBLE - w <= x <= whole - MIN_VISIBLE and 0 <= y <= tall - MIN_VISIBLE):
            position = None
    return WindowPlacement((w, h), position, placement.fullscreen)


class PlacementFile:
    """Stores a placement in a JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> WindowPlacement:
        """The stored placement; the defaults for whatever cannot be read."""
        try:
            return _from_json(read_json(self._path, MAX_BYTES))
        except (OSError, ValueError, RecursionError):
            return WindowPlacement()

    def write(self, placement: WindowPlacement) -> None:
        """Store a placement. Raises OSError where the folder takes no file; an older file stays whole."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        data = {"size": placement.size, "position": placement.position, "fullscreen": placement.fullscreen}
        write_atomic(self._path, json.dumps(data))


def _from_json(data: Any) -> WindowPlacement:
    if not isinstance(data, dict):
        return WindowPlacement()
    size, position = _pair(data.get("size")), _pair(data.get("position"))
    if size is None or not all(MIN_SIDE <= side <= MAX_SIDE for side in size):
        size = WindowPlacement().size
    return WindowPlacement(size, position, data.get("fullscreen") is True)


def _pair(data: Any) -> tuple[int, int] | None:
    if isinstance(data, list) and len(data) == 2 and all(type(one) is int and abs(one) < 10**6 for one in data):
        return data[0], data[1]
    return None
