"""The files of a pack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

LARGEST = 4_000_000  # bytes of one file: some thirty times a long chapter


def yaml_files(folder: Path) -> Iterator[Path]:
    """Every YAML file below a folder that is not hidden, in a fixed order."""
    for path in sorted(folder.rglob("*.y*ml")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix in (".yaml", ".yml") and path.is_file() and not hidden:
            yield path


def pack_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The name and content of each file, as far as it can be read; none of a folder that is not there."""
    for path in yaml_files(folder) if folder.is_dir() else ():
        try:
            with path.open("rb") as stream:
                yield path.relative_to(folder).as_posix(), stream.read(LARGEST + 1)
        except OSError:
            continue
