"""What a reader does with a task of the talk after the story: it stays on the screen, and is in no playthrough."""

from __future__ import annotations

from dataclasses import replace

from game.ui.app import App
from game.ui.steps import Handler, Outcome, settled


def _place(app: App, target: str) -> Outcome:
    """A decision is put at a place, or taken from it: it may stand at several."""
    return app.replaced(replace(app.top, placed=app.top.placed ^ {target})), ()


def _compare(app: App, task: str) -> Outcome:
    """The author's view is shown beside the reader's, or put away."""
    return settled(app.replaced(replace(app.top, compared=app.top.compared ^ {task}))), ()


HANDLERS: dict[str, Handler] = {"place": _place, "compare": _compare}
