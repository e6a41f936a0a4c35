"""The journal as one HTML file that fetches nothing, for telephones and for print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from xml.etree.ElementTree import Element

from game.core import html
from game.core.html import Child, join, link, tag
from game.documents.glossary_html import glossary_list
from game.documents.journal.journal_figures import figure
from game.documents.sources_html import source_item, source_links, source_section
from game.play import Playthrough, facts_met, reading_map, weighings
from game.play.engine import CONTINUE, SKIP
from game.play.page import Change, LedgerRow, Page, Paragraph, Picture, Span, ToldChapter
from game.play.share_code import to_code
from game.ui.components.changes import change_in_words
from game.ui.components.chart_trees import way_map, weighing_chart, weighings_chart
from game.ui.components.citations import source_in_words, standing_in_words
from game.ui.i18n import Catalogue

GENERATOR = "weight-of-grain journal"  # what a file of ours says of itself, so that no other is ever written over


def render_journal(
    playthrough: Playthrough, words: Catalogue, style: str, pictures: Mapping[int, str], day: date, licence: str
) -> str:
    """The journal as the text of one HTML file.

    Args:
        playthrough: The playthrough; it need not be over.
        words: The interface's catalogue.
        style: The CSS.
        pictures: The URL of the picture of each illustrated page, by the page's number from 0 (see `illustrations`).
        day: The date on the first page.
        licence: The last line.
    """
    printer = _JournalPrinter(playthrough, words, pictures)
    title = words("journal.title", title=playthrough.story.title)
    main = printer.main()  # before the footer, whose glossary has the terms that were printed
    return html.document(
        title, GENERATOR, style, playthrough.story.language, printer.header(day), main, printer.footer(licence)
    )


class _JournalPrinter:
    def __init__(self, playthrough: Playthrough, words: Catalogue, pictures: Mapping[int, str]) -> None:
        self.p, self.words, self.pictures = playthrough, words, pictures
        self.story = playthrough.story
        self.met: dict[str, None] = {}  # the ids of the terms that were printed, in order

    def main(self) -> list[Child]:
        numbered = list(enumerate(self.p.pages))
        chapters = [list(pages) for _, pages in groupby(numbered, key=lambda one: one[1].chapter)]
        return [self._chapter(pages) for pages in chapters]

    def footer(self, licence: str) -> list[Child]:
        return [
            *self._charts(),
            self._invented(),
            self._glossary(),
            self._sources(),
            tag("p", licence, class_="licence"),
        ]

    def header(self, day: date) -> Element:
        words, story = self.words, self.story
        name = story.roles[self.p.role].name if self.p.role else words("journal.both")
        month = words("when.months").split()[day.month - 1]
        return tag(
            "header",
            tag("h1", story.title),
            tag("p", words("journal.of", name=name), class_="of"),
            tag("p", words("journal.kept", day=day.day, month=month, year=day.year)),
            [tag("p", text, class_="note") for text in story.content_note],
            tag("p", words("journal.code"), " ", tag("strong", to_code(self.p), class_="code"), class_="share"),
        )

    def _chapter(self, pages: Sequence[tuple[int, Page]]) -> Element:
        """The pages of one chapter under its heading; chapters told before it come first."""
        number, first = pages[0]
        where = self._joined(first.when, first.place)
        return tag(
            "section",
            self._told(first.told),
            self._figure(number, first.picture),
            tag("p", where, class_="where") if where else None,
            tag("h2", first.title, " " if first.hanzi else None, first.hanzi),
            tag("p", first.note, class_="note") if first.note else None,
            [self._page(at, page, at == number) for at, page in pages],
            class_="chapter",
        )

    def _page(self, number: int, page: Page, first: bool) -> Element:
        paragraphs = page.brief if page.shows_brief else page.paragraphs
        return tag(
            "div",
            None if first else self._told(page.told),
            None if first else self._figure(number, page.picture),
            self._because(page.changes),
            [tag("p", self._paragraph(one)) for one in paragraphs],
            self._ledger(page.ledger),
            self._taken(number, page),
            class_="page",
        )

    def _figure(self, number: int, picture: Picture | None) -> Element | None:
        address = self.pictures.get(number)
        if address is None or picture is None:
            return None
        return tag("figure", tag("img", src=address, alt=picture.alt, width="960", height="540"))

    def _told(self, told: Iterable[ToldChapter]) -> Element | None:
        """Chapters that were told in brief."""
        parts = [
            tag(
                "div",
                tag("p", self._joined(one.when, one.title), class_="where"),
                [tag("p", self._paragraph(paragraph)) for paragraph in one.paragraphs],
            )
            for one in told
        ]
        head = tag("p", self.words("page.told"), class_="eyebrow")
        return tag("aside", head, parts, class_="told") if parts else None

    def _joined(self, *parts: str | None) -> str:
        return self.words("page.dateline.join").join(filter(None, parts))

    def _paragraph(self, one: Paragraph) -> list[Child]:
        by: list[Child] = [tag("span", self.words("guide.by", name=one.by), class_="by"), " "] if one.by else []
        return [by, [self._span(span) for span in one.spans]]

    def _span(self, span: Span) -> Child:
        if span.kind == "emphasis":
            return tag("em", span.text)
        if span.kind == "term" and span.target and span.target in self.story.terms:
            self.met.setdefault(span.target)
            return link(f"term.{span.target}", span.text, class_="term")
        return span.text

    def _because(self, changes: Sequence[Change]) -> Element | None:
        """What the choice before this page changed, each with links to its sources."""
        if not changes:
            return None
        lines = [
            tag("li", change_in_words(self.words, change), " " if change.facts else None, self._rests(change.facts))
            for change in changes
        ]
        return tag("aside", tag("p", self.words("because"), class_="eyebrow"), tag("ul", lines), class_="because")

    def _rests(self, facts: Sequence[str]) -> Child:
        """Links to the sources of a change, in brackets."""
        links = source_links(facts, self.story, link("invented", self.words("fact.invented")))
        return tag("span", "(", join(links, ", "), ")", class_="rests") if links else None

    def _ledger(self, rows: Sequence[LedgerRow]) -> Element | None:
        return figure(weighing_chart(self.story, self.words, rows)) if rows else None

    def _charts(self) -> Iterator[Element]:
        """The weighings side by side, where there is more than one, and the map of the choices."""
        weighed, taken = weighings(self.p), reading_map(self.p)
        if len(weighed) > 1:
            yield tag("section", figure(weighings_chart(self.story, self.words, weighed), heading=True))
        if taken.dates:
            yield tag("section", figure(way_map(self.story, self.words, taken), heading=True))

    def _taken(self, number: int, page: Page) -> Element | None:
        """What was chosen on a page, or how the journal ends there; None where the page only went on."""
        words, entries = self.words, self.p.entries
        if number >= len(entries):
            key = "page.ending" if page.ending is not None else "journal.stands" if not self.p.left else "journal.left"
            return tag("p", words(key), class_="end")
        take = entries[number].take
        said = next((option.say for option in page.choices if option.id == take), "")
        if take == SKIP:
            return tag("p", words("journal.skipped"), class_="end")
        if take == CONTINUE or not said:
            return tag("p", words("journal.left"), class_="end") if take == "leave" else None
        return tag("p", tag("span", words("journal.chose"), class_="eyebrow"), " ", said, class_="taken")

    def _invented(self) -> Element:
        return tag("section", tag("h2", self.words("fact.invented")), tag("p", self.words("fact.invented.text")),
                   id="invented")  # fmt: skip

    def _glossary(self) -> Element | None:
        terms = glossary_list(self.story.terms[id] for id in self.met)
        return tag("section", tag("h2", self.words("journal.glossary")), terms) if terms is not None else None

    def _sources(self) -> Element | None:
        """Every fact met, with its place in the film, its speaker and its standing."""
        words = self.words
        items = [
            source_item(
                fact,
                tag("span", source_in_words(words, fact), " ", standing_in_words(words, fact), class_="small"),
                linkable=True,
            )
            for fact in (self.story.facts[id] for id in facts_met(self.p))
        ]
        return source_section(words("journal.sources"), words("journal.sources.text"), items)
