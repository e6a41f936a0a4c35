"""The settings file: read in whatever state it is, written atomically."""

from __future__ import annotations

import json

from game.core.stores import Store
from game.ui.settings import DEFAULT, VALUES, Settings, Values, from_json, to_json

FILE = "settings.json"  # a reader's; a class's wall has another one
LARGEST = 100_000  # bytes


class SettingsFile:
    """One JSON file of a store. `first` are the settings while there is none, `values` what each setting can be."""

    def __init__(self, store: Store, name: str = FILE, first: Settings = DEFAULT, values: Values = VALUES) -> None:
        self._store, self._name, self._first, self._values = store, name, first, values

    def read(self) -> Settings:
        """The settings; the first ones for whatever cannot be read."""
        try:
            return from_json(json.loads(self._store.read(self._name, LARGEST)), self._first, self._values)
        except (OSError, ValueError, RecursionError):
            return self._first

    def write(self, settings: Settings) -> None:
        """Raises OSError where the store takes no file; what was there before stays."""
        self._store.write(self._name, json.dumps(to_json(settings), indent=1))
