"""The view of a class that the wall shows, made from its state."""

from __future__ import annotations

from math import ceil

from game.classroom.state import ClassState
from game.classroom.tracks import Track
from game.ui.class_state import ClassHalf, ClassView, HalfTask, JoinInfo


def class_view_of(state: ClassState, joining: JoinInfo, now: float, record: str = "") -> ClassView:
    """The view of a state. `now` is in the seconds of the clock that the timer was set by."""
    return ClassView(
        tuple(ClassHalf(track.door, track.page, state.round(track), _way(track)) for track in state.tracks),
        state.playthrough, joining, len(state.present),
        begun=bool(state.before) or state.number > 0, left=time_left(state, now), date=_date(state), record=record,
    )  # fmt: skip


def _date(state: ClassState) -> tuple[int, int] | None:
    """The number of the date among those that this class reads, from 1, and how many these are; None in a frame."""
    progress = state.tracks[0].page.progress
    return (progress.number, progress.of) if progress.number is not None else None


def time_left(state: ClassState, now: float) -> int | None:
    """Whole seconds until the timer runs out; None without one."""
    left = state.until - now if state.until is not None else state.left
    return max(0, ceil(left)) if left is not None else None


def _way(track: Track) -> HalfTask:
    return "votes" if track.votes else "reads" if track.reads else "done"
