"""The settings file: read in whatever state it is, written atomically."""

from __future__ import annotations

import json
from pathlib import Path

from game.core.files import read_json, write_atomic
from game.ui.settings import DEFAULT, VALUES, Settings, Values, from_json, to_json

LARGEST = 100_000  # bytes


class SettingsFile:
    """One JSON file. `first` are the settings while there is none, `values` what each setting can be."""

    def __init__(self, path: Path, first: Settings = DEFAULT, values: Values = VALUES) -> None:
        self._path, self._first, self._values = path, first, values

    def read(self) -> Settings:
        """The settings; the first ones for whatever cannot be read."""
        try:
            return from_json(read_json(self._path, LARGEST), self._first, self._values)
        except (OSError, ValueError, RecursionError):
            return self._first

    def write(self, settings: Settings) -> None:
        """Raises OSError where the folder takes no file; what was there before stays."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(self._path, json.dumps(to_json(settings), indent=1))
