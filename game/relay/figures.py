"""Figures of one process: how much it holds, and what went wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from game.core.values import frozen

_LATELY = 60.0  # seconds for which health tells what happened, so that somebody who looks now and then sees it


class Incidents:
    """Counts how often something went wrong. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._last = clock, float("-inf")
        self.count = 0

    @property
    def lately(self) -> bool:
        """Whether it happened in the last minute."""
        return self._clock() - self._last < _LATELY

    def add(self) -> bool:
        """Count one. True if there was none in the last minute: then it is worth a line in the log."""
        first = not self.lately
        self.count, self._last = self.count + 1, self._clock()
        return first


@frozen
class Figures:
    """How much a process holds, and how it is.

    Attributes:
        failed: how often a background task failed.
        unreadable: how often the store held or sent what nobody can read.
        state: `ok`, or in a word what is wrong now or was in the last minute.
    """

    rooms: int
    phones: int
    store_ok: bool
    draining: bool
    failed: int
    unreadable: int
    state: str
