"""Rules of the pack's `prose`: lengths, school grade, forbidden words. Also unpaired quotes and missing glyphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from itertools import pairwise
from typing import Any

from game.core import glyphs
from game.core.findings import Finding
from game.lang.reading_speed import count_words
from game.lint.chapter_texts import ChapterText, longest_text
from game.lint.readability import ENOUGH, school_grade
from game.lint.utterance_index import Utterance
from game.story.builder.text_compiler import Path
from game.story.model import Node, Story
from game.story.satisfiable import Satisfiability
from game.story.schema.pack_schema import ProseShape
from game.yamlio.reader import QUOTE_COMMA, Document, SourceMap, count_visible

PLAINER = "Shorten its sentences and choose plainer words, or change `prose` in pack.yaml."


def check_page_lengths(
    story: Story, texts: Iterable[ChapterText], prose: ProseShape, satisfiability: Satisfiability
) -> Iterator[Finding]:
    """Report pages that can be longer than the pack allows."""
    for text in texts:
        if not isinstance(text.part, Node):
            continue
        kind = "brief" if text.brief else "scene" if text.part.choices else "outcome"
        limit: int | None = getattr(prose, kind)
        if limit is None:
            continue
        passages = [paragraph.passage for paragraph in text.paragraphs]
        weighed = [(passage.condition, count_words(longest_text(passage, story))) for passage in passages]
        words = satisfiability.max_weight(weighed)
        if words > limit:
            problem = f"`{text.name}` can be {words} words long; a page of its kind ({kind}) may have {limit}"
            yield text.finding("WG803", problem, "Shorten it, or change `prose` in pack.yaml.")


def check_grades(
    story: Story, texts: Iterable[ChapterText], others: Iterable[Utterance], prose: ProseShape
) -> Iterator[Finding]:
    """Report texts with a higher school grade than the pack allows."""
    for other in others:
        if prose.grade is not None and (grade := _grade(other.words)) > prose.grade:
            problem = f"a text of `{other.where}` reads at grade {grade:.1f}; the pack allows {prose.grade}"
            yield other.finding("WG804", 0, problem, PLAINER)
    for text in texts:
        words = " ".join(longest_text(paragraph.passage, story) for paragraph in text.paragraphs)
        if prose.grade is not None and (found := _grade(words)) > prose.grade:
            problem = f"`{text.name}` reads at grade {found:.1f}; the pack allows {prose.grade}"
            yield text.finding("WG804", problem, PLAINER)


def _grade(words: str) -> float:
    """Return the school grade of a text; 0 if it is too short for a grade."""
    return school_grade(words) if count_words(words) >= ENOUGH else 0


def check_forbidden_words(
    texts: Iterable[ChapterText], others: Iterable[Utterance], prose: ProseShape
) -> Iterator[Finding]:
    """Report words in texts for readers that the pack's `prose` forbids."""
    if not prose.never:
        return
    ruled_out = re.compile(rf"\b(?:{'|'.join(map(re.escape, prose.never))})\b", re.IGNORECASE)
    remedy = "Say it otherwise, or change `prose` in pack.yaml."
    for written in (*(paragraph for text in texts for paragraph in text.paragraphs), *others):
        for match in ruled_out.finditer(written.words):
            yield written.finding("WG805", match.start(), f"the pack never says `{match.group()}`", remedy)


def check_characters(documents: Iterable[Document], drawn: Set[str]) -> Iterator[Finding]:
    """Report each text's characters that no font has, and the first right-to-left character of all documents."""
    is_reported = False
    for document in documents:
        for path, text in _values(document.data, ()):
            for char in glyphs.missing_glyphs(text, drawn) if isinstance(text, str) else ():
                after = count_visible(text[: text.index(char)])
                if unicodedata.bidirectional(char) in ("R", "AL"):
                    if not is_reported:
                        is_reported = True
                        described = glyphs.describe_character(char)
                        problem = f"{described} is read from right to left, which no screen can show"
                        remedy = "Write in another script: this limit needs a change of the program."
                        yield document.finding("WG646", path, problem, remedy, after=after)
                    continue
                problem = f"no font has the character {glyphs.describe_character(char)}"
                remedy = "Write another one, or add it to the fonts (assets/fonts/README.md)."
                yield document.finding("WG806", path, problem, remedy, after=after)


def _values(data: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Yield each value in a file's data, with its path: the whole, then its parts."""
    yield path, data
    parts = enumerate(data) if isinstance(data, list) else data.items() if isinstance(data, dict) else ()
    for step, part in parts:
        yield from _values(part, (*path, step))


_QUOTE = re.compile('["“”]')
_ESCAPED = re.compile('\\\\["“”]')
_Fault = tuple[int, str, str]  # character, problem, remedy
_CUT = re.compile(r" +#(?=\S)")  # behind a plain text: what follows is a comment


def check_comments(documents: Iterable[Document]) -> Iterator[Finding]:
    """Report texts without quotes that `#` cuts short, as in `Ticket #5`."""
    problem = "the text ends here: behind a space, `#` begins a comment"
    remedy = "Put the text in quotes, or write a space behind the `#` of a comment."
    for document in documents:
        for source_map in _below(document.source_map):
            _, end, style = source_map.written or (0, 0, "'")
            if not style and (found := _CUT.match(document.text, end)):
                line = document.text.count("\n", 0, found.end()) + 1
                column = found.end() - document.text.rfind("\n", 0, found.end()) - 1
                yield Finding(document.file, line, column, "WG640", problem, remedy)


def check_list_commas(documents: Iterable[Document]) -> Iterator[Finding]:
    """Report a text in a list that a comma has cut in two: the second half begins with a small letter."""
    remedy = f"{QUOTE_COMMA}."
    for document in documents:
        for path, items in _values(document.data, ()):
            for at, (first, second) in enumerate(pairwise(items if isinstance(items, list) else ())):
                halves = isinstance(first, str) and isinstance(second, str) and " " in first and " " in second
                if halves and first[0].isupper() and second[0].islower() and first[-1] not in ".,!?:;…\"'”’)":
                    problem = f"this belongs to the text before it, `{first}`, or so it seems"
                    yield document.finding("WG642", (*path, at + 1), problem, remedy)


def _below(source_map: SourceMap) -> Iterator[SourceMap]:
    yield source_map
    for part in source_map.parts.values():
        yield from _below(part)


def check_quotes(texts: Iterable[ChapterText], others: Iterable[Utterance]) -> Iterator[Finding]:
    """Report texts with an unpaired double quote, or with a quote after a backslash."""
    for text in texts:
        for i, paragraph in enumerate(text.paragraphs, 1):
            # In speech of several paragraphs each opens a quote, and only the last closes it.
            goes_on = any(after.words.startswith(("“", "*“")) for after in text.paragraphs[i : i + 1])
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
