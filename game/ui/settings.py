"""The reader's settings as a value, and as JSON; a damaged file keeps what can be read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from game.core.values import frozen

Values = Mapping[str, tuple[Any, ...]]  # the values of a setting are all int, or all str

VALUES: Values = {
    "text_scale": (100, 125, 150, 175, 200),     # per cent
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

# Section -> its settings, in order. `voice_name` is shown where the system has voices.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "reading": ("text_scale", "font", "spacing", "targets"),
    "picture": ("theme", "motion"),
    "sound": ("volume", "ambience", "effects"),
    "voice": ("voice", "voice_speed", "voice_name", "voice_shown"),
}
LONGEST_NAME = 200  # characters of a voice's name


@frozen
class Settings:
    """One value of `VALUES` for each field; `voice_name` is one of the system's voices, or "" for its own choice."""

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
    """The settings with one value moved by `by` along `values[name]`; at an end it stays, or goes `around`."""
    row = values[name]
    present = getattr(settings, name)
    place = (row.index(present) if present in row else 0) + by  # a voice may have been taken off the system
    place = place % len(row) if around else max(0, min(len(row) - 1, place))
    return replace(settings, **{name: row[place]})


def to_json(settings: Settings) -> dict[str, int | str]:
    """The settings as a JSON object, a key for each field."""
    return {field.name: getattr(settings, field.name) for field in fields(settings)}


def from_json(data: object) -> Settings:
    """The settings in parsed JSON; whatever is missing, unknown or damaged keeps its default."""
    settings = DEFAULT
    if not isinstance(data, Mapping):
        return settings
    for name, row in VALUES.items():
        value = data.get(name)
        # bool is an int, and a list cannot be looked up
        if isinstance(value, int | str) and not isinstance(value, bool) and value in row:
            settings = changed(settings, name, value)
    voice = data.get("voice_name")
    if isinstance(voice, str) and len(voice) <= LONGEST_NAME:
        settings = replace(settings, voice_name=voice)
    return settings
