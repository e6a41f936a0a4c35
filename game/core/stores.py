"""Stores of named files that are read and written whole: in a folder, or in memory for a browser and for tests.

A browser keeps files in its IndexedDB, which answers asynchronously. So the site fills a `MemoryStore` at the start.
The store reports each change, and the site writes it in the background.
"""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any, Protocol

from game.core.files import read_bytes, remove_temporary_files, write_atomic

LITTER_AGE = 60.0  # seconds: an older temporary file counts as left by a killed process


class Store(Protocol):
    """Files by name, without folders (`current.json`). A write, rename or deletion that fails raises OSError."""

    @property
    def place(self) -> str:
        """Where the files are, for a message."""

    def exists(self, name: str) -> bool:
        """Return whether a file, folder or anything else has this name. False if it is a link that leads nowhere."""

    def names(self) -> Collection[str]:
        """Return the names of everything in the store."""

    def is_file(self, name: str) -> bool:
        """Return whether a file of this name exists."""

    def is_obstructed(self, name: str) -> bool:
        """Return whether something that may not be overwritten, neither file nor folder, has this name."""

    def read(self, name: str, most: int) -> bytes:
        """Return a file's content. Raises OSError if it cannot be read, ValueError if it has over `most` bytes."""

    def write(self, name: str, content: str, backup: bool = False) -> None:
        """Write a file atomically. With `backup`, keep the old file with the suffix `.bak`."""

    def rename(self, name: str, new: str) -> None:
        """Rename a file. The new name must be free."""

    def delete(self, name: str) -> None:
        """Remove a file if it exists."""

    def remove_litter(self, written: str, stems: Iterable[str]) -> None:
        """Remove the temporary files that an interrupted write of a file with one of these stems left. Keep a file
        unless it is more than LITTER_AGE seconds older than the file named `written`."""


class FolderStore:
    """A store in a folder of the disk. The first write makes the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.place = folder, str(folder)

    def exists(self, name: str) -> bool:
        return (self.folder / name).exists()

    def names(self) -> Collection[str]:
        return [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []

    def is_file(self, name: str) -> bool:
        return (self.folder / name).is_file()

    def is_obstructed(self, name: str) -> bool:
        path = self.folder / name
        return (path.is_symlink() or path.exists()) and not path.is_file() and not path.is_dir()

    def read(self, name: str, most: int) -> bytes:
        return read_bytes(self.folder / name, most)

    def write(self, name: str, content: str, backup: bool = False) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomic(self.folder / name, content, backup)

    def rename(self, name: str, new: str) -> None:
        (self.folder / name).rename(self.folder / new)

    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def remove_litter(self, written: str, stems: Iterable[str]) -> None:
        remove_temporary_files(self.folder, stems, (self.folder / written).stat().st_mtime - LITTER_AGE)


class MemoryStore:
    """A store in memory.

    `changed` is called at each change with the file's name and content (None if the file was removed). If the call
    raises OSError, the store undoes the change and raises the error.
    """

    def __init__(
        self,
        files: Mapping[str, bytes] | None = None,
        changed: Callable[[str, bytes | None], None] = lambda name, content: None,
        place: str = "memory",
    ) -> None:
        self._files = dict(files or {})
        self._changed = changed
        self.place = place

    @property
    def files(self) -> Mapping[str, bytes]:
        """A copy of all files: content by name."""
        return dict(self._files)

    def exists(self, name: str) -> bool:
        return name in self._files

    def names(self) -> Collection[str]:
        return self._files.keys()

    is_file = exists

    def is_obstructed(self, name: str) -> bool:
        return False

    def read(self, name: str, most: int) -> bytes:
        if name not in self._files:
            raise FileNotFoundError(errno.ENOENT, "it is not there", name)
        content = self._files[name]
        if len(content) > most:
            raise ValueError(f"larger than {most} bytes")
        return content

    def write(self, name: str, content: str, backup: bool = False) -> None:
        if backup and name in self._files:
            self._put(PurePath(name).with_suffix(".bak").name, self._files[name])
        self._put(name, content.encode())

    def rename(self, name: str, new: str) -> None:
        if name not in self._files:
            raise FileNotFoundError(errno.ENOENT, "it is not there", name)
        self._put(new, self._files[name])
        self._put(name, None)

    def delete(self, name: str) -> None:
        if name in self._files:
            self._put(name, None)

    def remove_litter(self, written: str, stems: Iterable[str]) -> None:
        """Do nothing: a write in memory leaves no litter."""

    def replaced(self, name: str, content: bytes | None) -> None:
        """Put what another process wrote (None: it removed the file) into the store, without calling `changed`."""
        if content is None:
            self._files.pop(name, None)
        else:
            self._files[name] = content

    def _put(self, name: str, content: bytes | None) -> None:
        before = self._files.get(name)
        self.replaced(name, content)
        try:
            self._changed(name, content)
        except OSError:
            self.replaced(name, before)
            raise


DEEPEST = 100  # a save has 8 levels; 5,000 overflow the stack of a browser's Python, which ends it
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]')  # matches a bracket, or a string, whose brackets do not count


def parse_stored_json(content: str | bytes) -> Any:
    """Parse a file's JSON text. Raises ValueError if it is not JSON, or is nested more than `DEEPEST` levels."""
    text = content if isinstance(content, str) else content.decode()
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > DEEPEST:
            raise ValueError(f"nested more than {DEEPEST} levels")
    return json.loads(text)
