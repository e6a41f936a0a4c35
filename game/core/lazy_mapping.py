"""A mapping that makes each value when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

S = TypeVar("S")
T = TypeVar("T")


class LazyMapping(Mapping[str, T], Generic[S, T]):
    """A mapping with the keys of `sources`. On the first access to a key, `make` makes its value from its source."""

    __slots__ = ("_made", "_make", "_sources")

    def __init__(self, sources: Mapping[str, S], make: Callable[[S], T]) -> None:
        self._sources, self._make = sources, make
        self._made: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        try:
            return self._made[key]
        except KeyError:
            made = self._made[key] = self._make(self._sources[key])
            return made

    def __contains__(self, key: object) -> bool:
        return key in self._sources

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)
