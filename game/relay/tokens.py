"""The tokens of teachers who may open rooms, from a file with one token a line. Without a file, everybody may."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from game.core.join_codes import is_same
from game.relay.codes import fingerprint

SHORTEST = 16  # the least characters of a token


class BadTokens(ValueError):
    """Raised if the file of tokens cannot be used. The message says in one line where and why."""


class Tokens:
    """Decides who may open a room. A changed file is read again, so that tokens can be added or removed.

    If `path` is None, everybody may. Raises BadTokens if the file cannot be used.
    """

    def __init__(self, path: Path | None) -> None:
        self._path, self._stamp = path, (0, 0)
        self._fingerprints: tuple[str, ...] = ()
        if path is not None:
            self._read(path)

    def allow(self, token: str) -> bool:
        """Return whether a token may open a room. While the file is invalid, its last valid version counts."""
        if self._path is None:
            return True
        with suppress(OSError, BadTokens):
            if _stamp(self._path) != self._stamp:
                self._read(self._path)
        mine = fingerprint(token)
        return any(is_same(mine, theirs) for theirs in self._fingerprints)

    def _read(self, path: Path) -> None:
        try:
            stamp, lines = _stamp(path), path.read_text("utf-8").splitlines()
        except OSError as error:
            raise BadTokens(f"{path}: {error.strerror}") from None
        except UnicodeDecodeError:
            raise BadTokens(f"{path}: it is not text in UTF-8") from None
        tokens = [(number, line.partition("#")[0].strip()) for number, line in enumerate(lines, 1)]
        for number, token in tokens:
            if token and (len(token) < SHORTEST or not token.isprintable() or " " in token):
                raise BadTokens(f"{path}:{number}: a token has {SHORTEST} or more characters without spaces")
        found = tuple(fingerprint(token) for _, token in tokens if token)
        if not found:
            raise BadTokens(f"{path}: it has no token; write one a line")
        self._stamp, self._fingerprints = stamp, found


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size
