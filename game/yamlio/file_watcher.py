"""Watch files for changes by polling, and report a change once it has settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

INTERVAL = 0.3  # seconds between two polls


class FileWatcher:
    """Reports changes of the files that `files` lists. It looks for them at most every INTERVAL seconds."""

    def __init__(self, files: Callable[[], Iterable[Path]], clock: Callable[[], float]) -> None:
        self._files, self._clock = files, clock
        self._next = clock() + INTERVAL
        self._reported = self._seen = self._poll()

    def changed(self) -> bool:
        """Return whether the files have changed since the last report.

        Two polls in a row must find the same files: before that, somebody may still be writing.
        """
        if self._clock() < self._next:
            return False
        self._next = self._clock() + INTERVAL
        before, self._seen = self._seen, self._poll()
        if self._seen != before or self._seen == self._reported:
            return False
        self._reported = self._seen
        return True

    def _poll(self) -> dict[Path, tuple[int, int]]:
        """Return each file's (modification time in ns, size in bytes). Stop early if a file has vanished."""
        found: dict[Path, tuple[int, int]] = {}
        with suppress(OSError):
            for path in self._files():
                state = path.stat()
                found[path] = state.st_mtime_ns, state.st_size
        return found
