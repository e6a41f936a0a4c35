"""A number as groups of letters that can be read aloud and typed, each with a letter that shows a slip in it.

The letters are digits and capitals without I, L, O and U. A group is up to four letters and a check over the field of
32 elements: any one wrong letter and any two that changed places are noticed, and so are groups that changed places
and a last group that is missing. Where every group is whole, a letter too many or too few shows in the length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 5  # letters, the last of them the check
LONGEST = 4_000  # letters; the longest reading of a long story takes a tenth of it
_MISREAD = str.maketrans("OIL", "011")
_PLACES = 16  # how many places in a row the check tells apart
_LAST = 16  # what the check of the last group is moved by


class MistypedError(ValueError):
    """Letters that no number was written as.

    `reason`: "empty", "long", "letter" (one of no code), "group" (a slip in it), "end" (a slip in the last group, or
    something missing there), or "short" (what comes after the last group is missing). `group` counts from 1; `letter`
    is the one that no code has.
    """

    def __init__(self, reason: str, message: str, group: int = 0, letter: str = "") -> None:
        super().__init__(message)
        self.reason, self.group, self.letter = reason, group, letter


def encode(number: int, whole: bool = False) -> str:
    """A number, 0 or more, in groups with a hyphen between each two; with `whole` the last one is filled with zeros."""
    digits: list[int] = []
    while number or not digits:
        digits.append(number % 32)
        number //= 32
    each = GROUP - 1
    if whole:
        digits += [0] * (-len(digits) % each)
    parts = [digits[at : at + each] for at in range(0, len(digits), each)]
    groups = [[*part, _check(part, place, place == len(parts) - 1)] for place, part in enumerate(parts)]
    return "-".join("".join(ALPHABET[letter] for letter in part) for part in groups)


def decode(text: str) -> int:
    """The number that was written as this, however it is spaced and in capitals or not. Raises MistypedError."""
    groups = _groups(text)
    if not groups:
        raise MistypedError("empty", "there is no letter in this code")
    if slip := find_slip(text):
        raise slip
    last = len(groups) - 1
    if not _holds(groups[last], last, True):
        if _holds(groups[last], last, False):
            raise MistypedError("short", f"this code goes on after group {last + 1}: its end is missing", last + 1)
        raise MistypedError("end", f"group {last + 1} of this code has a slip in it, or lacks its end", last + 1)
    number = 0
    for letter in reversed([letter for group in groups for letter in group[:-1]]):
        number = number * 32 + letter
    return number


def find_slip(text: str) -> MistypedError | None:
    """The first slip that shows in what is typed so far, or None: a group that is still short may become right."""
    try:
        groups = _groups(text)
    except MistypedError as error:
        return error
    for place, group in enumerate(groups):
        last = place == len(groups) - 1
        whole = len(group) == GROUP
        if whole and not (_holds(group, place, False) or (last and _holds(group, place, True))):
            at = _uneven(text) or place + 1
            return MistypedError("group", f"group {at} of this code has a slip in it", at)
    return None


def group_letters(text: str) -> str:
    """What is typed, as the code writes it: in capitals, with a hyphen after each group."""
    typed = letters(text)
    return "-".join(typed[at : at + GROUP] for at in range(0, len(typed), GROUP))


def letters(text: str) -> str:
    """What counts of a text. A letter that looks like a digit is one; spaces and strokes are for the eye."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in plain if unicodedata.category(char)[0] not in "ZCP").translate(_MISREAD)


def _groups(text: str) -> list[list[int]]:
    """Groups of letters as numbers. Raises MistypedError on what is too long, or a letter of no code."""
    typed = letters(text[: 4 * LONGEST])
    if len(typed) > LONGEST or len(text) > 4 * LONGEST:
        raise MistypedError("long", f"this is longer than any code: {len(text):,} letters")
    numbers = []
    for at, letter in enumerate(typed):
        if letter not in ALPHABET:
            group = at // GROUP + 1
            raise MistypedError("letter", f"`{letter}` in group {group} is in no code", group, letter)
        numbers.append(ALPHABET.index(letter))
    return [numbers[at : at + GROUP] for at in range(0, len(numbers), GROUP)]


def _uneven(text: str) -> int | None:
    """The first group, of those that somebody set apart, that has too few letters or too many."""
    parts = [part for part in re.split(r"[\s\-‐‑–—]+", text.strip()) if part]
    if len(parts) < 2:
        return None
    return next((at for at, part in enumerate(parts[:-1], 1) if len(part) != GROUP), None)


def _holds(group: Sequence[int], place: int, last: bool) -> bool:
    return len(group) > 1 and _check(group[:-1], place, last) == group[-1]


def _check(letters: Sequence[int], place: int, last: bool) -> int:
    """The check of a group: its letters weighed by where they stand, in the field of 32, and where it stands itself."""
    check = place % _PLACES + (_LAST if last else 0)
    for at, letter in enumerate(letters, 1):
        check ^= _times(letter, 1 << at)
    return check


def _times(one: int, other: int) -> int:
    """The product in the field of 32 elements, modulo x⁵ + x² + 1."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 32:
            one ^= 0b100101
        other >>= 1
    return product
