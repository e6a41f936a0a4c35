"""The save slots: kept in, gone on from, and emptied."""

from __future__ import annotations

from game.ui import intents as it
from game.ui.app import App
from game.ui.steps import Handler, Outcome, asking, opening, unfinished


def _taken(app: App, slot: str) -> bool:
    return slot in {str(kept.name) for kept in app.slots}


def _store(app: App, slot: str) -> Outcome:
    return app, (it.StoreSlot(int(slot), app.playthrough), it.ListSlots())


def _delete(app: App, slot: str) -> Outcome:
    return app, (it.DeleteSlot(int(slot)), it.ListSlots())


def _fetch(app: App, slot: str) -> Outcome:
    return app, (it.FetchSlot(int(slot)),)


HANDLERS: dict[str, Handler] = {
    **asking("store", _taken, _store),
    **asking("fetch", unfinished, _fetch),
    **asking("delete", _taken, _delete),
    "slots-store": opening("slots-store", it.ListSlots()),
    "slots-fetch": opening("slots-fetch", it.ListSlots()),
}
