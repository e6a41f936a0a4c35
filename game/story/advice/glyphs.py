"""The characters that the fonts have, from the table that stands beside them."""

from __future__ import annotations

from pathlib import Path


def drawn(table: Path) -> frozenset[str]:
    """The characters of a table of hexadecimal ranges (`0020-007E`), a line each. Raises OSError, ValueError."""
    ranges = (line.split("-") for line in table.read_text(encoding="ascii").splitlines())
    return frozenset(chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))
