"""Inline HTML: texts of a story and its guide with emphasis, links to the glossary, conditions and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from xml.etree.ElementTree import Element

from game.core.html import Child, join, link, tag
from game.core.values import frozen
from game.documents.guide.condition_text import in_words
from game.documents.guide.reading_times import ReadingTime
from game.documents.sources_html import source_links
from game.lang.expressions import Expression
from game.lang.markup import InWords, Paragraph, Passage, Span
from game.story.guide import length_name
from game.story.model import Story
from game.ui.i18n import Catalogue


@frozen
class GuidePicture:
    """A picture of a guide: its data URI, what it shows, and its credit ("" for a painted one)."""

    uri: str
    alt: str
    credit: str = ""


@frozen
class PrintSetting:
    """What every part of a guide needs."""

    story: Story
    words: Catalogue
    lengths: tuple[ReadingTime, ...]
    fills: frozenset[str]  # the kinds of parts that are filled from the story; links lead only to what these list
    parts: Mapping[str, str] = field(default_factory=dict)  # title -> id; an emphasised title links to its part
    pictures: Mapping[str, GuidePicture] = field(default_factory=dict)  # by the id of the chapter


def span(part: Span, setting: PrintSetting) -> Child:
    match part.kind:
        case "emphasis":
            return tag("em", part.text)
        case "term" if part.target in setting.story.terms and "glossary" in setting.fills:
            return link(f"term.{part.target}", part.text, class_="term")
        case _:
            return part.text


def prose(passages: Iterable[Passage], setting: PrintSetting) -> list[Element]:
    """Return paragraphs of the guide's own text."""
    return [tag("p", own(passage, setting)) for passage in passages]


def own(passage: Passage, setting: PrintSetting) -> list[Child]:
    """Return a paragraph of the guide's own text. Placeholders for reading times become numbers, and the titles of the
    guide's parts become links."""

    def said(part: Span | InWords) -> Child:
        if isinstance(part, InWords):
            return length(part.variable, setting)
        if part.kind == "emphasis" and part.text in setting.parts:
            return link(f"part.{setting.parts[part.text]}", tag("em", part.text))
        return span(part, setting)

    return [said(part) for part in passage.parts]


def cell(passages: Sequence[Passage], setting: PrintSetting) -> list[Child]:
    """Return the guide's own text as the content of a table's cell or another element. A single paragraph gets no
    `<p>`."""
    return own(passages[0], setting) if len(passages) == 1 else [*prose(passages, setting)]


def length(name: str, setting: PrintSetting) -> str:
    """Return the range of a cut's minutes, words or choices over all roles, such as `24 to 26`. `name`, made by
    `length_name`, says which of them. Return a dash if the guide has no reading times for it."""
    ranges = [
        found
        for row in setting.lengths
        for kind, found in (("minutes", row.minutes), ("words", row.words), ("choices", row.choices))
        if length_name(kind, row.cut) == name
    ]
    return between((min(r[0] for r in ranges), max(r[1] for r in ranges)), setting.words) if ranges else "–"


def between(found: tuple[int, int], words: Catalogue) -> str:
    """Return a range (least, most) as text."""
    least, most = found
    if least == most:
        return words.number(least)
    return words("guide.between", least=words.number(least), most=words.number(most))


def passage(text: Passage, setting: PrintSetting) -> Element:
    """Return a paragraph of the story with its condition and `content`."""
    condition = only_if(text.condition, setting)
    return tag("p", spaced(condition), content(text, setting), class_="only" if condition is not None else None)


def content(text: Passage, setting: PrintSetting) -> list[Child]:
    """Return a paragraph's speaker and text. In place of each variable stand all words that it can have."""
    parts = (span(part, setting) if isinstance(part, Span) else _values(part.variable, setting) for part in text.parts)
    return [_by(text.by, setting), *parts]


def variants(passages: Sequence[Passage], setting: PrintSetting) -> list[Element]:
    """Return texts with their conditions. Of these texts, a reader sees only the first whose condition holds. If the
    last text has no condition, its label says that it is for all other cases."""
    last = len(passages) > 1 and passages[-1].condition is None
    otherwise: list[Child] = [tag("span", setting.words("guide.people.else"), class_="if"), " "]
    return [
        tag("p", otherwise, content(part, setting)) if last and part is passages[-1] else passage(part, setting)
        for part in passages
    ]


def paragraph(text: Paragraph, setting: PrintSetting) -> list[Child]:
    return [_by(text.by, setting), *(span(part, setting) for part in text.spans)]


def _by(by: str | None, setting: PrintSetting) -> Child:
    return [tag("span", setting.words("guide.by", name=by), class_="by"), " "] if by else None


def _values(variable: str, setting: PrintSetting) -> Child:
    """Return all words that a variable can have; "a number" if it has no words."""
    found = setting.story.variables[variable]
    said = list(dict.fromkeys(found.words.values()))
    return tag("span", f"[{' / '.join(said) or setting.words('guide.a-number')}]", class_="value")


def only_if(condition: Expression | None, setting: PrintSetting) -> Element | None:
    """Return a condition in words; as code if the story has no words for it; None without a condition."""
    if condition is None:
        return None
    said = in_words(condition, setting.story, setting.words)
    return tag("span", setting.words("guide.only"), " ", said if said is not None else tag("code", condition.text), ":",
               class_="if")  # fmt: skip


def spaced(condition: Element | None) -> Child:
    return [condition, " "] if condition is not None else None


def rests_on(because: Sequence[str], setting: PrintSetting) -> Element | None:
    """Return links to what the facts in `because` cite in their sources; None if there are none."""
    links = source_links(because, setting.story, setting.words("guide.invented"), "facts" in setting.fills)
    return tag("span", setting.words("guide.rests"), " ", join(links, ", "), class_="rests") if links else None
