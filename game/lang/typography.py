"""Typography: turn straight quotes into curved ones, and spaces at French marks into narrow ones that break no line."""

from __future__ import annotations

import re

# A quote opens at the beginning, and after a space, a bracket or a dash. A mark of emphasis in between does not count.
_QUOTE = re.compile(r"(?P<before>(?:^|(?<=[\s(\[{—–“‘\"']))\**)?(?P<quote>[\"'])", re.MULTILINE)
_OPEN, _CLOSED = {'"': "“", "'": "‘"}, {'"': "”", "'": "’"}
_ENDS = r"(?:[\s,.…*)\]}”]|$)"
# As French sets it. A colon between numbers is a ratio.
_BEFORE_MARK = re.compile(rf"(?:(?<=\S)[ \u00a0](?=[;!?»]{_ENDS})|(?<=[^\s\d])[ \u00a0](?=:{_ENDS}))")
_AFTER_QUOTE = re.compile(r"(?<=«)[ \u00a0](?=\S)")


def typeset(text: str) -> str:
    """Return a text with curved quotes. Spaces before any of `;:!?»` and after `«` become narrow and unbreakable."""
    spaced = _AFTER_QUOTE.sub("\u202f", _BEFORE_MARK.sub("\u202f", text))
    return _QUOTE.sub(_curved, spaced) if '"' in text or "'" in text else spaced  # the pattern is slow


def _curved(match: re.Match[str]) -> str:
    before, quote = match["before"], match["quote"]
    return _CLOSED[quote] if before is None else before + _OPEN[quote]
