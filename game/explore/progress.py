"""Progress: how fast an exploration is, and how long it still takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from game.explore.explorer import ExplorationStatus, Progress


class ProgressReport(NamedTuple):
    """The progress of exploring a whole story in parts. `part` is the number of the present part from 1, `name` its cut
    (a length of the story) and role. `parts` is how many are planned; more may be added.

    `states` counts the states of all parts so far, `rate` the states per second. `seconds_left` is an estimate.
    """

    part: int
    parts: int
    name: str
    chapter: str
    states: int
    rate: float
    seconds_left: float


class ProgressTimer:
    """Makes progress reports over several explorations, one after another."""

    def __init__(self, tell: Callable[[ProgressReport], None], clock: Callable[[], float], parts: int) -> None:
        """Start the clock, which returns seconds. `parts` explorations are planned; `tell` gets every report."""
        self._tell, self._clock, self._parts = tell, clock, parts
        self._start = clock()
        self._done: list[int] = []  # how many states each finished exploration had

    def start(self, name: str) -> Progress:
        """Return the progress callback of the exploration `name`, which starts now."""
        part = len(self._done) + 1
        parts = max(part, self._parts)

        def progress(at: ExplorationStatus) -> None:
            done = sum(self._done)
            states = done + at.states
            rate = states / max(self._clock() - self._start, 1e-6)
            # it assumes that the next explorations are like those that are done, or like this one
            each = done / len(self._done) if self._done else at.states + at.states_left
            seconds_left = (at.states_left + (parts - part) * each) / rate
            self._tell(ProgressReport(part, parts, name, at.chapter, states, rate, seconds_left))

        return progress

    def add_parts(self, parts: int) -> None:
        """Plan `parts` more explorations."""
        self._parts += parts

    def done(self, states: int) -> None:
        """Finish the current exploration, which had `states` states."""
        self._done.append(states)
