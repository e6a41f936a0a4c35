"""Token buckets by key, as an address: forgotten once they are full again, so that nothing grows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from game.core.rate_limits import TokenBucket

Key = TypeVar("Key")


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
