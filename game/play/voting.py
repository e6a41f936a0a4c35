"""A round beside a page: who may vote on it, what was voted, and how far it is. Values only.

A round stands beside the playthrough and is never part of it: what is decided becomes an entry, and the round is over.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import field
from typing import Literal

from game.core.values import frozen
from game.play.page import Option

Phase = Literal["reading", "open", "closed", "revealed"]


@frozen
class Tally:
    """An option and how many took it; `share` is of all that were counted, 0 to 1."""

    option: Option
    votes: int
    share: float


@frozen
class Decision:
    """What was decided on the page before: the deed, how it came about (`most`, `tie`, `coin`, `override`), and the
    teacher's reason where it went against the votes."""

    option: Option
    how: str
    reason: str = ""


@frozen
class Round:
    """What one half of a class (or all of it) does with one page.

    `number` is new for every vote, a repeated one too; `ballots` has each seat's choice; `hands` what was counted
    by eye instead; `present` the seats that are connected now and vote here. `waits`: this half has come to the end
    of its date, or to its vote, before the other one; `done`: what its page asks is decided. `until` is when a timer
    closes the vote, in the clock's seconds. `decision` is what led to this page.
    """

    number: int
    phase: Phase = "reading"
    ballots: Mapping[str, str] = field(default_factory=dict)
    hands: Mapping[str, int] = field(default_factory=dict)
    present: Set[str] = frozenset()
    waits: bool = False
    done: bool = False
    paused: bool = False
    ended: bool = False
    until: float | None = None
    decision: Decision | None = None

    @property
    def voted(self) -> int:
        """Ballots in, and hands counted."""
        return len(self.ballots) + sum(self.hands.values())

    @property
    def awaited(self) -> int:
        """Connected seats that have not voted. A phone that went quiet is not waited for."""
        return len(self.present - self.ballots.keys())


def counts(round: Round, options: tuple[Option, ...]) -> tuple[Tally, ...]:
    """Each option with its votes, in the page's order."""
    votes = {option.id: round.hands.get(option.id, 0) for option in options}
    for choice in round.ballots.values():
        votes[choice] += 1
    total = sum(votes.values())
    return tuple(Tally(option, n, n / total if total else 0.0) for option in options for n in (votes[option.id],))


def leading(counted: tuple[Tally, ...]) -> tuple[str, ...]:
    """The choices with the most votes: one, several at a tie, none where nobody voted."""
    most = max((count.votes for count in counted), default=0)
    return tuple(count.option.id for count in counted if count.votes == most) if most else ()
