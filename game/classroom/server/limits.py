"""How much phones may ask for, and what counts it. Addresses stand here only as keys of counters, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

from game.core.values import frozen


@frozen
class ServerLimits:
    """What a server bears, and how long it waits. "Of one" is of one address, which a whole school can share.

    A browser opens up to six connections to load a page, and keeps one. Times are in seconds, rates a second.
    """

    connections: int = 3000
    connections_of_one: int = 600
    seats: int = 1200
    seats_of_one: int = 150
    message: int = 1024  # bytes, of a request's body or a socket's message
    rate: float = 5.0  # messages and requests of one connection, and ballots of one seat
    burst: int = 30
    wrong_codes: int = 20  # of one address, before it has to slow down
    wrong_codes_rate: float = 0.5
    patience: float = 10.0  # for a request to be made, a socket to say who it is, and what is sent to be taken
    heartbeat: float = 15.0  # between two signs of life that a socket is asked for
    polled: float = 10.0  # a phone that asked within this time is present
    returning: float = 3.0  # a phone whose socket closed is present for so long: it may come back
    gather: float = 0.03  # changes within this time are told to the phones as one
    look: float = 0.5  # between two looks at who is present


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


class ConnectionSlots:
    """So many in all, and so many for each address."""

    def __init__(self, in_all: int, of_one: int) -> None:
        self._in_all, self._of_one = in_all, of_one
        self._taken: Counter[str] = Counter()

    def take(self, address: str) -> bool:
        """Whether there was a place left for an address; it has it now."""
        if self._taken.total() >= self._in_all or self._taken[address] >= self._of_one:
            return False
        self._taken[address] += 1
        return True

    def give_back(self, address: str) -> None:
        self._taken[address] -= 1
        if not self._taken[address]:
            del self._taken[address]


class CodeGuesses:
    """Wrong codes of each address: after too many in a row it has to slow down, with right ones too."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float]) -> None:
        self._new = partial(TokenBucket, rate, burst, clock)
        self._burst = burst
        self._buckets: dict[str, TokenBucket] = {}

    def may(self, address: str) -> bool:
        """Whether an address may try a code now."""
        return address not in self._buckets or self._buckets[address].left > 0

    def wrong(self, address: str) -> None:
        """A wrong code came from there. Those who are as good as new are forgotten."""
        self._buckets = {who: bucket for who, bucket in self._buckets.items() if bucket.left < self._burst}
        self._buckets.setdefault(address, self._new()).take()
