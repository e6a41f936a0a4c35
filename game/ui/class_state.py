"""A class as its wall knows it: values that whoever holds the class makes, and that the screens are drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from game.core.values import frozen
from game.play.page import Page
from game.play.voting import Phase, Round, counts, leading

if TYPE_CHECKING:
    from game.play import Playthrough

HalfTask = Literal["reads", "votes", "done"]  # what is to be done on a page, before all go on together
BOTH = ""  # the door of a half that is the whole class, and the argument of a wall that shows both


@frozen
class JoinInfo:
    """How phones come in: the address with the code in it, and the others that this machine has.

    `trouble` names why no phone can come in at all ("port", "network"); then the rest is empty.
    """

    url: str = ""
    code: str = ""
    addresses: tuple[str, ...] = ()
    trouble: str = ""


@frozen
class ClassHalf:
    """One door's page, its vote, and what is to be done there."""

    door: str
    page: Page
    round: Round
    task: HalfTask

    @property
    def most(self) -> tuple[str, ...]:
        """The choices with the most votes."""
        return leading(counts(self.round, self.page.choices))


@frozen
class ClassView:
    """`halves` is one, or one a door; `here` counts phones; `left` is how many seconds the timer has; `date` is which
    date of how many this is.

    `record` is the folder in which the class's record was kept.
    """

    halves: tuple[ClassHalf, ...]
    playthrough: Playthrough
    joining: JoinInfo = JoinInfo()
    here: int = 0
    begun: bool = False  # whether anything was turned or voted on yet
    left: int | None = None
    date: tuple[int, int] | None = None
    record: str = ""

    @property
    def phase(self) -> Phase:
        return self.halves[0].round.phase

    @property
    def paused(self) -> bool:
        return self.halves[0].round.paused

    @property
    def ended(self) -> bool:
        return self.halves[0].round.ended

    @property
    def reads(self) -> bool:
        """Whether somebody's page only goes on: the others wait."""
        return any(half.task == "reads" for half in self.halves)

    @property
    def votes(self) -> bool:
        return any(half.task == "votes" for half in self.halves) and not self.reads

    @property
    def voting(self) -> tuple[ClassHalf, ...]:
        """The halves that vote now."""
        return tuple(half for half in self.halves if half.task == "votes") if self.votes else ()

    @property
    def tied(self) -> bool:
        """Whether somewhere two choices have the most votes, or nobody voted."""
        return any(len(half.most) != 1 for half in self.voting)

    def half(self, door: str) -> ClassHalf | None:
        """The half behind a door; the only one, where there is only one."""
        if len(self.halves) == 1:
            return self.halves[0]
        return next((half for half in self.halves if half.door == door), None)


class DoorChoice(NamedTuple):
    """A choice behind a door."""

    door: str
    choice: str

    @staticmethod
    def of(text: str) -> DoorChoice:
        door, _, choice = text.partition("/")
        return DoorChoice(door, choice)


def picks(placed: Iterable[str]) -> Iterator[DoorChoice]:
    """What the teacher took on the screen that settles a vote, as `ScreenView.placed` has it."""
    return (DoorChoice.of(text) for text in placed)
