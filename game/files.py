"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str, backup: bool = False) -> None:
    """Write a text file so that a reader finds the old one or the new one, never half of either.

    With `backup`, the old one is kept beside it as `.bak`. Raises OSError; then nothing was changed.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if backup and path.exists():
            path.replace(path.with_suffix(".bak"))
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
