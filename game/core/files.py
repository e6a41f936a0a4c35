"""Files that are there whole or not at all, and are not read where they are larger than they should be."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shutil
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from game.core.file_names import inside


def write_whole(
    path: Path,
    content: str | bytes,
    backup: bool = False,
    newline: str | None = None,
    private: bool = False,
    flush: bool = True,
) -> None:
    """Write a file so that a reader finds the old one or the new one, never half of either.

    With `backup`, the old one is first copied beside it as `.bak`. `newline` is as for `open`: an empty one writes
    lines' ends as they stand in the text. Raises OSError; then the file is as it was. Whose the old one was, and who
    may read it, stays so as far as the system lets us; a new one that is `private` is for this user alone. Without
    `flush` the disk is not waited for: what can be made again need not outlive a power cut. A device or a pipe is no
    file and is never replaced: FileExistsError.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise FileExistsError(errno.EEXIST, "it is no file, and is left as it is", str(path))
    if backup and path.is_file():
        write_whole(path.with_suffix(".bak"), path.read_text("utf-8", "replace"))
    # Made by `open`, so that whoever may read a file written here by any other program may read this one.
    new = path.with_name(f".{path.name}-{os.urandom(4).hex()}")
    try:
        with open(new, "xb", opener=_for_us if private else None) as stream:
            _as_open_as(path, new)
            stream.write(content if isinstance(content, bytes) else _encoded(content, newline))
            stream.flush()
            if flush:
                os.fsync(stream.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _encoded(text: str, newline: str | None) -> bytes:
    """A text as `open` writes it with this `newline`."""
    whole = io.BytesIO()
    writer = io.TextIOWrapper(whole, encoding="utf-8", newline=newline)
    writer.write(text)
    writer.flush()
    return whole.getvalue()


def _for_us(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _as_open_as(old: Path, new: Path) -> None:
    """Give a new file the owner and the rights of an old one, where there is one."""
    if not old.exists():
        return
    there = old.stat()
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(new, there.st_uid, there.st_gid)
    new.chmod(there.st_mode & 0o777)


def read_json(path: Path, most: int) -> Any:
    """What a JSON file of at most so many bytes holds. Raises OSError, ValueError, or RecursionError."""
    return json.loads(read_bytes(path, most))


def read_bytes(path: Path, most: int) -> bytes:
    """A regular file of at most so many bytes. Raises OSError on anything else (a pipe would never end to be waited
    for, a device never end), and ValueError on a longer one."""
    # Asked before it is opened, since to open a pipe waits, and afterwards, since it may have been replaced meanwhile.
    if not path.is_file():
        path.stat()  # which says what is wrong where nothing is there, or may not be looked at
        raise OSError(errno.EINVAL, "it is no file", str(path))
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no file", str(path))
        content = stream.read(most + 1) if found.st_size <= most else b""
    if found.st_size > most or len(content) > most:
        raise ValueError(f"larger than {most} bytes")
    return content


def clear_litter(folder: Path, stems: Iterable[str], older_than: float) -> None:
    """Remove what `write_whole` left in a folder when it was killed: of files with these stems, whatever their suffix,
    and last written before a time of the file system's clock. What cannot be removed stays."""
    ours = re.compile(rf"\.({'|'.join(map(re.escape, stems))})\.[^/]*-[0-9a-f]{{8}}")
    for left in folder.iterdir():
        if ours.fullmatch(left.name):
            with suppress(OSError):
                if left.is_file() and not left.is_symlink() and left.stat().st_mtime < older_than:
                    left.unlink()


def write_folder_whole(folder: Path, files: Mapping[str, str]) -> None:
    """Make a folder of text files, by their names in it, that is there with all of them or not at all.

    Raises FileExistsError where something is in its place already (an empty folder may be), OutsideFolder where a name
    is none of a file in it, and OSError.
    """
    folder = Path(os.path.realpath(folder))
    if not folder.name:
        raise FileExistsError(errno.EEXIST, "it exists and is not empty", str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = folder.with_name(f".{folder.name}-{os.urandom(4).hex()}")
    new.mkdir()
    try:
        for name, text in files.items():
            path = inside(new, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        if folder.exists():
            raise FileExistsError(errno.EEXIST, "it exists and is not empty", str(folder))
        new.rename(folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
