"""The languages that the reader's system prefers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from game.desktop import api as desktop

# As gettext reads them: the first that is set holds. The first one is a list.
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def system_languages(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the preferred languages, best first, as ("zh-CN", "fr"): the environment's, or else SDL's."""
    value = next(filter(None, map(environment.get, VARIABLES)), "")
    if value:
        return tuple(part.partition(".")[0].replace("_", "-") for part in value.split(":") if part)
    return desktop.sdl_languages()


def best_language(preferred: Iterable[str], offered: Iterable[str]) -> str:
    """Return the offered tag that is preferred most, or else shares its language; "" if none fits."""
    offered = list(offered)
    for tag in preferred:
        alike = [other for other in offered if _language(other) == _language(tag)]
        if alike:
            return tag if tag in alike else alike[0]
    return ""


def _language(tag: str) -> str:
    return tag.partition("-")[0].casefold()
