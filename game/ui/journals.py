"""A journal asked for: how far it is, where it went, or why there is none."""

from __future__ import annotations

from dataclasses import replace

from game.ui import intents as it
from game.ui.app import App, Journal
from game.ui.steps import Handler, Outcome, opened, settled


def heard(app: App, intent: it.JournalMade | it.JournalKept | it.JournalFailed) -> App:
    """The interface after news of a journal. Whoever went on reading meanwhile is told where it is."""
    match intent:
        case it.JournalMade(done, of):
            return replace(app, journal=Journal(done, of))
        case it.JournalKept(file, size):
            app = replace(app, journal=replace(app.journal, file=file, size=size))
        case it.JournalFailed(why):
            app = replace(app.without("journal"), journal=Journal())
            return opened(app, "message", app.words("journal.failed", why=why))
    waited = any(view.screen == "journal" for view in app.views)
    return settled(app) if waited else opened(app, "journal")


def _keep(app: App, _: str) -> Outcome:
    """One at a time: asked for again while one is being made, that one is shown."""
    if app.journal.under_way:
        return opened(app, "journal"), ()
    app = replace(app, journal=Journal(0, 1))
    return opened(app, "journal"), (it.KeepJournal(app.playthrough),)


HANDLERS: dict[str, Handler] = {"journal": _keep}
