"""Twee file: passages with name, tags and content, read and written as Twee 3 specifies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from game.core.values import frozen

_META = re.compile(r"([\\\[\]{}])")
_HEADER = re.compile(r"((?:\\.|[^\\\[\]{}])*)(?:\[((?:\\.|[^\\\]])*)\])?\s*(?:\{.*\})?\s*")


@frozen
class TweePassage:
    """One passage of a Twee file. `position` is its place on Twine's map. `line` is the line of its header, and `first`
    the first line of its content (from 1). `sound` is True if its header follows the specification."""

    name: str
    tags: tuple[str, ...] = ()
    content: str = ""
    position: str = ""
    line: int = 0
    first: int = 0
    sound: bool = True


def twee_text(passages: Iterable[TweePassage]) -> str:
    """Return the text of a Twee file, with blank lines between passages."""
    return "\n\n".join(_header(passage) + "\n" + passage.content.rstrip() + "\n" for passage in passages)


def _header(passage: TweePassage) -> str:
    tags = f" [{' '.join(map(_escaped, passage.tags))}]" if passage.tags else ""
    position = f' {{"position":"{passage.position}"}}' if passage.position else ""
    return f":: {_escaped(passage.name)}{tags}{position}"


def _escaped(name: str) -> str:
    return _META.sub(r"\\\1", name)


def parse_twee(text: str) -> Iterator[TweePassage]:
    """Yield the passages of a Twee file. Text before the first header is ignored."""
    header, start, content = "", 0, list[str]()
    for number, line in enumerate([*text.split("\n"), "::"], start=1):
        if not line.startswith("::"):
            content.append(line)
            continue
        if start:
            yield _passage(header, "\n".join(content), start)
        header, start, content = line[2:], number, []


def _passage(header: str, text: str, line: int) -> TweePassage:
    found = _HEADER.fullmatch(header)
    name, tags = (found[1], found[2] or "") if found else (header, "")
    first = line + 1 + len(text) - len(text.lstrip("\n"))
    each = tuple(_plain(tag) for tag in tags.split())
    return TweePassage(_plain(name.strip()), each, text.strip("\n"), "", line, first, found is not None)


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
