"""The languages that the system prefers, as SDL knows them."""

from __future__ import annotations

from typing import Any

from pygame import system


def sdl_languages() -> tuple[str, ...]:
    """Return the tags of the languages that the system prefers, best first, such as ("zh-CN", "fr")."""
    found: Any = system.get_pref_locales()  # its type in pygame is wrong
    return tuple("-".join(filter(None, (locale["language"], locale["country"]))) for locale in found)
