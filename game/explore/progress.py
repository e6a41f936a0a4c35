"""How far exploring is, how fast it goes, and about how long it still takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from game.explore.explorer import ExplorationStatus, Progress


class ProgressReport(NamedTuple):
    """`part` of at least `parts` is at work; `states` are all so far, `rate` those of a second; `left` are seconds."""

    part: int
    parts: int
    sitting: str
    chapter: str
    states: int
    rate: float
    left: float


class ProgressTimer:
    """Times sittings one after another. `parts` are known to come."""

    def __init__(self, tell: Callable[[ProgressReport], None], clock: Callable[[], float], parts: int) -> None:
        self._tell, self._clock, self._parts = tell, clock, parts
        self._start = clock()
        self._done: list[int] = []  # the states of each sitting that is done

    def sitting(self, name: str) -> Progress:
        """What an exploration is given to tell."""
        part = len(self._done) + 1
        parts = max(part, self._parts)

        def progress(at: ExplorationStatus) -> None:
            done = sum(self._done)
            states = done + at.states
            rate = states / max(self._clock() - self._start, 1e-6)
            # The sittings to come are taken to be like those done, or like this one.
            like = done / len(self._done) if self._done else at.states + at.ahead
            self._tell(
                ProgressReport(part, parts, name, at.chapter, states, rate, (at.ahead + (parts - part) * like) / rate)
            )

        return progress

    def more(self, parts: int) -> None:
        """So many more are known to come."""
        self._parts += parts

    def done(self, states: int) -> None:
        self._done.append(states)
