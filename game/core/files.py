"""Write files and folders atomically, and read files up to a limit."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from game.core.file_names import safe_join


class FileRefused(Exception):
    """Raised when a file of an author cannot be used. The message says why, in a few words."""


def author_file(folder: Path, name: str, most_bytes: int) -> Path:
    """Return the path of an author's file in `folder`. Raises FileRefused if it is elsewhere, missing or too large."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise FileRefused("it is not below the story's folder")
    if not path.is_file():
        raise FileRefused("there is no such file")
    if path.stat().st_size > most_bytes:
        raise FileRefused(f"it has more than {most_bytes // 1_000_000} MB")
    return path


def write_atomic(
    path: Path, content: str | bytes, backup: bool = False, private: bool = False, flush: bool = True
) -> None:
    """Replace a file atomically: a reader finds the old content or the new, never half of either.

    The new file keeps the owner and mode of the old as far as the system allows. Text is written as UTF-8, with the
    system's line ends.

    Args:
        backup: first copy the old file beside it with the suffix `.bak`.
        private: only this user can read a new file.
        flush: wait for the disk; without it, the file may not survive a power cut.

    Raises:
        FileExistsError: a device or a pipe has this name; it is never replaced.
        OSError: the file cannot be written; it is unchanged.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise FileExistsError(errno.EEXIST, "it is not a file, and is left as it is", str(path))
    if backup and path.is_file():
        write_atomic(path.with_suffix(".bak"), path.read_text("utf-8", "replace"))
    # `open` and not `tempfile`: the mode then follows the umask, as any other program's file does.
    new = path.with_name(f".{path.name}-{os.urandom(4).hex()}")
    try:
        with open(new, "xb", opener=_for_us if private else None) as stream:
            _as_open_as(path, new)
            stream.write(content if isinstance(content, bytes) else content.replace("\n", os.linesep).encode())
            stream.flush()
            if flush:
                os.fsync(stream.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _for_us(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _as_open_as(old: Path, new: Path) -> None:
    """Give a new file the owner and mode of the old file. Do nothing if there is no old file."""
    if not old.exists():
        return
    there = old.stat()
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(new, there.st_uid, there.st_gid)
    new.chmod(there.st_mode & 0o777)


def read_json(path: Path, most: int) -> Any:
    """Parse a JSON file of at most `most` bytes. Raises what `read_bytes` raises, ValueError if the file is not JSON,
    and RecursionError if its JSON is nested too deep."""
    return json.loads(read_bytes(path, most))


def read_bytes(path: Path, most: int) -> bytes:
    """Return the content of a regular file of at most `most` bytes.

    Raises:
        OSError: the file cannot be read, or is not a regular file (reading a pipe or a device might never end).
        ValueError: the file is longer than `most` bytes.
    """
    # Checked before opening, because opening a pipe blocks, and after, because the file may have been replaced.
    if not path.is_file():
        path.stat()  # raises the fitting OSError if the file is missing or may not be inspected
        raise OSError(errno.EINVAL, "it is not a file", str(path))
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is not a file", str(path))
        content = stream.read(most + 1) if found.st_size <= most else b""
    if found.st_size > most or len(content) > most:
        raise ValueError(f"larger than {most} bytes")
    return content


def remove_temporary_files(folder: Path, stems: Iterable[str], older_than: float) -> None:
    """Remove temporary files that a killed `write_atomic` left in a folder. Skip files that cannot be removed.

    A file is removed if it was written to replace a file whose stem is in `stems`, and was last modified before
    `older_than` (seconds of the file system's clock).
    """
    ours = re.compile(rf"\.({'|'.join(map(re.escape, stems))})\.[^/]*-[0-9a-f]{{8}}")
    for left in folder.iterdir():
        if ours.fullmatch(left.name):
            with suppress(OSError):
                if left.is_file() and not left.is_symlink() and left.stat().st_mtime < older_than:
                    left.unlink()


def write_folder_atomic(folder: Path, files: Iterable[tuple[str, str | bytes]], replace: bool = False) -> None:
    """Make a folder with all of its files, or no folder at all.

    An empty folder may exist; with `replace`, a full one is replaced. The names may have `/` between their parts.

    Raises:
        FileExistsError: a file, or a folder that is not empty, has this path.
        OutsideFolder: a name leads out of the folder or is invalid.
        OSError: the folder cannot be written.
    """
    folder = Path(os.path.realpath(folder))
    if not folder.name:
        raise FileExistsError(errno.EEXIST, "it exists and is not empty", str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = folder.with_name(f".{folder.name}-{os.urandom(4).hex()}")
    new.mkdir()
    try:
        for name, content in files:
            path = safe_join(new, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        if folder.exists() and not (replace and folder.is_dir()):
            raise FileExistsError(errno.EEXIST, "it exists and is not empty", str(folder))
        old = folder.with_name(f"{new.name}-old") if folder.exists() else None
        if old is not None:
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            if old is not None:
                old.rename(folder)
            raise
        if old is not None:
            shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
