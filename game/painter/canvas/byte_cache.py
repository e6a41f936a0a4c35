"""What is kept so that it need not be made again, bounded in bytes: what was used least recently goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import update_wrapper
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

import pygame

K = TypeVar("K")
V = TypeVar("V")
P = ParamSpec("P")


class ByteCache(Generic[K, V]):
    """Values by their keys that weigh no more than `budget` bytes together. May be used by several threads.

    `weigh` gives the bytes of a key and its value. However heavy they are, the `least` entries used last stay;
    without that a value that is heavier than the budget is not kept, and drives nothing else out.
    """

    def __init__(self, budget: int, weigh: Callable[[K, V], int], least: int = 0) -> None:
        self.budget, self.held = budget, 0  # bytes
        self._weigh, self._least = weigh, least
        self._entries: OrderedDict[K, tuple[V, int]] = OrderedDict()  # values and weights
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """The value, which counts as used now; None where there is none."""
        entry = self._entries.get(key)  # not under the lock: a page turn asks a thousand times
        if entry is None:
            return None
        try:
            self._entries.move_to_end(key)
        except KeyError:
            return entry[0]  # another thread's value took its place in this moment
        return entry[0]

    def put(self, key: K, value: V) -> None:
        """Keep a value, in place of what had this key; what was not used for longest gives way to it."""
        weight = self._weigh(key, value)
        with self._lock:
            former = self._entries.pop(key, None)
            if former is not None:
                self.held -= former[1]
            if weight > self.budget and not self._least:
                return
            self._entries[key] = value, weight
            self.held += weight
            while self.held > self.budget and len(self._entries) > self._least:
                _, (_, gone) = self._entries.popitem(last=False)
                self.held -= gone

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        """The value, made now where there is none."""
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
        """The keys, that used last at the end."""
        with self._lock:
            return iter(list(self._entries))


def surface_bytes(surface: pygame.Surface) -> int:
    """What a surface's pixels take; no tool that follows Python's own memory sees them."""
    return surface.get_pitch() * surface.get_height()


class Cached(Generic[P, V]):
    """A function whose results are kept in `cache` by its arguments, which are hashable and given by position."""

    def __init__(self, function: Callable[P, V], cache: ByteCache[tuple[Any, ...], V]) -> None:
        self._function, self.cache = function, cache
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> V:
        assert not kwargs, "given by position"
        value = self.cache.get(args)
        if value is None:
            value = self._function(*args, **kwargs)
            self.cache.put(args, value)
        return value


def cached(budget: int, weigh: Callable[[Any], int]) -> Callable[[Callable[P, V]], Cached[P, V]]:
    """Keep what a function gives, up to `budget` bytes of it and at least what it gave last."""

    def around(function: Callable[P, V]) -> Cached[P, V]:
        return Cached(function, ByteCache(budget, lambda _, value: weigh(value), least=1))

    return around
