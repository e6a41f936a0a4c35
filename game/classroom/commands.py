"""What may happen next in a class: each function gives the events of one wish, or refuses it with a reason.

Nothing here changes anything: whoever asks writes the events down, and then the room is what they make of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from game.classroom import events as ev
from game.classroom.state import ClassState
from game.classroom.tracks import Track
from game.play.engine import SKIP
from game.play.voting import counts, leading

MOST_HANDS = 500


class Refused(Exception):
    """A wish that changes nothing. `reason` is one word for whoever has the words for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Events = tuple[ev.Event, ...]


# A phone's


def join(room: ClassState, seat: str, door: str | None = None) -> Events:
    """A new seat, behind the door asked for or else the one with fewer; a known one comes back to its own."""
    if seat in room.seats:
        return () if seat in room.present else (ev.Came(seat),)
    doors = room.doors
    if door is not None and door not in doors:
        raise Refused("unknown-door")
    filled = list(room.seats.values())
    return (ev.Joined(seat, door if door is not None else min(doors, key=filled.count)),)


def leave(room: ClassState, seat: str) -> Events:
    """A seat's connection ended."""
    return (ev.Went(seat),) if seat in room.present else ()


def vote(room: ClassState, seat: str, number: int, choice: str) -> Events:
    """A ballot. A repeated one is no event; one for another vote, door or page is refused, and so is a late one."""
    if seat not in room.seats:
        raise Refused("unknown-seat")
    if number != room.number:
        raise Refused("other-round")
    if room.phase != "open":
        raise Refused("closed")
    if room.paused:
        raise Refused("paused")
    mine = room.lane_of(seat)
    if choice not in _options(mine):
        raise Refused("other-door" if any(choice in _options(lane) for lane in room.lanes) else "unknown-choice")
    return () if room.ballots.get(seat) == choice else (ev.Voted(number, seat, choice),)


# The teacher's


def open_vote(room: ClassState) -> Events:
    """The vote on these pages; after one that was closed or revealed it is a new one, and its ballots are gone."""
    if room.ended or not room.votes:
        raise Refused("nothing-to-vote-on")
    if room.phase == "open":
        raise Refused("open-already")
    return (ev.Opened(room.number + 1),)


def close(room: ClassState) -> Events:
    if room.phase != "open":
        raise Refused("not-open")
    return (ev.Closed(room.number),)


def reveal(room: ClassState) -> Events:
    """What was voted, on the wall; an open vote is closed by it."""
    if room.phase not in ("open", "closed"):
        raise Refused("nothing-to-reveal")
    closing: Events = (ev.Closed(room.number),) if room.phase == "open" else ()
    return (*closing, ev.Revealed(room.number))


def count_hands(room: ClassState, door: str, choice: str, hands: int) -> Events:
    """Hands counted by eye. They count beside the ballots; counted again, the new number holds."""
    lane = next((lane for lane in room.lanes if lane.door == door), None)
    if lane is None or not lane.votes or choice not in _options(lane):
        raise Refused("unknown-choice")
    if not 0 <= hands <= MOST_HANDS:
        raise Refused("too-many-hands")
    opening = open_vote(room) if room.phase == "reading" else ()
    number = room.number + len(opening)
    return (*opening, ev.Counted(number, door, choice, hands))


def tied(room: ClassState) -> tuple[str, ...]:
    """The doors where two choices or more have the most votes, or nobody voted."""
    return tuple(lane.door for lane in room.lanes if lane.votes and len(_leading(room, lane)) != 1)


def go_on(room: ClassState) -> Events:
    """The next page behind each door whose page only goes on."""
    if room.ended:
        raise Refused("ended")
    takes = {lane.door: lane.page.choices[0].id for lane in room.lanes if lane.reads}
    if not takes:
        raise Refused("to-be-voted" if room.votes else "at-the-end")
    return (ev.Decided(takes, dict.fromkeys(takes, "onward")),)


def decide(
    room: ClassState,
    picks: Mapping[str, str] | None = None,
    reason: str = "",
    coin: Callable[[Sequence[str]], str] | None = None,
) -> Events:
    """On to the next pages by what was voted.

    `picks` says for a door what the teacher takes: at a tie as a decision, otherwise as an override, which needs a
    `reason`; `skip` can be picked where the page offers it. `coin` settles the other ties. Raises Refused: `tie`
    where one is left, `reason` where none is given.
    """
    if room.ended or not room.votes:
        raise Refused("nothing-to-vote-on")
    if room.phase == "open":
        raise Refused("still-open")
    takes: dict[str, str] = {}
    how: dict[str, ev.How] = {}
    tallies: dict[str, dict[str, int]] = {}
    for lane in (lane for lane in room.lanes if lane.votes):
        counted = counts(room.round(lane), lane.page.choices)
        tallies[lane.door] = {count.option.id: count.votes for count in counted}
        pick = (picks or {}).get(lane.door)
        if pick is not None and pick not in (*_options(lane), *lane.page.offers):
            raise Refused("unknown-choice")
        takes[lane.door], how[lane.door] = _settled(lane, leading(counted), pick, coin)
    if "override" in how.values() and not reason.strip():
        raise Refused("reason")
    return (ev.Decided(takes, how, reason.strip(), tallies),)


def _settled(
    lane: Track, most: tuple[str, ...], pick: str | None, coin: Callable[[Sequence[str]], str] | None
) -> tuple[str, ev.How]:
    """What is taken behind one door, and how that came about. Raises Refused at a tie that nobody settles.

    Where nobody voted any choice is as good as another: none goes against the votes.
    """
    if pick is None and len(most) == 1:
        return most[0], "most"
    if pick is None:
        if coin is None:
            raise Refused("tie")
        return coin(most or _options(lane)), "coin"
    if most == (pick,):
        return pick, "most"
    return pick, "tie" if pick in most or not most else "override"


def back(room: ClassState) -> Events:
    """One step back: the result is covered, the vote open again, an open vote dropped, a decision taken back, or the
    debrief left for the page. Only the drop of an open vote loses ballots."""
    if room.ended or room.phase == "open":
        return (ev.Reread(room.number),)
    if room.phase == "revealed":
        return (ev.Covered(room.number),)
    if room.phase == "closed":
        return (ev.Reopened(room.number),)
    if not room.before:
        raise Refused("first-page")
    return (ev.WentBack(),)


def skip(room: ClassState, door: str) -> Events:
    """A heavy chapter told in a few words to a half, before it votes on anything in it."""
    lane = next((lane for lane in room.lanes if lane.door == door), None)
    if lane is None or room.phase != "reading" or lane.done or SKIP not in lane.page.offers:
        raise Refused("unknown-choice")
    return (ev.Decided({door: SKIP}, {door: "onward"}),)


def pause(room: ClassState, on: bool, now: float = 0.0) -> Events:
    """The class waits, or goes on; a timer stands still meanwhile. `now` is in the clock's seconds."""
    if room.paused == on:
        return ()
    if on:
        return (ev.Paused(True, room.until - now if room.until is not None else None),)
    timer: Events = (ev.Timed(now + room.left),) if room.left is not None else ()
    return (ev.Paused(False), *timer)


def set_timer(room: ClassState, until: float | None) -> Events:
    """When the vote is to close, in the clock's seconds; None takes the timer away. A later time extends it."""
    if room.phase != "open":
        raise Refused("not-open")
    return (ev.Timed(until),)


def end(room: ClassState) -> Events:
    """To the debrief, wherever the class stands."""
    return () if room.ended else (ev.Ended(),)


def _options(lane: Track) -> tuple[str, ...]:
    return tuple(option.id for option in lane.page.choices) if lane.votes else ()


def _leading(room: ClassState, lane: Track) -> tuple[str, ...]:
    return leading(counts(room.round(lane), lane.page.choices))
