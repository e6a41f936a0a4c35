"""The events of a class, as values and as JSON lines of its log. `state.apply_event` makes the state from them. A seat
is a phone that joined. `door` is the role whose story a seat reads, or WHOLE_CLASS ("") if the class reads one role.
`number` is the number of a vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, fields
from typing import Any, Literal, get_args

from game.core.values import fields_of, frozen

How = Literal["most", "tie", "coin", "override", "onward"]


@frozen
class Begun:
    """A class began to read a story (the `version` of a `pack`) in one of its lengths, `cut`."""

    pack: str
    version: int
    cut: str
    role: str | None  # None: both are read
    code: str = ""  # with which phones join
    name: str = ""  # random; tells classes apart in the phones' cookies
    began: str = ""  # the time of day that names the class for people
    port: int = 0  # to which phones connect
    session: int = 0  # the number of this start, among all starts and resumptions of classes on this computer
    renames: Sequence[Sequence[str]] = field(default_factory=list)  # the story's (see `Rename`) then; none in old logs


@frozen
class Resumed:
    """The class goes on after it was stopped or interrupted. `session`, `port` and `renames` are as in `Begun`."""

    session: int
    port: int
    left_out: int = 0  # how many events before this one could not be applied: they do not count, but stay in the log
    renames: Sequence[Sequence[str]] = field(default_factory=list)


@frozen
class Stopped:
    """The class's window was closed. A log that does not end with this event is of an interrupted class."""


@frozen
class Expected:
    """The number of expected pupils was set; None if nobody knows it."""

    pupils: int | None


@frozen
class Locked:
    """Joining was locked, or opened again."""

    on: bool


@frozen
class Coded:
    """The code with which phones join was changed to `code`."""

    code: str


@frozen
class Joined:
    """A phone got a seat at this door."""

    seat: str
    door: str


@frozen
class Waited:
    """A phone waits for a seat at this door, until the teacher lets it in."""

    seat: str
    door: str


@frozen
class Removed:
    """A seat was taken away, and its ballots are not counted; or, if the phone was still waiting, it was sent away."""

    seat: str


@frozen
class Readmitted:
    """A removed seat was given back at its door. Its ballots count again; its phone has to connect again."""

    seat: str


@frozen
class Moved:
    """A seat was moved to another door. Its ballot counts again when it is moved back."""

    seat: str
    door: str


@frozen
class Grouped:
    """Several pupils share a seat's phone. Its ballot counts for all these pupils."""

    seat: str
    pupils: int


@frozen
class Came:
    """A seat's phone connected again."""

    seat: str


@frozen
class Went:
    """A seat's phone disconnected. The seat's ballot still counts."""

    seat: str


@frozen
class Opened:
    """The vote on the current pages was opened, with a new number. `options` are the choices of each door, in the form
    of a save's entries; empty in older logs."""

    number: int
    options: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)


@frozen
class Voted:
    """A seat cast its ballot, which replaces the seat's earlier ballot."""

    number: int
    seat: str
    choice: str


@frozen
class Counted:
    """Raised hands were counted for one choice at one door."""

    number: int
    door: str
    choice: str
    hands: int


@frozen
class Closed:
    """The vote was closed, and takes no more ballots."""

    number: int


@frozen
class Revealed:
    """The result was shown on the wall."""

    number: int


@frozen
class Covered:
    """The result was hidden again. The vote stays closed."""

    number: int


@frozen
class Reopened:
    """The vote takes ballots again. It keeps the ballots that it has."""

    number: int


@frozen
class Reread:
    """The vote was dropped, or the debrief was left, and the pages are read again."""

    number: int


@frozen
class LeftOut:
    """The ballots of these seats do not count in this vote. The ballots of all other seats count."""

    number: int
    seats: Sequence[str]


@frozen
class Restored:
    """The class's vote `of`, which was dropped, goes on with a new number. In older logs `of` is 0: the last vote."""

    number: int
    of: int = 0


@frozen
class Decided:
    """The class goes on to the next pages. The keys of all mappings are doors."""

    takes: Mapping[str, str]  # the ids of the choices
    how: Mapping[str, How] = field(default_factory=dict)  # "onward" without a vote
    reason: str = ""  # the teacher's, for an override
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # choice -> votes, for the record
    entries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # `takes` as in a save; none in older logs


@frozen
class WentBack:
    """The last decision was undone. The class is on its page again, at the vote's result if the page had a vote."""


@frozen
class Paused:
    """The class was paused or resumed. `left` is how many seconds its timer had when it was paused."""

    on: bool
    left: float | None = None


@frozen
class Timed:
    """The timer that closes the vote was set to `left` seconds, or removed (None)."""

    until: float | None = None  # a time of day, only in logs of format 1; ignored
    left: float | None = None


@frozen
class TaskBegun:
    """The class began a task with documents, or a questionnaire, and left the task that it was in, if any."""

    task: str


@frozen
class TaskEnded:
    """The class left its task. It is again where it was before the task: in the story, or in the debrief."""


@frozen
class Recorded:
    """The class's record was written into this folder."""

    folder: str


@frozen
class RoomOpened:
    """The class has a room at a relay. With `code` and `secret` it can return to the room."""

    relay: str  # the relay's address
    code: str
    secret: str
    class_code: str  # the class's own code then; until this changes, phones can join with the room's code, too


@frozen
class Ended:
    """The class went to the debrief, at the story's end or before."""


Event = (
    Begun | Resumed | Stopped | Expected | Locked | Coded | Joined | Waited | Removed | Readmitted | Moved | Grouped
    | Came | Went | Opened | Voted | Counted | Closed | Revealed | Covered | Reopened | Reread | LeftOut | Restored
    | Decided | WentBack | Paused | Timed | Recorded | RoomOpened | Ended | TaskBegun | TaskEnded
)  # fmt: skip

_KINDS: Mapping[str, type[Event]] = {kind.__name__.lower(): kind for kind in get_args(Event)}


def to_json(event: Event) -> dict[str, Any]:
    """Return an event as a JSON object: its kind under `event`, and its fields by their names."""
    return {"event": type(event).__name__.lower(), **fields_of(event)}


def from_json(data: Mapping[str, Any]) -> Event:
    """Return the event in a JSON object that `to_json` made. Raises ValueError if the object is no event."""
    kind = _KINDS.get(str(data.get("event"))) if isinstance(data, Mapping) else None
    names = {field.name for field in fields(kind)} if kind is not None else set()
    if kind is None or not data.keys() - {"event"} <= names:
        raise ValueError(f"this is not an event of a class: {data!r}")
    try:
        return kind(**{name: data[name] for name in names if name in data})
    except TypeError as error:
        raise ValueError(f"an event of a class lacks a part: {error}") from None
