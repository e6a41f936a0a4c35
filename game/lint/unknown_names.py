"""Find names that a bible does not know: capitalised words within a sentence, and misspelt names.

A language that capitalises all nouns is skipped; one without capital letters has no such words.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from game.core.findings import did_you_mean
from game.lang.story_dates import MONTHS_BY_NAME
from game.lint.readability import WORD
from game.lint.utterance_index import BibleConflict, Utterance
from game.story.bible import Bible

NOUNS_ARE_CAPITAL = frozenset({"de", "lb"})
NEARLY = 0.8  # the least similarity of a misspelt name: `Xiaomei` is `Xiaomai`, but `Louder` is not `Lower`
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()  # noqa: SIM905
_ALWAYS = frozenset({"i", *MONTHS_BY_NAME, *_DAYS})
_OPENS = re.compile(r"(?:^|[.!?…:]|[“”\"‘(*\[—|])[\s“”\"’)*\]]*$")  # what may precede a sentence
_ENDING = re.compile(r"[’'](?:s|ve|ll|d|re|m|t)?$")


def find_unknown_names(bible: Bible, said: Sequence[Utterance], language: str) -> Iterator[BibleConflict]:
    """Yield every name that is not in the bible, in the order of the texts."""
    if language.partition("-")[0] in NOUNS_ARE_CAPITAL:
        return
    book = _Names(bible, frozenset(word for text in said for word in WORD.findall(text.words) if word[0].islower()))
    for utterance in said:
        yield from book.unknown(utterance)


class _Names:
    """The names that a bible knows. `common` holds words that the texts also write without a capital."""

    def __init__(self, bible: Bible, common: frozenset[str]) -> None:
        self.common = common
        self.whole = {name for person in bible.people for name in person.called} | {*bible.names}
        self.of_people = {word for person in bible.people for name in person.called for word in _capitals(name)}
        self.single = {word for name in self.whole for word in _capitals(name)}

    def unknown(self, saying: Utterance) -> Iterator[BibleConflict]:
        for run in _runs(saying.words):
            begins = saying.label or bool(_OPENS.search(saying.words[: run[0].start()]))
            at = 0
            while at < len(run):
                length = self._known(run, at)
                if length == 1 and self._is_nobody(run, at):
                    name = f"{run[at].group()} {_bare(run[at + 1].group())}"
                    yield self._conflict(saying, run[at].start(), name, "the bible has nobody of that name")
                    length = 2
                elif not length:
                    name = _bare(run[at].group())
                    # In a title, or first in a sentence, a capital letter says nothing: only a misspelt name counts.
                    says_name = not begins or (at > 0 and not saying.label)
                    if says_name or difflib.get_close_matches(name, self.single, n=1, cutoff=NEARLY):
                        yield self._conflict(saying, run[at].start(), name, "the bible has no such name")
                    length = 1
                at += length

    def _known(self, run: list[re.Match[str]], at: int) -> int:
        """Return how many words to pass at `at`: all of a known name, 1 for a common word, 0 for an unknown name."""
        for end in range(len(run), at, -1):
            name = " ".join(word.group() for word in run[at:end])
            if name in self.whole or _bare(name) in self.whole:
                return end - at
        word = run[at].group()
        return 1 if _bare(word) in self.single or word in self.single or self._is_common(word) else 0

    def _is_nobody(self, run: list[re.Match[str]], at: int) -> bool:
        """Return whether the two words at `at` are each part of somebody's name, but nobody has both."""
        if at + 1 == len(run) or self._known(run, at + 1) > 1:
            return False
        return run[at].group() in self.of_people and _bare(run[at + 1].group()) in self.of_people

    def _is_common(self, word: str) -> bool:
        stem = _ENDING.sub("", word).lower()
        return {word.lower(), stem} & self.common != set() or stem in _ALWAYS or word.lower() in _ALWAYS

    def _conflict(self, saying: Utterance, at: int, name: str, problem: str) -> BibleConflict:
        near = did_you_mean(name, sorted(self.whole if " " in name else self.single))
        remedy = f"Mend it, or add it to the bible.{near}"
        return BibleConflict(saying, at, name, "WG809", f"`{name}`: {problem}", remedy)


def _runs(words: str) -> Iterator[list[re.Match[str]]]:
    """Yield runs of adjacent capitalised words. A run ends at a genitive."""
    run: list[re.Match[str]] = []
    for word in WORD.finditer(words):
        is_capital, before = word.group()[0].isupper(), run[-1].group() if run else ""
        if run and (words[run[-1].end() : word.start()] != " " or not is_capital or before.endswith(("’s", "'s"))):
            yield run
            run = []
        if is_capital:
            run.append(word)
    if run:
        yield run


def _bare(name: str) -> str:
    return re.sub(r"[’']s$", "", name)


def _capitals(name: str) -> list[str]:
    return [word for word in WORD.findall(name) if word[0].isupper()]
