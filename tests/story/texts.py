"""Texts for properties: any text, text like YAML, and valid files with changed lines; and the places of data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

MARKS = [*"{}[],|>'\"#?~%\\\n\t", ": ", "- ", "\n  ", "\n    ", "&a", "*a", "!t", "---\n", "\r\n", "\x85", '"\\0"']
KEYS = ["chapter", "pack", "nodes", "text", "goto", "end", "gate", "if", "do", "grain", "true", "1958", "also"]
LINES = ["- c", "- 70", "  - x", "-", "x", "a: b", "? ", " : ", "\ta: b", "  also: [[a]]", "a: |", "- - b: c", '"', "{"]

any_text = st.one_of(st.text(), st.binary().map(lambda some: some.decode("latin-1")))
yamlish = st.lists(st.sampled_from([*MARKS, *KEYS]), max_size=40).map("".join)
# Lines at every depth: they keep all of a file's characters and are still not YAML.
lines = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(LINES)), max_size=12).map(
    lambda drawn: "".join(f"{' ' * depth}{line}\n" for depth, line in drawn)
)


@st.composite
def with_lines_otherwise(draw: st.DrawFn, text: str) -> str:
    """The text with up to three of its lines doubled, cut, moved or shifted, or with another line before them."""
    parts = text.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(parts) - 1))
        match draw(st.sampled_from(["add", "double", "cut", "move", "right", "left"])):
            case "add":
                parts.insert(at, draw(st.sampled_from(LINES) | yamlish) + "\n")
            case "double":
                parts.insert(at, parts[at])
            case "cut" if len(parts) > 1:
                del parts[at]
            case "move":
                parts.insert(draw(st.integers(0, len(parts) - 1)), parts.pop(at))
            case "right":
                parts[at] = " " * draw(st.integers(1, 4)) + parts[at]
            case _:
                parts[at] = parts[at][draw(st.integers(1, 3)) :] or "\n"
    return "".join(parts)


def places(value: object) -> Iterator[tuple[list[Any] | dict[str, Any], Any]]:
    """Every place in lists and mappings: its container, and its index or key."""
    if isinstance(value, list | dict):
        for at, inner in enumerate(value) if isinstance(value, list) else value.items():
            yield value, at
            yield from places(inner)


def each_line_otherwise(text: str, *added: str) -> Iterator[str]:
    """The text with each added line at each place, and with each of its own lines doubled, cut, and moved.

    A line is moved to each other place; comments are not moved.
    """
    parts = text.splitlines(keepends=True)
    for at in range(len(parts) + 1):
        yield from ("".join([*parts[:at], f"{line}\n", *parts[at:]]) for line in added)
    for at, line in enumerate(parts):
        yield "".join([*parts[:at], line, *parts[at:]])
        rest = [*parts[:at], *parts[at + 1 :]]
        yield "".join(rest)
        if line.partition("#")[0].strip():
            yield from ("".join([*rest[:to], line, *rest[to:]]) for to in range(len(parts)) if to != at)
