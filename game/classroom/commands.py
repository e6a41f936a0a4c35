"""Commands on a class: each function returns the events of one command, or raises Refused with a reason.

Pure: the caller logs the events and applies them (see `host.Host`). A door is a role; a seat reads its door's story.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from game.classroom import events as ev
from game.classroom.state import ClassState, apply_event
from game.classroom.tracks import Track
from game.core.values import frozen
from game.play.desk_story import BEFORE, desk_story
from game.play.engine import SKIP
from game.play.voting import counts, leading

MOST_HANDS = 500
MOST_EXPECTED = 500  # the most pupils of a class
MOST_SHARING = 9  # the most pupils at one phone
MOST_WAITING = 60  # the most phones that may wait: two classes at the wrong door


class Refused(Exception):
    """Raised if the state does not allow a command. `reason` is one word, for which the catalogue has a text."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Events = tuple[ev.Event, ...]


# Of a phone


def join(state: ClassState, seat: str, door: str | None = None) -> Events:
    """Give a phone a seat at `door`; with None, at the door with the fewest seats. A known seat keeps its door.

    If joining is locked, all expected pupils are in, or the seat was taken away, the phone waits for the teacher.
    """
    if seat in state.seats:
        return () if seat in state.present else (ev.Came(seat),)
    if seat in state.waiting:
        return ()
    doors = state.doors
    if door is not None and door not in doors:
        raise Refused("unknown-door")
    waits = has_to_wait(state, seat)
    if waits and len(state.waiting) >= MOST_WAITING:
        raise Refused("full")
    filled = [*state.seats.values(), *state.waiting.values()]
    behind = state.removed.get(seat) or door or min(doors, key=filled.count)
    return (ev.Waited(seat, behind) if waits else ev.Joined(seat, behind),)


def has_to_wait(state: ClassState, seat: str) -> bool:
    return seat in state.removed or not state.has_room


def leave(state: ClassState, seat: str) -> Events:
    """Mark a seat as absent, because its last connection ended."""
    return (ev.Went(seat),) if seat in state.present else ()


def vote(state: ClassState, seat: str, number: int, choice: str) -> Events:
    """Cast a seat's ballot in the vote with this number. The same ballot again makes no event."""
    if seat not in state.seats:
        raise Refused(reason_without_seat(state, seat))
    if number != state.number:
        raise Refused("other-round")
    if state.phase != "open":
        raise Refused("closed")
    if state.paused:
        raise Refused("paused")
    mine = state.track_of(seat)
    if choice not in mine.options:
        raise Refused("other-door" if any(choice in track.options for track in state.tracks) else "unknown-choice")
    is_counted = state.ballot(seat) == choice and seat not in state.vote.left_out
    return () if is_counted else (ev.Voted(number, seat, choice),)


@frozen
class CastBallot:
    """The command of one seat to vote. It reads no other seat's ballot, so that `Host` can apply many at once."""

    seat: str
    number: int
    choice: str

    def __call__(self, state: ClassState) -> Events:
        return vote(state, self.seat, self.number, self.choice)


def reason_without_seat(state: ClassState, seat: str) -> str:
    """Return the reason why a phone without a seat is refused."""
    return "waits" if seat in state.waiting else "removed" if seat in state.removed else "unknown-seat"


# Of the teacher


def open_vote(state: ClassState) -> Events:
    """Open a new vote on the current pages."""
    if state.ended or not state.can_vote:
        raise Refused("nothing-to-vote-on")
    if state.phase == "open":
        raise Refused("open-already")
    options = {
        track.door: [track.saved_entry(choice) for choice in track.options] for track in state.tracks if track.has_vote
    }
    return (ev.Opened(state.number + 1, options),)


def close_vote(state: ClassState) -> Events:
    if state.phase != "open":
        raise Refused("not-open")
    return (ev.Closed(state.number),)


def reveal(state: ClassState) -> Events:
    """Show the result on the wall. An open vote is closed first."""
    if state.phase not in ("open", "closed"):
        raise Refused("nothing-to-reveal")
    closing: Events = (ev.Closed(state.number),) if state.phase == "open" else ()
    return (*closing, ev.Revealed(state.number))


def count_hands(state: ClassState, door: str, choice: str, hands: int) -> Events:
    """Set the number of raised hands for one choice, and open a vote if the class has none."""
    track = next((track for track in state.tracks if track.door == door), None)
    if track is None or not track.has_vote or choice not in track.options:
        raise Refused("unknown-choice")
    if not 0 <= hands <= MOST_HANDS:
        raise Refused("too-many-hands")
    opening = open_vote(state) if state.phase == "reading" else ()
    number = state.number + len(opening)
    return (*opening, ev.Counted(number, door, choice, hands))


def go_on(state: ClassState) -> Events:
    """Turn the page for each door whose page has no vote."""
    if state.ended:
        raise Refused("ended")
    takes = {track.door: track.page.choices[0].id for track in state.tracks if track.only_continues}
    if not takes:
        raise Refused("to-be-voted" if state.can_vote else "at-the-end")
    return (ev.Decided(takes, dict.fromkeys(takes, "onward"), entries=_entries(state, takes)),)


def decide(
    state: ClassState,
    picks: Mapping[str, str] | None = None,
    reason: str = "",
    choose: Callable[[Sequence[str]], str] | None = None,
) -> Events:
    """Go on to the next pages by the votes.

    `picks` are the teacher's choices by door. A pick settles a tie; a pick against the votes is an override, which
    needs a `reason`. Without a pick, `choose` settles a tie at random.
    """
    if state.ended or not state.can_vote:
        raise Refused("nothing-to-vote-on")
    if state.phase == "open":
        raise Refused("still-open")
    takes: dict[str, str] = {}
    how: dict[str, ev.How] = {}
    tallies: dict[str, dict[str, int]] = {}
    for track in (track for track in state.tracks if track.has_vote):
        counted = counts(state.round(track), track.page.choices)
        tallies[track.door] = {count.option.id: count.votes for count in counted}
        pick = (picks or {}).get(track.door)
        if pick is not None and pick not in (*track.options, *track.page.offers):
            raise Refused("unknown-choice")
        takes[track.door], how[track.door] = _settle(track, leading(counted), pick, choose)
    if "override" in how.values() and not reason.strip():
        raise Refused("reason")
    return (ev.Decided(takes, how, reason.strip(), tallies, _entries(state, takes)),)


def _entries(state: ClassState, takes: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {track.door: track.saved_entry(takes[track.door]) for track in state.tracks if track.door in takes}


def _settle(
    track: Track, most: tuple[str, ...], pick: str | None, choose: Callable[[Sequence[str]], str] | None
) -> tuple[str, ev.How]:
    """Return the choice for one door, and how it was decided. `most` are the choices with the most votes: several at a
    tie, none without votes. Raises Refused in these two cases if `pick` and `choose` are None."""
    if pick is None and len(most) == 1:
        return most[0], "most"
    if pick is None:
        if choose is None:
            raise Refused("tie")
        return choose(most or track.options), "coin"
    if most == (pick,):
        return pick, "most"
    return pick, "tie" if pick in most or not most else "override"


def go_back(state: ClassState) -> Events:
    """Undo the last step: the display of a result, the close or the opening of a vote, a decision, or the start of
    a task or of the debrief."""
    if state.ended_vote is not None and state.ended_vote.has_votes:
        return (ev.Restored(state.number + 1, state.ended_vote.number),)
    if state.ended or state.phase == "open":
        return (ev.Reread(state.number),)
    if state.phase == "revealed":
        return (ev.Covered(state.number),)
    if state.phase == "closed":
        return (ev.Reopened(state.number),)
    if not state.before:
        if state.aside is not None:
            return (ev.TaskEnded(),)
        raise Refused("first-page")
    return (ev.WentBack(),)


def drops_votes(state: ClassState, events: Events) -> bool:
    """Return whether these events drop votes that were cast. A decision uses votes, and does not drop them."""
    for event in events:
        match event:
            case ev.Opened() | ev.Reread() | ev.Restored() | ev.Ended() | ev.TaskBegun() | ev.TaskEnded():
                if state.vote.has_votes:
                    return True
            case ev.Removed(seat) | ev.Moved(seat):
                if seat in state.seats and state.ballot(seat) is not None:
                    return True
    return False


def skip(state: ClassState, door: str) -> Events:
    """Skip a chapter for one door on its first page, which has a content note. The door's readers read a summary."""
    track = next((track for track in state.tracks if track.door == door), None)
    if track is None or state.phase != "reading" or track.done or SKIP not in track.page.offers:
        raise Refused("unknown-choice")
    return (ev.Decided({door: SKIP}, {door: "onward"}, entries=_entries(state, {door: SKIP})),)


def restore_vote(state: ClassState) -> Events:
    """Restore the last dropped vote on these pages in place of the present vote."""
    if not state.dropped_here or state.ended:
        raise Refused("nothing-dropped")
    return (ev.Restored(state.number + 1, state.dropped_here[-1].number),)


def leave_out_absent(state: ClassState, on: bool) -> Events:
    """Leave the ballots of absent seats out of a closed vote, or with `on` False count all ballots again."""
    if state.phase not in ("closed", "revealed"):
        raise Refused("nothing-to-reveal")
    out = frozenset(state.ballots.keys() - state.present) if on else frozenset[str]()
    return () if out == state.vote.left_out else (ev.LeftOut(state.number, tuple(sorted(out))),)


def pause(state: ClassState, on: bool, left: float | None = None) -> Events:
    """Pause or resume the class. `left` are the seconds that the paused timer keeps."""
    if state.paused == on:
        return ()
    if on:
        return (ev.Paused(True, left if state.timer is not None else None),)
    timer: Events = (ev.Timed(left=state.timer.left),) if state.timer is not None else ()
    return (ev.Paused(False), *timer)


def set_timer(state: ClassState, left: float | None) -> Events:
    """Set the timer that closes the vote in `left` seconds; with None, remove it."""
    if state.phase != "open":
        raise Refused("not-open")
    return (ev.Timed(left=left),)


def end(state: ClassState) -> Events:
    """End the task, and go back to where the class was; without a task, end the reading and go to the debrief."""
    if state.aside is not None:
        return (ev.TaskEnded(),)
    return () if state.ended else (ev.Ended(),)


def begin_task(state: ClassState, task: str) -> Events:
    """Begin a task or questionnaire in the debrief. The questionnaire BEFORE can also begin on the first page."""
    reading = state.reading
    if not reading.ended and (task != BEFORE or reading.before or reading.phase != "reading"):
        raise Refused("not-at-the-talk")
    if task not in desk_story(state.playthrough.story, both_roles=False).cuts:
        raise Refused("unknown-task")
    return (ev.TaskBegun(task),)


def next_question(state: ClassState) -> Events:
    """Go on in a task or a questionnaire, whatever the votes are. In a questionnaire, also open the next vote."""
    if state.aside is None or state.paused:
        raise Refused("paused" if state.paused else "nothing-to-vote-on")
    if not state.can_vote:
        raise Refused("at-the-end")
    if state.asks and state.phase == "reading":
        return open_vote(state)
    closing: Events = (ev.Closed(state.number),) if state.phase == "open" else ()
    takes = {track.door: track.options[0] for track in state.tracks}
    onward = ev.Decided(takes, dict.fromkeys(takes, "onward"), entries=_entries(state, takes))
    after = reduce(apply_event, (*closing, onward), state)
    return (*closing, onward, *(open_vote(after) if after.asks else ()))


# Of the teacher, about seats


def expect(state: ClassState, pupils: int | None) -> Events:
    """Set how many pupils are expected; None or 0 if nobody knows."""
    pupils = pupils or None
    if pupils is not None and not 0 < pupils <= MOST_EXPECTED:
        raise Refused("too-many-pupils")
    return () if pupils == state.expected else (ev.Expected(pupils),)


def lock(state: ClassState, on: bool) -> Events:
    """Lock joining, or open it again. In both cases, phones that wait for the teacher still have to wait."""
    return () if state.locked == on else (ev.Locked(on),)


def change_code(state: ClassState, code: str) -> Events:
    """Change the code with which phones join. Phones that have a seat keep their seat."""
    return (ev.Coded(code),)


def admit(state: ClassState, seat: str | None = None) -> Events:
    """Give a seat to a waiting phone, or to all waiting phones if `seat` is None."""
    if seat is not None and seat not in state.waiting:
        raise Refused("unknown-seat")
    return tuple(ev.Joined(phone, door) for phone, door in state.waiting.items() if seat in (None, phone))


def turn_away(state: ClassState) -> Events:
    return tuple(ev.Removed(seat) for seat in state.waiting)


def remove(state: ClassState, seat: str) -> Events:
    """Take a seat away. Its ballots are not counted until it is given back."""
    if seat not in state.seats and seat not in state.waiting:
        raise Refused("unknown-seat")
    return (ev.Removed(seat),)


def readmit(state: ClassState, seat: str) -> Events:
    """Give a removed seat back, with its number and its ballots."""
    if seat not in state.removed or seat not in state.numbers:
        raise Refused("unknown-seat")
    return (ev.Readmitted(seat),)


def move(state: ClassState, seat: str) -> Events:
    """Move a seat to the next door. Its ballot is not counted until it is moved back."""
    doors = state.doors
    if seat not in state.seats:
        raise Refused("unknown-seat")
    if len(doors) < 2:
        raise Refused("unknown-door")
    here = doors.index(state.seats[seat]) if state.seats[seat] in doors else 0
    return (ev.Moved(seat, doors[(here + 1) % len(doors)]),)


def share(state: ClassState, seat: str, pupils: int) -> Events:
    """Set how many pupils share a seat's phone."""
    if seat not in state.seats:
        raise Refused("unknown-seat")
    if not 1 <= pupils <= MOST_SHARING:
        raise Refused("too-many-pupils")
    return () if state.pupils.get(seat, 1) == pupils else (ev.Grouped(seat, pupils),)
