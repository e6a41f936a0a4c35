"""Durations beside a class's state, by a monotonic clock: what a timer has left, and for how long seats are absent.

A state holds no time of day: what it says of time is how many seconds a timer had when it was set.
"""

from __future__ import annotations

from collections.abc import Callable

from game.classroom.state import ClassState, Timer


class Countdown:
    """How many seconds a state's timer has left. `clock` gives seconds, monotonic."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._timer: Timer | None = None
        self._since = 0.0

    def left(self, state: ClassState) -> float | None:
        """Seconds left, below 0 once it has run out; None without a timer. A timer runs from when it is first seen."""
        if state.timer != self._timer:
            self._timer, self._since = state.timer, self._clock()
        if state.timer is None or state.paused:
            return None if state.timer is None else state.timer.left
        return state.timer.left - (self._clock() - self._since)


class Absences:
    """Since when each seat of a state is absent. `clock` gives seconds, monotonic."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._since: dict[str, float] = {}
        self._met: frozenset[str] = frozenset()  # seats that were present since this program runs

    def update(self, state: ClassState) -> None:
        """Note who went and who came back; to be called after each change."""
        if state.present == self._met and not self._since:
            return
        gone = (self._met | self._since.keys()) & state.seats.keys() - state.present
        self._since = {seat: self._since.get(seat, self._clock()) for seat in gone}
        self._met = state.present

    def seconds(self, seat: str) -> float | None:
        """For how many seconds a seat is absent; None where it was not here since this program runs."""
        since = self._since.get(seat)
        return None if since is None else self._clock() - since
