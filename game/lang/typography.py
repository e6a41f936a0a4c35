"""Typography of texts as they are typed: curved quotes, and narrow spaces that do not break a line."""

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
    """Return a text with curved quotes, and narrow unbreakable spaces before `;`, `:`, `!`, `?`, `»` and after `«`."""
    return _with_curved_quotes(_AFTER_QUOTE.sub("\u202f", _BEFORE_MARK.sub("\u202f", text)))


def _with_curved_quotes(text: str) -> str:
    if '"' not in text and "'" not in text:
        return text

    def curved(match: re.Match[str]) -> str:
        before, quote = match["before"], match["quote"]
        return _CLOSED[quote] if before is None else before + _OPEN[quote]

    return _QUOTE.sub(curved, text)
