"""What a class's wall shows of its room, and what its phones are given: the room's values for the interface."""

from __future__ import annotations

from math import ceil

from game.classroom.state import ClassState
from game.classroom.tracks import Track
from game.story.chapter_mode import Mode, chapter_mode
from game.ui.class_state import ClassHalf, ClassView, JoinInfo, Way


def class_view_of(room: ClassState, joining: JoinInfo, now: float, record: str = "") -> ClassView:
    """The room as the wall knows it. `now` is in the seconds of the clock that the timer was set by."""
    return ClassView(
        tuple(ClassHalf(lane.door, lane.page, room.round(lane), _way(lane)) for lane in room.lanes),
        room.playthrough, joining, len(room.present),
        begun=bool(room.before) or room.number > 0, left=time_left(room, now), date=_date(room), record=record,
    )  # fmt: skip


def _date(room: ClassState) -> tuple[int, int] | None:
    """Which date of those that this class reads, and how many they are."""
    p = room.lanes[0].start
    dates = [
        date for date in p.story.calendar
        if any(chapter_mode(p.story.chapters[one], p.role, p.cut) is Mode.PLAYED for one in date)
    ]  # fmt: skip
    here = next((number for number, date in enumerate(dates, 1) if p.page.chapter in date), None)
    return (here, len(dates)) if here is not None else None


def time_left(room: ClassState, now: float) -> int | None:
    """The whole seconds that the timer has; None without one."""
    left = room.until - now if room.until is not None else room.left
    return max(0, ceil(left)) if left is not None else None


def _way(lane: Track) -> Way:
    return "votes" if lane.votes else "reads" if lane.reads else "done"
