"""The state of a class as a value, and the reducer that makes it from the class's events alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import TypeVar

from game.classroom import events as ev
from game.classroom.tracks import Track, advance_tracks, merge_tracks, tracks_at
from game.core.values import frozen
from game.play import Page, Playthrough, begin
from game.play.page import Option
from game.play.voting import WHOLE_CLASS, Decision, Phase, Round
from game.story.model import Story

SeatEvent = (
    ev.Joined | ev.Waited | ev.Removed | ev.Moved | ev.Grouped | ev.Came | ev.Went | ev.Expected | ev.Locked | ev.Coded
)  # fmt: skip
T = TypeVar("T")


@frozen
class Timer:
    """A timer that had `left` seconds when it was set or paused, under a number of its own."""

    left: float
    number: int


@frozen
class DroppedVote:
    """A vote that was dropped with its ballots, and can be taken up again."""

    phase: Phase
    ballots: Mapping[str, str]
    hands: Mapping[str, Mapping[str, int]]
    left_out: frozenset[str]


@frozen
class ClassState:
    """Where a class stands.

    `tracks` are one, or one a door; `before` the states before each decision, for going back.

    Who is here: `seats` gives each phone's door, `present` the seats that are connected, `numbers` their numbers in the
    order of joining, `pupils` how many share a phone where that is more than one. `waiting` are phones without a seat,
    each with the door that it would get; `removed` those that the teacher sent away. `expected` pupils are to come,
    None: nobody knows; `locked`: no other phone gets a seat; `code`: what phones join with; `name`: tells the
    class from all others, as `began`, a time of day, does for people.

    The vote: `number` counts votes; `ballots` (choice by seat) and `hands` (by door and choice) belong to the vote of
    that number, in which `left_out` are not counted. `dropped` is the vote on these pages that was dropped last.
    """

    tracks: tuple[Track, ...]
    before: tuple[ClassState, ...] = ()
    decisions: tuple[ev.Decided, ...] = ()
    seats: Mapping[str, str] = field(default_factory=dict)
    present: frozenset[str] = frozenset()
    number: int = 0
    phase: Phase = "reading"
    ballots: Mapping[str, str] = field(default_factory=dict)
    hands: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    paused: bool = False
    timer: Timer | None = None
    ended: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)
    pupils: Mapping[str, int] = field(default_factory=dict)
    waiting: Mapping[str, str] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    expected: int | None = None
    locked: bool = False
    code: str = ""
    name: str = ""
    began: str = ""
    left_out: frozenset[str] = frozenset()
    dropped: DroppedVote | None = None
    timers: int = 0

    @property
    def playthrough(self) -> Playthrough:
        """The merged tracks, left early where the class ended before the story did."""
        whole = merge_tracks(self.tracks)
        return whole.leave() if self.ended and not whole.over else whole

    @property
    def doors(self) -> tuple[str, ...]:
        """The doors that seats are behind: the story's roles, or `WHOLE_CLASS` alone."""
        playthrough = self.tracks[0].now
        return tuple(playthrough.story.roles) if playthrough.role is None else (WHOLE_CLASS,)

    @property
    def is_untouched(self) -> bool:
        """Whether nobody joined and nothing was read on, voted or counted: there is nothing to keep."""
        return not self.seats and not self.waiting and not self.before and self.number == 0 and not self.ended

    @property
    def seated(self) -> int:
        """How many pupils the seats are for."""
        return len(self.seats) + sum(self.pupils.values()) - len(self.pupils)

    @property
    def has_room(self) -> bool:
        """Whether another phone gets a seat without being let in."""
        return not self.locked and (self.expected is None or self.seated < self.expected)

    @property
    def is_all_in(self) -> bool:
        """Whether all pupils that were expected have a seat."""
        return self.expected is not None and self.seated >= self.expected

    def track_of(self, seat: str) -> Track:
        """The track that a seat votes on: its own door's, or the whole class's."""
        door = self.seats.get(seat, WHOLE_CLASS)
        for track in self.tracks:  # a generator here takes twice the time, and each ballot asks
            if track.door == door:
                return track
        return self.tracks[0]

    def voters(self, track: Track) -> frozenset[str]:
        """The seats that vote on a track's page."""
        if track.door == WHOLE_CLASS or len(self.tracks) == 1:
            return frozenset(self.seats)
        return frozenset(seat for seat, door in self.seats.items() if door == track.door)

    def round(self, track: Track) -> Round:
        """The vote as it stands on a track's page."""
        voters = self.voters(track)
        ballots = {seat: choice for seat, choice in self.ballots.items() if seat in voters}
        waits = not self.ended and not track.only_continues and (not track.has_vote or not self.can_vote)
        return Round(
            self.number, self.phase, ballots, self.hands.get(track.door, {}), self.present & voters,
            waits, track.done, self.paused, self.ended, self.timer is not None, self._decisions(track),
            {seat: pupils for seat, pupils in self.pupils.items() if seat in voters}, self.left_out & voters,
            self._first_number(track),
        )  # fmt: skip

    def _first_number(self, track: Track) -> int:
        """The number of a track's first choice: those of the tracks before it come first.

        So it is the same while a half that came to its vote first waits for the other one.
        """
        before = self.tracks[: [one.door for one in self.tracks].index(track.door)]
        return 1 + sum(len(one.next_options) for one in before)

    def _decisions(self, track: Track) -> tuple[Decision, ...]:
        """What was decided on the page before, where that had a vote.

        On a date's first page it is what ended the date before, as far as it is told that anything came of it.
        """
        if track.is_at_start:
            own = (WHOLE_CLASS, track.door)
            whose = track.led if track.door == WHOLE_CLASS else [one for one in track.led if one.door in own]
            several = len(whose) > 1
            found = (
                self._decision(step.door, step.option, step.page, step.door if several else WHOLE_CLASS)
                for step in whose
                if step.page.answer is not None or step.page.changes
            )
            return tuple(one for one in found if one is not None)
        if track.chapter_over or track.now.previous is None:
            return ()
        taken = track.now.entries[-1].take
        option = next((one for one in track.now.previous.page.choices if one.id == taken and one.say), None)
        decision = self._decision(track.door, option, track.now.page)
        return () if decision is None else (decision,)

    def _decision(self, door: str, option: Option | None, page: Page, shown_door: str = WHOLE_CLASS) -> Decision | None:
        """The decision of a door's readers that led to a page; None without a vote."""
        event = next((one for one in reversed(self.decisions) if door in one.takes), None)
        if option is None or event is None:
            return None
        how = event.how.get(door, "most")
        reason = event.reason if how == "override" else ""
        return Decision(option, how, reason, shown_door, page.answer, page.changes)

    @property
    def can_vote(self) -> bool:
        """Whether the class can vote: a track has a vote, and no track has to read on first.

        A track that comes to its vote first waits for the other, so that both vote at once.
        """
        return any(track.has_vote for track in self.tracks) and not any(track.only_continues for track in self.tracks)


def initial_state(story: Story, event: ev.Begun) -> ClassState:
    """A class at its first page. Raises ValueError where the story has no such cut or role."""
    tracks = tracks_at(begin(story, role=event.role, cut=event.cut))
    return ClassState(tracks, code=event.code, name=event.name, began=event.began)


def apply_event(state: ClassState, event: ev.Event) -> ClassState:
    """The reducer: the state after an event. Whether the event is allowed was checked by its command."""
    match event:
        case ev.Begun() | ev.Resumed() | ev.Stopped() | ev.Recorded() | ev.RoomOpened():
            return state
        case ev.Opened(number):
            return replace(_without_vote(_dropping(state), state.tracks), number=number, phase="open")
        case ev.Closed():
            return replace(state, phase="closed", timer=None)
        case ev.Revealed():
            return replace(state, phase="revealed", timer=None)
        case ev.Covered():
            return replace(state, phase="closed")
        case ev.Reopened():
            return replace(state, phase="open")
        case ev.Reread():
            return replace(_without_vote(_dropping(state), state.tracks), ended=False)
        case ev.Decided(takes):
            return replace(
                _without_vote(state, advance_tracks(state.tracks, takes)), dropped=None,
                before=(*state.before, replace(state, before=())), decisions=(*state.decisions, event),
            )  # fmt: skip
        case ev.WentBack():
            return replace(
                _with_vote_of(state, state.before[-1]), before=state.before[:-1], decisions=state.decisions[:-1]
            )
        case ev.Restored(number):
            return _restored(state, number)
        case ev.Paused(on, left):
            paused = replace(state, paused=on)
            return _with_timer(paused, left) if on else paused
        case ev.Timed(_, left):
            return _with_timer(state, left)
        case ev.Ended():
            return replace(_without_vote(_dropping(state), state.tracks), ended=True)
        case ev.Voted() | ev.Counted() | ev.LeftOut():
            return _apply_vote(state, event)
        case _:
            return _apply_seat(state, event)


def with_ballots(state: ClassState, ballots: Mapping[str, str]) -> ClassState:
    """The state with these ballots too, as after a `Voted` event for each."""
    return replace(state, ballots={**state.ballots, **ballots})


def differ_only_in_ballots(state: ClassState, other: ClassState) -> bool:
    """Whether two states differ in nothing but ballots, if at all."""
    return replace(state, ballots=other.ballots) == other


def _apply_vote(state: ClassState, event: ev.Voted | ev.Counted | ev.LeftOut) -> ClassState:
    """The state after a ballot, a count of hands, or what is left out of the vote."""
    match event:
        case ev.Voted(_, seat, choice):
            return with_ballots(state, {seat: choice})
        case ev.Counted(_, door, choice, hands):
            return replace(state, hands={**state.hands, door: {**state.hands.get(door, {}), choice: hands}})
        case ev.LeftOut(_, seats):
            return replace(state, left_out=frozenset(seats))


def _apply_seat(state: ClassState, event: SeatEvent) -> ClassState:
    """The state after an event about who is in the class."""
    match event:
        case ev.Joined(seat, door):
            return replace(
                state, seats={**state.seats, seat: door}, present=state.present | {seat},
                numbers={**state.numbers, seat: max(state.numbers.values(), default=0) + 1},
                waiting=_without(state.waiting, seat),
            )  # fmt: skip
        case ev.Waited(seat, door):
            return replace(state, waiting={**state.waiting, seat: door})
        case ev.Removed(seat):
            return replace(
                state, seats=_without(state.seats, seat), present=state.present - {seat},
                pupils=_without(state.pupils, seat), waiting=_without(state.waiting, seat),
                ballots=_without(state.ballots, seat), left_out=state.left_out - {seat}, removed=state.removed | {seat},
            )  # fmt: skip
        case ev.Moved(seat, door):
            return replace(state, seats={**state.seats, seat: door}, ballots=_without(state.ballots, seat))
        case ev.Grouped(seat, pupils):
            alone = _without(state.pupils, seat)
            return replace(state, pupils={**alone, seat: pupils} if pupils > 1 else alone)
        case ev.Came(seat):
            return replace(state, present=state.present | {seat})
        case ev.Went(seat):
            return replace(state, present=state.present - {seat})
        case ev.Expected(pupils_to_come):
            return replace(state, expected=pupils_to_come)
        case ev.Locked(on):
            return replace(state, locked=on)
        case ev.Coded(code):
            return replace(state, code=code)


def replay(story: Story, log: Iterable[ev.Event]) -> ClassState:
    """The state after all events of a log. Raises ValueError where they do not begin with `Begun`."""
    each = iter(log)
    first = next(each, None)
    if not isinstance(first, ev.Begun):
        raise ValueError("the log of a class begins with how it began")
    state = initial_state(story, first)
    for event in each:
        state = apply_event(state, event)
    return state


def _without(of: Mapping[str, T], seat: str) -> Mapping[str, T]:
    return {other: what for other, what in of.items() if other != seat} if seat in of else of


def _with_timer(state: ClassState, left: float | None) -> ClassState:
    """The state with a timer that has so many seconds from now on, or with none."""
    number = state.timers + 1
    return replace(state, timer=None if left is None else Timer(left, number), timers=number)


def _without_vote(state: ClassState, tracks: tuple[Track, ...]) -> ClassState:
    """The state with these tracks, and no vote on their pages yet."""
    return replace(
        state, tracks=tracks, phase="reading", ballots={}, hands={}, timer=None, left_out=frozenset()
    )  # fmt: skip


def _dropping(state: ClassState) -> ClassState:
    """The state with its vote kept as the one that was dropped last, where anybody has voted in it."""
    if not state.ballots and not any(any(hands.values()) for hands in state.hands.values()):
        return state
    return replace(state, dropped=DroppedVote(state.phase, state.ballots, state.hands, state.left_out))


def _restored(state: ClassState, number: int) -> ClassState:
    """The state with the vote that was dropped, in place of the present one, which is now the dropped one.

    A seat that was removed since, or is behind another door, has no ballot in it.
    """
    vote = state.dropped
    if vote is None:
        return state
    ballots = {
        seat: choice
        for seat, choice in vote.ballots.items()
        if seat in state.seats and any(choice == option.id for option in state.track_of(seat).page.choices)
    }
    return replace(
        _without_vote(_dropping(replace(state, dropped=None)), state.tracks), number=number, phase=vote.phase,
        ballots=ballots, hands=vote.hands, left_out=vote.left_out.intersection(ballots), ended=False,
    )  # fmt: skip


def _with_vote_of(state: ClassState, earlier: ClassState) -> ClassState:
    """The state with the tracks and the vote of an earlier one, so that nobody has to vote again."""
    return replace(
        _without_vote(state, earlier.tracks), number=max(state.number, earlier.number), phase=earlier.phase,
        ballots={seat: choice for seat, choice in earlier.ballots.items() if seat in state.seats},
        hands=earlier.hands, left_out=earlier.left_out, dropped=None,
    )  # fmt: skip
