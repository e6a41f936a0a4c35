"""Room codes and secrets. Nobody guesses a code in a lesson: there are 28 ** 8, and a limit on wrong guesses."""

from __future__ import annotations

import hashlib
import re
from random import Random

from game.core.join_codes import ALPHABET, random_code

LENGTH = 8
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def new_code(random: Random) -> str:
    return random_code(LENGTH, random.choice)


def new_secret(random: Random) -> str:
    """Return a new random secret: 256 bits as hexadecimal text."""
    return f"{random.getrandbits(256):064x}"


def normal_code(typed: str) -> str | None:
    """Return a typed code in capitals, without spaces and hyphens. None if the text cannot be a code."""
    code = typed.upper().replace("-", "").replace(" ", "")
    return code if _CODE.fullmatch(code) else None


def fingerprint(secret: str) -> str:
    """Return the hash of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
