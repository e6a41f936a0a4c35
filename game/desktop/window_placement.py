"""Where the window stood and how large it was: kept from one start to the next, and mended where it would be lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from game.core.files import read_json, write_whole
from game.core.values import frozen

SMALLEST, LARGEST = 240, 16_384  # pixels, of a side
SEEN = 96  # pixels of a window that must lie on a screen, for a hand to take hold of it
LONGEST = 10_000  # bytes of the file


@frozen
class WindowPlacement:
    """`size` and `position` in pixels, of the window when it does not fill the screen; None: wherever the system likes.

    Positions count from the first screen's upper left.
    """

    size: tuple[int, int] = (1280, 720)
    position: tuple[int, int] | None = None
    fullscreen: bool = False


def mended(placement: WindowPlacement, screens: Sequence[tuple[int, int]]) -> WindowPlacement:
    """A placement that can be seen and moved on these screens (their sizes, as they stand side by side).

    A window that is larger than any screen becomes as large as the largest; one whose title would be out of reach is
    put wherever the system likes.
    """
    if not screens:
        return replace(placement, position=None)
    width, height = max(screens, key=lambda size: size[0] * size[1])
    w, h = min(placement.size[0], width), min(placement.size[1], height)
    position = placement.position
    if position is not None:
        x, y = position
        whole, tall = sum(size[0] for size in screens), max(size[1] for size in screens)
        if not (SEEN - w <= x <= whole - SEEN and 0 <= y <= tall - SEEN):
            position = None
    return WindowPlacement((w, h), position, placement.fullscreen)


class PlacementFile:
    """One JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> WindowPlacement:
        """What was kept; the defaults for whatever cannot be read."""
        try:
            return _from_json(read_json(self._path, LONGEST))
        except (OSError, ValueError, RecursionError):
            return WindowPlacement()

    def write(self, placement: WindowPlacement) -> None:
        """Raises OSError where the folder takes no file; what was there before stays."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        data = {"size": placement.size, "position": placement.position, "fullscreen": placement.fullscreen}
        write_whole(self._path, json.dumps(data))


def _from_json(data: Any) -> WindowPlacement:
    if not isinstance(data, dict):
        return WindowPlacement()
    size, position = _pair(data.get("size")), _pair(data.get("position"))
    if size is None or not all(SMALLEST <= side <= LARGEST for side in size):
        size = WindowPlacement().size
    return WindowPlacement(size, position, data.get("fullscreen") is True)


def _pair(data: Any) -> tuple[int, int] | None:
    if isinstance(data, list) and len(data) == 2 and all(type(one) is int and abs(one) < 10**6 for one in data):
        return data[0], data[1]
    return None
