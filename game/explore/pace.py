"""How far exploring is, how fast it goes, and about how long it still takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from game.explore.exploring import At, Progress


class Pace(NamedTuple):
    """`states` are all so far, `rate` those of a second, `left` the seconds that it may still take."""

    sitting: str
    chapter: str
    states: int
    rate: float
    left: float


class Timer:
    """Times sittings one after another. `of` are known to come; more may follow."""

    def __init__(self, tell: Callable[[Pace], None], clock: Callable[[], float], of: int) -> None:
        self._tell, self._clock, self._of = tell, clock, of
        self._start = clock()
        self._sittings: list[int] = []  # the states of each that is done

    def sitting(self, name: str) -> Progress:
        """What an exploration is given to tell."""

        def progress(at: At) -> None:
            done = sum(self._sittings)
            states = done + at.before + at.here
            rate = states / max(self._clock() - self._start, 1e-6)
            # The chapters to come are taken to be like the one at work, the sittings to come like those done.
            here = at.here * at.left
            like = done / len(self._sittings) if self._sittings else at.before + at.here + here
            to_come = max(0, self._of - len(self._sittings) - 1) * like
            self._tell(Pace(name, at.chapter, states, rate, (here + to_come) / rate if rate else 0.0))

        return progress

    def done(self, states: int) -> None:
        self._sittings.append(states)
