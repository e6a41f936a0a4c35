"""Window placement: the window's position and size, kept from one start to the next, and moved onto a screen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from game.core.files import read_json, write_atomic
from game.core.values import fields_of, frozen

MIN_SIDE, MAX_SIDE = 240, 16_384  # pixels
MIN_VISIBLE = 96  # pixels of a window that must lie on a screen, so that a person can drag it back
MAX_BYTES = 10_000  # largest size of the file
# First sizes of a window, all in the shape of a wide screen. A window gets the largest within SHARE of its screen.
SIZES = ((960, 540), (1152, 648), (1280, 720), (1440, 810), (1600, 900), (1920, 1080), (2176, 1224), (2560, 1440),
         (3200, 1800))  # fmt: skip
SHARE = 0.85
FALLBACK = (1280, 720)  # the size if no screen is known
CENTRED_ON = 0x2FFF0000  # SDL's position for "in the middle of a screen"; the screen's number is added to it


@frozen
class WindowPlacement:
    """Where a window opens, in pixels."""

    size: tuple[int, int] | None = None  # outside full screen; with None, the screen decides
    position: tuple[int, int] | None = None  # from the upper left of the first screen; with None, the system decides
    fullscreen: bool = False


def opening_size(screen: tuple[int, int]) -> tuple[int, int]:
    """Return the size in pixels of a window on a screen of the size `screen`, for a window without a stored size."""
    width, height = screen
    fitting = [size for size in SIZES if size[0] <= SHARE * max(screen) and size[1] <= SHARE * min(screen)]
    found = fitting[-1] if fitting else (round(SHARE * max(screen)), round(SHARE * min(screen)))
    return found if width >= height else (found[1], found[0])


def clamp_to_screens(placement: WindowPlacement, screens: Sequence[tuple[int, int]]) -> WindowPlacement:
    """Return `placement` with a size that fits one of `screens` (sizes in pixels, side by side from the left). If too
    little of the window would lie on the screens, its position becomes None."""
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
    """Return where the pupils' window opens: on the whole second screen; without one, where the system decides."""
    if len(screens) < 2:
        return WindowPlacement(FALLBACK)
    return WindowPlacement(screens[1], (CENTRED_ON + 1, CENTRED_ON + 1), fullscreen=True)


def read_placement(file: Path) -> WindowPlacement:
    """Return the stored placement. Missing or damaged parts have their defaults."""
    try:
        data = read_json(file, MAX_BYTES)
    except (OSError, ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        return WindowPlacement()
    size, position = _pair(data.get("size")), _pair(data.get("position"))
    if size is not None and not all(MIN_SIDE <= side <= MAX_SIDE for side in size):
        size = None
    return WindowPlacement(size, position, data.get("fullscreen") is True)


def write_placement(file: Path, placement: WindowPlacement) -> None:
    """Store a placement. If that fails, raise OSError and leave the older file as it was."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(file, json.dumps(fields_of(placement)))


def _pair(data: Any) -> tuple[int, int] | None:
    if isinstance(data, list) and len(data) == 2 and all(type(side) is int and abs(side) < 10**6 for side in data):
        return data[0], data[1]
    return None


@frozen
class WindowOptions:
    """How a window opens. With `size` None and `fullscreen` False, it opens as it was last. `speak`: it reads aloud
    from the first screen on. `first_frame_only`: it closes after the first frame, for measuring the start-up."""

    size: tuple[int, int] | None = None  # in pixels
    fullscreen: bool = False
    speak: bool = False
    first_frame_only: bool = False
