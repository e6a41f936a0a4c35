"""The staff's PIN: kept as a salted hash that is slow to make, and locked for a while after wrong tries."""

from __future__ import annotations

import hashlib
import hmac
import re

from game.core.values import frozen

SALT = 16  # bytes
TRIES = 3
LOCKED = 60.0  # seconds
# A version says how a hash was made: the work of one is about a tenth of a second on a small computer, and 16 MB.
_VERSION, _WORK = "scrypt-1", {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
_KEPT = re.compile(rf"{_VERSION}\$([0-9a-f]{{{2 * SALT}}})\$([0-9a-f]{{64}})")


def is_pin(text: str) -> bool:
    """Whether a text can be a PIN: 4 to 12 digits."""
    return re.fullmatch("[0-9]{4,12}", text) is not None


def is_kept(text: str) -> bool:
    """Whether a text is what `hash_pin` makes."""
    return _KEPT.fullmatch(text) is not None


def hash_pin(pin: str, salt: bytes) -> str:
    """What is kept of a PIN, as one printable text. `salt` is SALT bytes of chance. Raises ValueError."""
    if not is_pin(pin):
        raise ValueError("a PIN is 4 to 12 digits")
    if len(salt) != SALT:
        raise ValueError(f"a salt is {SALT} bytes")
    return f"{_VERSION}${salt.hex()}${hashlib.scrypt(pin.encode(), salt=salt, **_WORK).hex()}"


def fits(pin: str, kept: str) -> bool:
    """Whether a PIN is the one that was kept. Where none is kept, none fits."""
    match = _KEPT.fullmatch(kept)
    if match is None or not is_pin(pin):
        return False
    return hmac.compare_digest(hash_pin(pin, bytes.fromhex(match[1])), kept)


@frozen
class PinLock:
    """How many wrong tries there were in a row, and until when no other is heard.

    Moments are seconds of any clock. One that is put back opens the lock, since else it might stay shut for years.
    """

    wrong: int = 0
    until: float = 0.0

    def left(self, now: float) -> float:
        """Seconds for which it is still locked; 0.0 where it is not. Never more than LOCKED."""
        left = self.until - now
        return left if 0.0 < left <= LOCKED else 0.0

    def tried(self, right: bool, now: float) -> PinLock:
        """The lock after a PIN that was right or wrong. While it is locked, a try changes nothing."""
        if self.left(now):
            return self
        if right:
            return PinLock()
        return PinLock(self.wrong + 1) if self.wrong + 1 < TRIES else PinLock(0, now + LOCKED)
