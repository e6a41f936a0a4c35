"""Tokens, which only the phones keep, and seats: their hashes, which the state and the log know the phones by."""

from __future__ import annotations

import secrets
from hashlib import sha256


def new_token() -> str:
    """256 random bits, as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def seat_of(token: str) -> str:
    """The seat of a token: 20 hexadecimal digits of its SHA-256."""
    return sha256(token.encode()).hexdigest()[:20]
