"""Token buckets, which limit rates, and counters of slots, which limit how many there are at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from ipaddress import IPv6Address


def network_of(address: str) -> str:
    """What an address counts as: of version 6 its first half, since one customer has all addresses of the other."""
    try:
        found = IPv6Address(address)
    except ValueError:
        return address
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))


class TokenBucket:
    """Lets `burst` through at once, and `rate` a second on the average."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float]) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left, self._at = float(burst), clock()

    @property
    def left(self) -> int:
        """How many it would let through now."""
        now = self._clock()
        self._left, self._at = min(self._burst, self._left + (now - self._at) * self._rate), now
        return int(self._left)

    def take(self) -> bool:
        """Whether one more is let through."""
        if self.left < 1:
            return False
        self._left -= 1
        return True

    def give_back(self) -> None:
        """What was taken last does not count."""
        self._left = min(self._burst, self._left + 1)


class SlotCounter:
    """Slots of which there are `total`, and `per_address` for each address."""

    def __init__(self, total: int, per_address: int) -> None:
        self._total, self._per_address = total, per_address
        self._taken: Counter[str] = Counter()

    def has_room(self, address: str) -> bool:
        """Whether a slot is left for an address."""
        return self._taken.total() < self._total and self._taken[address] < self._per_address

    def acquire(self, address: str) -> bool:
        """Take a slot for an address; False where none is left."""
        if not self.has_room(address):
            return False
        self._taken[address] += 1
        return True

    def release(self, address: str) -> None:
        self._taken[address] -= 1
        if not self._taken[address]:
            del self._taken[address]
