"""The state of a class as a value, and the reducer that makes it from the class's events alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from game.classroom import events as ev
from game.classroom.tracks import ALL, Track, advance_tracks, merge_tracks, tracks_at
from game.core.values import frozen
from game.play import Page, Playthrough, begin
from game.play.page import Option
from game.play.voting import Decision, Phase, Round
from game.story.model import Story


@frozen
class ClassState:
    """Where a class stands.

    `tracks` are one, or one a door; `before` the states before each decision, for going back. `seats` gives each
    phone's door, `present` the seats that are connected. `number` counts votes; `ballots` (choice by seat) and
    `hands` (by door and choice) belong to the vote of that number. `until` is when a timer runs out, in the clock's
    seconds; `left` how many seconds it has while the class is paused.
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
    until: float | None = None
    left: float | None = None
    ended: bool = False

    @property
    def playthrough(self) -> Playthrough:
        """The merged tracks, left early where the class ended before the story did."""
        whole = merge_tracks(self.tracks)
        return whole.leave() if self.ended and not whole.over else whole

    @property
    def doors(self) -> tuple[str, ...]:
        """The doors that seats are behind: the story's roles, or `ALL` alone."""
        playthrough = self.tracks[0].now
        return tuple(playthrough.story.roles) if playthrough.role is None else (ALL,)

    @property
    def is_untouched(self) -> bool:
        """Whether nobody joined and nothing was read on, voted or counted: there is nothing to keep."""
        return not self.seats and not self.before and self.number == 0 and not self.ended

    def track_of(self, seat: str) -> Track:
        """The track that a seat votes on: its own door's, or the whole class's."""
        door = self.seats.get(seat, ALL)
        return next((track for track in self.tracks if track.door == door), self.tracks[0])

    def voters(self, track: Track) -> frozenset[str]:
        """The seats that vote on a track's page."""
        if track.door == ALL or len(self.tracks) == 1:
            return frozenset(self.seats)
        return frozenset(seat for seat, door in self.seats.items() if door == track.door)

    def round(self, track: Track) -> Round:
        """The vote as it stands on a track's page."""
        voters = self.voters(track)
        ballots = {seat: choice for seat, choice in self.ballots.items() if seat in voters}
        waits = not self.ended and not track.reads and (not track.votes or not self.votes)
        return Round(
            self.number, self.phase, ballots, self.hands.get(track.door, {}), self.present & voters,
            waits, track.done, self.paused, self.ended, self.until, self._decisions(track),
        )  # fmt: skip

    def _decisions(self, track: Track) -> tuple[Decision, ...]:
        """What was decided on the page before, where that had a vote.

        On a date's first page it is what ended the date before, as far as it is told that anything came of it.
        """
        if track.is_at_start:
            whose = track.led if track.door == ALL else [one for one in track.led if one.door in (ALL, track.door)]
            several = len(whose) > 1
            found = (
                self._decision(step.door, step.option, step.page, step.door if several else ALL)
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

    def _decision(self, door: str, option: Option | None, page: Page, shown_door: str = ALL) -> Decision | None:
        """The decision of a door's readers that led to a page; None without a vote."""
        event = next((one for one in reversed(self.decisions) if door in one.takes), None)
        if option is None or event is None:
            return None
        how = event.how.get(door, "most")
        reason = event.reason if how == "override" else ""
        return Decision(option, how, reason, shown_door, page.answer, page.changes)

    @property
    def votes(self) -> bool:
        """Whether the class can vote: a track has a vote, and no track has to read on first.

        A track that comes to its vote first waits for the other, so that both vote at once.
        """
        return any(track.votes for track in self.tracks) and not any(track.reads for track in self.tracks)


def initial_state(story: Story, event: ev.Begun) -> ClassState:
    """A class at its first page. Raises ValueError where the story has no such cut or role."""
    return ClassState(tracks_at(begin(story, role=event.role, cut=event.cut)))


def apply_event(state: ClassState, event: ev.Event) -> ClassState:
    """The reducer: the state after an event. Whether the event is allowed was checked by its command."""
    match event:
        case ev.Begun():
            return state
        case ev.Joined(seat, door):
            return replace(state, seats={**state.seats, seat: door}, present=state.present | {seat})
        case ev.Came(seat):
            return replace(state, present=state.present | {seat})
        case ev.Went(seat):
            return replace(state, present=state.present - {seat})
        case ev.Opened(number):
            return replace(state, number=number, phase="open", ballots={}, hands={}, until=None)
        case ev.Voted(_, seat, choice):
            return replace(state, ballots={**state.ballots, seat: choice})
        case ev.Counted(_, door, choice, hands):
            return replace(state, hands={**state.hands, door: {**state.hands.get(door, {}), choice: hands}})
        case ev.Closed():
            return replace(state, phase="closed", until=None)
        case ev.Revealed():
            return replace(state, phase="revealed", until=None)
        case ev.Covered():
            return replace(state, phase="closed")
        case ev.Reopened():
            return replace(state, phase="open")
        case ev.Reread():
            return replace(_without_vote(state, state.tracks), ended=False)
        case ev.Decided(takes):
            return replace(
                _without_vote(state, advance_tracks(state.tracks, takes)),
                before=(*state.before, replace(state, before=())), decisions=(*state.decisions, event),
            )  # fmt: skip
        case ev.WentBack():
            return replace(
                _with_vote_of(state, state.before[-1]), before=state.before[:-1], decisions=state.decisions[:-1]
            )
        case ev.Paused(on, left):
            return replace(state, paused=on, until=None if on else state.until, left=left if on else None)
        case ev.Timed(until):
            return replace(state, until=until)
        case ev.Ended():
            return replace(_without_vote(state, state.tracks), ended=True)


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


def _without_vote(state: ClassState, tracks: tuple[Track, ...]) -> ClassState:
    """The state with these tracks, and no vote on their pages yet."""
    return replace(state, tracks=tracks, phase="reading", ballots={}, hands={}, until=None, left=None)


def _with_vote_of(state: ClassState, earlier: ClassState) -> ClassState:
    """The state with the tracks and the vote of an earlier one, so that nobody has to vote again."""
    return replace(
        _without_vote(state, earlier.tracks), number=max(state.number, earlier.number), phase=earlier.phase,
        ballots=earlier.ballots, hands=earlier.hands,
    )  # fmt: skip
