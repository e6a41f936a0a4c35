"""The short code on the wall that a phone joins with: easy to type, hard to misread, and no word."""

from __future__ import annotations

import hmac
from random import Random

LENGTH = 4
ALPHABET = "BCDFGHJKMNPQRSTVWXYZ23456789"  # no 0 O 1 I L, which look alike, and no vowels, so that it spells nothing


def new_code(chance: Random) -> str:
    """A code for one class."""
    return "".join(chance.choice(ALPHABET) for _ in range(LENGTH))


def same_code(typed: str, code: str) -> bool:
    """Whether somebody typed the code: capitals and spaces do not matter. Takes as long whatever was typed."""
    return hmac.compare_digest("".join(typed.split()).upper().encode(), code.upper().encode())
