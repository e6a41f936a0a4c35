"""What a reader may change, as a value, and as JSON that survives damage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

VALUES: Mapping[str, tuple[Any, ...]] = {
    "text_scale": (100, 125, 150, 175, 200),     # per cent
    "font": ("serif", "sans"),
    "spacing": ("normal", "wide", "wider"),
    "theme": ("paper", "night", "contrast"),
    "motion": ("full", "reduced"),
    "volume": (0, 25, 50, 75, 100),              # per cent
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """One value of `VALUES` for each field."""

    text_scale: int = 100
    font: str = "serif"
    spacing: str = "normal"
    theme: str = "paper"
    motion: str = "full"
    volume: int = 75


DEFAULT = Settings()


def changed(settings: Settings, name: str, value: Any) -> Settings:
    """The settings with one value set; ValueError where there is no such value."""
    for known in VALUES[name]:
        if value in (known, str(known)):
            return replace(settings, **{name: known})
    raise ValueError(f"{name} has no value {value!r}")


def stepped(settings: Settings, name: str, by: int, *, around: bool = False) -> Settings:
    """The settings with one value moved along its row; at an end it stays, or goes `around`."""
    row = VALUES[name]
    place = row.index(getattr(settings, name)) + by
    place = place % len(row) if around else max(0, min(len(row) - 1, place))
    return replace(settings, **{name: row[place]})


def to_json(settings: Settings) -> dict[str, Any]:
    return {field.name: getattr(settings, field.name) for field in fields(settings)}


def from_json(data: Any) -> Settings:
    """The settings that `data` holds; whatever is missing, unknown or damaged keeps its default."""
    settings = DEFAULT
    if not isinstance(data, Mapping):
        return settings
    for name, row in VALUES.items():
        value: Any = data.get(name)
        # bool is an int, and a list cannot be looked up
        if isinstance(value, int | str) and not isinstance(value, bool) and value in row:
            settings = changed(settings, name, value)
    return settings
