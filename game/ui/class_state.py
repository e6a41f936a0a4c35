"""The state of a class as its wall shows it: values, made from the class's own state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from game.core.values import frozen
from game.play.page import Page
from game.play.voting import Phase, Round, counts, leading

if TYPE_CHECKING:
    from game.play import Playthrough

HalfTask = Literal["reads", "votes", "done"]  # what half of a class does on its page before all go on together
BOTH = ""  # in place of a role: the whole class, or a wall that shows both halves


@frozen
class JoinInfo:
    """How phones join.

    Attributes:
        url: the address to scan, with the code in it.
        code: the code to type.
        addresses: all addresses of this machine.
        trouble: why no phone can join ("port", "network"); then the rest is empty.
    """

    url: str = ""
    code: str = ""
    addresses: tuple[str, ...] = ()
    trouble: str = ""


@frozen
class ClassHalf:
    """One half of a class: its role's id (`door`, or `BOTH`), its page, its vote, and what it has to do."""

    door: str
    page: Page
    round: Round
    task: HalfTask

    @property
    def most(self) -> tuple[str, ...]:
        """The ids of the choices with the most votes."""
        return leading(counts(self.round, self.page.choices))


@frozen
class ClassView:
    """A class at one moment.

    Attributes:
        halves: one for each role, or a single one.
        here: how many phones are present.
        begun: whether any page was turned or voted on.
        left: seconds left on the timer; None without one.
        date: which date of how many this is, from 1, as the phones say it.
        record: the folder with the class's record; "" until it is written.
    """

    halves: tuple[ClassHalf, ...]
    playthrough: Playthrough
    joining: JoinInfo = JoinInfo()
    here: int = 0
    begun: bool = False
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
        """Whether a half has a page without a vote; the other half waits for it."""
        return any(half.task == "reads" for half in self.halves)

    @property
    def votes(self) -> bool:
        """Whether a half votes, and none reads on."""
        return any(half.task == "votes" for half in self.halves) and not self.reads

    @property
    def voting(self) -> tuple[ClassHalf, ...]:
        """The halves that vote now."""
        return tuple(half for half in self.halves if half.task == "votes") if self.votes else ()

    @property
    def tied(self) -> bool:
        """Whether a half that votes has no single choice with the most votes."""
        return any(len(half.most) != 1 for half in self.voting)

    def half(self, door: str) -> ClassHalf | None:
        """The half of a role, or the only one; None where there is none."""
        if len(self.halves) == 1:
            return self.halves[0]
        return next((half for half in self.halves if half.door == door), None)


class DoorChoice(NamedTuple):
    """A choice of the half with the role `door`; as text, `door/choice`."""

    door: str
    choice: str

    @staticmethod
    def of(text: str) -> DoorChoice:
        door, _, choice = text.partition("/")
        return DoorChoice(door, choice)


def picks(placed: Iterable[str]) -> Iterator[DoorChoice]:
    """The picks of the teacher on the decision screen, from `ScreenView.placed`."""
    return (DoorChoice.of(text) for text in placed)
