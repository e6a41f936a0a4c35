"""Handlers of the export of a journal or a card: start, progress, end, failure."""

from __future__ import annotations

from dataclasses import replace

from game.ui import intents
from game.ui.effects import DocumentKind, WriteJournal
from game.ui.state import AppState, Journal
from game.ui.transitions import Handler, UpdateResult, open_screen, with_default_focus


def handle_journal(
    app: AppState, intent: intents.JournalProgress | intents.JournalWritten | intents.JournalFailed
) -> AppState:
    """The state after an event of the export; at its end a card says where the file is."""
    match intent:
        case intents.JournalProgress(done, of):
            return replace(app, journal=Journal(done, of, document=app.journal.document))
        case intents.JournalWritten(file, size):
            app = replace(app, journal=replace(app.journal, file=file, size=size))
        case intents.JournalFailed(why):
            app = replace(app.without("journal"), journal=Journal())
            return open_screen(app, "message", app.words("journal.failed", why=why))
    waited = any(view.screen == "journal" for view in app.views)
    return with_default_focus(app) if waited else open_screen(app, "journal")


def _write(document: DocumentKind) -> Handler:
    """One at a time: asked for while one is being made, that one is shown."""

    def handler(app: AppState, _: str) -> UpdateResult:
        p = app.playthrough
        assert p is not None
        if app.journal.under_way:
            return open_screen(app, "journal"), ()
        app = replace(app, journal=Journal(0, 1, document=document))
        return open_screen(app, "journal"), (WriteJournal(p, document),)

    return handler


HANDLERS: dict[str, Handler] = {"journal": _write("journal"), "keepsake": _write("card")}
