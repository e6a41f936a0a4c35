"""Text that is safe to print on a terminal: control characters are escaped, so the terminal does not obey them."""

from __future__ import annotations

import re

UNREADABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no text may hold, not even as an escape. A YAML file with such a character is refused."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def printable(text: str) -> str:
    r"""Escape each control character except tab and line feed, as in `\x1b`."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def shortened(text: str, most: int = 60) -> str:
    """Return a text in one line, for a message: its first `most` characters and an ellipsis if it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def in_one_line(text: str) -> str:
    """Escape control characters as `printable` does, and line feeds as well."""
    return printable(text).replace("\n", "\\n")
