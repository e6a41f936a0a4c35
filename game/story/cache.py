"""Cache of loaded stories as JSON (story_json.py), so that a start neither parses YAML nor imports pydantic.

The key is a hash of the pack's files and of this program's version. A cached file is used only if this user alone may
write it and its checksum is right. Any other file is ignored and replaced.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from game import __version__
from game.core.files import write_atomic
from game.story.model import Node, Story
from game.story.story_json import UNUSABLE, from_lines, to_lines

FORMAT = 30
KEY_LENGTH = 32  # characters of a cache key


def cache_key(files: Iterable[tuple[str, bytes]]) -> str:
    """Return the cache key of a pack's files for this version of the program. `files` are pairs of name and content."""
    hashed = hashlib.sha256(f"{__version__} {FORMAT}".encode())
    for name, content in files:
        hashed.update(f"\0{name}\0{len(content)}\0".encode(errors="surrogateescape"))
        hashed.update(content)
    return hashed.hexdigest()[:KEY_LENGTH]


def read(folder: Path, key: str, load: Callable[[], Story], language: str = "") -> Story | None:
    """Read a story from the cache. Return None if there is no valid file for this `cache_key` and language.

    Each node is a line of the file, decoded when the node is first used. If this fails, the file is deleted, and `load`
    loads the story from its pack.
    """
    path, whole = _path(folder, key, language), cache(load)

    def fallback(chapter: str, id: str) -> Node:
        with suppress(OSError):
            path.unlink()
        return whole().chapters[chapter].nodes[id]

    try:
        # Opening a pipe or a device might never end.
        if not path.is_file() or not _only_ours_to_write(folder, path):
            return None
        checksum, _, body = path.read_bytes().partition(b"\n")
        return from_lines(body, key, fallback) if checksum == _checksum(body) else None
    except UNUSABLE:
        return None


def write(folder: Path, key: str, story: Story, language: str = "") -> None:
    """Write a story to the cache, in place of the last one in this language, if the folder can be written."""
    body = to_lines(story, key).encode()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # an older version or a umask may have left it open to others
        if not _only_ours_to_write(folder):
            return
        for old in folder.glob(_path(folder, "?" * KEY_LENGTH, language).name):
            old.unlink()
        write_atomic(_path(folder, key, language), _checksum(body) + b"\n" + body, private=True)


def _path(folder: Path, key: str, language: str) -> Path:
    return folder / f"{language or 'story'}-{key}.json"


def _checksum(body: bytes) -> bytes:
    """Return a checksum of all lines. It is needed because some lines are decoded only later."""
    return hashlib.sha256(body).hexdigest().encode()


def _only_ours_to_write(*paths: Path) -> bool:
    """Return whether only this user can write these files and folders, by their owner and mode. Windows shows neither;
    there, return whether they are in the user's home folder, which is closed to other users."""
    if hasattr(os, "getuid"):
        return all(stat.st_uid == os.getuid() and not stat.st_mode & 0o022 for stat in map(Path.stat, paths))
    try:
        return all(path.resolve().is_relative_to(Path.home().resolve()) for path in paths)
    except RuntimeError:  # no home folder
        return False
