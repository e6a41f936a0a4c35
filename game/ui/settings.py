"""The reader's settings, as a value and as JSON. From a damaged file, the undamaged settings are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from game.core.stores import Store, parse_stored_json
from game.core.values import frozen

Values = Mapping[str, tuple[Any, ...]]  # the values that each setting can have, all int or all str

VALUES: Values = {
    "text_scale": (85, 100, 120, 150, 175, 200),  # per cent
    "font": ("serif", "sans"),
    "spacing": ("normal", "wide", "wider"),
    "targets": ("usual", "large"),               # the size of buttons
    "theme": ("paper", "night", "contrast"),
    "motion": ("full", "reduced"),
    "volume": (0, 25, 50, 75, 100),              # per cent; of all sounds
    "ambience": (0, 25, 50, 75, 100),            # per cent of the volume
    "effects": (0, 25, 50, 75, 100),
    "voice": ("off", "on"),
    "voice_speed": ("slow", "normal", "fast", "faster"),
    "voice_shown": ("off", "on"),
}  # fmt: skip

KIOSK_TEXT_SCALE, WALL_TEXT_SCALE = 120, 140  # per cent: where a kiosk and a class's wall begin
# What a kiosk and a class's wall have in place of rows of VALUES.
KIOSK_VALUES: Values = {"text_scale": tuple(each for each in VALUES["text_scale"] if each >= KIOSK_TEXT_SCALE)}
WALL_VALUES: Values = {**VALUES, "text_scale": (85, 100, 120, WALL_TEXT_SCALE, 175, 200)}

VERSION = 2  # of the stored form; version 1 had no number, and its text scale was of 36 pixels at 1080p, not of 30
OLD_TO_NEW_SIZE = 36 / 30
OLD_DEFAULTS: Mapping[int, int] = {100: 100, WALL_TEXT_SCALE: 125}  # for a default text scale, what it was in version 1

# The settings of each section, in order. `voice_name` is shown only if the system has voices.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "reading": ("language", "text_scale", "font", "spacing"),
    "picture": ("theme", "motion", "targets"),
    "sound": ("volume", "ambience", "effects"),
    "voice": ("voice", "voice_speed", "voice_name", "voice_shown"),
}
LONGEST_NAME = 200  # the most characters of a voice's name or of a language's tag


@frozen
class Settings:
    """The reader's settings. Each field has one of its `VALUES`, except `voice_name`, `language` and `controls_shown`.

    Attributes:
        targets: the size of buttons.
        ambience, effects: the volumes of a place's sounds and of all other sounds, in per cent of `volume`.
        voice_name: one of the system's voices, or "" for the system's choice.
        voice_shown: whether a caption shows what the voice says.
        language: the tag of the language to read, or "" for the story's own.
        controls_shown: whether the reader has seen the controls explained, which happens once.
    """

    text_scale: int = 100
    font: str = "serif"
    spacing: str = "normal"
    targets: str = "usual"
    theme: str = "paper"
    motion: str = "full"
    volume: int = 75
    ambience: int = 100
    effects: int = 100
    voice: str = "off"
    voice_speed: str = "normal"
    voice_name: str = ""
    voice_shown: str = "off"
    language: str = ""
    controls_shown: bool = False

    @property
    def speaks(self) -> bool:
        """Whether self-voicing is on."""
        return self.voice == "on"


DEFAULT = Settings()


def changed(settings: Settings, name: str, value: int | str, values: Values = VALUES) -> Settings:
    """Return the settings with one value set. Raises ValueError if `values` has no such value."""
    for known in values[name]:
        if value in (known, str(known)):
            return replace(settings, **{name: known})
    raise ValueError(f"{name} has no value {value!r}")


def stepped(settings: Settings, name: str, by: int, values: Values = VALUES, *, around: bool = False) -> Settings:
    """Return the settings with one value moved by `by` places along `values[name]`. At the end of the row it stays, or
    with `around` goes on at the other end."""
    row = values[name]
    present = getattr(settings, name)
    place = (row.index(present) if present in row else 0) + by  # a value can be gone, such as a voice of the system
    place = place % len(row) if around else max(0, min(len(row) - 1, place))
    return replace(settings, **{name: row[place]})


def to_json(settings: Settings) -> dict[str, int | str]:
    """Return the settings as a JSON object: its version, and a key for each field."""
    return {"version": VERSION} | {field.name: getattr(settings, field.name) for field in fields(settings)}


def from_json(data: object, first: Settings = DEFAULT, values: Values = VALUES) -> Settings:
    """Return the settings in parsed JSON of any version. `first` supplies missing, unknown or damaged settings."""
    if not isinstance(data, Mapping):
        return first
    data = _migrated(data, first, values)
    settings = replace(first, controls_shown=data.get("controls_shown") is True)
    for name, row in values.items():
        value = data.get(name)
        # Test the type first: a bool is an int, too, and a list cannot be looked up.
        if isinstance(value, int | str) and not isinstance(value, bool) and value in row:
            settings = changed(settings, name, value, values)
    names = [name for name in ("voice_name", "language") if isinstance(data.get(name), str)]
    return replace(settings, **{name: data[name] for name in names if len(data[name]) <= LONGEST_NAME})


def _migrated(data: Mapping[Any, Any], first: Settings, values: Values) -> Mapping[Any, Any]:
    """Return the data in the form of this version. The old default text scale becomes the new default. Any other text
    scale becomes the allowed one that is nearest in pixels."""
    old = data.get("text_scale")
    if data.get("version") == VERSION or not isinstance(old, int) or isinstance(old, bool):
        return data
    nearest = min(values["text_scale"], key=lambda new: abs(new - old * OLD_TO_NEW_SIZE))
    return {**data, "text_scale": first.text_scale if old == OLD_DEFAULTS.get(first.text_scale) else nearest}


FILE = "settings.json"  # the name of a reader's file; a class's wall has another one
LARGEST = 100_000  # bytes of a file that is read


class SettingsFile:
    """Reads and writes the settings as a JSON file in a store. `first` are the settings before there is a file,
    `values` the allowed values of each setting."""

    def __init__(self, store: Store, name: str = FILE, first: Settings = DEFAULT, values: Values = VALUES) -> None:
        self._store, self._name, self._first, self._values = store, name, first, values

    def read(self) -> Settings:
        """Return the settings. A setting that cannot be read has its first value."""
        try:
            return from_json(parse_stored_json(self._store.read(self._name, LARGEST)), self._first, self._values)
        except (OSError, ValueError):
            return self._first

    def write(self, settings: Settings) -> None:
        """Write the settings. Raises OSError if the store cannot be written; the earlier file then stays."""
        self._store.write(self._name, json.dumps(to_json(settings), indent=1))
