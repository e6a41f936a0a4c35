"""Rule on unpaired double quotes: most often one of a pair that was meant for YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from game.core.findings import Finding
from game.lint.chapter_texts import ChapterText
from game.lint.utterance_index import Utterance

_QUOTE = re.compile('["“”]')
_ESCAPED = re.compile('\\\\["“”]')
_Fault = tuple[int, str, str]  # the character, what is wrong, what to do


def check_quotes(texts: Iterable[ChapterText], others: Iterable[Utterance]) -> Iterator[Finding]:
    """Paragraphs and other texts with an unpaired double quote, or one after a backslash."""
    for text in texts:
        following = [*text.paragraphs, None]
        for paragraph, after in pairwise(following):
            assert paragraph is not None
            # Speech of several paragraphs: each opens a quote, only the last closes it.
            goes_on = after is not None and after.words.startswith(("“", "*“"))
            if fault := _fault(paragraph.words, goes_on):
                yield paragraph.finding("WG808", *fault)
    for other in others:
        if fault := _fault(other.words, False):
            yield other.finding("WG808", *fault)


def _fault(words: str, goes_on: bool) -> _Fault | None:
    if escaped := _ESCAPED.search(words):
        problem = "a backslash stands before a quote, and the text that holds it stands in no quotes"
        return escaped.start(), problem, "Remove the backslashes, or put the whole text in double quotes."
    quotes = list(_QUOTE.finditer(words))
    if len(quotes) % 2 == 0 or (goes_on and quotes[-1][0] == "“"):
        return None
    problem = f"the paragraph has {len(quotes)} double quote{'s' * (len(quotes) > 1)}, so one stands alone"
    return quotes[-1].start(), problem, "Open or close it, or remove it. Quotes around a whole text stand at both ends."
