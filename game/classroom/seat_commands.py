"""The teacher's commands about seats: each returns its events, or raises Refused with a reason."""

from __future__ import annotations

from game.classroom import events as ev
from game.classroom.commands import Events, Refused
from game.classroom.state import ClassState

MOST_EXPECTED = 500  # the most pupils of a class
MOST_SHARING = 9  # the most pupils at one phone


def expect(state: ClassState, pupils: int | None) -> Events:
    """Set the number of expected pupils. So many seats need no permission. None or 0: it is not known."""
    pupils = pupils or None
    if pupils is not None and not 0 < pupils <= MOST_EXPECTED:
        raise Refused("too-many-pupils")
    return () if pupils == state.expected else (ev.Expected(pupils),)


def lock(state: ClassState, on: bool) -> Events:
    """Lock joining, or open it again. Waiting phones go on waiting."""
    return () if state.locked == on else (ev.Locked(on),)


def change_code(state: ClassState, code: str) -> Events:
    """Change the code with which phones join. Seated phones stay."""
    return (ev.Coded(code),)


def admit(state: ClassState, seat: str | None = None) -> Events:
    """Give a seat to a phone that waits, or to all of them if `seat` is None."""
    if seat is not None and seat not in state.waiting:
        raise Refused("unknown-seat")
    return tuple(ev.Joined(phone, door) for phone, door in state.waiting.items() if seat in (None, phone))


def turn_away(state: ClassState) -> Events:
    """Send all waiting phones away."""
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
