"""Characters that the fonts have, read from the table beside them."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

INVISIBLE = frozenset("\n\r\t\u200b\ufeff")  # white space and zero-width characters need no glyph


def read_glyphs(table: Path) -> frozenset[str]:
    """Read a table of hexadecimal ranges of characters, such as `0020-007E`, one a line. Raises OSError or
    ValueError."""
    ranges = (line.split("-") for line in table.read_text(encoding="ascii").splitlines())
    return frozenset(chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))


def missing_glyphs(text: str, drawn: Set[str]) -> list[str]:
    """The characters of a text that no font has, each once, sorted."""
    return sorted(set(text) - drawn - INVISIBLE)


def describe_character(char: str) -> str:
    """A character and its code point, such as `謎 (U+8B0E)`."""
    return f"{char} (U+{ord(char):04X})"
