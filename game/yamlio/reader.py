"""A YAML text -> plain data and the places where it stood. String-first: only true and false are no text.

Nothing in the text can build an object, repeat itself or grow: tags, anchors and aliases are findings, and
size and depth have bounds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from game.core.findings import Finding, did_you_mean
from game.core.printable import UNREADABLE
from game.core.values import frozen
from game.yamlio.limits import DEEPEST, LARGEST
from game.yamlio.parser_events import LINE_END, events

if TYPE_CHECKING:
    from game.yamlio.diagnosis import YamlFault

# How one character is written, in a group where it is inked: quotes double a quote, or write a character by its name.
_PLAIN = re.compile("([^ \t\r\n\x85])")
_PIECE = {
    "'": re.compile("(''|[^ \t\r\n\x85])"),
    '"': re.compile(r"\\[ntr \t\r\n]|\\(?:x|u00|U000000)(?:20|09|0[aAdD])|(\\(?:x..|u.{4}|U.{8}|.)|[^ \t\r\n\x85])"),
}
Data = bool | str | list[Any] | dict[str, Any]


def inked(text: str) -> int:
    """How many of a text's characters are no space or line's end."""
    return len(text) - sum(map(text.count, " \t\r\n"))


@dataclass(slots=True)
class Spot:
    """Where a value stands (line and column from 1), and below it the spots of its parts.

    `key` is the place of the key that it stands behind, where it has one. `written` is where a text begins and
    ends in its file, in characters from 0, and how it is written there: "", a quote, | or >. `document` is the file
    that it stands in, where that is another one than its tree's.
    """

    line: int
    column: int
    key: tuple[int, int] | None = None
    written: tuple[int, int, str] | None = None
    parts: dict[Any, Spot] = field(default_factory=dict)
    document: Document | None = None

    def place(self, on_key: bool) -> tuple[int, int]:
        """Line and column of the value, or of its key where it has one."""
        return self.key if on_key and self.key else (self.line, self.column)

    def at(self, path: Sequence[str | int]) -> Spot:
        """The spot at the end of a path, or the deepest one on the way that exists."""
        spot = self
        for step in path:
            below = spot.parts.get(step)
            if below is None:
                return spot
            spot = below
        return spot


@frozen
class Document:
    """One file: its name in the pack, its data and places, and the text that it was read from."""

    file: str
    data: Data
    spot: Spot
    text: str = field(repr=False, default="")

    def where(self, path: Sequence[str | int], on_key: bool = False) -> str:
        """file:line:column of the value of a path (or of its key)."""
        spot = self.spot.at(path)
        line, column = spot.place(on_key)
        return f"{(spot.document or self).file}:{line}:{column}"

    def finding(
        self,
        code: str,
        path: Sequence[str | int],
        problem: str,
        remedy: str,
        *,
        on_key: bool = False,
        after: int | None = None,
    ) -> Finding:
        """A finding at the value of a path (or at its key).

        With `after` it stands inside the value's text, behind that many characters that are no space: a count that
        stays the same however a text is broken into lines.
        """
        spot = self.spot.at(path)
        line, column = spot.place(on_key)
        document = spot.document or self
        if after is not None and spot.written is not None:
            line, column = document._inside(spot.written, after)
        return Finding(document.file, line, column, code, problem, remedy)

    def no_key(self, path: Sequence[str | int], keys: Sequence[str]) -> Finding:
        """The finding at a key that is none of those that there are."""
        name = str(path[-1])
        quotes = "Put a text that holds a colon and a space in quotes. " if " " in name else ""
        remedy = f"{quotes}Keys here are {', '.join(keys)}.{did_you_mean(name, keys)}"
        return self.finding("WG201", path, f"`{name}` is no key here", remedy, on_key=True)

    def _inside(self, written: tuple[int, int, str], after: int) -> tuple[int, int]:
        """Line and column behind `after` inked characters of a text, or at its end."""
        start, end, style = written
        if style in ("|", ">"):
            start = self.text.find("\n", start) + 1  # the text begins below its sign
        elif style:
            start, end = start + 1, end - 1
        at = start
        for piece in _PIECE.get(style, _PLAIN).finditer(self.text, start, end):
            if piece[1] is None:
                continue
            if after == 0:
                at = piece.start()
                break
            after, at = after - 1, piece.end()
        breaks = [0, *(found.end() for found in LINE_END.finditer(self.text, 0, at))]
        return len(breaks), at - breaks[-1] + 1


class _Refused(Exception):
    def __init__(self, code: str, mark: Any, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.code, self.mark, self.problem, self.remedy = code, mark, problem, remedy


def read_file(path: Path, name: str) -> Document | Finding:
    """The document of a file, or what prevents reading it. Reads at most LARGEST bytes."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        return Finding(name, 0, 0, "WG107", f"the file cannot be read: {error.strerror or error}", "Check its rights.")
    if len(raw) > LARGEST:
        return too_large(name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Finding(name, line, 1, "WG102", "the file is not text in UTF-8", "Save it as UTF-8 in your editor.")
    return read_text(text, name)


def too_large(name: str) -> Finding:
    """What is said of a file of more than LARGEST bytes."""
    problem = f"the file is larger than {LARGEST // 1_000_000} MB"
    return Finding(name, 0, 0, "WG105", problem, "Split it into chapters, a file each.")


def read_text(text: str, name: str) -> Document | Finding:
    """The document of a text, or the finding that prevents one."""
    try:
        data, spot = _fold(text)
    except _Refused as no:
        return Finding(name, no.mark.line + 1, no.mark.column + 1, no.code, no.problem, no.remedy)
    except yaml.MarkedYAMLError as error:
        if slip := _slip(text):
            return Finding(name, slip.line, slip.column, "WG101", slip.problem, slip.remedy)
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Finding(
            name,
            line,
            column,
            "WG101",
            f"this is not YAML: {error.problem or error.context}",
            "Check the indentation, and quote a text that holds `: ` or starts with a special character.",
        )
    except (yaml.YAMLError, ValueError) as error:
        stray = UNREADABLE.search(text)
        before = text[: stray.start()] if stray else ""
        return Finding(
            name,
            before.count("\n") + 1,
            len(before) - before.rfind("\n"),
            "WG102",
            f"the file holds what no text holds: {str(error).splitlines()[0]}",
            "Save it as plain text in UTF-8.",
        )
    return Document(name, data, spot, text)


def _slip(text: str) -> YamlFault | None:
    """What an author did wrong; None where nobody knows, or where the search for it fails itself.

    The search is a guess about a broken text, made of many rules: no fault of its own may hide what the parser found.
    """
    from game.yamlio.diagnosis import diagnose  # a sound text is read without it

    try:
        return diagnose(text)
    except Exception:
        return None


def _fold(text: str) -> tuple[Data, Spot]:
    """One pass over the parser's events. The stack holds (container, its spot, the key that waits)."""
    root: list[tuple[Data, Spot]] = []
    stack: list[tuple[Any, Spot, tuple[str | bool, Any] | None]] = []

    def put(value: Data, spot: Spot) -> None:
        if not stack:
            root.append((value, spot))
            return
        container, above, waiting = stack[-1]
        if isinstance(container, list):
            above.parts[len(container)] = spot
            container.append(value)
        elif waiting is not None:
            key, mark = waiting
            spot.key = (mark.line + 1, mark.column + 1)
            above.parts[key] = spot
            container[key] = value
            stack[-1] = (container, above, None)

    for event in events(text):
        kind = type(event).__name__
        if getattr(event, "anchor", None) is not None:
            sign = "*" if kind == "AliasEvent" else "&"
            raise _Refused(
                "WG104",
                event.start_mark,
                f"`{sign}` begins an {'alias' if sign == '*' else 'anchor'} here, and this file may have none",
                f"Put a text that begins with `{sign}` in quotes; write out what should stand twice.",
            )
        if getattr(event, "tag", None) not in (None, "!"):
            raise _Refused(
                "WG104",
                event.start_mark,
                f"{event.tag} is a tag, and this file may have none",
                "Remove it, or put a text that begins with `!` in quotes.",
            )
        if kind == "ScalarEvent":
            if event.style == '"' and (stray := UNREADABLE.search(event.value)):
                raise _Refused(
                    "WG102",
                    event.start_mark,
                    f"this text holds U+{ord(stray[0]):04X}, which is no character that can be read",
                    "Take its escape out.",
                )
            value: bool | str = event.value
            if not event.style and value in ("true", "false"):
                value = value == "true"
            if stack and isinstance(stack[-1][0], dict) and stack[-1][2] is None:
                key = event.value
                if key in stack[-1][0]:
                    raise _Refused(
                        "WG103", event.start_mark, f"the key `{key}` stands twice here", "Keep one of the two."
                    )
                stack[-1] = (stack[-1][0], stack[-1][1], (key, event.start_mark))
            else:
                mark = event.start_mark
                written = (mark.index, event.end_mark.index, event.style or "")
                put(value, Spot(mark.line + 1, mark.column + 1, written=written))
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            if len(stack) >= DEEPEST:
                raise _Refused(
                    "WG105", event.start_mark, f"more than {DEEPEST} levels stand inside one another", "Flatten it."
                )
            if stack and isinstance(stack[-1][0], dict) and stack[-1][2] is None:
                raise _Refused("WG203", event.start_mark, "a key must be a plain word", "Quote a text with brackets.")
            mark = event.start_mark
            spot = Spot(mark.line + 1, mark.column + 1)
            fresh: Data = {} if kind == "MappingStartEvent" else []
            put(fresh, spot)
            stack.append((fresh, spot, None))
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            stack.pop()
        elif kind == "DocumentStartEvent" and root:
            raise _Refused("WG101", event.start_mark, "a second document begins here", "Keep one document in a file.")
    return root[0] if root else ("", Spot(1, 1))
