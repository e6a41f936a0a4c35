"""Find and read the YAML files of a pack and of its translations."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Set
from contextlib import suppress
from pathlib import Path

from game.yamlio.limits import MAX_FILE_BYTES

SUFFIXES = (".yaml", ".yml")
_MISNAMED = re.compile(r"(\.ya?ml)(\.txt)?$", re.IGNORECASE)  # with `.txt` from an editor, or in capitals
TRANSLATIONS = "translations"  # the folder in a pack that holds one folder for each translation


def yaml_files(folder: Path) -> Iterator[Path]:
    """Yield every YAML file below a folder in a fixed order, without hidden files and translations."""
    return (path for path in _paths(folder, {TRANSLATIONS}) if path.name.endswith(SUFFIXES) and path.is_file())


def misnamed_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file with a wrong name, also in translations, and its right name. Empty files are left out."""
    for path in _paths(folder, frozenset()):
        right = _MISNAMED.sub(lambda found: found[1].lower(), path.name)
        if right != path.name and path.is_file() and path.stat().st_size:
            yield path, right


def _paths(folder: Path, without: Set[str]) -> list[Path]:
    """Return the files below a folder, sorted, without hidden ones and those below the top-level folders `without`."""
    found = []
    for below, folders, names in os.walk(folder):
        own = without if Path(below) == folder else frozenset()
        folders[:] = [name for name in folders if not name.startswith(".") and name not in own]
        found += [Path(below, name) for name in names if not name.startswith(".")]
    return sorted(found)


def languages(folder: Path) -> tuple[str, ...]:
    """Return the language tags of a pack's translations, sorted."""
    within = folder / TRANSLATIONS
    found = within.iterdir() if within.is_dir() else ()
    return tuple(sorted(path.name for path in found if path.is_dir() and not path.name.startswith(".")))


def translation_folder(folder: Path, language: str) -> Path:
    """Return the folder of a pack's translation into a language."""
    return folder / TRANSLATIONS / language


def read_pack_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each readable YAML file. If the folder does not exist, yield nothing."""
    for path in yaml_files(folder) if folder.is_dir() else ():
        with suppress(OSError), path.open("rb") as stream:
            yield path.relative_to(folder).as_posix(), stream.read(MAX_FILE_BYTES + 1)
