"""CSV cells that a spreadsheet does not take for a formula."""

from __future__ import annotations

import re

# A formula's sign at the start of a cell, also after spaces. Some locales separate cells by semicolons.
_FORMULA = re.compile(r"(?:^|(?<=[;\t\r\n]))(?=[\s\u200b\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n])")


def escape_formula(cell: object) -> str:
    """The text of a cell, with an apostrophe before anything that a spreadsheet would run as a formula."""
    return _FORMULA.sub("'", str(cell))
