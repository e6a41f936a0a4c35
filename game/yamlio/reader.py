"""Read YAML as plain data, with the place of every value. Every scalar except true and false is a string.

No text can make Python objects of its own or fill the memory: tags, anchors and aliases are findings, and size and
depth are limited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from game.core.findings import Finding, did_you_mean
from game.core.printable import UNREADABLE, printable
from game.core.values import frozen
from game.yamlio.diagnosis import YamlFault, diagnose
from game.yamlio.limits import MAX_DEPTH, MAX_FILE_BYTES
from game.yamlio.parser_events import LINE_END, parse_events

# Each pattern matches one character as written in a scalar of its style. Group 1 matches if the character is visible.
# Quoted scalars have escapes.
_PLAIN = re.compile("([^ \t\r\n\x85])")
_PIECE = {
    "'": re.compile("(''|[^ \t\r\n\x85])"),
    '"': re.compile(r"\\[ntr \t\r\n]|\\(?:x|u00|U000000)(?:20|09|0[aAdD])|(\\(?:x..|u.{4}|U.{8}|.)|[^ \t\r\n\x85])"),
}
_NEXT = re.compile(r"\s*[,}]")  # what follows a key in braces that has no value
QUOTE_COLON = "Put a text that holds a colon and a space in quotes"
QUOTE_COMMA = "Put a text that holds a comma in quotes"
Data = bool | str | list[Any] | dict[str, Any]


def count_visible(text: str) -> int:
    """Return the number of characters that are not white space."""
    return len(text) - sum(map(text.count, " \t\r\n"))


@dataclass(slots=True)
class SourceMap:
    """Source positions of a value and of its parts (a list's items, a mapping's values), as a tree. Lines count from 1.

    `key` is the line and column of the value's key. `written` is a scalar's start and end in its file, in characters
    from 0, and its style: "", a quote, | or >. `document` is the value's file, if it differs from the parent's.
    """

    line: int
    column: int
    key: tuple[int, int] | None = None
    written: tuple[int, int, str] | None = None
    parts: dict[Any, SourceMap] = field(default_factory=dict)
    document: Document | None = None

    def place(self, on_key: bool) -> tuple[int, int]:
        """Return line and column of the value, or with `on_key` of its key."""
        return self.key if on_key and self.key else (self.line, self.column)

    def at(self, path: Sequence[str | int]) -> SourceMap:
        """Return the source map at the end of a path of keys and indices, or the last one that exists on the way."""
        source_map = self
        for step in path:
            below = source_map.parts.get(step)
            if below is None:
                return source_map
            source_map = below
        return source_map


@frozen
class Document:
    """One parsed file: its name in the pack, its data with their places (`source_map`), and its text."""

    file: str
    data: Data
    source_map: SourceMap
    text: str = field(repr=False, default="")

    def where(self, path: Sequence[str | int], on_key: bool = False) -> str:
        """Return file:line:column of the value at a path, or with `on_key` of its key."""
        source_map = self.source_map.at(path)
        line, column = source_map.place(on_key)
        return f"{(source_map.document or self).file}:{line}:{column}"

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
        """Return a finding about the value at a path, or with `on_key` about its key.

        With `after`, its place is inside the value's text, after so many visible characters (no white space).
        """
        source_map = self.source_map.at(path)
        line, column = source_map.place(on_key)
        document = source_map.document or self
        if after is not None and source_map.written is not None:
            line, column = document._inside(source_map.written, after)
        return Finding(document.file, line, column, code, problem, remedy)

    def unknown_key(self, path: Sequence[str | int], keys: Sequence[str]) -> Finding:
        """Return the finding about a key that is not among the possible `keys`."""
        name = str(path[-1])
        meant = did_you_mean(name, keys)
        quotes = ""
        if self.is_rest_of_text(path):
            quotes = f"{QUOTE_COMMA}. "
        elif " " in name or (not meant and self._is_one_key_in_list(path)):
            quotes = f"{QUOTE_COLON}. "
        remedy = f"{quotes}Keys here are {', '.join(keys)}.{meant}"
        return self.finding("WG201", path, f"`{name}` is not a key here", remedy, on_key=True)

    def is_rest_of_text(self, path: Sequence[str | int]) -> bool:
        """Return whether a key is really the rest of a text with a comma: in `{say: a, b}`, YAML reads a key `b`."""
        written = self.source_map.at(path).written
        if self._value(path) != "" or written is None:
            return False
        start, end, style = written
        before = start
        while before and self.text[before - 1].isspace():
            before -= 1
        return not style and start == end and self.text[before - 1] != ":" and bool(_NEXT.match(self.text, start))

    def _is_one_key_in_list(self, path: Sequence[str | int]) -> bool:
        return len(path) > 1 and isinstance(path[-2], int) and len(self._value(path[:-1])) == 1

    def _value(self, path: Sequence[str | int]) -> Any:
        data: Any = self.data
        for step in path:
            if isinstance(data, list) and isinstance(step, int):
                data = data[step]
            else:
                data = data.get(step) if isinstance(data, dict) else None
        return data

    def _inside(self, written: tuple[int, int, str], after: int) -> tuple[int, int]:
        """Return the line and column after `after` visible characters of a scalar, but not beyond its end."""
        start, end, style = written
        if style in ("|", ">"):
            start = self.text.find("\n", start) + 1  # the text begins on the next line
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
    """Parse a file of at most MAX_FILE_BYTES bytes, or return a finding. `name` is the file's name in the pack."""
    if UNREADABLE.search(name):
        plain = name.encode(errors="backslashreplace").decode()
        return Finding(printable(plain), 0, 0, "WG107", "the file's name holds what no text holds", "Rename it.")
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        return Finding(name, 0, 0, "WG107", f"the file cannot be read: {error.strerror or error}", "Check its rights.")
    if len(raw) > MAX_FILE_BYTES:
        return too_large(name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Finding(name, line, 1, "WG102", "the file is not text in UTF-8", "Save it as UTF-8 in your editor.")
    return read_text(text, name)


def too_large(name: str) -> Finding:
    """Return the finding about a file of more than MAX_FILE_BYTES bytes."""
    problem = f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB"
    return Finding(name, 0, 0, "WG105", problem, "Split it into chapters, a file each.")


def read_text(text: str, name: str) -> Document | Finding:
    """Parse a text, or return a finding if it is not YAML that this program reads."""
    try:
        data, source_map = _build(text)
    except _Refused as no:
        return Finding(name, no.mark.line + 1, no.mark.column + 1, no.code, no.problem, no.remedy)
    except yaml.MarkedYAMLError as error:
        if fault := _diagnosis(text):
            return Finding(name, fault.line, fault.column, "WG101", fault.problem, fault.remedy)
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        remedy = "Check the indentation, and quote a text that holds `: `, or in braces a comma or `[[…]]`."
        return Finding(name, line, column, "WG101", f"this is not YAML: {error.problem or error.context}", remedy)
    except (yaml.YAMLError, ValueError) as error:
        stray = UNREADABLE.search(text)
        before = text[: stray.start()] if stray else ""
        problem = f"the file holds what no text holds: {str(error).splitlines()[0]}"
        remedy = "Save it as plain text in UTF-8."
        return Finding(name, before.count("\n") + 1, len(before) - before.rfind("\n"), "WG102", problem, remedy)
    return Document(name, data, source_map, text)


def _diagnosis(text: str) -> YamlFault | None:
    """Return the diagnosis of an invalid text; None if there is none, or if the diagnosis itself fails."""
    try:
        return diagnose(text)
    except Exception:
        return None


def _build(text: str) -> tuple[Data, SourceMap]:
    root: list[tuple[Data, SourceMap]] = []
    # the open containers from the outermost, each with its source map and the key that waits for a value
    stack: list[tuple[Any, SourceMap, tuple[str | bool, Any] | None]] = []

    def put(value: Data, source_map: SourceMap) -> None:
        if not stack:
            root.append((value, source_map))
            return
        container, above, waiting = stack[-1]
        if isinstance(container, list):
            above.parts[len(container)] = source_map
            container.append(value)
        elif waiting is not None:
            key, mark = waiting
            source_map.key = (mark.line + 1, mark.column + 1)
            above.parts[key] = source_map
            container[key] = value
            stack[-1] = (container, above, None)

    for event in parse_events(text):
        kind = type(event).__name__
        if getattr(event, "anchor", None) is not None:
            sign = "*" if kind == "AliasEvent" else "&"
            problem = f"`{sign}` begins an {'alias' if sign == '*' else 'anchor'} here, and this file may have none"
            remedy = f"Put a text that begins with `{sign}` in quotes; write out what should stand twice."
            raise _Refused("WG104", event.start_mark, problem, remedy)
        if getattr(event, "tag", None) not in (None, "!"):
            remedy = "Remove it, or put a text that begins with `!` in quotes."
            raise _Refused("WG104", event.start_mark, f"{event.tag} is a tag, and this file may have none", remedy)
        if kind == "ScalarEvent":
            if event.style == '"' and (stray := UNREADABLE.search(event.value)):
                problem = f"this text holds U+{ord(stray[0]):04X}, which is not a readable character"
                raise _Refused("WG102", event.start_mark, problem, "Take its escape out.")
            value: bool | str = event.value
            if not event.style and value in ("true", "false"):
                value = value == "true"
            if stack and isinstance(stack[-1][0], dict) and stack[-1][2] is None:
                key = event.value
                if key in stack[-1][0]:
                    remedy = "Keep one of the two."
                    raise _Refused("WG103", event.start_mark, f"the key `{key}` stands twice here", remedy)
                stack[-1] = (stack[-1][0], stack[-1][1], (key, event.start_mark))
            else:
                mark = event.start_mark
                written = (mark.index, event.end_mark.index, event.style or "")
                put(value, SourceMap(mark.line + 1, mark.column + 1, written=written))
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            if len(stack) >= MAX_DEPTH:
                problem = f"more than {MAX_DEPTH} levels stand inside one another"
                raise _Refused("WG105", event.start_mark, problem, "Flatten it.")
            if stack and isinstance(stack[-1][0], dict) and stack[-1][2] is None:
                raise _Refused("WG203", event.start_mark, "a key must be a plain word", "Quote a text with brackets.")
            mark = event.start_mark
            source_map = SourceMap(mark.line + 1, mark.column + 1)
            fresh: Data = {} if kind == "MappingStartEvent" else []
            put(fresh, source_map)
            stack.append((fresh, source_map, None))
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            stack.pop()
        elif kind == "DocumentStartEvent" and root:
            raise _Refused("WG101", event.start_mark, "a second document begins here", "Keep one document in a file.")
    return root[0] if root else ("", SourceMap(1, 1))
