"""Join codes: the four letters on the wall, and the token of a seat.

Only the phones keep tokens. The state and the log know a phone by its seat, the hash of its token.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from hashlib import sha256

from game.core.join_codes import is_same, random_code

LENGTH = 4


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    """A code; `choose` takes a random letter."""
    return random_code(LENGTH, choose)


def same_code(typed: str, code: str) -> bool:
    """Whether `typed` is the code, apart from case and spaces."""
    return is_same("".join(typed.split()).upper(), code.upper())


def new_token() -> str:
    """256 random bits, as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def seat_of(token: str) -> str:
    """The seat of a token: 20 hexadecimal digits of its SHA-256."""
    return sha256(token.encode()).hexdigest()[:20]
