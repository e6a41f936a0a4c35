"""Handlers of the save slots, and of exports of a playthrough: as a journal (all of it) or a card (one page)."""

from __future__ import annotations

from dataclasses import replace

from game.ui import intents
from game.ui.effects import (
    DeleteSlot,
    DocumentKind,
    ExportSave,
    ImportSave,
    ListSlots,
    LoadSlot,
    StoreSlot,
    WriteJournal,
)
from game.ui.state import AppState, Journal
from game.ui.transitions import (
    Handler,
    UpdateResult,
    confirm_handlers,
    has_unfinished,
    open_screen,
    screen_opener,
    with_default_focus,
)


def _is_filled(app: AppState, slot: str) -> bool:
    return slot in {str(kept.name) for kept in app.slots}


def _slot(target: str) -> int | str:
    """Return the slot in a button's target: its number, or the name of a save that was kept as a copy."""
    return int(target) if target.isdecimal() else target


def handle_journal(
    app: AppState, intent: intents.JournalProgress | intents.JournalWritten | intents.JournalFailed
) -> AppState:
    """Return the state after news of an export. At its end, a screen says where the file is, or why it failed."""
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
    """Return a handler that begins to export a document, or shows the progress of an export that is running."""

    def handler(app: AppState, _: str) -> UpdateResult:
        if app.journal.under_way:
            return open_screen(app, "journal"), ()
        app = replace(app, journal=Journal(0, 1, document=document))
        return open_screen(app, "journal"), (WriteJournal(app.current, document),)

    return handler


HANDLERS: dict[str, Handler] = {
    **confirm_handlers("store", _is_filled, lambda app, slot: (app, (StoreSlot(int(slot), app.current), ListSlots()))),
    **confirm_handlers("fetch", has_unfinished, lambda app, slot: (app, (LoadSlot(_slot(slot)),))),
    **confirm_handlers("delete", _is_filled, lambda app, slot: (app, (DeleteSlot(_slot(slot)), ListSlots()))),
    "export": lambda app, _: (app, (ExportSave(app.current),)),
    "journal": _write("journal"),
    "keepsake": _write("card"),
    "import": lambda app, _: (app, (ImportSave(),)),
    "slots-store": screen_opener("slots-store", ListSlots()),
    "slots-fetch": screen_opener("slots-fetch", ListSlots()),
}
