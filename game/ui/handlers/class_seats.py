"""Handlers of the teacher's screens about who is in a class."""

from __future__ import annotations

from dataclasses import replace

from game.ui.class_state import SeatInfo
from game.ui.effects import Effect, TeacherCommand
from game.ui.state import AppState, ScreenView
from game.ui.transitions import Handler, UpdateResult, confirm_handlers, screen_opener, with_default_focus


def _expect(app: AppState, _: str) -> UpdateResult:
    """The number that was typed; an empty field leaves it as it was."""
    typed = app.top.line.text
    effects: tuple[Effect, ...] = (TeacherCommand("expect", number=int(typed)),) if typed else ()
    return with_default_focus(app.popped()), effects


def _show_expected(app: AppState, _: str) -> UpdateResult:
    return with_default_focus(app.pushed(ScreenView("wall-expected", focus="field"))), ()


def _seat(app: AppState, seat: str) -> SeatInfo | None:
    return next((one for one in app.class_view.seats if one.id == seat), None) if app.class_view is not None else None


def _has_ballot(app: AppState, seat: str) -> bool:
    """Whether a ballot goes with the seat, or with its move to the other door."""
    found = _seat(app, seat)
    return found is not None and found.voted


def _remove(app: AppState, seat: str) -> UpdateResult:
    return with_default_focus(app.popped()), (TeacherCommand("remove", seat=seat, asked=True),)


def _readmit(app: AppState, seat: str) -> UpdateResult:
    return app.replaced(replace(app.top, focus=None)), (TeacherCommand("readmit", seat=seat),)


def _move(app: AppState, seat: str) -> UpdateResult:
    return app.replaced(replace(app.top, focus=None)), (
        TeacherCommand("move", seat=seat, asked=_has_ballot(app, seat)),
    )


def _share(app: AppState, target: str) -> UpdateResult:
    seat, _, pupils = target.partition("/")
    return app.replaced(replace(app.top, focus=None)), (TeacherCommand("share", seat=seat, number=int(pupils)),)


HANDLERS: dict[str, Handler] = {
    "expect": _expect,
    "wall-expected": _show_expected,
    "wall-seat": screen_opener("wall-seat"),
    "share-seat": _share,
    "readmit-seat": _readmit,
    **confirm_handlers("move-seat", _has_ballot, _move),
    **confirm_handlers("remove-seat", lambda app, seat: True, _remove),
}
