"""The progress of an exploration: its rate, and the time left."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from game.explore.explorer import ExplorationStatus, Progress


class ProgressReport(NamedTuple):
    """The progress of exploring a whole story.

    `part`, from 1, of at least `parts` cuts and roles is explored; `name` is its cut and role, `chapter` the chapter.
    `states` counts all states so far, `rate` those of one second.
    """

    part: int
    parts: int
    name: str
    chapter: str
    states: int
    rate: float
    seconds_left: float


class ProgressTimer:
    """Makes a ProgressReport of each status of the explorations that follow one another."""

    def __init__(self, tell: Callable[[ProgressReport], None], clock: Callable[[], float], parts: int) -> None:
        """Start the clock.

        Args:
            tell: Called with every report.
            clock: Gives the time in seconds.
            parts: How many explorations are planned.
        """
        self._tell, self._clock, self._parts = tell, clock, parts
        self._start = clock()
        self._done: list[int] = []  # the states of each finished exploration

    def start(self, name: str) -> Progress:
        """The progress callback of the exploration that starts now."""
        part = len(self._done) + 1
        parts = max(part, self._parts)

        def progress(at: ExplorationStatus) -> None:
            done = sum(self._done)
            states = done + at.states
            rate = states / max(self._clock() - self._start, 1e-6)
            # It assumes that the next explorations are like those done, or like this one.
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
