"""Build the view of a class, for wall and teacher, from its state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil

from game.classroom.state import ClassState
from game.classroom.tracks import Track
from game.ui.class_state import ClassHalf, ClassView, HalfTask, JoinInfo, Place, SeatInfo


def build_class_view(
    state: ClassState,
    joining: JoinInfo,
    *,
    left: float | None = None,
    record: str = "",
    absent_for: Callable[[str], float | None] = lambda seat: None,
    saved: bool = True,
    place: Place = "alone",
    minutes: int = 0,
    relay: str = "",
    web_address: str = "",
) -> ClassView:
    """Return the view of a class.

    Args:
        joining: how phones join; the state's code replaces its code.
        left: seconds that the timer has left; None without a timer.
        record: the record's place; "" if there is none, or the class went on since it was written.
        absent_for: returns for how many seconds a seat has been absent; None if nobody knows.
        saved: whether the last write succeeded.
        place: the screen for the view: "alone" (teacher and pupils share it), the "teacher"'s own, or the "wall".
        minutes: whole minutes since the class was begun or resumed.
        relay: the relay's trouble in a word, "back" for a while after it, or "".
        web_address: the address of the school's site of the story, or "".
    """
    return ClassView(
        tuple(ClassHalf(track.door, track.page, state.round(track), _task(track)) for track in state.tracks),
        state.playthrough, state.aside.task if state.aside is not None else "", state.asks,
        with_code(joining, state.code), len(state.present),
        begun=bool(state.before) or state.number > 0, left=whole_seconds(left), date=_date(state), record=record,
        seats=tuple(_seats(state, absent_for)), waiting=len(state.waiting), expected=state.expected,
        removed=tuple(_removed(state)),
        locked=state.locked, pupils=state.seated, saved=saved, place=place, minutes=minutes,
        can_restore=bool(state.dropped_here) and not state.ended, relay=relay,
        web_address=web_address,
    )  # fmt: skip


def with_code(joining: JoinInfo, code: str) -> JoinInfo:
    """Return how phones join, with this code in the address."""
    if joining.trouble or joining.relayed or joining.code == code or not code:
        return joining
    return JoinInfo(f"{joining.url.rpartition('/')[0]}/{code}", code, joining.addresses)


def whole_seconds(left: float | None) -> int | None:
    """Return the seconds until the timer runs out, rounded up; None without a timer."""
    return max(0, ceil(left)) if left is not None else None


def _seats(state: ClassState, absent_for: Callable[[str], float | None]) -> Iterator[SeatInfo]:
    ballots = state.ballots
    has_vote = {track.door: track.has_vote for track in state.tracks}  # found once, for up to a thousand seats
    for seat in sorted(state.seats, key=state.numbers.__getitem__):
        here = seat in state.present
        away = None if here else absent_for(seat)
        yield SeatInfo(
            seat, state.numbers[seat], state.seats[seat], here, None if away is None else int(away // 60),
            has_vote=has_vote[state.track_of(seat).door], voted=seat in ballots, pupils=state.pupils.get(seat, 1),
        )  # fmt: skip


def _removed(state: ClassState) -> Iterator[SeatInfo]:
    """Yield the removed seats in the order of their numbers. Phones that only waited are left out."""
    for seat in sorted(state.removed.keys() & state.numbers.keys(), key=state.numbers.__getitem__):
        yield SeatInfo(seat, state.numbers[seat], state.removed[seat], here=False)


def _date(state: ClassState) -> tuple[int, int] | None:
    """Return the number of the class's date, from 1, and the number of all dates; None before the first date."""
    progress = state.tracks[0].page.progress
    return (progress.number, progress.of) if progress.number is not None else None


def _task(track: Track) -> HalfTask:
    return "votes" if track.has_vote else "reads" if track.only_continues else "done"
