"""Room codes are eight letters that are hard to misread, and may be typed in any way."""

from __future__ import annotations

from random import Random

import pytest

from game.core.join_codes import ALPHABET
from game.relay.codes import LENGTH, new_code, new_secret, normal_code


def test_codes_have_eight_letters_of_the_alphabet() -> None:
    codes = {new_code(Random(seed)) for seed in range(200)}
    assert len(codes) == 200
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)


def test_guessing_for_a_lesson_finds_nothing() -> None:
    # 1,000 rooms, an attacker with a thousand addresses, half a wrong code a second from each, 90 minutes
    guesses = 1000 * (0.5 * 90 * 60 + 20)
    assert guesses * 1000 / len(ALPHABET) ** LENGTH < 0.01


@pytest.mark.parametrize(("typed", "code"), [
    *((typed, "K7QPBCDF") for typed in ("K7QPBCDF", "k7qpbcdf", "K7QP-BCDF", " k7qp bcdf ")),
    *((typed, None) for typed in ("", "K7QP", "K7QPBCD0", "K7QPBCDFG", "Ä7QPBCDF")),
])  # fmt: skip
def test_a_code_is_known_however_it_is_typed(typed: str, code: str | None) -> None:
    assert normal_code(typed) == code


def test_secrets_have_256_bits() -> None:
    assert len(new_secret(Random(1))) == 64
    assert new_secret(Random(1)) != new_secret(Random(2))
