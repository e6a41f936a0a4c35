"""A pack's translation as a PO file, for the programs that translators use: written from the pack, and brought back
into the translation's files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.core.findings import Finding
from game.core.values import frozen
from game.story.loader import read_documents
from game.story.pack_files import translation_folder
from game.story.schema.chapter_schema import as_list
from game.story.schema.file_kinds import KINDS
from game.story.translation import (
    AUTHORS,
    NAMED,
    OWN,
    TRANSLATES,
    OverlaidFile,
    item_id,
    kind_of,
    name_in_translations,
    translates,
)
from game.story.translation import Path as TextPath
from game.yamlio.reader import Document
from game.yamlio.writer import to_yaml

if TYPE_CHECKING:
    import polib

GENERATOR = "weight-of-grain translate"
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
        where: the place of the original, as file:line:column.
    """

    key: str
    name: str
    path: TextPath
    original: str
    translation: str
    note: str
    where: str

    @property
    def needed(self) -> bool:
        """Whether the text is shown untranslated if it has no translation."""
        return self.path[-1] != OWN


@frozen
class ImportedPo:
    """What a PO file brings.

    Attributes:
        files: the changed files of the translation, by their paths, with their new texts.
        texts: how many texts are new or changed.
        stale: the keys of texts whose original has another wording now; they are left out.
        gone: the keys that the pack no longer has; they are left out.
        apart: the keys of texts that are left out, because other texts of the same list are not translated.
        missing: how many of the pack's texts stay untranslated.
    """

    files: Mapping[Path, str]
    texts: int
    stale: tuple[str, ...]
    gone: tuple[str, ...]
    apart: tuple[str, ...]
    missing: int


def export_po(folder: Path, language: str, title: str) -> tuple[str, int, int]:
    """Return the PO file of a pack's translation, the number of its texts, and how many are translated. If there is no
    translation yet, none are.

    Raises ImportError without polib.
    """
    import polib

    po = polib.POFile(wrapwidth=100)
    po.metadata = {
        "Project-Id-Version": title,
        "Language": language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Generator": GENERATOR,
    }
    pairs = list(_text_pairs(_originals(folder).values(), _overlays(folder, language)))
    for pair in pairs:
        file, line, _ = pair.where.rsplit(":", 2)
        po.append(polib.POEntry(msgctxt=pair.key, msgid=pair.original, msgstr=pair.translation, comment=pair.note,
                                occurrences=[(file, line)]))  # fmt: skip
    return str(po), sum(pair.needed for pair in pairs), sum(pair.needed and bool(pair.translation) for pair in pairs)


def read_po(text: str) -> polib.POFile:
    """Read a PO file. Raises ValueError, which says where, if it is none; ImportError without polib."""
    import polib

    try:
        return polib.pofile(f"{text}\n")  # without a line break it could be taken for a path
    except OSError as error:
        raise ValueError(str(error).replace("Syntax error in po file ", "it is no PO file: ")) from error


def import_po(folder: Path, language: str, po: Iterable[polib.POEntry]) -> ImportedPo:
    """Bring the entries of a PO file into a pack's translation, without writing it. Entries that are untranslated, or
    marked as fuzzy, are passed over."""
    given = {entry.msgctxt: entry for entry in po if entry.msgstr.strip() and not entry.fuzzy and not entry.obsolete}
    overlays = _overlays(folder, language)
    files: dict[Path, str] = {}
    changed: list[str] = []
    stale: list[str] = []
    apart: list[str] = []
    missing = 0
    for name, original in _originals(folder).items():
        own = list(_text_pairs([original], overlays))
        entries = {pair.path: given.pop(pair.key) for pair in own if pair.key in given}
        old = [pair for pair in own if pair.path in entries and entries[pair.path].msgid.strip() != pair.original]
        for pair in old:
            del entries[pair.path]
        stale += [pair.key for pair in old]
        found = {pair.path: pair.translation for pair in own}
        found |= {path: entry.msgstr.strip() for path, entry in entries.items()}
        texts = {path: text for path, text in found.items() if text}
        new = [pair for pair in own if found[pair.path] != pair.translation]
        held = texts.keys()
        if new:
            overlay = overlays.get(name)
            data = _overlay_data(original, name, texts)
            file = overlay.file if overlay else translation_folder(Path(), language).joinpath(original.file).as_posix()
            again = _text_pairs([original], {name: Document(file, data, original.source_map)})
            held = {pair.path: pair.translation for pair in again if pair.translation}.keys()
            if any(pair.path in held for pair in new):
                files[folder / file] = _first_comments(overlay.text if overlay else "") + to_yaml(data)
        changed += [pair.key for pair in new if pair.path in held]
        apart += [pair.key for pair in new if pair.path not in held]
        missing += sum(pair.needed and pair.path not in held for pair in own)
    return ImportedPo(files, len(changed), tuple(stale), tuple(sorted(given)), tuple(apart), missing)


def _text_pairs(originals: Iterable[Document], overlays: Mapping[str, Document]) -> Iterator[TextPair]:
    """Yield each text of a pack that a translation can have, with its translation. The `overlays` have the names of the
    files that they translate."""
    for original in originals:
        if (name := name_in_translations(original)) is None or name in AUTHORS:
            continue
        overlaid = OverlaidFile(original, KINDS[kind_of(original)])
        translated = overlaid.translations(overlays.get(name))
        for path, text in overlaid.texts():
            if path[0] not in AUTHORS and text.strip():
                *steps, last = _read_path(original.data, path)
                condition = steps[-1][1].get("if") if steps and isinstance(steps[-1][1], dict) else None
                note = f"Shown if: {condition}" if condition else ""
                key = f"{name}: {'.'.join(step for step, _ in (*steps, last))}"
                yield TextPair(key, name, path, text.strip(), translated.get(path, ""), note, original.where(path))
        if name in NAMED and isinstance(original.data, dict):
            for id, entry in original.data[name].items():  # validation has seen that they are mappings
                path, words = (name, id, OWN), "; ".join(as_list(entry.get(OWN, [])))
                yield TextPair(f"{name}: {id}.{OWN}", name, path, words or NO_WORDS, translated.get(path, ""),
                               "Its other words, with semicolons between them; may be empty.",
                               original.where(path[:2]))  # fmt: skip


def _read_path(data: Any, path: TextPath) -> Iterator[tuple[str, Any]]:
    """Yield each step of a path, in words, with the data there. An item of a list is called by its id."""
    for step in path:
        data = data[step]
        yield (item_id(data) or str(step + 1) if isinstance(step, int) else step), data


def _originals(folder: Path) -> dict[str, Document]:
    """Return the pack's files by the names that a translation has for them."""
    found = ((name_in_translations(each), each) for each in _documents(folder, folder))
    return {name: each for name, each in found if name is not None}


def _overlays(folder: Path, language: str) -> dict[str, Document]:
    """Return the translation's files by the names of the files that they translate."""
    found = ((translates(each), each) for each in _documents(translation_folder(folder, language), folder))
    return {name: each for name, each in found if name is not None}


def _documents(folder: Path, pack: Path) -> Iterator[Document]:
    return (each for each in read_documents(folder, pack) if not isinstance(each, Finding))


def _first_comments(text: str) -> str:
    """Return the comments and empty lines at the beginning of a file."""
    return "".join(takewhile(lambda line: not line.strip() or line.startswith("#"), text.splitlines(keepends=True)))


def _overlay_data(original: Document, name: str, texts: Mapping[TextPath, str]) -> dict[str, Any]:
    """Return the data of a file of the translation with these texts. A list whose items have no ids is left out if not
    all its texts are there."""
    texts_below = {pair.path[:end] for pair in _text_pairs([original], {}) for end in range(len(pair.path) + 1)}

    def laid(base: Any, path: TextPath) -> Any:
        """Return the translation of a part; None if nothing of it is translated."""
        if isinstance(base, str):
            return texts.get(path)
        if isinstance(base, dict):
            parts = {key: part for key, below in base.items() if (part := laid(below, (*path, key))) is not None}
            if parts and path and (id := item_id(base)):
                return {"id" if "id" in base else "line": id, **parts}
            return parts or None
        if not isinstance(base, list):
            return None
        items = [laid(item, (*path, i)) for i, item in enumerate(base)]
        if any(map(item_id, base)):
            return [item for item in items if item is not None] or None
        if all(item is None for item in items):
            return None
        if any(item is None and (*path, i) in texts_below for i, item in enumerate(items)):
            return None
        return [base[i] if item is None else item for i, item in enumerate(items)]

    data: dict[str, Any] = {TRANSLATES: name, **(laid(original.data, ()) or {})}
    for path, words in texts.items():
        if path[-1] == OWN and words != NO_WORDS:
            data.setdefault(name, {}).setdefault(path[1], {})[OWN] = [word.strip() for word in words.split(";")]
    return data
