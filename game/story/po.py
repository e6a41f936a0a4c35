"""A pack's translation as a PO file, for translators' programs: written from the pack, and brought back into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.core.findings import Finding
from game.core.values import frozen
from game.story.loader import read_documents, read_overlays
from game.story.pack_files import translation_folder
from game.story.text_pairs import NO_WORDS, overlays_by_name, pairs_of, text_pairs
from game.story.translation import OWN, TRANSLATES, item_id, name_in_translations
from game.story.translation import Path as TextPath
from game.story.translation_record import is_stale, read_record
from game.yamlio.reader import Document
from game.yamlio.writer import to_yaml

if TYPE_CHECKING:
    import polib

GENERATOR = "weight-of-grain translate"


@frozen
class ImportedPo:
    """What a PO file brings.

    Attributes:
        files: the changed files of the translation, by their paths, with their new texts.
        texts: how many texts are new or changed.
        stale: the keys of texts whose original has another wording now; they are left out.
        current: the keys of the entries that fit the present originals.
        gone: the keys that the pack no longer has; they are left out.
        apart: the keys of texts that are left out, because other texts of the same list are not translated.
        missing: how many of the pack's texts stay untranslated.
    """

    files: Mapping[Path, str]
    texts: int
    stale: tuple[str, ...]
    current: frozenset[str]
    gone: tuple[str, ...]
    apart: tuple[str, ...]
    missing: int


def export_po(folder: Path, language: str, title: str) -> tuple[str, int, int]:
    """Return the PO file of a pack's translation, the number of its texts, and how many are translated. A text whose
    original has changed since its translation is marked as fuzzy.

    Raises ImportError without polib, or OSError if the record of the translation cannot be read.
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
    pairs = pairs_of(folder, language)
    record = read_record(folder, language)
    for pair in pairs:
        file, line, _ = pair.where.rsplit(":", 2)
        entry = polib.POEntry(msgctxt=pair.key, msgid=pair.original, msgstr=pair.translation, comment=pair.note,
                              occurrences=[(file, line)])  # fmt: skip
        if record is not None and is_stale(pair, record):
            entry.flags.append("fuzzy")
        po.append(entry)
    return str(po), sum(pair.needed for pair in pairs), sum(pair.needed and bool(pair.translation) for pair in pairs)


def read_po(text: str) -> polib.POFile:
    """Read a PO file. Raises ValueError, with the place of the error, if it is not valid; ImportError without polib."""
    import polib

    try:
        return polib.pofile(f"{text}\n")  # without a line break it could be taken for a path
    except OSError as error:
        raise ValueError(str(error).replace("Syntax error in po file ", "it is no PO file: ")) from error


def import_po(folder: Path, language: str, po: Iterable[polib.POEntry]) -> ImportedPo:
    """Put a PO file's entries into a pack's translation, without writing files. Ignore untranslated and fuzzy ones."""
    given = {entry.msgctxt: entry for entry in po if entry.msgstr.strip() and not entry.fuzzy and not entry.obsolete}
    overlays = overlays_by_name(read_overlays(folder, language))
    files: dict[Path, str] = {}
    changed: list[str] = []
    stale: list[str] = []
    apart: list[str] = []
    current: set[str] = set()
    missing = 0
    for original in read_documents(folder):
        name = name_in_translations(original)
        if name is None or isinstance(original, Finding):
            continue
        own = list(text_pairs([original], overlays))
        entries = {pair.path: given.pop(pair.key) for pair in own if pair.key in given}
        old = [pair for pair in own if pair.path in entries and entries[pair.path].msgid.strip() != pair.original]
        for pair in old:
            del entries[pair.path]
        stale += [pair.key for pair in old]
        current.update(pair.key for pair in own if pair.path in entries)
        found = {pair.path: pair.translation for pair in own}
        found |= {path: entry.msgstr.strip() for path, entry in entries.items()}
        texts = {path: text for path, text in found.items() if text}
        new = [pair for pair in own if found[pair.path] != pair.translation]
        held = texts.keys()
        if new:
            overlay = overlays.get(name)
            data = _overlay_data(original, name, texts)
            file = overlay.file if overlay else translation_folder(Path(), language).joinpath(original.file).as_posix()
            again = text_pairs([original], {name: Document(file, data, original.source_map)})
            held = {pair.path: pair.translation for pair in again if pair.translation}.keys()
            if any(pair.path in held for pair in new):
                files[folder / file] = _first_comments(overlay.text if overlay else "") + to_yaml(data)
        changed += [pair.key for pair in new if pair.path in held]
        apart += [pair.key for pair in new if pair.path not in held]
        missing += sum(pair.needed and pair.path not in held for pair in own)
    return ImportedPo(
        files, len(changed), tuple(stale), frozenset(current), tuple(sorted(given)), tuple(apart), missing
    )


def _first_comments(text: str) -> str:
    """Return the comments and empty lines at the beginning of a file."""
    return "".join(takewhile(lambda line: not line.strip() or line.startswith("#"), text.splitlines(keepends=True)))


def _overlay_data(original: Document, name: str, texts: Mapping[TextPath, str]) -> dict[str, Any]:
    """Return the data of the overlay for the file `name`. A list without ids is left out if one text is missing."""
    texts_below = {pair.path[:end] for pair in text_pairs([original], {}) for end in range(len(pair.path) + 1)}

    def laid(base: Any, path: TextPath) -> Any:
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
