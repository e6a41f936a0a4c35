"""The save slots: kept in, gone on from, and emptied."""

from __future__ import annotations

from game.ui.effects import DeleteSlot, ListSlots, LoadSlot, StoreSlot
from game.ui.state import AppState
from game.ui.transitions import Handler, Outcome, confirm_handlers, is_unfinished, screen_opener


def _taken(app: AppState, slot: str) -> bool:
    return slot in {str(kept.name) for kept in app.slots}


def _store(app: AppState, slot: str) -> Outcome:
    assert app.playthrough is not None
    return app, (StoreSlot(int(slot), app.playthrough), ListSlots())


def _delete(app: AppState, slot: str) -> Outcome:
    return app, (DeleteSlot(int(slot)), ListSlots())


def _fetch(app: AppState, slot: str) -> Outcome:
    return app, (LoadSlot(int(slot)),)


HANDLERS: dict[str, Handler] = {
    **confirm_handlers("store", _taken, _store),
    **confirm_handlers("fetch", is_unfinished, _fetch),
    **confirm_handlers("delete", _taken, _delete),
    "slots-store": screen_opener("slots-store", ListSlots()),
    "slots-fetch": screen_opener("slots-fetch", ListSlots()),
}
