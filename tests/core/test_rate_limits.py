"""Token buckets and slots."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.core.rate_limits import SlotCounter, TokenBucket
from tests.clock import Clock


@given(waits=st.lists(st.floats(0, 5), max_size=60))
def test_a_bucket_lets_its_burst_through_and_no_more_than_its_rate(waits: list[float]) -> None:
    """However the takes fall, there are never more than the burst and what the time since the start allows."""
    clock = Clock()
    bucket, taken = TokenBucket(2.0, 5, clock), 0
    for wait in waits:
        clock.now += wait
        taken += bucket.take()
        assert taken <= 5 + 2.0 * clock.now
    clock.now += 100
    assert bucket.left == 5


@given(
    steps=st.lists(st.tuples(st.sampled_from("ab"), st.booleans()), max_size=60),
    total=st.integers(0, 6), per_address=st.integers(0, 4),
)  # fmt: skip
def test_slots_never_exceed_total_or_per_address(steps: list[tuple[str, bool]], total: int, per_address: int) -> None:
    """Compared with a plain list of the slots taken."""
    slots, taken = SlotCounter(total, per_address), list[str]()
    for address, comes in steps:
        if comes:
            free = len(taken) < total and taken.count(address) < per_address
            assert slots.acquire(address) is free
            taken += [address] * free
        elif address in taken:
            slots.release(address)
            taken.remove(address)
