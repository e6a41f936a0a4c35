"""Find and read the YAML files of a pack and of its translations."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from game.yamlio.limits import MAX_FILE_BYTES

SUFFIXES = (".yaml", ".yml")
TRANSLATIONS = "translations"  # the folder in a pack that holds one folder for each translation


def yaml_files(folder: Path) -> Iterator[Path]:
    """Yield every YAML file below a folder in a fixed order, without hidden files and translations."""
    found = []
    for below, folders, names in os.walk(folder):
        own = {TRANSLATIONS} if Path(below) == folder else set()
        folders[:] = [name for name in folders if not name.startswith(".") and name not in own]
        found += [Path(below, name) for name in names if name.endswith(SUFFIXES) and not name.startswith(".")]
    return (path for path in sorted(found) if path.is_file())


def languages(folder: Path) -> tuple[str, ...]:
    """Return the language tags of a pack's translations, sorted."""
    within = folder / TRANSLATIONS
    found = within.iterdir() if within.is_dir() else ()
    return tuple(sorted(path.name for path in found if path.is_dir() and not path.name.startswith(".")))


def translation_folder(folder: Path, language: str) -> Path:
    """Return the folder of a pack's translation into a language."""
    return folder / TRANSLATIONS / language


def read_pack_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each readable file; none if the folder does not exist."""
    for path in yaml_files(folder) if folder.is_dir() else ():
        try:
            with path.open("rb") as stream:
                yield path.relative_to(folder).as_posix(), stream.read(MAX_FILE_BYTES + 1)
        except OSError:
            continue
