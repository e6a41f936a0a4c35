"""Handlers of the save slots: save, load, delete."""

from __future__ import annotations

from game.ui.effects import DeleteSlot, ExportSave, ImportSave, ListSlots, LoadSlot, StoreSlot
from game.ui.state import AppState
from game.ui.transitions import Handler, UpdateResult, confirm_handlers, has_unfinished, screen_opener


def _is_filled(app: AppState, slot: str) -> bool:
    return slot in {str(kept.name) for kept in app.slots}


def _store(app: AppState, slot: str) -> UpdateResult:
    assert app.playthrough is not None
    return app, (StoreSlot(int(slot), app.playthrough), ListSlots())


def _delete(app: AppState, slot: str) -> UpdateResult:
    return app, (DeleteSlot(int(slot)), ListSlots())


def _load(app: AppState, slot: str) -> UpdateResult:
    return app, (LoadSlot(int(slot)),)


def _export(app: AppState, _: str) -> UpdateResult:
    assert app.playthrough is not None
    return app, (ExportSave(app.playthrough),)


HANDLERS: dict[str, Handler] = {
    **confirm_handlers("store", _is_filled, _store),
    **confirm_handlers("fetch", has_unfinished, _load),
    **confirm_handlers("delete", _is_filled, _delete),
    "export": _export,
    "import": lambda app, _: (app, (ImportSave(),)),
    "slots-store": screen_opener("slots-store", ListSlots()),
    "slots-fetch": screen_opener("slots-fetch", ListSlots()),
}
