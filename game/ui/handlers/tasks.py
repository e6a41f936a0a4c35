"""Handlers of the talk's task and of its appendix; their state is the screen's, and is saved nowhere."""

from __future__ import annotations

from dataclasses import replace

from game.ui.state import AppState
from game.ui.transitions import Handler, UpdateResult, screen_opener


def _place(app: AppState, target: str) -> UpdateResult:
    """A decision is put at a place, or taken from it: it may stand at several."""
    return app.replaced(replace(app.top, placed=app.top.placed ^ {target})), ()


def _compare(app: AppState, task: str) -> UpdateResult:
    """The author's view is shown beside the reader's, or put away."""
    return app.replaced(replace(app.top, compared=app.top.compared ^ {task})), ()


def _filter(app: AppState, argument: str) -> UpdateResult:
    """The appendix shows the entries of another year or kind, from its top; the focus stays on the filter."""
    return app.replaced(replace(app.top, argument=argument, scroll=0)), ()


HANDLERS: dict[str, Handler] = {
    "place": _place,
    "compare": _compare,
    "appendix": screen_opener("appendix"),
    "filter": _filter,
}
