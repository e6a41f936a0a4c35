"""Interface texts, from gettext catalogues in a folder that is passed in."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from copy import copy
from pathlib import Path


def capital(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def languages(folder: Path) -> tuple[str, ...]:
    """Return the languages that have a catalogue below `folder`, sorted."""
    return tuple(sorted(file.parents[1].name for file in folder.glob("*/LC_MESSAGES/game.mo")))


class Catalogue:
    """The catalogue `<folder>/<language>/LC_MESSAGES/game.mo`. For a missing text it gives the key.

    `words("pause.back")` gives a text; `words("below.choices", n=3)` gives its plural form with `{n}` filled in.
    """

    def __init__(self, folder: Path, language: str = "en") -> None:
        with (folder / language / "LC_MESSAGES" / "game.mo").open("rb") as file:
            self._catalogue = gettext.GNUTranslations(file)
        self._instead: Mapping[str, str] = {}

    def but(self, instead: Mapping[str, str]) -> Catalogue:
        """Return a copy that looks up other keys in place of some.

        `instead` maps a key to the one that is looked up; "" gives no text.
        """
        other = copy(self)
        other._instead = instead
        return other

    def __call__(self, key: str, **fill: object) -> str:
        key = self._instead.get(key, key)
        if not key:
            return ""
        n = fill.get("n")
        text = self._catalogue.ngettext(key, key, n) if isinstance(n, int) else self._catalogue.gettext(key)
        return text.format(**fill) if fill else text

    def joined(self, *parts: str | None) -> str:
        """Join parts of a line, such as date and place, with a dot between them. Empty parts are left out."""
        return self("page.dateline.join").join(filter(None, parts))


def catalogue_for(folder: Path, language: str) -> Catalogue:
    """Return the catalogue of a language, or the English one if it has none."""
    return Catalogue(folder, language) if language in languages(folder) else Catalogue(folder)
