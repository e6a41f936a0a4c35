"""Rules of the pack's `prose`: lengths, school grade, forbidden words; and characters that no font has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from typing import Any

from game.core import glyphs
from game.core.findings import Finding
from game.lint.chapter_texts import ChapterText, longest_text
from game.lint.readability import count_words, school_grade
from game.story.model import Node, Story
from game.story.satisfiable import Satisfiability
from game.story.schema.chapter_schema import ChapterShape
from game.story.schema.pack_schema import ProseShape
from game.yamlio.reader import Document, count_visible

ENOUGH = 40  # words from which on a school grade is meaningful


def check_lengths(
    story: Story, texts: Iterable[ChapterText], prose: ProseShape, satisfiability: Satisfiability
) -> Iterator[Finding]:
    """Pages that can be longer than the pack allows."""
    for text in texts:
        if not isinstance(text.part, Node):
            continue
        kind = "brief" if text.brief else "scene" if text.part.choices else "outcome"
        limit: int | None = getattr(prose, kind)
        if limit is None:
            continue
        weighed = [(one.passage.condition, count_words(longest_text(one.passage, story))) for one in text.paragraphs]
        words = satisfiability.max_weight(weighed)
        if words > limit:
            yield text.finding(
                "WG803",
                f"`{text.name}` can be {words} words long; a page of its kind ({kind}) may have {limit}",
                "Shorten it, or change `prose` in pack.yaml.",
            )


def check_grades(story: Story, texts: Iterable[ChapterText], prose: ProseShape) -> Iterator[Finding]:
    """Texts with a higher school grade than the pack allows."""
    for text in texts:
        words = " ".join(longest_text(one.passage, story) for one in text.paragraphs)
        if prose.grade is not None and count_words(words) >= ENOUGH and (found := school_grade(words)) > prose.grade:
            yield text.finding(
                "WG804",
                f"`{text.name}` reads at grade {found:.1f}; the pack allows {prose.grade}",
                "Shorten its sentences and choose plainer words, or change `prose` in pack.yaml.",
            )


def check_forbidden_words(
    texts: Iterable[ChapterText], chapters: Iterable[tuple[ChapterShape, Document]], prose: ProseShape
) -> Iterator[Finding]:
    """Words that the pack forbids, in texts, choices, titles and questions."""
    if not prose.never:
        return
    ruled_out = re.compile(rf"\b(?:{'|'.join(map(re.escape, prose.never))})\b", re.IGNORECASE)
    for text in texts:
        for paragraph in text.paragraphs:
            for match in ruled_out.finditer(paragraph.words):
                yield paragraph.finding("WG805", match.start(), *_ruled_out(match))
    for shape, document in chapters:
        for path, words in labels_of(shape):
            for match in ruled_out.finditer(words):
                after = count_visible(words[: match.start()])
                yield document.finding("WG805", path, *_ruled_out(match), after=after)


def _ruled_out(match: re.Match[str]) -> tuple[str, str]:
    return f"the pack never says `{match.group()}`", "Say it otherwise, or change `prose` in pack.yaml."


def labels_of(shape: ChapterShape) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Path and text of a chapter's title, questions and choices."""
    yield ("title",), shape.title
    for id, node in (shape.nodes or {}).items():
        if node.when:
            yield ("nodes", id, "when"), node.when
        if node.discuss:
            yield ("nodes", id, "discuss"), node.discuss
        for i, choice in enumerate(node.choices or ()):
            yield ("nodes", id, "choices", i, "say"), choice.say


def check_characters(documents: Iterable[Document], drawn: Set[str]) -> Iterator[Finding]:
    """Characters that no font of the game has, each once for each text."""
    for document in documents:
        for path, text in _strings(document.data, ()):
            for char in glyphs.missing_glyphs(text, drawn):
                yield document.finding(
                    "WG806",
                    path,
                    f"no font has the character {glyphs.describe_character(char)}",
                    "Write another one, or add it to the fonts (assets/fonts/README.md).",
                    after=count_visible(text[: text.index(char)]),
                )


def _strings(data: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _strings(value, (*path, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from _strings(value, (*path, i))
