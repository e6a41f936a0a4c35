"""Window placement: position and size, kept from one start to the next and clamped to the present screens."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from game.core.files import read_json, write_atomic
from game.core.values import frozen

MIN_SIDE, MAX_SIDE = 240, 16_384  # pixels
MIN_VISIBLE = 96  # pixels of a window that must lie on a screen, so that a person can drag it
MAX_BYTES = 10_000  # of the file


# First sizes of a window, all in a wide screen's shape: the largest that has at most SHARE of the screen's sides.
SIZES = ((960, 540), (1152, 648), (1280, 720), (1440, 810), (1600, 900), (1920, 1080), (2176, 1224), (2560, 1440),
         (3200, 1800))  # fmt: skip
SHARE = 0.85
FALLBACK = (1280, 720)  # if no screen is known
CENTRED_ON = 0x2FFF0000  # SDL's position "in the middle of a screen", to which the screen's number is added


@frozen
class WindowPlacement:
    """`size` and `position` in pixels of the window outside full screen, from the first screen's upper left.

    size None: as the screen has room. position None: the system decides.
    """

    size: tuple[int, int] | None = None
    position: tuple[int, int] | None = None
    fullscreen: bool = False


def opening_size(screen: tuple[int, int]) -> tuple[int, int]:
    """The size in pixels of a new window on a screen of that size, if none was stored."""
    width, height = screen
    fitting = [size for size in SIZES if size[0] <= SHARE * max(screen) and size[1] <= SHARE * min(screen)]
    found = fitting[-1] if fitting else (round(SHARE * max(screen)), round(SHARE * min(screen)))
    return found if width >= height else (found[1], found[0])


def clamp_to_screens(placement: WindowPlacement, screens: Sequence[tuple[int, int]]) -> WindowPlacement:
    """Make a placement visible and movable, and give it a size.

    Args:
        placement: the saved placement.
        screens: the sizes of the screens in pixels, side by side from the left.

    Returns:
        The placement, with its size if that still fits a screen, and without a position out of reach.
    """
    if not screens:
        return replace(placement, size=placement.size or FALLBACK, position=None)
    fits = placement.size is not None and any(
        placement.size[0] <= width and placement.size[1] <= height for width, height in screens
    )
    w, h = placement.size if placement.size is not None and fits else opening_size(screens[0])
    position = placement.position
    if position is not None:
        x, y = position
        whole, tall = sum(size[0] for size in screens), max(size[1] for size in screens)
        if not (MIN_VISIBLE - w <= x <= whole - MIN_VISIBLE and 0 <= y <= tall - MIN_VISIBLE):
            position = None
    return WindowPlacement((w, h), position, placement.fullscreen)


def pupils_placement(screens: Sequence[tuple[int, int]]) -> WindowPlacement:
    """The placement of a separate wall: the whole second screen if there is one, on any side of the first, or else
    a window where the system decides."""
    if len(screens) < 2:
        return WindowPlacement(FALLBACK)
    return WindowPlacement(screens[1], (CENTRED_ON + 1, CENTRED_ON + 1), fullscreen=True)


class PlacementFile:
    """Stores a placement in a JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> WindowPlacement:
        """The stored placement, with defaults for the parts that are missing or damaged."""
        try:
            return _from_json(read_json(self._path, MAX_BYTES))
        except (OSError, ValueError, RecursionError):
            return WindowPlacement()

    def write(self, placement: WindowPlacement) -> None:
        """Store a placement. Raises OSError if the folder takes no file; an older file stays whole."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        data = {"size": placement.size, "position": placement.position, "fullscreen": placement.fullscreen}
        write_atomic(self._path, json.dumps(data))


def _from_json(data: Any) -> WindowPlacement:
    if not isinstance(data, dict):
        return WindowPlacement()
    size, position = _pair(data.get("size")), _pair(data.get("position"))
    if size is not None and not all(MIN_SIDE <= side <= MAX_SIDE for side in size):
        size = None
    return WindowPlacement(size, position, data.get("fullscreen") is True)


def _pair(data: Any) -> tuple[int, int] | None:
    if isinstance(data, list) and len(data) == 2 and all(type(side) is int and abs(side) < 10**6 for side in data):
        return data[0], data[1]
    return None


@frozen
class WindowOptions:
    """Options of one window.

    size: in pixels; None: the last size. fullscreen: False keeps the last state. speak: read aloud from the first
    screen on. first_frame_only: close after the first frame, for measuring the start-up.
    """

    size: tuple[int, int] | None = None
    fullscreen: bool = False
    speak: bool = False
    first_frame_only: bool = False
