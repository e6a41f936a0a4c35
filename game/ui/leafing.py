"""Looking back: leafing through the pages read, going back to one of them, and taking up again what gave way."""

from __future__ import annotations

from dataclasses import replace

from game.ui.app import App, View, tree
from game.ui.steps import Handler, Outcome, asking, gave_way, settled
from game.ui.tree import find, focus_order


def _look_back(app: App, at: str) -> Outcome:
    assert app.playthrough is not None
    if not app.playthrough.past:
        return app, ()
    view = View("look-back", at or str(len(app.playthrough.past) - 1))
    if app.top.screen == "look-back":
        return settled(app.replaced(replace(view, focus=app.top.focus))), ()
    return settled(app.pushed(view)), ()


def _leaf(app: App, at: str) -> Outcome:
    # the focus stays with its direction: leafing on is pressing again
    app, effects = _look_back(app, at)
    order = focus_order(tree(app))
    direction = find(tree(app), app.top.focus)
    if direction is None:
        app = app.replaced(replace(app.top, focus=next((i for i in order if i.startswith("leaf:")), None)))
    return app, effects


def _lost(app: App, at: str) -> int:
    """How many choices were made from a past page on."""
    assert app.playthrough is not None
    return sum(later.choice_taken() is not None for later in app.playthrough.line[int(at) + 1 :])


def _return(app: App, at: str) -> Outcome:
    assert app.playthrough is not None
    return gave_way(app, app.playthrough.line[int(at)])


def _take_up(app: App, _: str) -> Outcome:
    return gave_way(app, app.aside) if app.aside is not None else (app, ())


HANDLERS: dict[str, Handler] = {
    "look-back": _look_back,
    "leaf": _leaf,
    **asking("return", lambda app, at: _lost(app, at) > 0, _return, _lost),
    "take-up": _take_up,
}
