"""Rate limits: one token bucket, or a bucket for each key; limits on wrong guesses; a limited number of slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from ipaddress import IPv6Address
from typing import Generic, TypeVar

Key = TypeVar("Key")

_REMEMBERED = 10_000  # the most wrong guesses that are kept


def network_of(address: str) -> str:
    """Return the part of an address that rate limits count. IPv4 addresses count whole. IPv6 addresses count by their
    first half (/64), because one customer has all addresses with that half."""
    try:
        found = IPv6Address(address)
    except ValueError:
        return address
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))


class TokenBucket:
    """A token bucket: allows `burst` actions at once, and `rate` a second on average. `clock` returns seconds."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left, self._at = float(burst), clock()

    @property
    def left(self) -> int:
        """How many actions the bucket allows now."""
        now = self._clock()
        self._left, self._at = min(self._burst, self._left + (now - self._at) * self._rate), now
        return int(self._left)

    def take(self) -> bool:
        """Take one token if one is left, and return whether there was one."""
        if self.left < 1:
            return False
        self._left -= 1
        return True

    def give_back(self) -> None:
        """Give one token back, which undoes the last `take`."""
        self._left = min(self._burst, self._left + 1)


class Buckets(Generic[Key]):
    """A `TokenBucket` for each key, such as an address. Full buckets are dropped to save memory."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._buckets: dict[Key, TokenBucket] = {}
        self._sweep_at = 1  # number of buckets at which full ones are dropped

    def __len__(self) -> int:
        return len(self._buckets)

    def left(self, key: Key) -> int:
        """Return how many tokens a key may take now."""
        return self._buckets[key].left if key in self._buckets else self._burst

    def take(self, key: Key) -> bool:
        """Take one token of a key if one is left, and return whether there was one."""
        if len(self._buckets) >= self._sweep_at:
            self._buckets = {key: bucket for key, bucket in self._buckets.items() if bucket.left < self._burst}
            self._sweep_at = 1 + 2 * len(self._buckets)
        if key not in self._buckets:
            self._buckets[key] = TokenBucket(self._rate, self._burst, self._clock)
        return self._buckets[key].take()

    def give_back(self, key: Key) -> None:
        """Give one token of a key back, which undoes its last `take`."""
        if key in self._buckets:
            self._buckets[key].give_back()


class Guesses:
    """Limits the wrong guesses of each address, including guesses made at the same time.

    A guess takes a token when it begins, and gives it back if the guess was right. A repeated wrong guess takes no
    further token: all phones of a school have one address, and go on sending the code of a class that is over.
    """

    def __init__(self, rate: float, burst: int, clock: Callable[[], float]) -> None:
        self._buckets: Buckets[str] = Buckets(rate, burst, clock)
        self._open: Counter[tuple[str, str]] = Counter()
        self._wrong: dict[tuple[str, str], None] = {}  # the newest wrong guesses

    def begin(self, address: str, guess: str) -> bool:
        """Return whether an address may guess now. If it may, the caller must call `end` after the guess."""
        key = address, guess
        if key not in self._open:
            costs_nothing = key in self._wrong and self._buckets.left(address)
            if not costs_nothing and not self._buckets.take(address):
                return False
        self._open[key] += 1
        return True

    def end(self, address: str, guess: str, *, wrong: bool) -> None:
        """End a guess. `wrong` is false if the guess was right, or if nobody can know whether it was."""
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


class SlotCounter:
    """Counts the slots in use, such as connections: at most `total`, and at most `per_address` for one address."""

    def __init__(self, total: int, per_address: int) -> None:
        self._total, self._per_address = total, per_address
        self._taken: Counter[str] = Counter()

    def has_room(self, address: str) -> bool:
        """Return whether a slot is left for an address."""
        return self._taken.total() < self._total and self._taken[address] < self._per_address

    def acquire(self, address: str) -> bool:
        """Take a slot for an address if one is left, and return whether there was one."""
        if not self.has_room(address):
            return False
        self._taken[address] += 1
        return True

    def release(self, address: str) -> None:
        self._taken[address] -= 1
        if not self._taken[address]:
            del self._taken[address]
