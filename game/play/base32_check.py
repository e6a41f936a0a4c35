"""Base 32 encoding of a number in groups of letters. Each group has a check letter that detects typing errors.

The letters are digits and capitals without I, L, O and U. A group is up to four letters, then a check letter, which is
computed in the field of 32 elements. It detects one wrong letter, two letters of a group that changed places, two
neighbouring groups that changed places, and a missing last group. If every group is full, the length of the code shows
whether letters are missing or added.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 5  # letters in a full group; the last one is the check letter
LONGEST = 4_000  # letters; the longest playthrough of a long story needs a tenth of that
_MISREAD = str.maketrans("OIL", "011")
_POSITIONS = 16  # the check letter tells so many groups in a row apart by their positions
_LAST = 16  # is added to the check letter of the last group


class MistypedError(ValueError):
    """Raised if a text is not a code.

    `reason` is "empty", "long" (longer than any code), "letter" (`letter` is outside the alphabet), "group" (a check
    letter is wrong), "end" (the last group has a wrong check letter or lacks its end), or "short" (groups are missing
    after the last group). `group` is the group's number, from 1; 0 means the whole text.
    """

    def __init__(self, reason: str, message: str, group: int = 0, letter: str = "") -> None:
        super().__init__(message)
        self.reason, self.group, self.letter = reason, group, letter


def encode(number: int, padded: bool = False) -> str:
    """Return a number, 0 or more, as groups joined by hyphens. `padded` fills the last group with zeros."""
    digits: list[int] = []
    while number or not digits:
        digits.append(number % 32)
        number //= 32
    each = GROUP - 1
    if padded:
        digits += [0] * (-len(digits) % each)
    parts = [digits[at : at + each] for at in range(0, len(digits), each)]
    groups = [[*part, _check(part, place, place == len(parts) - 1)] for place, part in enumerate(parts)]
    return "-".join("".join(ALPHABET[letter] for letter in part) for part in groups)


def decode(text: str) -> int:
    """Return the number that a code stands for, whatever its spaces, hyphens and case. Raises MistypedError for other
    text."""
    groups = _groups(text)
    if not groups:
        raise MistypedError("empty", "there is no letter in this code")
    if typo := find_typo(text):
        raise typo
    last = len(groups) - 1
    if not _check_holds(groups[last], last, True):
        if _check_holds(groups[last], last, False):
            raise MistypedError("short", f"this code goes on after group {last + 1}: its end is missing", last + 1)
        raise MistypedError("end", f"group {last + 1} of this code has a slip in it, or lacks its end", last + 1)
    number = 0
    for letter in reversed([letter for group in groups for letter in group[:-1]]):
        number = number * 32 + letter
    return number


def find_typo(text: str) -> MistypedError | None:
    """Return the first error in an unfinished text, whose last group may be too short; None without an error."""
    try:
        groups = _groups(text)
    except MistypedError as error:
        return error
    for place, group in enumerate(groups):
        last = place == len(groups) - 1
        whole = len(group) == GROUP
        if whole and not (_check_holds(group, place, False) or (last and _check_holds(group, place, True))):
            at = _uneven_group(text) or place + 1
            return MistypedError("group", f"group {at} of this code has a slip in it", at)
    return None


def group_letters(text: str) -> str:
    """Return the text in the form of a code: in capitals, with a hyphen between groups."""
    typed = normalize(text)
    return "-".join(typed[at : at + GROUP] for at in range(0, len(typed), GROUP))


def normalize(text: str) -> str:
    """Return a text's letters in capitals, without spaces and hyphens. O, I and L become digits that look like them."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in plain if unicodedata.category(char)[0] not in "ZCP").translate(_MISREAD)


def _groups(text: str) -> list[list[int]]:
    """Return the groups of a text, with each letter as a number. Raises MistypedError "long" or "letter"."""
    typed = normalize(text[: 4 * LONGEST])
    if len(typed) > LONGEST or len(text) > 4 * LONGEST:
        raise MistypedError("long", f"this is longer than any code: {len(text):,} letters")
    numbers = []
    for at, letter in enumerate(typed):
        if letter not in ALPHABET:
            group = at // GROUP + 1
            raise MistypedError("letter", f"`{letter}` in group {group} is in no code", group, letter)
        numbers.append(ALPHABET.index(letter))
    return [numbers[at : at + GROUP] for at in range(0, len(numbers), GROUP)]


def _uneven_group(text: str) -> int | None:
    """Return the number (from 1) of the first group before the last that is typed too short or too long, or None."""
    parts = [part for part in re.split(r"[\s\-‐‑–—]+", text.strip()) if part]
    if len(parts) < 2:
        return None
    return next((at for at, part in enumerate(parts[:-1], 1) if len(part) != GROUP), None)


def _check_holds(group: Sequence[int], place: int, last: bool) -> bool:
    return len(group) > 1 and _check(group[:-1], place, last) == group[-1]


def _check(letters: Sequence[int], place: int, last: bool) -> int:
    """Compute a group's check letter from its letters, its place (from 0) and whether it is the `last` group."""
    check = place % _POSITIONS + (_LAST if last else 0)
    for at, letter in enumerate(letters, 1):
        check ^= _product(letter, 1 << at)
    return check


def _product(left: int, other: int) -> int:
    """Return the product of two elements of the field of 32 elements, modulo x⁵ + x² + 1."""
    product = 0
    while other:
        if other & 1:
            product ^= left
        left <<= 1
        if left & 32:
            left ^= 0b100101
        other >>= 1
    return product
