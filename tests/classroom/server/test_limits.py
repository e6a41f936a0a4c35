"""How much is let through."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.classroom.server.limits import CodeGuesses, ConnectionSlots, TokenBucket


class Clock:
    """Seconds, as a test sets them."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


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
    in_all=st.integers(0, 6), of_one=st.integers(0, 4),
)  # fmt: skip
def test_places_are_never_more_than_there_are(steps: list[tuple[str, bool]], in_all: int, of_one: int) -> None:
    """Against a plain list of who sits: in all, and of each address."""
    places, class_view = ConnectionSlots(in_all, of_one), list[str]()
    for address, comes in steps:
        if comes:
            free = len(class_view) < in_all and class_view.count(address) < of_one
            assert places.take(address) is free
            class_view += [address] * free
        elif address in class_view:
            places.give_back(address)
            class_view.remove(address)


def test_wrong_codes_slow_down_their_own_address_for_a_while() -> None:
    """Others are not held up, and after some time it may try again."""
    clock = Clock()
    guesses = CodeGuesses(0.5, 3, clock)
    for _ in range(3):
        assert guesses.may("a")
        guesses.wrong("a")
    assert not guesses.may("a") and guesses.may("b")
    clock.now += 2.1
    assert guesses.may("a")
