"""A phone's token, which it alone keeps, and its seat, which the room and the log know it by."""

from __future__ import annotations

import secrets
from hashlib import sha256


def new_token() -> str:
    """256 random bits, as 43 characters that fit everywhere."""
    return secrets.token_urlsafe(32)


def seat_of(token: str) -> str:
    """The seat that a token sits on. Nobody gets from a seat to its token."""
    return sha256(token.encode()).hexdigest()[:20]
