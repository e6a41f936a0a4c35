"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str, backup: bool = False) -> None:
    """Write a text file so that a reader finds the old one or the new one, never half of either.

    With `backup`, the old one is first copied beside it as `.bak`. Raises OSError; then the file is as it was.
    """
    if backup and path.exists():
        write_whole(path.with_suffix(".bak"), path.read_text("utf-8", "replace"))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
