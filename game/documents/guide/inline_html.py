"""Texts of a story as HTML: emphasis, terms that lead to the glossary, and what stands there for a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from xml.etree.ElementTree import Element

from game.core.html import Child, joined, linked, tag
from game.core.values import frozen
from game.documents.guide.condition_text import Words, in_words
from game.documents.guide.reading_times import ReadingTime
from game.documents.sources_html import source_links
from game.lang.expressions import Expression
from game.lang.markup import InWords, Paragraph, Passage, Span
from game.story.guide import length_name
from game.story.model import Story


@frozen
class PrintSetting:
    """What a pack is printed from.

    `fills` are the parts that the story itself fills: only what stands in those can be linked to. `parts` gives a
    part's id by its title: a text that names one with emphasis leads to it.
    """

    story: Story
    words: Words
    lengths: tuple[ReadingTime, ...]
    fills: frozenset[str]
    parts: Mapping[str, str] = field(default_factory=dict)


def span(part: Span, setting: PrintSetting) -> Child:
    match part.kind:
        case "emphasis":
            return tag("em", part.text)
        case "term" if part.target in setting.story.terms and "glossary" in setting.fills:
            return linked(f"term.{part.target}", part.text, class_="term")
        case _:
            return part.text


def prose(passages: Iterable[Passage], setting: PrintSetting) -> list[Element]:
    """Paragraphs of the pack's own text, a length in place of its name."""
    return [tag("p", own(passage, setting)) for passage in passages]


def own(passage: Passage, setting: PrintSetting) -> list[Child]:
    """A paragraph of the pack's own text: it knows the pack's parts by their titles."""

    def said(part: Span | InWords) -> Child:
        if isinstance(part, InWords):
            return length(part.variable, setting)
        if part.kind == "emphasis" and part.text in setting.parts:
            return linked(f"part.{setting.parts[part.text]}", tag("em", part.text))
        return span(part, setting)

    return [said(part) for part in passage.parts]


def cell(passages: Sequence[Passage], setting: PrintSetting) -> list[Child]:
    """A text inside something else: without a paragraph around it where it is only one."""
    if len(passages) == 1:
        return own(passages[0], setting)
    return list(prose(passages, setting))


def length(name: str, setting: PrintSetting) -> str:
    """A length by its name, over both doors: `24 to 26`, or one number; a dash where it is not known."""
    ranges = [
        found
        for one in setting.lengths
        for kind, found in (("minutes", one.minutes), ("words", one.words), ("choices", one.choices))
        if length_name(kind, one.cut) == name
    ]
    return between((min(r[0] for r in ranges), max(r[1] for r in ranges)), setting.words) if ranges else "–"


def between(found: tuple[int, int], words: Words) -> str:
    """A least and a most in words."""
    least, most = found
    return f"{least:,}" if least == most else words("guide.between", least=f"{least:,}", most=f"{most:,}")


def passage(one: Passage, setting: PrintSetting) -> Element:
    """A paragraph of the story as a teacher sees it: when it is there, who says it, and any words for a value."""
    condition = only_if(one.condition, setting)
    return tag(
        "p",
        spaced(condition),
        _by(one.by, setting),
        [span(part, setting) if isinstance(part, Span) else _values(part.variable, setting) for part in one.parts],
        class_="only" if condition is not None else None,
    )


def paragraph(one: Paragraph, setting: PrintSetting) -> list[Child]:
    """A paragraph as a reader meets it."""
    return [_by(one.by, setting), *(span(part, setting) for part in one.spans)]


def _by(by: str | None, setting: PrintSetting) -> Child:
    return [tag("span", setting.words("guide.by", name=by), class_="by"), " "] if by else None


def _values(variable: str, setting: PrintSetting) -> Child:
    """Everything that can stand for a variable, or its name where it has no words."""
    found = setting.story.variables[variable]
    said = list(dict.fromkeys(found.words.values()))
    return tag("span", f"[{' / '.join(said)}]" if said else tag("code", variable), class_="value")


def only_if(condition: Expression | None, setting: PrintSetting) -> Element | None:
    """When something is there, in words where the story has words, else as its author wrote it."""
    if condition is None:
        return None
    said = in_words(condition, setting.story, setting.words)
    return tag("span", setting.words("guide.only"), " ", said if said is not None else tag("code", condition.text), ":",
               class_="if")  # fmt: skip


def spaced(condition: Element | None) -> Child:
    """A condition before what it is of; nothing where there is none."""
    return [condition, " "] if condition is not None else None


def rests_on(because: Sequence[str], setting: PrintSetting) -> Element | None:
    """The paragraphs of the source that something rests on; None where it rests on nothing."""
    links = source_links(because, setting.story, setting.words("guide.invented"), "facts" in setting.fills)
    return tag("span", setting.words("guide.rests"), " ", joined(links, ", "), class_="rests") if links else None
