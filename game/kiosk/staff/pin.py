"""PIN: the staff's PIN as a salted scrypt hash, and a lock after wrong attempts."""

from __future__ import annotations

import hashlib
import hmac
import re

from game.core.values import frozen

SALT = 16  # bytes
MAX_ATTEMPTS = 3
LOCK_SECONDS = 60.0
# The version stands for these parameters. A hash takes about 0.1 s on a small computer, and 16 MB.
_VERSION, _SCRYPT = "scrypt-1", {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
_HASH = re.compile(rf"{_VERSION}\$([0-9a-f]{{{2 * SALT}}})\$([0-9a-f]{{64}})")


def is_pin(text: str) -> bool:
    """Return whether a text can be a PIN: 4 to 12 digits."""
    return re.fullmatch("[0-9]{4,12}", text) is not None


def is_pin_hash(text: str) -> bool:
    """Return whether a text has the form of a hash from `hash_pin`."""
    return _HASH.fullmatch(text) is not None


def hash_pin(pin: str, salt: bytes) -> str:
    """Return the salted hash of a PIN of 4 to 12 digits, as printable text. `salt` is SALT random bytes. Raises
    ValueError if the PIN or the salt has another form."""
    if not is_pin(pin):
        raise ValueError("a PIN is 4 to 12 digits")
    if len(salt) != SALT:
        raise ValueError(f"a salt is {SALT} bytes")
    return f"{_VERSION}${salt.hex()}${hashlib.scrypt(pin.encode(), salt=salt, **_SCRYPT).hex()}"


def verify_pin(pin: str, pin_hash: str) -> bool:
    """Return whether a PIN has this hash. False if the hash is malformed."""
    match = _HASH.fullmatch(pin_hash)
    if match is None or not is_pin(pin):
        return False
    return hmac.compare_digest(hash_pin(pin, bytes.fromhex(match[1])), pin_hash)


@frozen
class PinLock:
    """How many attempts in a row were wrong, and when the next one is accepted, in seconds of any clock. Setting the
    clock back opens the lock; otherwise it might stay locked for years."""

    wrong: int = 0
    until: float = 0.0

    def left(self, now: float) -> float:
        """Return the seconds until the lock opens, at most LOCK_SECONDS; 0.0 if it is open."""
        left = self.until - now
        return left if 0.0 < left <= LOCK_SECONDS else 0.0

    def after_attempt(self, right: bool, now: float) -> PinLock:
        """Return the lock after a right or wrong PIN. While it is locked, an attempt changes nothing."""
        if self.left(now):
            return self
        if right:
            return PinLock()
        return PinLock(self.wrong + 1) if self.wrong + 1 < MAX_ATTEMPTS else PinLock(0, now + LOCK_SECONDS)
