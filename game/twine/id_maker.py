"""Make unique ids of the story language from the free names of Twine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def slug(name: str, otherwise: str) -> str:
    """A name as an id, lower-case words with hyphens; `otherwise` where it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    return "-".join(words)[:60].strip("-") or otherwise


class Ids:
    """A set of unique ids. A counter for each name keeps a thousand of one name as cheap as of a thousand."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def add(self, id: str) -> None:
        """Mark an id as taken."""
        self._taken.add(id)

    def new(self, id: str) -> str:
        """The id, with a number appended if it is taken; marks it as taken."""
        found, number = id, self._next.get(id, 2)
        while found in self._taken:
            found, number = f"{id}-{number}", number + 1
        self._next[id] = number
        self._taken.add(found)
        return found
