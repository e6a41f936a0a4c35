"""Files that are there whole or not at all, and are not read where they are larger than they should be."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from game.file_names import inside


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
    if backup and path.exists():
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
    if path.stat().st_size > most:
        raise ValueError(f"larger than {most} bytes")
    return json.loads(path.read_bytes())


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
