"""Join codes: the four letters on the wall, and the token of a seat, which only its phone keeps."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from hashlib import sha256

from game.core.join_codes import is_same, random_code

LENGTH = 4


def new_code(choose: Callable[[Sequence[str]], str]) -> str:
    return random_code(LENGTH, choose)


def same_code(typed: str, code: str) -> bool:
    """Return whether `typed` is the code. Case and spaces do not matter."""
    return is_same("".join(typed.split()).upper(), code.upper())


def new_token() -> str:
    """Return a random token: 256 bits, as 43 characters that are safe in a URL."""
    return secrets.token_urlsafe(32)


def seat_of(token: str) -> str:
    """Return the seat that belongs to a token: 20 hexadecimal digits of the token's SHA-256."""
    return sha256(token.encode()).hexdigest()[:20]
