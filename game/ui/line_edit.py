"""Text fields: the line that is being typed, and what each kind of field takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from game.core.values import frozen
from game.play.base32_check import LONGEST, normalize


@frozen
class LineEdit:
    """`caret` counts the characters before it: 0 to the length of `text`."""

    text: str = ""
    caret: int = 0

    def typed(self, text: str) -> LineEdit:
        """With a text at the caret, which then stands behind it."""
        return LineEdit(self.text[: self.caret] + text + self.text[self.caret :], self.caret + len(text))

    def erased(self, by: int) -> LineEdit:
        """Without the character before the caret (-1) or behind it (+1); at an end nothing is there to erase."""
        at = self.caret - 1 if by < 0 else self.caret
        if not 0 <= at < len(self.text):
            return self
        return LineEdit(self.text[:at] + self.text[at + 1 :], at)

    def moved(self, by: int) -> LineEdit:
        """With the caret so many characters on, or back, and no further than the ends."""
        return LineEdit(self.text, max(0, min(len(self.text), self.caret + by)))


BLANK = LineEdit()


class FieldKind(NamedTuple):
    """A kind of field: what of a typed text it takes, and how many characters at most."""

    takes: Callable[[str], str]
    longest: int


def _digits(text: str) -> str:
    return "".join(char for char in text if char in "0123456789")


def _sentence(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


CODE = FieldKind(normalize, LONGEST)
HANDS = FieldKind(_digits, 3)
PIN = FieldKind(_digits, 12)
REASON = FieldKind(_sentence, 200)
