"""The view of a class that the wall shows, made from its state."""

from __future__ import annotations

from math import ceil

from game.classroom.state import ClassState
from game.classroom.tracks import Track
from game.story.chapter_mode import ChapterMode, chapter_mode
from game.ui.class_state import ClassHalf, ClassView, HalfTask, JoinInfo


def class_view_of(state: ClassState, joining: JoinInfo, now: float, record: str = "") -> ClassView:
    """The view of a state. `now` is in the seconds of the clock that the timer was set by."""
    return ClassView(
        tuple(ClassHalf(track.door, track.page, state.round(track), _way(track)) for track in state.tracks),
        state.playthrough, joining, len(state.present),
        begun=bool(state.before) or state.number > 0, left=time_left(state, now), date=_date(state), record=record,
    )  # fmt: skip


def _date(state: ClassState) -> tuple[int, int] | None:
    """The number of the date among those that this class reads, from 1, and how many these are."""
    p = state.tracks[0].start
    dates = [
        date for date in p.story.calendar
        if any(chapter_mode(p.story.chapters[one], p.role, p.cut) is ChapterMode.PLAYED for one in date)
    ]  # fmt: skip
    here = next((number for number, date in enumerate(dates, 1) if p.page.chapter in date), None)
    return (here, len(dates)) if here is not None else None


def time_left(state: ClassState, now: float) -> int | None:
    """Whole seconds until the timer runs out; None without one."""
    left = state.until - now if state.until is not None else state.left
    return max(0, ceil(left)) if left is not None else None


def _way(track: Track) -> HalfTask:
    return "votes" if track.votes else "reads" if track.reads else "done"
