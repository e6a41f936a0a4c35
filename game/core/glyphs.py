"""The characters that the fonts have, from the table that stands beside them."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

UNDRAWN = frozenset("\n\r\t\u200b\ufeff")  # the line breaks at one and the other is never drawn


def drawn(table: Path) -> frozenset[str]:
    """The characters of a table of hexadecimal ranges (`0020-007E`), a line each. Raises OSError, ValueError."""
    ranges = (line.split("-") for line in table.read_text(encoding="ascii").splitlines())
    return frozenset(chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))


def missing(text: str, drawn: Set[str]) -> list[str]:
    """The characters of a text that no font has, each once."""
    return sorted(set(text) - drawn - UNDRAWN)


def named(char: str) -> str:
    """A character as a person and a program know it."""
    return f"{char} (U+{ord(char):04X})"
