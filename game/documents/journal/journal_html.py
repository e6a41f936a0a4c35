"""Journal as HTML: one file that loads no other file, for telephones and to print. A line is a short text of the
calendar between chapters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from xml.etree.ElementTree import Element

from game.core import html
from game.core.html import Child, join, link, tag
from game.documents.html_parts import glossary_list, with_emphasis
from game.documents.journal.journal_figures import figure
from game.documents.sources_html import licence_line, source_documents, source_item, source_links, source_section
from game.play import Playthrough
from game.play.debrief_sections import Item, debrief, facts_met, fates, people_met
from game.play.engine import CONTINUE, SKIP
from game.play.history import reading_map, weighings
from game.play.page import Change, Line, Page, Paragraph, PersonCard, Picture, Span, ToldChapter, Weighing
from game.play.page_context import lead_in
from game.play.share_code import to_code
from game.story.debrief import PlacingTask
from game.story.model import Story
from game.ui.components.chart_trees import full_length, measures_text, way_map, weighing_chart, weighings_chart
from game.ui.components.citations import full_citation, standing_of
from game.ui.components.parts import change_with_arrow
from game.ui.i18n import Catalogue, capital

GENERATOR = "weight-of-grain journal"  # marks a file as ours: other files are not replaced


def render_journal(
    playthrough: Playthrough, words: Catalogue, style: str, pictures: Mapping[int, str], day: date
) -> str:
    """Return the journal of a playthrough as the text of one HTML file.

    `style` is CSS. `pictures` has the URLs of the pictures in `illustrations`, by the same numbers. `day` is the date
    on the first page.
    """
    printer = _JournalPrinter(playthrough, words, pictures)
    title, language = words("journal.title", title=playthrough.story.title), playthrough.story.language
    main = printer.main()  # before the footer, whose glossary lists the terms that were printed
    return html.document(title, GENERATOR, style, language, printer.header(day), main, printer.footer())


def illustrations(playthrough: Playthrough) -> Mapping[int, Picture]:
    """Return the journal's pictures by page number, from 0: those of endings, and of the first page of each chapter,
    because the village hardly changes within a chapter."""
    found: dict[int, Picture] = {}
    chapter = None
    for number, page in enumerate(playthrough.pages):
        if page.picture is not None and (page.chapter != chapter or page.ending is not None):
            found[number] = page.picture
        chapter = page.chapter
    return found


class _JournalPrinter:
    def __init__(self, playthrough: Playthrough, words: Catalogue, pictures: Mapping[int, str]) -> None:
        self.p, self.words, self.pictures = playthrough, words, pictures
        self.story = playthrough.story
        self.met: dict[str, None] = {}  # the ids of the terms that were printed, in order

    def main(self) -> list[Child]:
        chapters = groupby(enumerate(self.p.pages), key=lambda page: page[1].chapter)
        return [self._chapter(list(pages)) for _, pages in chapters]

    def footer(self) -> list[Child]:
        return [
            *self._charts(),
            self._people(),
            *talk_sections(self.p, self.words),
            self._invented(),
            self._glossary(),
            self._sources(),
            self._sounds(),
            licence_line(self.story, self.words),
        ]

    def _sounds(self) -> list[Element]:
        heard = dict.fromkeys(page.sound.credit for page in self.p.pages if page.sound is not None)
        return [tag("p", self.words("sound.credit", credit=credit), class_="licence") for credit in heard if credit]

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
        number, first = pages[0]
        where = self.words.joined(first.when, first.place)
        return tag(
            "section",
            self._lead_in(first),
            self._figure(number, first.picture),
            tag("p", where, class_="where") if where else None,
            tag("h2", first.title, " " if first.hanzi else None, first.hanzi),
            tag("p", first.note, class_="note") if first.note else None,
            [self._page(at, page, at == number) for at, page in pages],
            class_="chapter",
        )

    def _page(self, number: int, page: Page, first: bool) -> Element:
        texts = page.marked()
        return tag(
            "div",
            None if first else self._lead_in(page),
            None if first else self._figure(number, page.picture),
            [tag("p", self._paragraph(text)) for text in texts.paragraphs],
            self._ledger(page.ledger),
            self._changes(texts.answer, page.changes),
            self._taken(number, page),
            class_="page",
        )

    def _lead_in(self, page: Page) -> list[Child]:
        """Return the lines of the calendar and the summaries before a page, in the order of the calendar."""
        found: list[Child] = []
        for run in lead_in(self.story, page.lines, page.marked()):
            found += [self._line(line, text) for line, text in run.lines]
            found.append(self._told(run.told))
        return found

    def _line(self, line: Line, text: Paragraph) -> Element:
        """Return a line of the calendar under a heading. The heading has the year, unless the line's text has it."""
        year = str(line.year) if line.year is not None and str(line.year) not in text.text else None
        label = self.words.joined(self.words("page.line"), year)
        return tag("aside", tag("p", label, class_="eyebrow"),
                   tag("p", self._paragraph(text), " ", self._rests(line.because)), class_="line")  # fmt: skip

    def _figure(self, number: int, picture: Picture | None) -> Element | None:
        address = self.pictures.get(number)
        if address is None or picture is None:
            return None
        credit = tag("figcaption", picture.credit) if picture.credit else None
        return tag("figure", tag("img", src=address, alt=picture.alt, width="960", height="540"), credit)

    def _told(self, told: Iterable[ToldChapter]) -> Element | None:
        """Return a box with the summaries of `told`, chapters not read page by page; None if there are none."""
        parts = [
            tag(
                "div",
                tag("p", self.words.joined(chapter.when, chapter.title), class_="where"),
                [tag("p", self._paragraph(paragraph)) for paragraph in chapter.paragraphs],
            )
            for chapter in told
        ]
        head = tag("p", self.words("page.told"), class_="eyebrow")
        return tag("aside", head, parts, class_="told") if parts else None

    def _paragraph(self, text: Paragraph) -> list[Child]:
        by: list[Child] = [tag("span", self.words("guide.by", name=text.by), class_="by"), " "] if text.by else []
        return [by, [self._span(span) for span in text.spans]]

    def _span(self, span: Span) -> Child:
        if span.kind == "emphasis":
            return tag("em", span.text)
        if span.kind == "person" and span.target:
            return link(f"person.{span.target}", span.text, class_="person")
        if span.kind == "term" and span.target and span.target in self.story.terms:
            self.met.setdefault(span.target)
            return link(f"term.{span.target}", span.text, class_="term")
        return span.text

    def _changes(self, answer: Paragraph | None, changes: Sequence[Change]) -> Element | None:
        """Return what the last choice changed, with links to the sources. Above the changes stands `answer`, the text
        after the choice (only in cuts with brief texts). Return None if there is neither."""
        if answer is None and not changes:
            return None
        lines = [
            tag("li", change_with_arrow(change), " " if change.facts else None, self._rests(change.facts))
            for change in changes
        ]
        return tag(
            "aside",
            tag("p", self.words("changes"), class_="eyebrow"),
            tag("p", self._paragraph(answer)) if answer is not None else None,
            tag("ul", lines) if lines else None,
            class_="changes",
        )

    def _rests(self, facts: Sequence[str]) -> Child:
        """Return links to the sources of `facts`, in brackets; None if there are none."""
        links = source_links(facts, self.story, link("invented", self.words("fact.invented")))
        return tag("span", "(", join(links, ", "), ")", class_="rests") if links else None

    def _ledger(self, weighing: Weighing | None) -> Element | None:
        return figure(weighing_chart(self.words, weighing, full_length(self.story))) if weighing is not None else None

    def _charts(self) -> Iterator[Element]:
        """Yield what the measures mean, all weighings (sums of harvests) side by side, and the map of the choices."""
        weighed, taken = weighings(self.p), reading_map(self.p)
        if weighed and self.story.measures is not None:
            sentences = measures_text(self.words, self.story.measures)
            yield tag("section", tag("h2", self.words("measures")), [tag("p", sentence) for sentence in sentences])
        if len(weighed) > 1:
            yield tag("section", figure(weighings_chart(self.story, self.words, weighed), heading=True))
        if taken.dates:
            yield tag("section", figure(way_map(self.story, self.words, taken), heading=True))

    def _taken(self, number: int, page: Page) -> Element | None:
        """Return the choice made on a page, or how the text ends or breaks off there; None if the reader went on."""
        words, entries = self.words, self.p.entries
        if number >= len(entries):
            key = "page.ending" if page.ending is not None else "journal.stands" if not self.p.left else "journal.left"
            return tag("p", words(key), class_="end")
        take = entries[number].take
        chosen = next((option for option in page.choices if option.id == take and option.say), None)
        if take == SKIP:
            return tag("p", words("journal.skipped"), class_="end")
        if take == CONTINUE or chosen is None:
            return tag("p", words("journal.left"), class_="end") if take == "leave" else None
        reason: Child = [" ", tag("em", chosen.reason)] if chosen.reason else None
        return tag(
            "p", tag("span", words("journal.chose"), class_="eyebrow"), " ",
            tag("strong", chosen.say), reason, class_="taken",
        )  # fmt: skip

    def _people(self) -> Element | None:
        """Return all people who were met, in groups, with what the reader knows of each and, when the reading is over,
        what became of them; None if nobody was met."""
        met, card_of = people_met(self.p), self.p.page.card_of
        ends = {fate.person: fate.text for fate in fates(self.p)} if self.p.over else {}
        cards = [card_of(id) for id in self.story.people if id in met]
        groups = [
            [tag("h3", group) if group else None, tag("dl", [self._person(card, ends.get(card.id)) for card in found])]
            for group in dict.fromkeys(card.group for card in cards)
            for found in ([card for card in cards if card.group == group],)
        ]
        return tag("section", tag("h2", self.words("journal.people")), groups) if cards else None

    def _person(self, card: PersonCard, fate: str | None) -> Element:
        lines = [capital(card.says) if card.says else "", *card.know]
        return tag(
            "div",
            tag("dt", card.name),
            tag("dd", [tag("p", line) for line in lines if line], tag("p", fate, class_="fate") if fate else None),
            id=f"person.{card.id}",
        )

    def _invented(self) -> Element:
        return tag("section", tag("h2", self.words("fact.invented")), tag("p", self.words("fact.invented.text")),
                   id="invented")  # fmt: skip

    def _glossary(self) -> Element | None:
        terms = glossary_list(self.story.terms[id] for id in self.met)
        return tag("section", tag("h2", self.words("journal.glossary")), terms) if terms is not None else None

    def _sources(self) -> Element | None:
        """Return every fact that was met, with its standing (how sure it is), place and speaker, and the facts'
        documents; None if no fact was met."""
        words, story = self.words, self.story
        met = [story.facts[id] for id in facts_met(self.p)]
        items = [
            source_item(
                fact,
                tag("span", tag("strong", words(f"standing.{standing_of(story, fact.id)}")), " ",
                    full_citation(story, words, fact),
                    class_="small"),
                linkable=True,
            )
            for fact in met
        ]  # fmt: skip
        heading, note = words("journal.sources"), words("journal.sources.text")
        return source_section(heading, note, items, source_documents(story, met))


ELSEWHERE = frozenset({"path", "weighings", "people", "facts"})  # the `fill`s that have sections of their own


def talk_sections(playthrough: Playthrough, words: Catalogue) -> Iterator[Element]:
    """Yield the debrief's sections without those that the journal has elsewhere; none until the reading is over."""
    if not playthrough.over:
        return
    fills = {part.id: part.fill for part in playthrough.story.debrief}
    for section in debrief(playthrough):
        if fills.get(section.id) in ELSEWHERE:
            continue
        badge = tag("p", words("debrief.outside"), class_="eyebrow") if section.outside else None
        lines = [tag("li", _line(item, playthrough.story, words)) for item in section.items]
        yield tag(
            "section",
            tag("h2", section.title),
            badge,
            [tag("p", with_emphasis(text)) for text in section.paragraphs],
            tag("ul", lines, class_="talk") if lines else None,
            _task(section.placing, words) if section.placing is not None else None,
            [tag("p", with_emphasis(text)) for text in section.after],
            class_="talk",
        )


def _line(item: Item, story: Story, words: Catalogue) -> list[Child]:
    """Return a line of the debrief with the citation of its first fact, or with `item.detail` if it has no fact."""
    fact = story.facts.get(item.facts[0]) if item.facts else None
    below = full_citation(story, words, fact) if fact is not None else item.detail
    return [item.text, " ", tag("span", below, class_="small") if below else None]


def _task(placing: PlacingTask, words: Catalogue) -> Element:
    head = [tag("th", words(key)) for key in ("guide.placing.decision", "guide.placing.view", "guide.placing.why")]
    rows = [
        (decision.text, ", ".join(placing.places[at] for at in decision.at), decision.why)
        for decision in placing.decisions
    ]
    body = [tag("tr", [tag("td", cell) for cell in cells]) for cells in rows]
    return tag("table", tag("thead", tag("tr", head)), tag("tbody", body), class_="task")
