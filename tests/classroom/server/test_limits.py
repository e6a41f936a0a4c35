"""Token buckets, slots and the rate limit on join codes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.classroom.server.limits import AddressRate, SlotCounter, TokenBucket
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


def test_wrong_codes_slow_down_their_own_address_for_a_while() -> None:
    """Others are not held up, and after some time it may try again."""
    clock = Clock()
    guesses = AddressRate(0.5, 3, clock)
    for _ in range(3):
        assert guesses.allowed("a")
        guesses.count("a")
    assert not guesses.allowed("a") and guesses.allowed("b")
    clock.now += 2.1
    assert guesses.allowed("a")
