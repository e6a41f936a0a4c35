"""A class's vote on one page, as values. Its decision becomes an entry of the playthrough, which ends the round."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from dataclasses import field
from typing import Literal

from game.core.values import frozen
from game.play.page import Change, Option, Paragraph

Phase = Literal["reading", "open", "closed", "revealed"]
WHOLE_CLASS = ""  # stands where a role's id (a door) would: the whole class reads a page, or a wall shows both halves


@frozen
class Tally:
    """An option and its votes. `share` is the votes as a fraction (0 to 1) of `Round.voters`."""

    option: Option
    votes: int
    share: float


@frozen
class Decision:
    """What was decided on the page before, and how: `most`, `tie`, `coin`, or `override` with the teacher's reason.

    A door is a role with its half of the class. If both halves come to a page, `door` is the half that decided this;
    else it is WHOLE_CLASS. `answer` is what came of the option, `changes` what it changed.
    """

    option: Option
    how: str
    reason: str = ""
    door: str = WHOLE_CLASS
    answer: Paragraph | None = None
    changes: tuple[Change, ...] = ()


@frozen
class Round:
    """The vote of one half of a class, or of the whole class, on one page.

    - `number`: a repeated vote has a new number. `timed`: a timer closes the vote.
    - `phase`: "reading" before the vote is opened, "revealed" when all see the result.
    - `ballots`: choice ids by seat (a phone). `hands`: raised hands by choice id, counted by the teacher.
    - `present`: the seats that are connected now and vote here. `left_out`: the seats that are not counted.
    - `waits`: this half waits for the other half, at the end of a date or before a vote; a whole class, for the end.
    - `done`: the date's chapter, or the story, is over. `paused`: the teacher has paused the class.
    - `ended`: the class is in the debrief.
    - `decisions`: what led to this page: at most one, or one for each half where the halves come together.
    - `pupils`: how many share the phone of a seat, if more than one; a ballot counts for all of them.
    - `first`: the number of the first choice. The second half's numbers follow the first half's, so that a number means
      one choice to the wall, the keys and all phones.
    - `polled`: the seats that were connected when the vote was closed; None while it is not closed.
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
    timed: bool = False
    decisions: tuple[Decision, ...] = ()
    pupils: Mapping[str, int] = field(default_factory=dict)
    left_out: Set[str] = frozenset()
    first: int = 1
    polled: Set[str] | None = None

    @property
    def counted(self) -> Mapping[str, str]:
        """The ballots that are counted, by seat: all but those of `left_out` seats."""
        return {seat: choice for seat, choice in self.ballots.items() if seat not in self.left_out}

    @property
    def cast(self) -> int:
        """The number of pupils who have voted, whether counted or left out, together with the raised hands."""
        return self._pupils_of(self.ballots) + sum(self.hands.values())

    @property
    def voted(self) -> int:
        """The number of pupils whose ballots are counted, together with the raised hands."""
        return self._pupils_of(self.counted) + sum(self.hands.values())

    @property
    def awaited(self) -> int:
        """The number of pupils at connected seats where nobody has voted yet."""
        return self._pupils_of(self.present - self.ballots.keys())

    @property
    def absent(self) -> Set[str]:
        """The seats that have voted and are not connected now."""
        return self.ballots.keys() - self.present

    @property
    def voters(self) -> int:
        """The number of pupils who are here or whose ballots are counted, with the raised hands. `Tally.share` is a
        fraction of it. Phones that come or go after a vote is closed do not change it."""
        here = self.present if self.polled is None else self.polled
        return self._pupils_of((here | self.ballots.keys()) - self.left_out) + sum(self.hands.values())

    def _pupils_of(self, seats: Collection[str]) -> int:
        return sum(self.pupils.get(seat, 1) for seat in seats) if self.pupils else len(seats)


def counts(round: Round, options: tuple[Option, ...]) -> tuple[Tally, ...]:
    """Return each option with its votes, in the page's order."""
    votes = {option.id: round.hands.get(option.id, 0) for option in options}
    for seat, choice in round.counted.items():
        votes[choice] += round.pupils.get(seat, 1)
    total = round.voters
    return tuple(Tally(option, n, n / total if total else 0.0) for option in options for n in (votes[option.id],))


def leading(counted: tuple[Tally, ...]) -> tuple[str, ...]:
    """Return the choices with the most votes: one, or several at a tie. Empty if nobody has voted."""
    most = max((count.votes for count in counted), default=0)
    return tuple(count.option.id for count in counted if count.votes == most) if most else ()
