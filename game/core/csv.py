"""Cells of a table for a spreadsheet, none of which can be taken for a formula."""

from __future__ import annotations

import re

# Where a cell begins, also after spaces; and what may begin one where semicolons are taken for the commas.
_FORMULA = re.compile(r"(?:^|(?<=[;\t\r\n]))(?=[\s\u200b\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n])")


def plain(cell: object) -> str:
    """A cell that a spreadsheet shows and does not run: an apostrophe stands before what would be a formula."""
    return _FORMULA.sub("'", str(cell))
