"""Which characters the fonts can draw, read from a table that stands beside the fonts."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

INVISIBLE = frozenset("\n\r\t\u200b\ufeff")  # white space and zero-width characters need no glyph


def read_glyphs(table: Path) -> frozenset[str]:
    """Read the characters that the fonts have, from a file with one hexadecimal range a line, such as `0020-007E`."""
    ranges = (line.split("-") for line in table.read_text(encoding="ascii").splitlines())
    return frozenset(chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))


def missing_glyphs(text: str, drawn: Set[str]) -> list[str]:
    """Return the characters of a text that the fonts cannot draw, sorted, each once. `drawn`: all that they can."""
    return sorted(set(text) - drawn - INVISIBLE)


def describe_character(char: str) -> str:
    """Return a character and its code point for a message, such as `謎 (U+8B0E)`."""
    return f"{char} (U+{ord(char):04X})"
