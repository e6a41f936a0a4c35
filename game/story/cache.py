"""Cache of loaded stories as JSON (story_json.py), so that a start neither parses YAML nor imports pydantic.

The key is a hash of the pack's files and this program's version.

A file is trusted only if nobody but this user may write it or its folder, and its keyed hash (the seal) is right; the
key lies beside it. A file that is damaged, truncated or not trusted is ignored and written anew.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from game import __version__
from game.core.files import write_atomic
from game.story.model import Node, Story
from game.story.story_json import UNUSABLE, from_lines, to_lines

FORMAT = 17
KEY_LENGTH = 32  # characters of a cache key
SEAL_KEY_FILE = "seal-key"  # the file in the cache's folder with the key of all seals


def cache_key(files: Iterable[tuple[str, bytes]]) -> str:
    """The cache key of a pack's files, given as (name, content), under this version of the program."""
    hashed = hashlib.sha256(f"{__version__} {FORMAT}".encode())
    for name, content in files:
        hashed.update(f"\0{name}\0{len(content)}\0".encode(errors="surrogateescape"))
        hashed.update(content)
    return hashed.hexdigest()[:KEY_LENGTH]


def read(folder: Path, key: str, load: Callable[[], Story], language: str = "") -> Story | None:
    """Read a story from the cache.

    Args:
        folder: the cache's folder.
        key: the `cache_key` of the pack's files.
        load: loads the story from its pack: the fallback for a node whose line turns out to be invalid later; the
            file is then deleted.
        language: as for `game.story.load`.

    Returns:
        The story; None where there is none, or none that is trusted.
    """
    try:
        path = _path(folder, key, language)
        if not _only_ours_to_write(folder, folder.stat()):
            return None
        seal, _, body = _read_private(path).partition(b"\n")
        if seal != _seal(body, _read_seal_key(folder)):
            return None
        return from_lines(body, key, _Fallback(path, load).node)
    except UNUSABLE:
        return None


def write(folder: Path, key: str, story: Story, language: str = "") -> None:
    """Write a story to the cache, in place of the last one in this language. A read-only folder is no error."""
    body = to_lines(story, key)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _close_to_others(folder)
        if not _only_ours_to_write(folder, folder.stat()):
            return
        for old in folder.glob(_path(folder, "?" * KEY_LENGTH, language).name):
            old.unlink()
        seal = _seal(body.encode(), _seal_key(folder)).decode()
        write_atomic(_path(folder, key, language), f"{seal}\n{body}", private=True)


def _path(folder: Path, key: str, language: str) -> Path:
    return folder / f"{language or 'story'}-{key}.json"


def _seal(body: bytes, sealing: bytes) -> bytes:
    """A keyed hash, which detects damage to any line, also to those decoded later, and files made elsewhere."""
    return hashlib.blake2b(body, digest_size=16, key=sealing).hexdigest().encode()


def _seal_key(folder: Path) -> bytes:
    """The key of the seals in a folder, made anew where there is none to be trusted. Raises OSError."""
    import secrets  # takes 3 ms, which a start with a valid cache need not spend

    try:
        return _read_seal_key(folder)
    except (OSError, ValueError):
        (folder / SEAL_KEY_FILE).unlink(missing_ok=True)  # else the new one would keep its owner and its mode
        write_atomic(folder / SEAL_KEY_FILE, secrets.token_hex(32), private=True)
        return _read_seal_key(folder)


def _read_seal_key(folder: Path) -> bytes:
    """The key of the seals. Raises OSError, or ValueError where the file holds none."""
    sealing = bytes.fromhex(_read_private(folder / SEAL_KEY_FILE).decode("ascii"))
    if len(sealing) != 32:
        raise ValueError("this is no key of ours")
    return sealing


def _read_private(path: Path) -> bytes:
    """The content of a regular file that only this user may write; OSError on any other."""
    # Non-blocking, since opening a pipe would wait for a writer.
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(file, "rb") as stream:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode) or not _only_ours_to_write(path, found):
            raise PermissionError(13, "it is not this user's alone", str(path))
        return stream.read()


def _only_ours_to_write(path: Path, found: os.stat_result) -> bool:
    """Whether only this user may write a file or folder, by its owner and mode.

    Windows tells neither: there it must lie in the user's home, which is closed to others.
    """
    if hasattr(os, "getuid"):
        return found.st_uid == os.getuid() and not found.st_mode & 0o022
    try:
        return path.resolve().is_relative_to(Path.home().resolve())
    except RuntimeError:  # there is no home
        return False


def _close_to_others(folder: Path) -> None:
    """Remove group and other write permission from our folder: an older version, or a umask, may have set it."""
    found = folder.stat()
    if hasattr(os, "getuid") and found.st_uid == os.getuid() and found.st_mode & 0o022:
        folder.chmod(stat.S_IMODE(found.st_mode) & ~0o022)


class _Fallback:
    """Loads the story from its pack when a cached node turns out to be invalid, and deletes the cache file."""

    def __init__(self, path: Path, load: Callable[[], Story]) -> None:
        self._path, self._load = path, load
        self._story: Story | None = None

    def node(self, chapter: str, id: str) -> Node:
        if self._story is None:
            with suppress(OSError):
                self._path.unlink()
            self._story = self._load()
        return self._story.chapters[chapter].nodes[id]
