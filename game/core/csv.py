"""Escape CSV cells so that a spreadsheet shows them as text and runs none as a formula."""

from __future__ import annotations

import re

# A formula's sign at the start of a cell, also after spaces. Some locales separate cells by semicolons.
_FORMULA = re.compile(r"(?:^|(?<=[;\t\r\n]))(?=[\s\u200b\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n])")


def escape_formula(cell: object) -> str:
    """Return a cell as text, with an apostrophe before anything that a spreadsheet would run as a formula."""
    return _FORMULA.sub("'", str(cell))
