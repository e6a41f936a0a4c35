"""Where a picture stands that may stand for months: a few pixels further every now and then, against burning in."""

from __future__ import annotations

import time
from collections.abc import Callable

STEPS = ((0, 0), (6, 0), (12, 0), (12, 6), (12, 12), (6, 12), (0, 12), (0, 6))  # pixels, round and round
STEP = 150.0  # seconds that a picture stands before it wanders on


def pixel_shift(clock: Callable[[], float] = time.monotonic) -> tuple[int, int]:
    """Where the picture stands now. `clock` gives seconds."""
    return STEPS[int(clock() / STEP) % len(STEPS)]
