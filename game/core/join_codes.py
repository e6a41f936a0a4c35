"""Join codes, of a class or of its room on the relay: easy to type, hard to misread, compared in constant time."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence

ALPHABET = "BCDFGHJKMNPQRSTVWXYZ23456789"  # no 0 O 1 I L, which look alike; no vowels, so no words


def random_code(length: int, choose: Callable[[Sequence[str]], str]) -> str:
    """Return a code of `length` letters. `choose` picks one at random, as `random.SystemRandom().choice` does."""
    return "".join(choose(ALPHABET) for _ in range(length))


def is_same(mine: str, other: str) -> bool:
    """Return whether two codes are equal. The time that this takes does not show how much of a guess is right."""
    return hmac.compare_digest(mine.encode(), other.encode())
