"""The interface's words: one gettext catalogue, read from a folder that is passed in."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from copy import copy
from pathlib import Path


def capital(text: str) -> str:
    """A text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def languages(folder: Path) -> tuple[str, ...]:
    """Those that there is a catalogue in, in order."""
    return tuple(sorted(file.parents[1].name for file in folder.glob("*/LC_MESSAGES/game.mo")))


class Catalogue:
    """The catalogue `game.mo` of one language below `folder`; message keys stand for missing words.

    `words("pause.back")` gives words; `words("below.choices", n=3)` their plural form with `{n}` filled in.
    """

    def __init__(self, folder: Path, language: str = "en") -> None:
        with (folder / language / "LC_MESSAGES" / "game.mo").open("rb") as file:
            self._catalogue = gettext.GNUTranslations(file)
        self._instead: Mapping[str, str] = {}

    def but(self, instead: Mapping[str, str]) -> Catalogue:
        """The same words, with those of another key, or none where that is empty, in the place of some."""
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


def catalogue_for(folder: Path, language: str) -> Catalogue:
    """The words of a language, or English ones where there are none."""
    return Catalogue(folder, language) if language in languages(folder) else Catalogue(folder)
