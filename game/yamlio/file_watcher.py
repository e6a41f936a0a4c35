"""Says when files have changed and are at rest again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

EVERY = 0.3  # seconds between two looks at the files


class FileWatcher:
    """Files, looked at no more often than `EVERY`. `files` says which there are now, `clock` gives seconds."""

    def __init__(self, files: Callable[[], Iterable[Path]], clock: Callable[[], float]) -> None:
        self._files, self._clock = files, clock
        self._next = clock() + EVERY
        self._told = self._seen = self._look()

    def changed(self) -> bool:
        """Whether the files differ from those last told of. A change is told once, when two looks find the same: until
        then somebody may still be writing."""
        if self._clock() < self._next:
            return False
        self._next = self._clock() + EVERY
        before, self._seen = self._seen, self._look()
        if self._seen != before or self._seen == self._told:
            return False
        self._told = self._seen
        return True

    def _look(self) -> dict[Path, tuple[int, int]]:
        """When each file was written, and how large it is; of one that goes away meanwhile, nothing."""
        found: dict[Path, tuple[int, int]] = {}
        try:
            for path in self._files():
                state = path.stat()
                found[path] = state.st_mtime_ns, state.st_size
        except OSError:
            return found
        return found
