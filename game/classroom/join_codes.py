"""Join codes: the four characters on the wall that a phone joins with, easy to type and hard to misread."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence

LENGTH = 4
ALPHABET = "BCDFGHJKMNPQRSTVWXYZ23456789"  # no 0 O 1 I L, which look alike, and no vowels, so that it spells nothing


def new_code(pick: Callable[[Sequence[str]], str]) -> str:
    """A code of letters that `pick` picks at random."""
    return "".join(pick(ALPHABET) for _ in range(LENGTH))


def same_code(typed: str, code: str) -> bool:
    """Whether `typed` is the code, apart from case and spaces. Compares in constant time."""
    return hmac.compare_digest("".join(typed.split()).upper().encode(), code.upper().encode())
