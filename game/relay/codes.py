"""Room codes and secrets.

Nobody guesses eight letters in a lesson: there are 28 ** 8 codes, and a limit on wrong guesses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Protocol

from game.core.join_codes import ALPHABET, random_code

LENGTH = 8
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


class RandomSource(Protocol):
    """The methods of `random.SystemRandom` that codes and secrets use."""

    def choice(self, options: Sequence[str], /) -> str: ...

    def getrandbits(self, bits: int, /) -> int: ...


def new_code(random: RandomSource) -> str:
    return random_code(LENGTH, random.choice)


def new_secret(random: RandomSource) -> str:
    """Return a new random secret: 256 bits as hexadecimal text."""
    return f"{random.getrandbits(256):064x}"


def normal_code(typed: str) -> str | None:
    """Return a typed code in capitals, without spaces and hyphens. None if the text cannot be a code."""
    code = typed.upper().replace("-", "").replace(" ", "")
    return code if _CODE.fullmatch(code) else None


def fingerprint(secret: str) -> str:
    """Return the hash of a secret. The store knows only the hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
