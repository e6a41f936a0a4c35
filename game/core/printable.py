"""Text that is safe to print on a terminal: control characters, which a terminal would obey, written as escapes."""

from __future__ import annotations

import re

UNREADABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no text holds, be it written by its number: a file of YAML is refused for it."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def printable(text: str) -> str:
    r"""The text with each control character but tab and line feed as `\x1b`. Lines stay as they are."""
    return _CONTROL.sub(lambda one: f"\\x{ord(one[0]):02x}", text)


def in_one_line(text: str) -> str:
    """`printable`, and no line feed either."""
    return printable(text).replace("\n", "\\n")
