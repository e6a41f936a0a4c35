"""The staff's PIN: its hash, and the lock after wrong attempts."""

from __future__ import annotations

import hmac
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.kiosk.staff.pin import LOCK_SECONDS, MAX_ATTEMPTS, SALT, PinLock, hash_pin, is_pin, is_pin_hash, verify_pin

SALTED = bytes(range(SALT))
KEPT = hash_pin("4711", SALTED)
moments = st.floats(0, 1e10)


def test_a_pin_fits_what_was_kept_of_it() -> None:
    assert verify_pin("4711", KEPT)
    assert not any(verify_pin(other, KEPT) for other in ("4712", "47110", "04711", "471", "", " 4711", "４７１１"))


def test_what_is_kept_is_one_printable_word_that_says_how_it_was_made() -> None:
    assert KEPT.startswith("scrypt-1$" + SALTED.hex() + "$")
    assert KEPT.isascii() and KEPT.isprintable() and not set(KEPT) & set(" #:'\"{}[]&*!|>%@`")
    assert "4711" not in KEPT
    assert is_pin_hash(KEPT)


def test_the_salt_makes_equal_pins_unequal() -> None:
    assert hash_pin("4711", SALTED) == KEPT != hash_pin("4711", bytes(SALT))


def test_making_one_takes_memory_and_work(monkeypatch: pytest.MonkeyPatch) -> None:
    scrypt = Mock(return_value=bytes(32))
    monkeypatch.setattr("hashlib.scrypt", scrypt)
    hash_pin("123456789012", SALTED)
    scrypt.assert_called_once_with(b"123456789012", salt=SALTED, n=2**14, r=8, p=1, dklen=32)


def test_hashes_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compare_digest = Mock(wraps=hmac.compare_digest)
    monkeypatch.setattr(hmac, "compare_digest", compare_digest)
    assert not verify_pin("4712", KEPT)
    compare_digest.assert_called_once_with(hash_pin("4712", SALTED), KEPT)


@pytest.mark.parametrize("pin", ["123", "1234567890123", "12a4", "", "12 34", "١٢٣٤"])
def test_a_pin_is_four_to_twelve_digits(pin: str) -> None:
    assert not is_pin(pin)
    with pytest.raises(ValueError, match="4 to 12 digits"):
        hash_pin(pin, SALTED)


@pytest.mark.parametrize("kept", ["", "4711", KEPT[:-1], KEPT + "0", KEPT.replace("-1", "-2"), KEPT.upper()])
def test_what_is_no_hash_lets_nobody_in(kept: str) -> None:
    assert not is_pin_hash(kept)
    assert not verify_pin("4711", kept)


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        hash_pin("4711", b"x")


def test_three_wrong_tries_lock_for_a_minute() -> None:
    lock = PinLock()
    for second in range(MAX_ATTEMPTS):
        assert not lock.left(second)
        lock = lock.after_attempt(False, second)
    assert lock.left(2) == LOCK_SECONDS and lock.left(61.5) == 0.5
    assert lock.after_attempt(True, 30) == lock == lock.after_attempt(False, 30)
    assert lock.left(62) == 0
    assert lock.after_attempt(True, 62) == PinLock()


def test_a_right_pin_forgets_the_wrong_ones() -> None:
    lock = PinLock()
    for round_ in range(10):
        lock = lock.after_attempt(False, round_).after_attempt(False, round_).after_attempt(True, round_)
    assert lock == PinLock()


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 100)), max_size=40))
def test_nobody_tries_more_than_three_a_minute(tries: list[tuple[bool, int]]) -> None:
    lock, now, heard = PinLock(), 0.0, list[float]()
    for right, pause in tries:
        now += pause
        if not lock.left(now):
            heard = [] if right else [*heard, now]
            if len(heard) > MAX_ATTEMPTS and (len(heard) - 1) % MAX_ATTEMPTS == 0:
                assert now - heard[-2] >= LOCK_SECONDS
        lock = lock.after_attempt(right, now)


@given(moments, moments)
def test_a_wrong_clock_never_locks_for_more_than_a_minute(then: float, now: float) -> None:
    lock = PinLock().after_attempt(False, then).after_attempt(False, then).after_attempt(False, then)
    assert 0 <= lock.left(now) <= LOCK_SECONDS
    if abs(now - then) > LOCK_SECONDS:
        assert not lock.left(now)
        assert lock.after_attempt(False, now) == PinLock(1)
