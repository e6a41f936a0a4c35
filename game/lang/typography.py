"""Typography: replace straight quotes, as typed, by curved ones."""

from __future__ import annotations

import re

# A quote opens at the beginning, and after a space, a bracket or a dash. A mark of emphasis in between does not count.
_QUOTE = re.compile(r"(?P<before>(?:^|(?<=[\s(\[{—–“‘\"']))\**)?(?P<quote>[\"'])", re.MULTILINE)
_OPEN, _CLOSED = {'"': "“", "'": "‘"}, {'"': "”", "'": "’"}


def typeset(text: str) -> str:
    """Replace straight quotes by curved quotes."""
    if '"' not in text and "'" not in text:
        return text

    def curved(match: re.Match[str]) -> str:
        before, quote = match["before"], match["quote"]
        return _CLOSED[quote] if before is None else before + _OPEN[quote]

    return _QUOTE.sub(curved, text)
