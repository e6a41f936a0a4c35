"""Handlers of past pages: look at them, return to one, and take up the playthrough that was replaced."""

from __future__ import annotations

from dataclasses import replace

from game.ui.render import render_top
from game.ui.state import AppState, ScreenView
from game.ui.transitions import Handler, UpdateResult, confirm_handlers, replace_playthrough, with_default_focus
from game.ui.tree import find, focus_order


def _look_back(app: AppState, at: str) -> UpdateResult:
    assert app.playthrough is not None
    if not app.playthrough.past:
        return app, ()
    view = ScreenView("look-back", at or str(len(app.playthrough.past) - 1))
    if app.top.screen == "look-back":
        return with_default_focus(app.replaced(replace(view, focus=app.top.focus))), ()
    return with_default_focus(app.pushed(view)), ()


def _show_other_past_page(app: AppState, at: str) -> UpdateResult:
    # the focus stays on the same direction, so that it can be pressed again
    app, effects = _look_back(app, at)
    order = focus_order(render_top(app))
    direction = find(render_top(app), app.top.focus)
    if direction is None:
        app = app.replaced(replace(app.top, focus=next((i for i in order if i.startswith("leaf:")), None)))
    return app, effects


def _choices_lost(app: AppState, at: str) -> int:
    """How many choices were made from a past page on."""
    assert app.playthrough is not None
    return sum(later.choice_taken() is not None for later in app.playthrough.history[int(at) + 1 :])


def _return_to_past_page(app: AppState, at: str) -> UpdateResult:
    assert app.playthrough is not None
    return replace_playthrough(app, app.playthrough.history[int(at)])


def _restore_aside(app: AppState, _: str) -> UpdateResult:
    return replace_playthrough(app, app.aside) if app.aside is not None else (app, ())


HANDLERS: dict[str, Handler] = {
    "look-back": _look_back,
    "leaf": _show_other_past_page,
    **confirm_handlers("return", lambda app, at: _choices_lost(app, at) > 0, _return_to_past_page, _choices_lost),
    "take-up": _restore_aside,
}
