"""Handlers of a debrief task; its state is the screen's, and is saved nowhere."""

from __future__ import annotations

from dataclasses import replace

from game.ui.state import AppState
from game.ui.transitions import Handler, UpdateResult


def _place(app: AppState, target: str) -> UpdateResult:
    """A decision is put at a place, or taken from it: it may stand at several."""
    return app.replaced(replace(app.top, placed=app.top.placed ^ {target})), ()


def _compare(app: AppState, task: str) -> UpdateResult:
    """The author's view is shown beside the reader's, or put away."""
    return app.replaced(replace(app.top, compared=app.top.compared ^ {task})), ()


HANDLERS: dict[str, Handler] = {"place": _place, "compare": _compare}
