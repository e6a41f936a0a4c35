"""The time in which pictures move: it stands while nothing is to move, and goes on from where it stood."""

from __future__ import annotations

import math

RATE = 12.0  # frames a second: what is slow needs no more
MAX_STEP = 0.25  # seconds: after a longer pause (a hidden window, a busy machine) nothing jumps


class AnimationClock:
    """Counts moments of `1 / rate` seconds."""

    def __init__(self, rate: float = RATE) -> None:
        self.rate = rate
        self._elapsed = 0.0
        self._last: float | None = None

    def moment(self, now: float, moving: bool) -> float:
        """The moment to be shown at `now` (both in seconds), given whether anything moves until the next call."""
        if self._last is not None:
            self._elapsed += min(max(0.0, now - self._last), MAX_STEP)
        self._last = now if moving else None
        # a hair more, so that a clock that goes in just these steps is not a step behind
        return math.floor(self._elapsed * self.rate + 1e-6) / self.rate

    def wait(self, now: float) -> float:
        """Seconds from `now` until the next moment."""
        elapsed = self._elapsed + (now - self._last if self._last is not None else 0.0)
        return (math.floor(self._elapsed * self.rate + 1e-6) + 1) / self.rate - elapsed
