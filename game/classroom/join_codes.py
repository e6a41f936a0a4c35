"""Join codes: the four characters on the wall that a phone joins with, easy to type and hard to misread."""

from __future__ import annotations

import hmac
from random import Random

LENGTH = 4
ALPHABET = "BCDFGHJKMNPQRSTVWXYZ23456789"  # no 0 O 1 I L, which look alike, and no vowels, so that it spells nothing


def new_code(random: Random) -> str:
    """A random code."""
    return "".join(random.choice(ALPHABET) for _ in range(LENGTH))


def same_code(typed: str, code: str) -> bool:
    """Whether `typed` is the code, apart from case and spaces. Compares in constant time."""
    return hmac.compare_digest("".join(typed.split()).upper().encode(), code.upper().encode())
