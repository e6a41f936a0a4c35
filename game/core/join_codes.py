"""Codes to join by, of a class and of a room at a relay: easy to type, hard to misread, compared in constant time."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence

ALPHABET = "BCDFGHJKMNPQRSTVWXYZ23456789"  # no 0 O 1 I L, which look alike, and no vowels, so that it spells nothing


def random_code(length: int, choose: Callable[[Sequence[str]], str]) -> str:
    """A code of so many letters. `choose` takes one of several at random, as `random.SystemRandom().choice` does."""
    return "".join(choose(ALPHABET) for _ in range(length))


def is_same(one: str, other: str) -> bool:
    """Compare in constant time, so that the time tells nobody how much of a guess is right."""
    return hmac.compare_digest(one.encode(), other.encode())
