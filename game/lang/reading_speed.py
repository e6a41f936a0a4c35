"""Reading speed. Idle timeouts, and the minutes that a length of the story takes, are computed from it."""

from __future__ import annotations

import re

WORDS_A_MINUTE = 150  # and twice as many Chinese characters
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WIDE = re.compile("[\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")  # and its marks


def count_words(text: str) -> int:
    """Return the length of a text in words: runs of characters between white space. Two Chinese characters count as one
    word; in a Chinese text, a run of other characters counts only if it has a letter or digit."""
    characters = len(_HAN.findall(text))
    if not characters:
        return len(text.split())
    between = (part for part in _WIDE.sub(" ", text).split() if any(map(str.isalnum, part)))
    return (characters + 1) // 2 + sum(1 for _ in between)
