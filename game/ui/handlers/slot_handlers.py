"""The save slots: kept in, gone on from, and emptied."""

from __future__ import annotations

from game.ui import intents as it
from game.ui.state import AppState
from game.ui.transitions import Handler, Outcome, confirm_handlers, is_unfinished, screen_opener


def _taken(app: AppState, slot: str) -> bool:
    return slot in {str(kept.name) for kept in app.slots}


def _store(app: AppState, slot: str) -> Outcome:
    return app, (it.StoreSlot(int(slot), app.playthrough), it.ListSlots())


def _delete(app: AppState, slot: str) -> Outcome:
    return app, (it.DeleteSlot(int(slot)), it.ListSlots())


def _fetch(app: AppState, slot: str) -> Outcome:
    return app, (it.FetchSlot(int(slot)),)


HANDLERS: dict[str, Handler] = {
    **confirm_handlers("store", _taken, _store),
    **confirm_handlers("fetch", is_unfinished, _fetch),
    **confirm_handlers("delete", _taken, _delete),
    "slots-store": screen_opener("slots-store", it.ListSlots()),
    "slots-fetch": screen_opener("slots-fetch", it.ListSlots()),
}
