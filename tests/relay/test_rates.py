"""Token buckets by key: each key has its own, and full ones are forgotten."""

from __future__ import annotations

from game.relay.rates import Buckets
from tests.clock import Clock


def test_each_key_has_its_own_bucket() -> None:
    clock = Clock()
    buckets: Buckets[str] = Buckets(1.0, 2, clock)
    assert [buckets.take("a") for _ in range(3)] == [True, True, False]
    assert (buckets.left("a"), buckets.left("b")) == (0, 2)
    clock.now += 1.0
    assert buckets.take("a") and not buckets.take("a")


def test_full_buckets_are_forgotten_once_there_are_many() -> None:
    """Keys come and go for ever, and what is kept stays below a bound."""
    clock = Clock()
    buckets: Buckets[int] = Buckets(1.0, 1, clock)
    for key in range(10_000):
        clock.now += 1.0
        assert buckets.take(key)
        assert len(buckets) <= 2


def test_many_buckets_in_use_are_not_looked_through_at_each_take() -> None:
    """Where none is full, the next look comes when there are twice as many: a take stays cheap."""
    looks = 0

    class CountingClock(Clock):
        def __call__(self) -> float:
            nonlocal looks
            looks += 1
            return self.now

    clock = CountingClock()
    buckets: Buckets[int] = Buckets(1.0, 1, clock)
    for key in range(4000):
        buckets.take(key)
    assert len(buckets) == 4000
    assert looks < 8 * 4000
    clock.now += 1.0
    for key in range(4000, 10_000):
        buckets.take(key)
    assert len(buckets) < 10_000, "those that are full by now are still kept"
