"""Record of a translation: which originals its texts were made from, so that a changed original is noticed.

The record is a file beside the translation's files. Each line has the name of a file, and for each of its texts the
beginning of a hash of the original text at the time of the translation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Set
from pathlib import Path

from game.core.files import write_atomic
from game.story.pack_files import translation_folder
from game.story.text_pairs import TextPair

FILE = "translated-from.txt"
LENGTH = 6  # hexadecimal digits of a hash: a file has some hundred texts

Record = Mapping[str, Set[str]]  # a file's name in translations -> the hashes of the originals of its texts


def read_record(folder: Path, language: str) -> Record | None:
    """Return the record of a pack's translation; None if no file exists. Raises OSError if it cannot be read."""
    try:
        lines = (translation_folder(folder, language) / FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    return {name: frozenset(hashes) for name, *hashes in map(str.split, lines) if name != "#"}


def write_record(folder: Path, language: str, pairs: Iterable[TextPair], current: Set[str]) -> None:
    """Write the record of the translated texts, with their present originals. A text that is stale by the old record is
    left out, unless `current` has its key. Raises OSError if the record cannot be read or written."""
    before = read_record(folder, language)
    lines: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.translation and (before is None or pair.key in current or not is_stale(pair, before)):
            lines.setdefault(pair.name, []).append(_hash(pair.original))
    text = "".join(f"{name} {' '.join(hashes)}\n" for name, hashes in sorted(lines.items()))
    intro = "# Written by `weight-of-grain translate`. It notes which originals the texts here were made from.\n"
    file = translation_folder(folder, language) / FILE
    if before is None or file.read_text(encoding="utf-8") != intro + text:
        write_atomic(file, intro + text)


def is_stale(pair: TextPair, record: Record) -> bool:
    """Return whether a text's original has changed since it was translated."""
    return bool(pair.translation) and _hash(pair.original) not in record.get(pair.name, ())


def _hash(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:LENGTH]
