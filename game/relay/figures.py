"""Figures of one relay process: its rooms and phones, and its incidents."""

from __future__ import annotations

from collections.abc import Callable

from game.core.values import frozen

_LATELY = 60.0  # how long `/health` shows an incident, in seconds, so that an occasional look finds it


class Incidents:
    """Counts incidents. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._last = clock, float("-inf")
        self.count = 0

    @property
    def lately(self) -> bool:
        """Whether an incident has happened in the last minute."""
        return self._clock() - self._last < _LATELY

    def add(self) -> bool:
        """Count an incident. Return True if none had happened in the last minute, so that the log needs a line."""
        first = not self.lately
        self.count, self._last = self.count + 1, self._clock()
        return first


@frozen
class Figures:
    """The size and condition of a process.

    Attributes:
        failed: how often a background task failed.
        unreadable: how often the store held or sent something unreadable.
        state: `ok`, or a word for what is wrong now or was in the last minute.
    """

    rooms: int
    phones: int
    store_ok: bool
    draining: bool
    failed: int
    unreadable: int
    state: str
