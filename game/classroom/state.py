"""The state of a class as a value, and the reducer that makes the state from the class's events alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import NamedTuple, TypeVar

from game.classroom import events as ev
from game.classroom.tracks import Track, advance_tracks, merge_tracks, task_tracks, tracks_at
from game.classroom.vote import Vote, last_decisions
from game.core.values import frozen
from game.play import Playthrough, begin
from game.play.desk_story import QUESTIONNAIRES
from game.play.playthrough import Entry
from game.play.voting import WHOLE_CLASS, Phase, Round
from game.story.model import Story

SeatEvent = (
    ev.Joined | ev.Waited | ev.Removed | ev.Readmitted | ev.Moved | ev.Grouped | ev.Came | ev.Went | ev.Expected
    | ev.Locked | ev.Coded
)  # fmt: skip
Way = tuple[tuple[Entry, ...], ...]  # what each track took so far, which identifies the pages of a class
T = TypeVar("T")


@frozen
class Timer:
    """A timer. `left` are the seconds that it had when it was set or paused. Each new timer has a new `number`."""

    left: float
    number: int


class Decided(NamedTuple):
    """The pages on which a class decided, and the vote on these pages: the class can go back to them."""

    tracks: tuple[Track, ...]
    vote: Vote


@frozen
class Aside:
    """Where the class stands in the story while it works on a task. Its fields are as in `ClassState`."""

    task: str  # its id
    tracks: tuple[Track, ...]
    before: tuple[Decided, ...]
    decisions: tuple[ev.Decided, ...]
    dropped: Mapping[Way, tuple[Vote, ...]]
    ended_vote: Vote | None


@frozen
class ClassState:
    """The state of a class. A seat is the id of a phone that joined, a door the role whose story a seat reads. A vote
    is dropped if the class reads the pages again or opens another vote on them; on these pages it can be restored."""

    tracks: tuple[Track, ...]  # one, or one for each door (see `tracks`)
    vote: Vote = field(default_factory=Vote)  # on their pages
    before: tuple[Decided, ...] = ()  # the pages of each of `decisions`, to which the class can go back
    decisions: tuple[ev.Decided, ...] = ()
    dropped: Mapping[Way, tuple[Vote, ...]] = field(default_factory=dict)  # by the way to their pages, newest last
    ended_vote: Vote | None = None  # the vote before the debrief; None while the class reads
    aside: Aside | None = None  # the reading, while `tracks` are those of a task
    seats: Mapping[str, str] = field(default_factory=dict)  # each seat's door
    present: frozenset[str] = frozenset()  # the seats that are connected
    paused: bool = False
    timer: Timer | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)  # each seat's number, in the order of joining
    pupils: Mapping[str, int] = field(default_factory=dict)  # how many share a seat's phone, if more than one
    waiting: Mapping[str, str] = field(default_factory=dict)  # phones without a seat, with the door that they would get
    removed: Mapping[str, str] = field(default_factory=dict)  # seats that the teacher took away, with their door
    expected: int | None = None  # the number of pupils; None: not known
    locked: bool = False  # no other phone gets a seat
    code: str = ""  # with which phones join
    name: str = ""  # random
    began: str = ""  # the time of day that names the class for people
    timers: int = 0

    @property
    def number(self) -> int:
        """The number of the vote; while pages are read, the number of the last vote."""
        return self.vote.number

    @property
    def phase(self) -> Phase:
        return self.vote.phase

    @property
    def ended(self) -> bool:
        """Whether the class is in the debrief after the story."""
        return self.ended_vote is not None

    @property
    def ballots(self) -> Mapping[str, str]:
        """The choice of each seat that voted on its present page, even if its ballot is left out."""
        return {
            seat: choice
            for door, cast in self.vote.ballots.items()
            for seat, choice in cast.items()
            if seat in self.seats and self.track_of(seat).door == door
        }

    def ballot(self, seat: str) -> str | None:
        """Return the seat's choice on its page; None if the seat has not voted."""
        return self.vote.ballots.get(self.track_of(seat).door, {}).get(seat)

    @property
    def dropped_here(self) -> tuple[Vote, ...]:
        """The dropped votes on these pages, oldest first."""
        return self.dropped.get(_way(self.tracks), ())

    @property
    def reading(self) -> ClassState:
        """The state of the class in the story: without its task, if it has one."""
        aside = self.aside
        if aside is None:
            return self
        return replace(
            self, tracks=aside.tracks, before=aside.before, decisions=aside.decisions, dropped=aside.dropped,
            ended_vote=aside.ended_vote, vote=Vote(self.vote.number), timer=None, aside=None,
        )  # fmt: skip

    @property
    def asks(self) -> bool:
        """Whether the class is at a question of a questionnaire."""
        return self.aside is not None and self.aside.task in QUESTIONNAIRES and self.can_vote

    @property
    def playthrough(self) -> Playthrough:
        """The story's tracks, merged into one playthrough. If the class ended early, the playthrough ends there too."""
        reading = self.reading
        whole = merge_tracks(reading.tracks)
        return whole.leave() if reading.ended and not whole.over else whole

    @property
    def doors(self) -> tuple[str, ...]:
        """The doors that seats can have: the ids of the story's roles, or `WHOLE_CLASS` alone."""
        playthrough = self.tracks[0].now
        return tuple(playthrough.story.roles) if playthrough.role is None else (WHOLE_CLASS,)

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has joined, read on, voted or counted hands, so that there is nothing to save."""
        return not self.seats and not self.waiting and not self.before and self.number == 0 and not self.ended

    @property
    def seated(self) -> int:
        """The number of pupils at all seats."""
        return len(self.seats) + sum(pupils - 1 for seat, pupils in self.pupils.items() if seat in self.seats)

    @property
    def has_room(self) -> bool:
        """Whether another phone gets a seat without waiting for the teacher."""
        return not self.locked and (self.expected is None or self.seated < self.expected)

    @property
    def is_all_in(self) -> bool:
        """Whether all pupils that were expected have a seat."""
        return self.expected is not None and self.seated >= self.expected

    def track_of(self, seat: str) -> Track:
        """Return the track on which a seat votes: the track of its own door, or else the whole class's track."""
        door = self.seats.get(seat, WHOLE_CLASS)
        for track in self.tracks:  # a generator would take twice the time, and this runs for each ballot
            if track.door == door:
                return track
        return self.tracks[0]

    def voters(self, track: Track) -> frozenset[str]:
        """Return the seats that vote on a track's page."""
        if len(self.tracks) == 1:
            return frozenset(self.seats)
        others = {other.door for other in self.tracks if other.door != track.door}
        if track.door == self.tracks[0].door:
            return frozenset(seat for seat, door in self.seats.items() if door not in others)
        return frozenset(seat for seat, door in self.seats.items() if door == track.door)

    def round(self, track: Track) -> Round:
        """Return the vote on a track's page as it stands."""
        voters, vote = self.voters(track), self.vote
        ballots = {seat: choice for seat, choice in vote.ballots.get(track.door, {}).items() if seat in voters}
        waits = not self.ended and not track.only_continues and (not track.has_vote or not self.can_vote)
        return Round(
            vote.number, vote.phase, ballots, vote.hands.get(track.door, {}), self.present & voters,
            waits, track.done, self.paused, self.ended, self.timer is not None, last_decisions(track, self.decisions),
            {seat: pupils for seat, pupils in self.pupils.items() if seat in voters}, vote.left_out & ballots.keys(),
            self._first_number(track), vote.polled & voters if vote.phase in ("closed", "revealed") else None,
        )  # fmt: skip

    def _first_number(self, track: Track) -> int:
        """Return the number that the screens show for the first choice of a track's vote. The second track's numbers
        begin after the last number of the first track's next vote, so no number changes while one track waits."""
        before = self.tracks[: [other.door for other in self.tracks].index(track.door)]
        return 1 + sum(len(other.next_options) for other in before)

    @property
    def can_vote(self) -> bool:
        """Whether a vote can be opened: a track's page has a vote, and no track's page has only a button to go on."""
        return any(track.has_vote for track in self.tracks) and not any(track.only_continues for track in self.tracks)


def initial_state(story: Story, event: ev.Begun) -> ClassState:
    """Return the first state of a class. Raises ValueError if the story has no such cut (length) or role."""
    tracks = tracks_at(begin(story, role=event.role, cut=event.cut))
    return ClassState(tracks, code=event.code, name=event.name, began=event.began)


def apply_event(state: ClassState, event: ev.Event) -> ClassState:
    """Return the state after an event. Raises LookupError if the class lacks the event's choice, door or seat."""
    vote, next_number = state.vote, state.vote.number + 1
    match event:
        case ev.Begun() | ev.Resumed() | ev.Stopped() | ev.Recorded() | ev.RoomOpened():
            return state
        case ev.Opened(number):
            return replace(_drop_votes(state), vote=Vote(max(number, next_number), "open"), ended_vote=None, timer=None)
        case ev.Closed():
            return replace(state, vote=vote.closed(state.present), timer=None)
        case ev.Revealed():
            return replace(state, vote=replace(vote.closed(state.present), phase="revealed"), timer=None)
        case ev.Covered():
            return replace(state, vote=replace(vote, phase="closed"))
        case ev.Reopened():
            return replace(state, vote=vote.reopened())
        case ev.Reread():
            return replace(_drop_votes(state), vote=Vote(vote.number), ended_vote=None, timer=None)
        case ev.Decided(takes):
            _check(takes.keys() <= {track.door for track in state.tracks}, event)
            return replace(
                state, tracks=advance_tracks(state.tracks, takes), vote=Vote(vote.number), timer=None,
                before=(*state.before, Decided(state.tracks, vote)), decisions=(*state.decisions, event),
            )  # fmt: skip
        case ev.WentBack():
            return _gone_back(state, *state.before[-1])
        case ev.Restored(number, of):
            return _restored(state, max(number, next_number), of)
        case ev.Paused(on, left):
            paused = replace(state, paused=on)
            return _with_timer(paused, left) if on else paused
        case ev.Timed(_, left):
            return _with_timer(state, left)
        case ev.Ended():
            return replace(state, vote=Vote(vote.number), ended_vote=vote, timer=None)
        case ev.TaskBegun(task):
            return _at_task(state.reading, task)
        case ev.TaskEnded():
            return state.reading
        case ev.Voted() | ev.Counted() | ev.LeftOut():
            return _apply_vote(state, event)
        case _:
            return _apply_seat(state, event)


def _at_task(reading: ClassState, task: str) -> ClassState:
    tracks = task_tracks(reading.playthrough.story, reading.tracks[0].now.role, task)
    aside = Aside(task, reading.tracks, reading.before, reading.decisions, reading.dropped, reading.ended_vote)
    return replace(
        reading, tracks=tracks, before=(), decisions=(), dropped={},
        ended_vote=None, vote=Vote(reading.vote.number), timer=None, aside=aside,
    )  # fmt: skip


def with_ballots(state: ClassState, ballots: Mapping[str, str]) -> ClassState:
    """Return the state with the ballots of these seats added, as after a `Voted` event for each."""
    by_door: dict[str, dict[str, str]] = {}
    for seat, choice in ballots.items():
        by_door.setdefault(state.track_of(seat).door, {})[seat] = choice
    vote = state.vote
    for door, cast in by_door.items():
        vote = vote.with_ballots(door, cast)
    return replace(state, vote=vote)


def differ_only_in_ballots(state: ClassState, other: ClassState) -> bool:
    """Return whether two states are equal except for ballots. True for equal states."""
    return replace(state, vote=replace(state.vote, ballots=other.vote.ballots)) == other


def _apply_vote(state: ClassState, event: ev.Voted | ev.Counted | ev.LeftOut) -> ClassState:
    match event:
        case ev.Voted(_, seat, choice):
            _check(seat in state.seats and choice in state.track_of(seat).options, event)
            return with_ballots(state, {seat: choice})
        case ev.Counted(_, door, choice, hands):
            _check(any(track.door == door and choice in track.options for track in state.tracks), event)
            return replace(state, vote=state.vote.with_hands(door, choice, hands))
        case ev.LeftOut(_, seats):
            return replace(state, vote=replace(state.vote, left_out=frozenset(seats)))


def _check(holds: bool, event: ev.Event) -> None:
    if not holds:
        raise LookupError(f"the class has no such choice, door or seat: {event}")


def _apply_seat(state: ClassState, event: SeatEvent) -> ClassState:
    match event:
        case ev.Joined(seat, door):
            return replace(
                state, seats={**state.seats, seat: door}, present=state.present | {seat},
                numbers={seat: max(state.numbers.values(), default=0) + 1, **state.numbers},
                waiting=_without(state.waiting, seat), removed=_without(state.removed, seat),
            )  # fmt: skip
        case ev.Waited(seat, door):
            return replace(state, waiting={**state.waiting, seat: door})
        case ev.Removed(seat):
            door = state.seats.get(seat, state.waiting.get(seat, WHOLE_CLASS))
            return replace(
                state, seats=_without(state.seats, seat), present=state.present - {seat},
                waiting=_without(state.waiting, seat), removed={**state.removed, seat: door},
            )  # fmt: skip
        case ev.Readmitted(seat):
            return replace(
                state, seats={**state.seats, seat: state.removed[seat]},
                waiting=_without(state.waiting, seat), removed=_without(state.removed, seat),
            )  # fmt: skip
        case ev.Moved(seat, door):
            _check(seat in state.seats and door in state.doors, event)
            return replace(state, seats={**state.seats, seat: door})
        case ev.Grouped(seat, pupils):
            alone = _without(state.pupils, seat)
            return replace(state, pupils={**alone, seat: pupils} if pupils > 1 else alone)
        case ev.Came(seat):
            _check(seat in state.seats, event)
            return replace(state, present=state.present | {seat})
        case ev.Went(seat):
            return replace(state, present=state.present - {seat})
        case ev.Expected(pupils_to_come):
            return replace(state, expected=pupils_to_come)
        case ev.Locked(on):
            return replace(state, locked=on)
        case ev.Coded(code):
            return replace(state, code=code)


def _without(of: Mapping[str, T], seat: str) -> Mapping[str, T]:
    return {other: what for other, what in of.items() if other != seat} if seat in of else of


def _with_timer(state: ClassState, left: float | None) -> ClassState:
    """Return the state with a timer of `left` seconds from now on; with None, without a timer."""
    number = state.timers + 1
    return replace(state, timer=None if left is None else Timer(left, number), timers=number)


def _way(tracks: tuple[Track, ...]) -> Way:
    return tuple(track.now.entries for track in tracks)


def _drop_votes(state: ClassState) -> ClassState:
    """Add the present vote and the vote before the debrief to the dropped votes, each if anybody voted in it."""
    votes = tuple(vote for vote in (state.ended_vote, state.vote) if vote is not None and vote.has_votes)
    return _with_dropped(state, (*state.dropped_here, *votes)) if votes else state


def _with_dropped(state: ClassState, votes: tuple[Vote, ...]) -> ClassState:
    return replace(state, dropped={**state.dropped, _way(state.tracks): votes})


def _restored(state: ClassState, number: int, of: int) -> ClassState:
    """Return the state with a dropped vote in place of the present vote, under a new `number`. `of` is its old number;
    0 in older logs means the last dropped vote.

    The present vote becomes the oldest dropped vote. So repeated calls restore each dropped vote in turn.
    """
    votes = [*state.dropped_here, *(vote for vote in (state.ended_vote,) if vote is not None and vote.has_votes)]
    if not votes:
        return state
    found = next((vote for vote in reversed(votes) if vote.number == of), votes[-1])
    votes.remove(found)
    if state.vote.has_votes:
        votes.insert(0 if of else len(votes), state.vote)
    return replace(_with_dropped(state, tuple(votes)), vote=replace(found, number=number), ended_vote=None, timer=None)


def _gone_back(state: ClassState, tracks: tuple[Track, ...], vote: Vote) -> ClassState:
    number = state.vote.number  # a new one for the vote, so that late ballots for the later pages are refused
    vote = Vote(number) if vote.phase == "reading" else replace(vote, number=number + 1)
    return replace(
        state, tracks=tracks, vote=vote, ended_vote=None, timer=None,
        before=state.before[:-1], decisions=state.decisions[:-1],
    )  # fmt: skip
