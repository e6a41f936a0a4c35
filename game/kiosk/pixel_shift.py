"""Pixel shift against burn-in: moves a long-standing picture by a few pixels."""

from __future__ import annotations

import time
from collections.abc import Callable

STEPS = ((0, 0), (6, 0), (12, 0), (12, 6), (12, 12), (6, 12), (0, 12), (0, 6))  # offsets in pixels, cyclic
INTERVAL = 150.0  # seconds between two steps


def pixel_shift(clock: Callable[[], float] = time.monotonic) -> tuple[int, int]:
    """The offset in pixels, to the right and down. `clock` gives seconds."""
    return STEPS[int(clock() / INTERVAL) % len(STEPS)]
