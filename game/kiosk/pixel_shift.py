"""Pixel shift: moves the picture a few pixels from time to time, so that a still one does not burn into the screen."""

from __future__ import annotations

import time
from collections.abc import Callable

STEPS = ((0, 0), (6, 0), (12, 0), (12, 6), (12, 12), (6, 12), (0, 12), (0, 6))  # offsets in pixels, taken in a circle
INTERVAL = 150.0  # seconds between two steps


def pixel_shift(clock: Callable[[], float] = time.monotonic) -> tuple[int, int]:
    """Return the present offset in pixels, to the right and down. `clock` returns seconds."""
    return STEPS[int(clock() / INTERVAL) % len(STEPS)]
