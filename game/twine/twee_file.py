"""Twee 3 files: passages with name, tags, metadata and content, read and written by the specification."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any

from game.core.values import frozen

_META = re.compile(r"([\\\[\]{}])")


@frozen
class TweePassage:
    """One passage. `line` is the header's and `first` the content's, from 1. `flaw` is an error in its header."""

    name: str
    tags: tuple[str, ...] = ()
    content: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0
    first: int = 0
    flaw: str = ""


def twee_text(passages: Iterable[TweePassage]) -> str:
    """The text of a Twee file, with blank lines between passages."""
    return "\n\n".join(_header(passage) + "\n" + passage.content.rstrip() + "\n" for passage in passages)


def _header(passage: TweePassage) -> str:
    parts = ["::", _escaped(passage.name)]
    if passage.tags:
        parts.append(f"[{' '.join(map(_escaped, passage.tags))}]")
    if passage.metadata:
        parts.append(json.dumps(passage.metadata, separators=(",", ":")))
    return " ".join(parts)


def _escaped(name: str) -> str:
    return _META.sub(r"\\\1", name)


def parse_twee(text: str) -> Iterator[TweePassage]:
    """Parse the passages of a Twee file. Text before the first header belongs to none."""
    header, start, content = "", 0, list[str]()
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("::"):
            if start:
                yield _passage(header, content, start)
            header, start, content = line[2:], number, []
        else:
            content.append(line)
    if start:
        yield _passage(header, content, start)


def _passage(header: str, content: list[str], line: int) -> TweePassage:
    """Parse a header: name, [tags], {metadata}; a bracket after a backslash belongs to the name."""
    name, rest = _until(header, "[{")
    tags: tuple[str, ...] = ()
    flaw = ""
    if rest.startswith("["):
        inside, rest = _until(rest[1:], "]")
        if not rest:
            flaw = "its tags are not closed"
        tags, rest = tuple(_plain(tag) for tag in inside.split()), rest[1:].lstrip()
    metadata: Any = {}
    if rest.strip():
        try:
            metadata = json.loads(rest)
        except (ValueError, RecursionError):
            metadata, flaw = {}, "what stands behind its name and tags is no JSON"
        if not isinstance(metadata, dict):
            metadata, flaw = {}, "its metadata is no mapping"
    text = "\n".join(content)
    first = line + 1 + len(text) - len(text.lstrip("\n"))
    return TweePassage(_plain(name.strip()), tags, text.strip("\n"), metadata, line, first, flaw)


def _until(text: str, ends: str) -> tuple[str, str]:
    """Split a text before the first of the characters `ends` that no backslash escapes."""
    found = re.match(rf"(?:\\.|[^\\{re.escape(ends)}])*", text)
    at = found.end() if found else 0
    return text[:at], text[at:]


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
