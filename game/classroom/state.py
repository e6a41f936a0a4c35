"""A class at one moment, as a value: made from its events, one after the other, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from game.classroom import events as ev
from game.classroom.tracks import ALL, Track, advanced, merged, tracks_at
from game.core.values import frozen
from game.play import Playthrough, begin
from game.play.voting import Decision, Phase, Round
from game.story.model import Story


@frozen
class ClassState:
    """Where a class stands.

    `lanes` are the pages before it, one or one a door; `before` the rooms as they were decided, for going back.
    `seats` gives each phone's door, `present` those connected now. `number` counts votes; `ballots` and
    `hands` (by door) belong to the vote of that number. `until` is when a timer runs out, in the clock's seconds;
    `left` how many it has while the class waits.
    """

    lanes: tuple[Track, ...]
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
        """What was decided so far, in one piece; stepped outside where the class ended before the story did."""
        whole = merged(self.lanes)
        return whole.leave() if self.ended and not whole.over else whole

    @property
    def doors(self) -> tuple[str, ...]:
        """The doors that seats are behind: one of a story's roles each, or the one that is everybody's."""
        playthrough = self.lanes[0].now
        return tuple(playthrough.story.roles) if playthrough.role is None else (ALL,)

    @property
    def untouched(self) -> bool:
        """Whether nobody came and nothing was turned, voted or counted: there is nothing to keep."""
        return not self.seats and not self.before and self.number == 0 and not self.ended

    def lane_of(self, seat: str) -> Track:
        """The lane that a seat reads and votes on: its own door's, or the one that everybody walks."""
        door = self.seats.get(seat, ALL)
        return next((lane for lane in self.lanes if lane.door == door), self.lanes[0])

    def voters(self, lane: Track) -> frozenset[str]:
        """The seats that vote on a lane's page."""
        if lane.door == ALL or len(self.lanes) == 1:
            return frozenset(self.seats)
        return frozenset(seat for seat, door in self.seats.items() if door == lane.door)

    def round(self, lane: Track) -> Round:
        """The vote as it stands on a lane's page."""
        voters = self.voters(lane)
        ballots = {seat: choice for seat, choice in self.ballots.items() if seat in voters}
        waits = not self.ended and not lane.reads and (not lane.votes or not self.votes)
        return Round(
            self.number, self.phase, ballots, self.hands.get(lane.door, {}), self.present & voters,
            waits, lane.done, self.paused, self.ended, self.until, self._decision(lane),
        )  # fmt: skip

    def _decision(self, lane: Track) -> Decision | None:
        """What was decided on the page before a lane's, where that is of the same chapter and was not only turned."""
        if lane.through or len(lane.now.entries) == len(lane.start.entries) or lane.now.previous is None:
            return None
        taken = lane.now.entries[-1].take
        option = next((one for one in lane.now.previous.page.choices if one.id == taken and one.say), None)
        event = next((one for one in reversed(self.decisions) if lane.door in one.takes), None)
        if option is None or event is None:
            return None
        how = event.how.get(lane.door, "most")
        return Decision(option, how, event.reason if how == "override" else "")

    @property
    def votes(self) -> bool:
        """Whether the class can vote: somebody has something to vote on, and nobody reads on towards a vote.

        A half that comes to its vote first waits for the other, so that both vote at once.
        """
        return any(lane.votes for lane in self.lanes) and not any(lane.reads for lane in self.lanes)


def initial_state(story: Story, event: ev.Begun) -> ClassState:
    """A class at its first page. Raises ValueError where the story has no such cut or role."""
    return ClassState(tracks_at(begin(story, role=event.role, cut=event.cut)))


def apply_event(room: ClassState, event: ev.Event) -> ClassState:
    """The room once something happened. It takes what a log holds: whether a thing may happen is asked before."""
    match event:
        case ev.Begun():
            return room
        case ev.Joined(seat, door):
            return replace(room, seats={**room.seats, seat: door}, present=room.present | {seat})
        case ev.Came(seat):
            return replace(room, present=room.present | {seat})
        case ev.Went(seat):
            return replace(room, present=room.present - {seat})
        case ev.Opened(number):
            return replace(room, number=number, phase="open", ballots={}, hands={}, until=None)
        case ev.Voted(_, seat, choice):
            return replace(room, ballots={**room.ballots, seat: choice})
        case ev.Counted(_, door, choice, hands):
            return replace(room, hands={**room.hands, door: {**room.hands.get(door, {}), choice: hands}})
        case ev.Closed():
            return replace(room, phase="closed", until=None)
        case ev.Revealed():
            return replace(room, phase="revealed", until=None)
        case ev.Covered():
            return replace(room, phase="closed")
        case ev.Reopened():
            return replace(room, phase="open")
        case ev.Reread():
            return replace(_reading(room, room.lanes), ended=False)
        case ev.Decided(takes):
            return replace(
                _reading(room, advanced(room.lanes, takes)),
                before=(*room.before, replace(room, before=())), decisions=(*room.decisions, event),
            )  # fmt: skip
        case ev.WentBack():
            return replace(_again(room, room.before[-1]), before=room.before[:-1], decisions=room.decisions[:-1])
        case ev.Paused(on, left):
            return replace(room, paused=on, until=None if on else room.until, left=left if on else None)
        case ev.Timed(until):
            return replace(room, until=until)
        case ev.Ended():
            return replace(_reading(room, room.lanes), ended=True)


def replay(story: Story, log: Iterable[ev.Event]) -> ClassState:
    """The room that a whole log makes. Raises ValueError where the log does not begin with `Begun`."""
    each = iter(log)
    first = next(each, None)
    if not isinstance(first, ev.Begun):
        raise ValueError("the log of a class begins with how it began")
    room = initial_state(story, first)
    for event in each:
        room = apply_event(room, event)
    return room


def _reading(room: ClassState, lanes: tuple[Track, ...]) -> ClassState:
    """Pages before the class, with no vote on them yet."""
    return replace(room, lanes=lanes, phase="reading", ballots={}, hands={}, until=None, left=None)


def _again(room: ClassState, then: ClassState) -> ClassState:
    """The pages of a room that was decided, with the vote that it was decided by: nobody has to vote again."""
    return replace(
        _reading(room, then.lanes), number=max(room.number, then.number), phase=then.phase,
        ballots=then.ballots, hands=then.hands,
    )  # fmt: skip
