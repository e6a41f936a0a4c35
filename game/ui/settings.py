"""The reader's settings as a value and as JSON. Reading a damaged file keeps the settings that are intact."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from game.core.stores import Store, parse_json
from game.core.values import frozen

Values = Mapping[str, tuple[Any, ...]]  # setting -> its values, all int or all str

VALUES: Values = {
    "text_scale": (85, 100, 120, 150, 175, 200),  # per cent
    "font": ("serif", "sans"),
    "spacing": ("normal", "wide", "wider"),
    "targets": ("usual", "large"),               # the size of buttons
    "theme": ("paper", "night", "contrast"),
    "motion": ("full", "reduced"),
    "volume": (0, 25, 50, 75, 100),              # per cent, of all sound
    "ambience": (0, 25, 50, 75, 100),            # per cent of the volume
    "effects": (0, 25, 50, 75, 100),
    "voice": ("off", "on"),
    "voice_speed": ("slow", "normal", "fast", "faster"),
    "voice_shown": ("off", "on"),
}  # fmt: skip

KIOSK_TEXT_SCALE, WALL_TEXT_SCALE = 120, 140  # per cent: the first setting of a kiosk and of a class's wall
# Rows of a kiosk and of a class's wall that replace those of VALUES.
KIOSK_VALUES: Values = {"text_scale": tuple(each for each in VALUES["text_scale"] if each >= KIOSK_TEXT_SCALE)}
WALL_VALUES: Values = {**VALUES, "text_scale": (85, 100, 120, WALL_TEXT_SCALE, 175, 200)}

VERSION = 2  # of the stored form; 1 had no number, and scaled prose of 36 pixels at 1080p, not of 30
OLD_TO_NEW_SIZE = 36 / 30
OLD_DEFAULTS: Mapping[int, int] = {100: 100, WALL_TEXT_SCALE: 125}  # a default now -> what it was in version 1

# Section -> its settings, in order. `voice_name` is shown where the system has voices.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "reading": ("language", "text_scale", "font", "spacing"),
    "picture": ("theme", "motion", "targets"),
    "sound": ("volume", "ambience", "effects"),
    "voice": ("voice", "voice_speed", "voice_name", "voice_shown"),
}
LONGEST_NAME = 200  # characters of a voice's name, or a language's tag


@frozen
class Settings:
    """One value of `VALUES` for each field, and three fields without fixed values.

    Attributes:
        voice_name: one of the system's voices, or "" for the system's choice.
        language: the tag of the language to read, or "" for the story's own.
        controls_shown: the reader has seen the controls explained, which happens once.
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
    """The settings with one value set; ValueError where `values` has no such value."""
    for known in values[name]:
        if value in (known, str(known)):
            return replace(settings, **{name: known})
    raise ValueError(f"{name} has no value {value!r}")


def stepped(settings: Settings, name: str, by: int, values: Values = VALUES, *, around: bool = False) -> Settings:
    """The settings with one value moved by `by` along `values[name]`; at the end it stays, or goes `around`."""
    row = values[name]
    present = getattr(settings, name)
    place = (row.index(present) if present in row else 0) + by  # the system may no longer have a voice
    place = place % len(row) if around else max(0, min(len(row) - 1, place))
    return replace(settings, **{name: row[place]})


def to_json(settings: Settings) -> dict[str, int | str]:
    """The settings as a JSON object: its version, and a key for each field."""
    return {"version": VERSION} | {field.name: getattr(settings, field.name) for field in fields(settings)}


def from_json(data: object, first: Settings = DEFAULT, values: Values = VALUES) -> Settings:
    """The settings in parsed JSON of any version.

    Args:
        data: the parsed JSON.
        first: the settings in place of those that are missing, unknown or damaged.
        values: the values that each setting can have.
    """
    settings = first
    if not isinstance(data, Mapping):
        return settings
    data = _migrated(data, first, values)
    for name, row in values.items():
        value = data.get(name)
        # bool is an int, and a list cannot be looked up
        if isinstance(value, int | str) and not isinstance(value, bool) and value in row:
            settings = changed(settings, name, value, values)
    voice = data.get("voice_name")
    if isinstance(voice, str) and len(voice) <= LONGEST_NAME:
        settings = replace(settings, voice_name=voice)
    settings = replace(settings, controls_shown=data.get("controls_shown") is True)
    language = data.get("language")
    if isinstance(language, str) and len(language) <= LONGEST_NAME:
        settings = replace(settings, language=language)
    return settings


def _migrated(data: Mapping[Any, Any], first: Settings, values: Values) -> Mapping[Any, Any]:
    """The data in this version: the old default text scale becomes the new one, any other nearly keeps its pixels."""
    old = data.get("text_scale")
    if data.get("version") == VERSION or not isinstance(old, int) or isinstance(old, bool):
        return data
    nearest = min(values["text_scale"], key=lambda new: abs(new - old * OLD_TO_NEW_SIZE))
    return {**data, "text_scale": first.text_scale if old == OLD_DEFAULTS.get(first.text_scale) else nearest}


FILE = "settings.json"  # a reader's; a class's wall has another one
LARGEST = 100_000  # bytes


class SettingsFile:
    """A JSON file in a store. `first` are the settings before there is a file, `values` the values of each setting."""

    def __init__(self, store: Store, name: str = FILE, first: Settings = DEFAULT, values: Values = VALUES) -> None:
        self._store, self._name, self._first, self._values = store, name, first, values

    def read(self) -> Settings:
        """The settings; the first ones in place of those that it cannot read."""
        try:
            return from_json(parse_json(self._store.read(self._name, LARGEST)), self._first, self._values)
        except (OSError, ValueError):
            return self._first

    def write(self, settings: Settings) -> None:
        """Write the settings. Raises OSError where the store takes no file; the earlier file then stays."""
        self._store.write(self._name, json.dumps(to_json(settings), indent=1))
