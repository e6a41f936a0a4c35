"""Ids of the story language for what Twine calls by any name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def slug(name: str, otherwise: str) -> str:
    """An id of a name: lower-case words with hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    return "-".join(words)[:60].strip("-") or otherwise


class Ids:
    """Ids that are given once each. It counts on, so that a thousand of one name cost no more than of a thousand."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def add(self, id: str) -> None:
        """An id that is somebody's already."""
        self._taken.add(id)

    def new(self, id: str) -> str:
        """The id, or with the first number behind it that makes it new; from now on it is taken."""
        found, number = id, self._next.get(id, 2)
        while found in self._taken:
            found, number = f"{id}-{number}", number + 1
        self._next[id] = number
        self._taken.add(found)
        return found
