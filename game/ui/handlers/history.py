"""Handlers of past pages, of the appendix, and of tasks (the reader assigns decisions to places, such as a county)."""

from __future__ import annotations

from dataclasses import replace

from game.ui.components.placing_trees import placed_after
from game.ui.screens.registry import render_top
from game.ui.state import AppState, ScreenView
from game.ui.transitions import (
    Handler,
    UpdateResult,
    confirm_handlers,
    replace_playthrough,
    screen_opener,
    with_default_focus,
)
from game.ui.tree import find


def _look_back(app: AppState, at: str) -> UpdateResult:
    if not app.current.past:
        return app, ()
    number = int(at) if at else len(app.current.past) - 1
    view = ScreenView("look-back", str(number), focus=f"leaf:{number - 1}" if number else "close")
    return with_default_focus(app.replaced(view) if app.top.screen == "look-back" else app.pushed(view)), ()


def _show_other_past_page(app: AppState, at: str) -> UpdateResult:
    """Show past page `at`, from 0. Focus the button that goes one page further in the direction of this step. If there
    is none, focus the button that goes to the present page."""
    before = int(app.top.argument)
    app, effects = _look_back(app, at)
    if int(at) > before:
        later = f"leaf:{int(at) + 1}"
        app = app.replaced(replace(app.top, focus=later if find(render_top(app), later) is not None else "close"))
    return app, effects


def _choices_lost(app: AppState, at: str) -> int:
    return sum(later.choice_taken() is not None for later in app.current.history[int(at) + 1 :])


def _place(app: AppState, target: str) -> UpdateResult:
    """Put a decision at a place, or take it away if it is there already. `target` is `task.decision.place`. The
    task's rule can allow a decision only one place, or a place only one decision. Then the old one is removed."""
    return app.replaced(replace(app.top, placed=placed_after(app.story, app.top.placed, target))), ()


def _filter(app: AppState, argument: str) -> UpdateResult:
    return app.replaced(replace(app.top, argument=argument, scroll=0)), ()


HANDLERS: dict[str, Handler] = {
    "look-back": _look_back,
    "leaf": _show_other_past_page,
    **confirm_handlers(
        "return",
        lambda app, at: _choices_lost(app, at) > 0,
        lambda app, at: replace_playthrough(app, app.current.history[int(at)]),
        _choices_lost,
    ),
    "take-up": lambda app, _: replace_playthrough(app, app.aside) if app.aside is not None else (app, ()),
    "place": _place,
    "compare": lambda app, task: (app.replaced(replace(app.top, compared=app.top.compared ^ {task})), ()),
    "appendix": screen_opener("appendix"),
    "desk": screen_opener("desk"),
    "filter": _filter,
}
