"""Scanner of a passage's markup, in one pass and linear time.

Where a mark must be closed, the next closing one is looked for once and kept, so that a thousand openings that nothing
closes cost one look. Quotes in a macro are paired once for the whole content, from its end.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal

from game.core.values import frozen

Kind = Literal["gone", "by", "reason", "term", "macro", "image", "link", "open", "tag", "naked", "emphasis"]

_OPENING = re.compile(r"/[*%/]|<|\\|\n[ \t]*\\|\[(?=\[|img\[)|\$(?=[A-Za-z_])|''(?!')")
_BLOCKS = {"/*": "*/", "/%": "%/", "<!--": "-->"}
_JOINED = re.compile(r"\\[ \t]*(?:\n|\Z)")
_UNSHOWN = re.compile(r'<span class="(?:ledger|note)">')
_BY = re.compile(r'<span class="by">([^<\n]*?):</span>[ ]?')
_REASON = re.compile(r'<span class="reason">([^<\n]*?)</span>\n?')
_TERM = re.compile(r'<abbr data-term="([a-z0-9-]+)"[^<>]*>([^<\n]*?)</abbr>')
_MACRO = re.compile(r"<<(/?[A-Za-z][\w-]*|=|-)")
_TAG = re.compile(r"<(/?[A-Za-z][\w-]*)(?:\s[^<>]*)?/?>")
_NAKED = re.compile(r"\$[A-Za-z_]\w*(?:[.\[]\w*)*")
_LINK_END = re.compile(r"\][\]\[]|\n")
_SETTER_END = re.compile(r"\]\]|\n")
_QUOTED = re.compile(r"""["'\n]|>>""")


@frozen
class Mark:
    """One mark and where it stands. `name` and `inside` are what it says: a macro's name and arguments, a link and its
    setter, a term and the words for it. An `open` one begins a link or a macro that nothing closes."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    inside: str = ""


class ForwardSearch:
    """Finds the next occurrence of several patterns for a caller that only moves forward; each is searched once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str | re.Pattern[str], tuple[int, int]] = {}

    def after(self, what: str | re.Pattern[str], at: int) -> tuple[int, int]:
        """Start and end of the next occurrence from a place on, or (-1, -1)."""
        known = self._found.get(what)
        if known is not None and (known[0] < 0 or known[0] >= at):
            return known
        if isinstance(what, str):
            start = self._text.find(what, at)
            found = (start, start + len(what)) if start >= 0 else (-1, -1)
        else:
            match = what.search(self._text, at)
            found = match.span() if match is not None else (-1, -1)
        self._found[what] = found
        return found


def find_marks(content: str) -> Iterator[Mark]:
    """All marks in order, none nested in another."""
    reader = _Reader(content)
    position = 0
    while (opening := _OPENING.search(content, position)) is not None:
        mark = reader.mark(opening)
        if mark is None:
            position = opening.start() + 1
        else:
            yield mark
            position = mark.end


class _Reader:
    def __init__(self, content: str) -> None:
        self.content = content
        self.ahead = ForwardSearch(content)
        self.macros = _MacroEnds(content)
        self.open_line = -1  # the end of the line in which an unclosed opening was last reported

    def mark(self, opening: re.Match[str]) -> Mark | None:
        at, sign = opening.start(), opening.group()
        match sign[0]:
            case "/":
                if sign in _BLOCKS:
                    return self._block(at, sign)
                return Mark("emphasis", at, at + 2) if not self.content.startswith(":", at - 1, at) else None
            case "<":
                return self._angle(at)
            case "\\":
                found = _JOINED.match(self.content, at)
                return Mark("gone", at, found.end()) if found else None
            case "\n":
                return Mark("gone", at, opening.end())
            case "[":
                return self._link(at) if self.content.startswith("[[", at) else self._image(at)
            case "$":
                found = _NAKED.match(self.content, at)
                return Mark("naked", at, found.end(), found.group()) if found else None
        return Mark("emphasis", at, at + 2)

    def _block(self, at: int, sign: str) -> Mark | None:
        _, end = self.ahead.after(_BLOCKS[sign], at + len(sign))
        return Mark("gone", at, end) if end >= 0 else None

    def _angle(self, at: int) -> Mark | None:
        content = self.content
        if content.startswith("<!--", at) and (comment := self._block(at, "<!--")):
            return comment
        if found := _UNSHOWN.match(content, at):
            _, end = self.ahead.after("</span>", found.end())
            if end >= 0:
                return Mark("gone", at, end + content.startswith("\n", end))
        if found := _BY.match(content, at):
            return Mark("by", at, found.end(), found[1])
        if found := _REASON.match(content, at):
            return Mark("reason", at, found.end(), found[1])
        if found := _TERM.match(content, at):
            return Mark("term", at, found.end(), found[1], found[2])
        if found := _MACRO.match(content, at):
            end = self.macros.after(found.end())
            if end >= 0:
                return Mark("macro", at, end + 2, found[1], content[found.end() : end])
            return self._open(at, f"<<{found[1]}")
        if found := _TAG.match(content, at):
            return Mark("tag", at, found.end(), found[1])
        return None

    def _image(self, at: int) -> Mark | None:
        _, end = self.ahead.after("]]", at + len("[img["))
        if end < 0:
            return None
        if self.content.startswith("[", end):
            _, behind = self.ahead.after("]]", end + 1)
            end = max(end, behind)
        return Mark("image", at, end)

    def _link(self, at: int) -> Mark | None:
        start, end = self.ahead.after(_LINK_END, at + 2)
        if start < 0 or self.content[start] == "\n":
            return self._open(at, "[[")
        if self.content[start + 1] == "]":
            return Mark("link", at, end, self.content[at + 2 : start])
        behind, stop = self.ahead.after(_SETTER_END, end)
        if behind < 0 or self.content[behind] == "\n":
            return self._open(at, "[[")
        return Mark("link", at, stop, self.content[at + 2 : start], self.content[end:behind])

    def _open(self, at: int, sign: str) -> Mark | None:
        """An unclosed opening stays text; it is reported once a line."""
        if at < self.open_line:
            return None
        end, _ = self.ahead.after("\n", at)
        self.open_line = end if end >= 0 else len(self.content)
        return Mark("open", at, at, sign)


class _MacroEnds:
    """Ends of macros: the first `>>` outside quotes. A quote that its line does not close is not one."""

    def __init__(self, content: str) -> None:
        self._content = content
        self._places: array[int] | None = None
        self._ends: array[int] = array("q")

    def after(self, at: int) -> int:
        """The place of the `>>` that ends the macro whose arguments begin at `at`, or -1."""
        if self._places is None:
            self._places = self._pair()
        token = bisect_left(self._places, at)
        end = self._ends[token]
        # Where every `>>` is in quotes, the quotes cannot be real ones.
        return end if end >= 0 else self._content.find(">>", at) if self._plain[token] else -1

    def _pair(self) -> array[int]:
        content = self._content
        places = array("q", (found.start() for found in _QUOTED.finditer(content)) if "<<" in content else ())
        count = len(places)
        self._ends = array("q", [-1]) * (count + 1)
        self._plain = bytearray(count + 1)  # whether any `>>` comes at all
        closing = {'"': -1, "'": -1}
        for token in range(count - 1, -1, -1):
            sign = content[places[token]]
            self._plain[token] = sign == ">" or self._plain[token + 1]
            if sign == ">":
                self._ends[token] = places[token]
                continue
            behind = closing[sign] + 1 if sign != "\n" and closing[sign] >= 0 else token + 1
            self._ends[token] = self._ends[behind]
            if not _is_escaped(content, places[token]):
                closing = dict.fromkeys(closing, -1) if sign == "\n" else {**closing, sign: token}
        return places


def _is_escaped(content: str, at: int) -> bool:
    """Whether an odd number of backslashes precedes a character."""
    first = at
    while first > 0 and content[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1
