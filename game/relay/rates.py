"""Token buckets by key, as an address, which are forgotten once they are full again; and limits on guesses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Generic, TypeVar

from game.core.rate_limits import TokenBucket

Key = TypeVar("Key")

_REMEMBERED = 10_000  # wrong guesses


class Guesses:
    """Limits the wrong guesses of each address, also of those that are made at once.

    A guess counts from its beginning, and no more once it was right. The same guess of an address counts once: a
    school's phones all ask for the same room, and go on asking when its class is over.
    """

    def __init__(self, rate: float, burst: int, clock: Callable[[], float]) -> None:
        self._buckets: Buckets[str] = Buckets(rate, burst, clock)
        self._open: Counter[tuple[str, str]] = Counter()
        self._wrong: dict[tuple[str, str], None] = {}  # the newest wrong guesses

    def begin(self, address: str, guess: str) -> bool:
        """Whether an address may guess now. If so, `end` has to follow."""
        key = address, guess
        if key not in self._open:
            costs_nothing = key in self._wrong and self._buckets.left(address)
            if not costs_nothing and not self._buckets.take(address):
                return False
        self._open[key] += 1
        return True

    def end(self, address: str, guess: str, *, wrong: bool) -> None:
        """A guess was wrong, or was right, or nobody can tell."""
        key = address, guess
        self._open[key] -= 1
        if not self._open[key]:
            del self._open[key]
            if not wrong:
                self._buckets.give_back(address)
        self._wrong.pop(key, None)
        if wrong:
            self._wrong[key] = None
            if len(self._wrong) > _REMEMBERED:
                del self._wrong[next(iter(self._wrong))]


class Buckets(Generic[Key]):
    """A `TokenBucket` for each key."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._buckets: dict[Key, TokenBucket] = {}
        self._sweep_at = 1  # so many buckets, and the full ones are looked for

    def __len__(self) -> int:
        return len(self._buckets)

    def left(self, key: Key) -> int:
        """How many a key may take now."""
        return self._buckets[key].left if key in self._buckets else self._burst

    def take(self, key: Key) -> bool:
        """Whether a key may take one more."""
        if len(self._buckets) >= self._sweep_at:
            self._buckets = {one: bucket for one, bucket in self._buckets.items() if bucket.left < self._burst}
            self._sweep_at = 1 + 2 * len(self._buckets)
        if key not in self._buckets:
            self._buckets[key] = TokenBucket(self._rate, self._burst, self._clock)
        return self._buckets[key].take()

    def give_back(self, key: Key) -> None:
        """What a key took last does not count."""
        if key in self._buckets:
            self._buckets[key].give_back()
