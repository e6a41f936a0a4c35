"""Byte cache: an LRU cache limited in bytes, and a decorator that caches a function's results."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

import pygame

K = TypeVar("K")
V = TypeVar("V")
P = ParamSpec("P")


class ByteCache(Generic[K, V]):
    """A thread-safe LRU cache of at most `budget` bytes. `weigh` returns how many bytes a key and its value take.
    Pinned entries are never evicted. Of the other entries, the `least` that were used last stay even if they exceed the
    budget. If `least` is 0, `put` does not keep a value larger than the budget."""

    def __init__(self, budget: int, weigh: Callable[[K, V], int], least: int = 0) -> None:
        self.budget, self.held = budget, 0  # bytes
        self._weigh, self._least = weigh, least
        self._entries: OrderedDict[K, tuple[V, int]] = OrderedDict()  # values and weights
        self._pinned: frozenset[K] = frozenset()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """Return the value of `key` and record that it was just used. Return None if there is no value."""
        entry = self._entries.get(key)  # read without the lock: a page turn asks a thousand times
        if entry is None:
            return None
        try:
            self._entries.move_to_end(key)
        except KeyError:
            return entry[0]  # another thread evicted it meanwhile
        return entry[0]

    def put(self, key: K, value: V) -> None:
        """Keep `value` under `key`. If the budget is exceeded, evict the entries used least recently."""
        weight = self._weigh(key, value)
        with self._lock:
            former = self._entries.pop(key, None)
            if former is not None:
                self.held -= former[1]
            if weight > self.budget and not self._least:
                return
            self._entries[key] = value, weight
            self.held += weight
            self._evict(0, self._least)

    def make_room(self, weight: int) -> None:
        """Evict entries so that a value of `weight` bytes, which will be made next, fits."""
        with self._lock:
            self._evict(weight, self._least - 1)

    def _evict(self, coming: int, kept: int) -> None:
        """Evict the entries used least recently until `coming` more bytes fit. Always keep `kept` unpinned entries."""
        evictable = len(self._entries) - sum(key in self._entries for key in self._pinned) - max(0, kept)
        while self.held + coming > self.budget and evictable > 0:
            oldest = next(key for key in self._entries if key not in self._pinned)
            self.held -= self._entries.pop(oldest)[1]
            evictable -= 1

    def pin(self, keys: Iterable[K]) -> None:
        """Never evict entries with these keys. Keys that were pinned before can be evicted again."""
        with self._lock:
            self._pinned = frozenset(keys)

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of `key`. If there is no value, call `make` for it and keep it."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value)
        return value

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[K]:
        """Iterate over the keys, from the key that was used longest ago to the key that was used last."""
        with self._lock:
            return iter(list(self._entries))


def surface_bytes(surface: pygame.Surface) -> int:
    """Return how many bytes a surface's pixels take. They are outside Python's own memory."""
    return surface.get_pitch() * surface.get_height()


def cached(budget: int, weigh: Callable[[Any], int]) -> Callable[[Callable[P, V]], Callable[P, V]]:
    """Return a decorator that caches a function's results by its positional arguments. All results together take at
    most `budget` bytes; `weigh` returns how many bytes one result takes. The last result is always kept."""

    def around(function: Callable[P, V]) -> Callable[P, V]:
        cache: ByteCache[tuple[Any, ...], V] = ByteCache(budget, lambda _, value: weigh(value), least=1)

        @wraps(function)
        def from_cache(*args: P.args, **kwargs: P.kwargs) -> V:
            assert not kwargs, "given by position"
            return cache.get_or_make(args, lambda: function(*args, **kwargs))

        return from_cache

    return around
