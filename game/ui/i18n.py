"""Interface texts, from gettext catalogues in a folder that is passed in."""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

from game.lang.numbers import grouped

if TYPE_CHECKING:
    from game.story.model import Story


def capital(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def languages(folder: Path) -> tuple[str, ...]:
    """Return the languages that have a catalogue below `folder`, sorted."""
    return tuple(sorted(file.parents[1].name for file in folder.glob("*/LC_MESSAGES/game.mo")))


_SENTENCE_END = re.compile(r"[.!?…。！？][”’»)\"'*]*$")
_STOP = re.compile(r"\{(\w+)\}[.。]")
_PACK_WORD = re.compile(r"\{(pack|Pack)\.(\w+)\}")


class Catalogue:
    """Looks up texts in `<folder>/<language>/LC_MESSAGES/game.mo`. If a text is missing, it returns the key.

    `words("pause.back")` gives a text; `words("below.choices", n=3)` gives its plural form with `{n}` filled in. In any
    text, `{pack.unit}` stands for the word that the story's pack has for a unit, such as "sack", and `{Pack.unit}` for
    the same at the start of a sentence. If the pack has no such word, the catalogue's own text `pack.unit` takes its
    place. A pack may replace whole texts. A text such as `{places}.` loses its full stop if a sentence fills it.
    """

    def __init__(self, folder: Path, language: str = "en") -> None:
        with (folder / language / "LC_MESSAGES" / "game.mo").open("rb") as file:
            self._catalogue = gettext.GNUTranslations(file)
        self._language = language
        self._instead: Mapping[str, str] = {}
        self._pack: Mapping[str, str] = {}
        self._texts: Mapping[str, str] = {}

    def but(self, instead: Mapping[str, str]) -> Catalogue:
        """Return a copy that replaces some keys before it looks them up. `instead` maps a key to the key that replaces
        it; the replacement "" makes the text empty."""
        other = copy(self)
        other._instead = instead
        return other

    def of_pack(self, names: Mapping[str, str], texts: Mapping[str, str]) -> Catalogue:
        """Return a copy with the words (`Story.words`) and the whole texts (`Story.texts`) of a pack."""
        other = copy(self)
        other._pack = names
        other._texts = texts
        return other

    def __call__(self, key: str, **fill: object) -> str:
        key = self._instead.get(key, key)
        if not key:
            return ""
        n, text = fill.get("n"), self._texts.get(key)
        if text is None:
            text = self._catalogue.ngettext(key, key, n) if isinstance(n, int) else self._catalogue.gettext(key)
            if "ack." in text:
                text = _PACK_WORD.sub(lambda found: self._named(found, bool(fill)), text)
        return self._filled(text, fill) if fill else text

    def number(self, number: float) -> str:
        """Return a number as this language writes it. In a text `{n:,}` does the same."""
        return grouped(number, self._language)

    def _filled(self, text: str, fill: Mapping[str, object]) -> str:
        """Return a text with its placeholders filled in. A full stop behind a filled-in sentence is left out."""
        if "}." in text or "}。" in text:
            text = _STOP.sub(
                lambda found: found[0][:-1] if _SENTENCE_END.search(str(fill.get(found[1], ""))) else found[0], text
            )
        for key, number in fill.items():
            if isinstance(number, int):
                text = text.replace(f"{{{key}:,}}", self.number(number))
        return text.format(**fill)

    def _named(self, found: re.Match[str], is_template: bool) -> str:
        """Return the pack's word for the placeholder `found`, or the catalogue's own word. `is_template`: the text will
        be filled with `format`, so braces in the word are doubled."""
        start, name = found.groups()
        word = self._pack.get(name) or self._catalogue.gettext(f"pack.{name}")
        word = capital(word) if start == "Pack" else word
        return word.replace("{", "{{").replace("}", "}}") if is_template else word

    def joined(self, *parts: str | None) -> str:
        """Join parts of a line, such as date and place, with a dot between them. Empty parts are left out."""
        return self("page.dateline.join").join(filter(None, parts))


def catalogue_for(folder: Path, story: Story, language: str | None = None) -> Catalogue:
    """Return the texts for a story, with its pack's words, in `language` (None means the story's). A language without a
    catalogue gets the English one."""
    language = language or story.language
    found = Catalogue(folder, language) if language in languages(folder) else Catalogue(folder)
    return found.of_pack(story.words, story.texts)
