"""Text fields: a one-line editor as a value, and the kinds of fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from game.core.values import frozen
from game.play.base32_check import LONGEST, normalize


@frozen
class LineEdit:
    """A line of text with a caret, behind `caret` characters. Typed text replaces a line that `is_selected`."""

    text: str = ""
    caret: int = 0
    is_selected: bool = False

    @staticmethod
    def selected(text: str) -> LineEdit:
        """Return a field with this text, all of it selected, with the caret at its end."""
        return LineEdit(text, len(text), bool(text))

    def typed(self, text: str) -> LineEdit:
        """Return the line with a text inserted at the caret. The caret moves behind the text."""
        if self.is_selected and text:
            return LineEdit(text, len(text))
        return LineEdit(self.text[: self.caret] + text + self.text[self.caret :], self.caret + len(text))

    def erased(self, by: int) -> LineEdit:
        """Return the line without the character before the caret (-1) or after it (+1), if there is one."""
        if self.is_selected:
            return LineEdit()
        at = self.caret - 1 if by < 0 else self.caret
        if not 0 <= at < len(self.text):
            return self
        return LineEdit(self.text[:at] + self.text[at + 1 :], at)

    def moved(self, by: int) -> LineEdit:
        """Return the line with the caret moved by so many characters, but not beyond its ends."""
        return LineEdit(self.text, max(0, min(len(self.text), self.caret + by)))


BLANK = LineEdit()


class FieldKind(NamedTuple):
    """A kind of field. `takes` returns what the field accepts of a typed text; `longest` is the limit in characters."""

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
