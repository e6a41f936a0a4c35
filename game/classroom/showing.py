"""What a class's wall shows of its room, and what its phones are given: the room's values for the interface."""

from __future__ import annotations

from math import ceil

from game.classroom.lanes import Lane
from game.classroom.room import Room
from game.play.page import Option
from game.ui.sitting import Half, Joining, Sitting, Way


def sitting_of(room: Room, joining: Joining, now: float, record: str = "") -> Sitting:
    """The room as the wall knows it. `now` is in the seconds of the clock that the timer was set by."""
    return Sitting(
        tuple(Half(lane.door, lane.page, room.round(lane), _way(lane), _deed(lane)) for lane in room.lanes),
        room.playthrough, joining, len(room.present),
        begun=bool(room.before) or room.number > 0, left=time_left(room, now), record=record,
    )  # fmt: skip


def time_left(room: Room, now: float) -> int | None:
    """The whole seconds that the timer has; None without one."""
    return max(0, ceil(room.until - now)) if room.until is not None else None


def _way(lane: Lane) -> Way:
    return "votes" if lane.votes else "reads" if lane.reads else "done"


def _deed(lane: Lane) -> Option | None:
    """What was decided on the page before this one, where that is a page of the same chapter."""
    if lane.through or len(lane.now.entries) == len(lane.start.entries) or lane.now.previous is None:
        return None
    taken = lane.now.entries[-1].take
    return next((option for option in lane.now.previous.page.choices if option.id == taken), None)
