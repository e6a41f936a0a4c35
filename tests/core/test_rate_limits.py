"""Token buckets, alone and by key, limits on guesses, and slots."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.core.rate_limits import Buckets, Guesses, SlotCounter, TokenBucket, network_of
from tests.clock import Clock


@given(waits=st.lists(st.floats(0, 5), max_size=60))
def test_a_bucket_lets_its_burst_through_and_no_more_than_its_rate(waits: list[float]) -> None:
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
    slots, taken = SlotCounter(total, per_address), list[str]()
    for address, comes in steps:
        if comes:
            free = len(taken) < total and taken.count(address) < per_address
            assert slots.acquire(address) is free
            taken += [address] * free
        elif address in taken:
            slots.release(address)
            taken.remove(address)


def test_each_key_has_its_own_bucket() -> None:
    clock = Clock()
    buckets: Buckets[str] = Buckets(1.0, 2, clock)
    assert [buckets.take("a") for _ in range(3)] == [True, True, False]
    assert (buckets.left("a"), buckets.left("b")) == (0, 2)
    clock.now += 1.0
    assert buckets.take("a") and not buckets.take("a")


def test_full_buckets_are_forgotten_once_there_are_many() -> None:
    clock = Clock()
    buckets: Buckets[int] = Buckets(1.0, 1, clock)
    for key in range(10_000):
        clock.now += 1.0
        assert buckets.take(key)
        assert len(buckets) <= 2


def test_many_buckets_in_use_are_not_looked_through_at_each_take() -> None:
    """If none is full, the next sweep waits for twice as many buckets, so that a take stays cheap."""
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


def test_guesses_that_are_made_at_once_are_all_counted() -> None:
    """A guess counts before its result is known, and is given back if it was right."""
    clock = Clock()
    guesses = Guesses(0.5, 20, clock)
    assert [guesses.begin("a", str(number)) for number in range(300)] == [True] * 20 + [False] * 280
    for number in range(20):
        guesses.end("a", str(number), wrong=number >= 5)
    assert [guesses.begin("a", str(number)) for number in range(300, 310)] == [True] * 5 + [False] * 5
    assert guesses.begin("b", "0")
    clock.now += 2.0
    assert guesses.begin("a", "400") and not guesses.begin("a", "401")


def test_a_right_guess_of_many_phones_at_once_costs_nothing() -> None:
    guesses = Guesses(0.5, 2, Clock())
    for _ in range(3):
        assert all(guesses.begin("school", "ROOM") for _ in range(200))
        for _ in range(200):
            guesses.end("school", "ROOM", wrong=False)
    for other in ("one", "two"):
        assert guesses.begin("school", other)
    assert not guesses.begin("school", "three")


def test_the_same_wrong_guess_costs_once_and_is_worth_nothing_without_any_left() -> None:
    """Phones of a finished class keep asking, without locking out other classes of their school."""
    guesses = Guesses(0.5, 2, Clock())
    for _ in range(100):
        assert guesses.begin("school", "OVER")
        guesses.end("school", "OVER", wrong=True)
    assert guesses.begin("school", "ROOM")
    guesses.end("school", "ROOM", wrong=True)
    assert not guesses.begin("school", "OVER") and not guesses.begin("school", "ANOTHER")


def test_an_address_of_version_6_counts_as_its_network() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::1") == "2001:db8:1:2::"
    assert network_of("2001:db8:1:3::1") != "2001:db8:1:2::"
    assert network_of("203.0.113.7") == network_of("::ffff:203.0.113.7") == "203.0.113.7"
    assert network_of("?") == "?"
