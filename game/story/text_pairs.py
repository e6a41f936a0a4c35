"""Text pairs: each text of a pack that a reader sees, with its translation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from game.core.findings import Finding
from game.core.values import frozen
from game.story.loader import read_documents, read_overlays
from game.story.schema.chapter_schema import as_list
from game.story.schema.file_kinds import KINDS
from game.story.translation import AUTHORS, NAMED, OWN, OverlaidFile, item_id, kind_of, name_in_translations, translates
from game.story.translation import Path as TextPath
from game.yamlio.reader import Document

NO_WORDS = "–"  # stands for no other words of a term or person


@frozen
class TextPair:
    """A text of the original for readers, and its translation.

    Attributes:
        key: the place as a person can read it, such as `v-loudspeaker: nodes.hall.choices.tread.say`.
        name: the file, by the name that a translation has for it.
        path: the place in the file's data.
        original, translation: the texts, "" if it is not translated. A list of paragraphs is joined by blank lines.
        note: what a translator should know of it; "" if there is nothing.
        where, translated_at: the places of both, as file:line:column; "" without a translation.
    """

    key: str
    name: str
    path: TextPath
    original: str
    translation: str
    note: str
    where: str
    translated_at: str

    @property
    def needed(self) -> bool:
        """Whether a complete translation has this text. It may lack other words for a term or person."""
        return self.path[-1] != OWN


def text_pairs(originals: Iterable[Document | Finding], overlays: Mapping[str, Document]) -> Iterator[TextPair]:
    """Yield each text of a pack that a translation can have, with its translation (see `overlays_by_name`)."""
    for original in originals:
        name = name_in_translations(original)
        if isinstance(original, Document) and name is not None and name not in AUTHORS:
            yield from _pairs_of_file(name, original, overlays.get(name))


def _pairs_of_file(name: str, original: Document, overlay: Document | None) -> Iterator[TextPair]:
    overlaid = OverlaidFile(original, KINDS[kind_of(original)])
    translated = overlaid.translations(overlay)

    def pair(key: str, path: TextPath, text: str, note: str, where: str) -> TextPair:
        translation, whence = translated.get(path, ("", ()))
        at = overlay.where(whence) if overlay is not None and translation else ""
        return TextPair(f"{name}: {key}", name, path, text, translation, note, where, at)

    for path, text in overlaid.texts():
        if path[0] not in AUTHORS and text.strip():
            *steps, last = _read_path(original.data, path)
            condition = steps[-1][1].get("if") if steps and isinstance(steps[-1][1], dict) else None
            note = f"Shown if: {condition}" if condition else ""
            yield pair(".".join(step for step, _ in (*steps, last)), path, text.strip(), note, original.where(path))
    if name in NAMED and isinstance(original.data, dict):
        for id, entry in original.data[name].items():  # validation has seen that they are mappings
            words = "; ".join(as_list(entry.get(OWN, []))) or NO_WORDS
            note = "Its other words, with semicolons between them; may be empty."
            yield pair(f"{id}.{OWN}", (name, id, OWN), words, note, original.where((name, id)))


def pairs_of(folder: Path, language: str) -> list[TextPair]:
    """Return the pairs of a pack and its translation, from their files."""
    return list(text_pairs(read_documents(folder), overlays_by_name(read_overlays(folder, language))))


def _read_path(data: Any, path: TextPath) -> Iterator[tuple[str, Any]]:
    """Yield each step of a path in words, with the data there. An item of a list is called by its id or number."""
    for step in path:
        data = data[step]
        yield (item_id(data) or str(step + 1) if isinstance(step, int) else step), data


def overlays_by_name(documents: Iterable[Document | Finding]) -> dict[str, Document]:
    """Return a translation's files by the names of the files that they translate. Leave out files without a name."""
    found = ((translates(each), each) for each in documents)
    return {name: each for name, each in found if name is not None and isinstance(each, Document)}
