"""Instance lock: only one process may use a kiosk's folder or a class's log. The lock is released when the process
ends, even if it crashes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TRIES, _PAUSE = 10, 0.02  # tries, and seconds between two: a process that only tests the lock holds it for a moment


class AlreadyRunning(Exception):
    """Raised when another process holds the lock."""


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Context manager that holds a lock, also against other calls in this process. The file `path` exists meanwhile,
    and may stay after a crash. Raises AlreadyRunning if the lock is held already, OSError if the file cannot be
    made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = _acquire(path)
    try:
        yield
    finally:
        if sys.platform == "win32":
            os.close(file)
            with suppress(OSError):  # Windows keeps a file that the next holder has open
                path.unlink()
        else:
            with suppress(OSError):
                path.unlink()  # before the lock is released: later it could be the next holder's file
            os.close(file)


def _acquire(path: Path) -> int:
    """Open and lock the file, and return its descriptor. Raises AlreadyRunning or OSError, as `hold_lock` does."""
    for _ in range(_TRIES):
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)  # not inherited by children
        if _lock(file) and _is_at(path, file):
            return file
        os.close(file)
        time.sleep(_PAUSE)
    raise AlreadyRunning(str(path))


def _is_at(path: Path, file: int) -> bool:
    """Return whether the open file is still the file at this path. The last holder may have removed it meanwhile."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _lock(file: int) -> bool:
    """Lock an open file; return False if somebody else holds it. Raises OSError if the file system has no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
