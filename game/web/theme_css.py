"""The style sheet of a site's colours, made of the window's themes."""

from __future__ import annotations

from dataclasses import fields

from game.ui.theme import THEMES, Theme


def theme_css() -> str:
    """Custom properties by the names of the themes' colours, under `data-theme`."""
    return "\n".join(f':root[data-theme="{name}"] {{ {_properties(theme)} }}' for name, theme in THEMES.items()) + "\n"


def _properties(theme: Theme) -> str:
    colours = {field.name: getattr(theme, field.name) for field in fields(theme)}
    said = [f"--{name}: #{bytes(colour).hex()};" for name, colour in colours.items() if isinstance(colour, tuple)]
    light = theme.sheet[0] > 127
    return " ".join([*said, f"color-scheme: {'light' if light else 'dark'};"])
