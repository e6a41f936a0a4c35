"""A line that is being typed: its text and the place of the caret, as a value."""

from __future__ import annotations

from game.core.values import frozen


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
