"""Animation clock: the time of what moves in pictures; it stops while nothing is animated."""

from __future__ import annotations

import math

RATE = 12.0  # frames a second: enough for slow motion
MAX_STEP = 0.25  # seconds between two frames: after a longer pause (hidden window, busy machine) nothing jumps


class AnimationClock:
    """Counts time in steps of `1 / rate` seconds."""

    def __init__(self, rate: float = RATE) -> None:
        self.rate = rate
        self._elapsed = 0.0
        self._last: float | None = None

    def moment(self, now: float, moving: bool) -> float:
        """The animation's time in seconds at the time `now`.

        Args:
            now: seconds of a monotonic clock.
            moving: whether the clock runs until the next call.
        """
        if self._last is not None:
            self._elapsed += min(max(0.0, now - self._last), MAX_STEP)
        self._last = now if moving else None
        # 1e-6: rounding must not put a clock that runs in just these steps one step behind
        return math.floor(self._elapsed * self.rate + 1e-6) / self.rate

    def wait(self, now: float) -> float:
        """Seconds from `now` until the next step."""
        elapsed = self._elapsed + (now - self._last if self._last is not None else 0.0)
        return (math.floor(self._elapsed * self.rate + 1e-6) + 1) / self.rate - elapsed
