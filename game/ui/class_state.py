"""The state of a class, for its wall (the screen that all pupils see). `game.classroom.wall_view` makes this state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

from game.core.values import frozen
from game.play.page import Page
from game.play.voting import Phase, Round, counts, leading

if TYPE_CHECKING:
    from game.play import Playthrough

HalfTask = Literal["reads", "votes", "done"]  # what half of a class does on its page until all go on together
Place = Literal["alone", "teacher", "wall"]


@frozen
class JoinInfo:
    """How phones join the class.

    Attributes:
        url: the address to scan, with a code at its end.
        code: the code to type: the class's own, but at a relay the room's while `RelayInfo.class_code` is current.
        addresses: every address at which phones can join, `url` included.
        trouble: why no phone can join ("port", "network", "disk"), or "". If it is set, the other fields are empty.
        relayed: whether `url` leads to a relay (see `RelayInfo`).
    """

    url: str = ""
    code: str = ""
    addresses: tuple[str, ...] = ()
    trouble: str = ""
    relayed: bool = False

    @property
    def typed(self) -> str:
        """What to type into a browser: `url` without its scheme, such as `https://`, and without `code` at its end."""
        return self.url.partition("://")[2].removesuffix(f"/{self.code}")

    @property
    def spaced_code(self) -> str:
        """The code in groups of four letters, as people read it out. Phones accept the spaces."""
        return " ".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))


@frozen
class RelayInfo:
    """The class's room at a relay, a server that links phones and class if they share no network.

    Attributes:
        url: the address that phones open, with the room's code (`code`) in it; "" before there is a room.
        class_code: the class's code when the room was opened. If the class gets a new code, phones need the new one.
        trouble: "" without trouble; "connecting"; "lost" while nobody can reach the relay; "store-lost" while the
            relay's processes do not hear each other. If the relay refuses the class: "token" (a wrong one), "full" (it
            has no more rooms), "taken" (others have the room) or "slow-down" (too many tries).
    """

    url: str = ""
    code: str = ""
    class_code: str = ""
    trouble: str = ""

    @property
    def is_open(self) -> bool:
        """Whether phones can join through the relay."""
        return bool(self.url) and self.trouble in ("", "store-lost")


@frozen
class ClassHalf:
    """A half of a class: its door (the id of the role that it reads, or `WHOLE_CLASS`), page, vote (`round`), and what
    it does now (`task`)."""

    door: str
    page: Page
    round: Round
    task: HalfTask

    @property
    def most(self) -> tuple[str, ...]:
        """The ids of the choices with the most votes: several after a tie, empty if nobody has voted."""
        return leading(counts(self.round, self.page.choices))


@frozen
class SeatInfo:
    """A seat (a phone's place in the class) as the teacher sees it: a number, and no name.

    Attributes:
        number: in the order of joining, from 1; its phone shows it too.
        door: the role that it reads, or `WHOLE_CLASS`.
        here: whether it is connected.
        away: for how many whole minutes it has been disconnected; None if it is connected, or nobody knows.
        has_vote: whether the page that it reads has a vote.
        pupils: how many pupils share the phone.
    """

    id: str
    number: int
    door: str
    here: bool
    away: int | None = None
    has_vote: bool = False
    voted: bool = False
    pupils: int = 1


@frozen
class ClassView:
    """A class at one moment.

    Attributes:
        task: the id of the task that the class works on; "" while it reads or talks.
        asks: whether `task` is a questionnaire with a question left. Nobody sees the votes on its questions.
        here: how many phones with a seat are connected.
        begun: whether the class has turned a page or voted.
        left: seconds left on the timer; None without a timer.
        date: the number of the story's present date, from 1, and how many dates there are; None before the first.
        record: where the file with the class's record is, in words; "" if there is none, or if it is out of date.
        removed: the seats that the teacher has taken away, and can give back.
        waiting: how many phones wait for a seat.
        expected: how many pupils should come; None if nobody knows.
        pupils: how many pupils have a seat; several may share one.
        can_restore: whether a vote on these pages was dropped and can be taken up again.
        saved: whether what happens is saved; False if the disk cannot be written.
        place: the screen that shows the class: the only one ("alone"), or one of two ("teacher", "wall").
        minutes: whole minutes since the class was begun or resumed.
        relay: what to report about the relay: a `RelayInfo.trouble`, or "back" for a while after a trouble has ended.
    """

    halves: tuple[ClassHalf, ...]
    playthrough: Playthrough
    task: str = ""
    asks: bool = False
    joining: JoinInfo = JoinInfo()
    here: int = 0
    begun: bool = False
    left: int | None = None
    date: tuple[int, int] | None = None
    record: str = ""
    seats: tuple[SeatInfo, ...] = ()
    removed: tuple[SeatInfo, ...] = ()
    waiting: int = 0
    expected: int | None = None
    locked: bool = False
    pupils: int = 0
    can_restore: bool = False
    saved: bool = True
    place: Place = "alone"
    minutes: int = 0
    relay: str = ""
    web_address: str = ""

    @property
    def is_all_in(self) -> bool:
        """Whether all expected pupils have a seat."""
        return self.expected is not None and self.pupils >= self.expected

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
    def has_reading_half(self) -> bool:
        """Whether a half is on a page without a vote. The other half cannot vote until this half has gone on."""
        return any(half.task == "reads" for half in self.halves)

    @property
    def can_vote(self) -> bool:
        """Whether a half of the class votes now, and no half is still reading."""
        return any(half.task == "votes" for half in self.halves) and not self.has_reading_half

    @property
    def voting(self) -> tuple[ClassHalf, ...]:
        """The halves that vote now."""
        return tuple(half for half in self.halves if half.task == "votes") if self.can_vote else ()

    @property
    def voted(self) -> int:
        """How many votes enter the result: one for each raised hand, and for each pupil whose phone's ballot counts."""
        return sum(half.round.voted for half in self.voting)

    @property
    def cast(self) -> int:
        """How many votes there are: those of `voted`, and those on ballots that do not enter the result."""
        return sum(half.round.cast for half in self.voting)

    @property
    def awaited(self) -> int:
        """How many pupils at connected phones have not voted."""
        return sum(half.round.awaited for half in self.voting)

    @property
    def absent_votes(self) -> int:
        """How many phones have voted and are now disconnected, whether or not their ballots enter the result."""
        return sum(len(half.round.absent) for half in self.voting)

    @property
    def left_out(self) -> int:
        """How many ballots do not enter the result."""
        return sum(len(half.round.left_out) for half in self.voting)

    @property
    def tied(self) -> bool:
        """Whether a half that votes has no result: several choices have the most votes, or nobody has voted."""
        return any(len(half.most) != 1 for half in self.voting)

    def half(self, door: str) -> ClassHalf | None:
        """Return the half that reads the role `door`, or the only half if the class is undivided; otherwise None."""
        if len(self.halves) == 1:
            return self.halves[0]
        return next((half for half in self.halves if half.door == door), None)


class DoorChoice(NamedTuple):
    """A choice, and the role of the half that may take it (`door`). As text it is `door/choice`."""

    door: str
    choice: str

    @staticmethod
    def of(text: str) -> DoorChoice:
        door, _, choice = text.partition("/")
        return DoorChoice(door, choice)


def picks(placed: Iterable[str]) -> dict[str, str]:
    """Return door -> choice. `placed` has the teacher's picks as texts `door/choice`."""
    return dict(map(DoorChoice.of, placed))
