"""The rate limit on join codes."""

from __future__ import annotations

from game.classroom.server.limits import AddressRate
from tests.clock import Clock


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
