"""Overviews: the guide's lists about a story: lengths, content map, facts, speakers, glossary, questions, debrief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from game.core.html import Child, join, link, tag
from game.documents.guide.inline_html import PrintSetting, between, only_if, spaced, variants
from game.documents.guide.page_previews import cuts_with, page_link, role_of
from game.documents.html_parts import BLANK, glossary_list, table_row, with_emphasis
from game.documents.sources_html import fact_id, source_documents
from game.story.debrief import PlacingTask
from game.story.facts import Fact
from game.story.guide import GuideMark
from game.story.model import Chapter, Line, Node
from game.story.people import Known, Person
from game.story.traversal import citations
from game.ui.components.chart_trees import measures_text
from game.ui.components.citations import date_in_words, is_attributed, is_outside, sentences_in_words, standing_of
from game.ui.i18n import capital

SHORT_TABLE = 9  # most rows of a table that stays on one page


def table(head: Iterable[Child], rows: Iterable[Element], caption: Child = None, class_: str | None = None) -> Element:
    """Return a table whose head is repeated on every printed page."""
    body = list(rows)
    return tag(
        "table",
        tag("caption", caption) if caption is not None else None,
        tag("thead", tag("tr", [tag("th", title, scope="col") if title else tag("td") for title in head])),
        tag("tbody", body),
        class_=" ".join(filter(None, (class_, "short" if len(body) <= SHORT_TABLE else None))) or None,
    )


def lengths(setting: PrintSetting) -> Iterator[Element]:
    """Yield the table of reading times: chapters, choices, words and minutes of each cut and role."""
    words, story = setting.words, setting.story
    rows = []
    for time in setting.lengths:
        ranges = [between(found, words) for found in (time.choices, time.words, time.minutes)]
        rows.append(table_row(time.cut, story.roles[time.role].name, str(time.chapters), *ranges))
    if rows:
        head = [words(key) for key in (
            "guide.lengths.cut", "guide.lengths.door", "guide.lengths.chapters", "guide.lengths.choices",
            "guide.lengths.words", "guide.lengths.minutes",
        )]  # fmt: skip
        yield table(head, rows, words("guide.lengths.caption"))
        counted = all(time.counted for time in setting.lengths)
        yield tag("p", words("guide.lengths.counted" if counted else "guide.lengths.sampled"), class_="small")


def content_map(setting: PrintSetting, marks: tuple[GuideMark, ...]) -> Iterator[Element]:
    """Yield the table of chapters with heavy content: pages, content note, and whether the chapter can be skipped."""
    words, story = setting.words, setting.story
    rows = []
    for id in story.order:
        chapter = story.chapters[id]
        cells = [_marked_pages(mark, chapter, setting) for mark in marks]
        if any(cells) or chapter.note:
            heading = [_chapter_link(chapter, setting), _meta(chapter, setting)]
            rows.append(table_row(heading, *cells, chapter.note, _skipped(chapter, setting)))
    if rows:
        head = [words("guide.map.chapter"), *(mark.what for mark in marks), words("guide.map.note"),
                words("guide.map.skip")]  # fmt: skip
        yield table(head, rows, words("guide.map.caption"), "map")


def _skipped(chapter: Chapter, setting: PrintSetting) -> str:
    """Return whether a chapter can be skipped, in a word; for a chapter without pages, that it is only summarised."""
    if not chapter.nodes:
        return setting.words("guide.map.told")
    return setting.words("guide.map.yes") if chapter.note and chapter.skip else setting.words("guide.map.no")


def _marked_pages(mark: GuideMark, chapter: Chapter, setting: PrintSetting) -> list[Child]:
    """Return where a chapter has the content that `mark` names: throughout, or on some pages, as links."""
    if chapter.id in mark.where:
        return [setting.words("guide.map.throughout")]
    pages = [page for page in mark.where if page.partition(".")[0] == chapter.id]
    return join((page_link(chapter.nodes[page.partition(".")[2]], chapter, setting) for page in pages), ", ")


def _chapter_link(chapter: Chapter, setting: PrintSetting) -> Child:
    return link(f"chapter.{chapter.id}", chapter.title) if "scenes" in setting.fills else chapter.title


def _meta(chapter: Chapter, setting: PrintSetting) -> Element:
    name = setting.story.roles[chapter.role].name if chapter.role else setting.words("guide.everybody")
    return tag("span", " · ".join(part for part in (chapter.when, name) if part), class_="meta")


def facts(setting: PrintSetting) -> Iterator[Element]:
    """Yield the documents and the table of facts: place in the source, standing (how sure a fact is), claim, speaker,
    and the chapters and the calendar's lines (short texts) that cite the fact."""
    words, story = setting.words, setting.story
    met: dict[str, dict[str, None]] = {}
    for chapter in (story.chapters[id] for id in story.order):
        for fact in citations(chapter):
            met.setdefault(fact, {})[chapter.id] = None
    lines = [line for date in story.lines for line in date]
    rows = [
        _fact(fact, [story.chapters[id] for id in met.get(fact.id, ())],
              [line for line in lines if fact.id in line.because], setting)
        for fact in story.facts.values()
    ]  # fmt: skip
    if rows:
        documents = source_documents(story, story.facts.values())
        if documents is not None:
            yield documents
        head = [words(key) for key in (
            "guide.facts.place", "guide.facts.kind", "guide.facts.claim", "guide.facts.who", "guide.facts.met",
        )]  # fmt: skip
        yield table(head, rows, words("guide.facts.caption"), "facts")


def _fact(fact: Fact, chapters: list[Chapter], lines: list[Line], setting: PrintSetting) -> Element:
    words = setting.words
    seen = dict.fromkeys((chapter.title, chapter.id) for chapter in chapters)
    years = dict.fromkeys(line.year for line in lines)
    told = [words("guide.facts.line", year=year) if year else words("guide.facts.line.alone") for year in years]
    links = {title: _chapter_link(setting.story.chapters[id], setting) for title, id in reversed(seen)}
    sentences = tag("span", sentences_in_words(words, fact), class_="meta") if fact.sentences else None
    claim: list[Child] = [
        fact.text,
        tag("span", date_in_words(words, fact), class_="meta") if fact.date else None,
        tag("span", words("guide.facts.attribute"), class_="meta") if is_attributed(fact) else None,
        tag("span", words("guide.facts.caution"), " ", fact.caution, class_="meta") if fact.caution else None,
    ]
    return table_row(
        [setting.story.cited(fact), sentences],
        words(f"standing.{standing_of(setting.story, fact.id)}"),
        claim,
        fact.speaker,
        join((*reversed(links.values()), *told), ", "),
        id=fact_id(fact.id),
    )


def voices(setting: PrintSetting) -> Iterator[Element]:
    """Yield the table of speakers in the main source (in all sources if there is no main source), each with the number
    and the places of their facts."""
    words = setting.words
    speakers: dict[str, list[Fact]] = {}
    for fact in (fact for fact in setting.story.facts.values() if not is_outside(setting.story, fact)):
        speakers.setdefault(fact.speaker, []).append(fact)
    rows = [
        table_row(who, str(len(said)), ", ".join(dict.fromkeys(setting.story.cited(fact) for fact in said)))
        for who, said in speakers.items()
    ]
    if rows:
        head = [words("guide.facts.who"), words("guide.voices.claims"), words("guide.voices.paragraphs")]
        yield table(head, rows, words("guide.voices.caption"))


def glossary(setting: PrintSetting) -> Iterator[Element]:
    terms = glossary_list(setting.story.terms.values())
    if terms is not None:
        yield terms


def discussion(setting: PrintSetting) -> Iterator[Element]:
    """Yield every question for a class, with a link to its page, its door (role), and the cuts that have it."""
    rows = [
        tag("li", _where(node, chapter, setting), tag("span", node.discuss))
        for chapter in (setting.story.chapters[id] for id in setting.story.order)
        for node in chapter.nodes.values()
        if node.discuss
    ]
    if rows:
        yield tag("ul", rows, class_="questions")


def _where(node: Node, chapter: Chapter, setting: PrintSetting) -> Element:
    cuts = ", ".join(cuts_with(chapter, setting.story))
    read = setting.words("guide.walked", cuts=cuts) if cuts else setting.words("guide.walked.never")
    page = (_chapter_link(chapter, setting), ", ", page_link(node, chapter, setting))
    return tag("span", *page, f" · {role_of(chapter, setting)} · {read}", class_="meta")


def debrief(setting: PrintSetting) -> Iterator[Element]:
    """Yield the texts of the debrief (the talk after the story). Texts that only some readers see have conditions."""
    for part in setting.story.debrief:
        badge = tag("span", setting.words("guide.outside"), class_="outside") if part.outside else None
        yield tag("h3", part.title, badge)
        for text in part.text:
            yield tag("p", spaced(only_if(text.condition, setting)), with_emphasis(text.text))
        yield from (tag("p", with_emphasis(text)) for text in part.after)


def placing(setting: PrintSetting) -> Iterator[Element]:
    """Yield a work sheet for each placing task: a table in which pupils tick the places where each decision belongs."""
    return (boxes_table(setting.words("guide.placing.decision"), task) for task in _tasks(setting))


def boxes_table(heading: str, task: PlacingTask) -> Element:
    """Return a table to fill in: a row for each decision of a task, with a box for each of the task's places."""
    rows = [
        tag("tr", tag("td", f"{number}. {decision.text}"), [tag("td", BLANK, class_="box") for _ in task.places])
        for number, decision in enumerate(task.decisions, 1)
    ]
    return table([heading, *task.places.values()], rows)


def views(setting: PrintSetting) -> Iterator[Element]:
    """Yield the author's answers to each placing task, with reasons and facts."""
    words = setting.words
    for task in _tasks(setting):
        rows = [
            tag("tr", tag("td", f"{number}. {decision.text}"),
                tag("td", ", ".join(task.places[at] for at in decision.at)), tag("td", decision.why),
                tag("td", join(_fact_places(decision.facts, setting), "; ")))
            for number, decision in enumerate(task.decisions, 1)
        ]  # fmt: skip
        head = [words(key) for key in ("guide.placing.decision", "guide.placing.view", "guide.placing.why",
                                       "guide.facts.place")]  # fmt: skip
        yield table(head, rows)


def _tasks(setting: PrintSetting) -> Iterator[PlacingTask]:
    return (part.placing for part in setting.story.debrief if part.placing)


def _fact_places(ids: Iterable[str], setting: PrintSetting) -> Iterator[Child]:
    """Yield the places of facts in the source, as links if the guide lists the facts."""
    for fact in (setting.story.facts[id] for id in ids if id in setting.story.facts):
        sentences = sentences_in_words(setting.words, fact) if fact.sentences else ""
        place = f"{setting.story.cited(fact)} {sentences}".strip()
        yield link(fact_id(fact.id), place) if "facts" in setting.fills else place


def measures(setting: PrintSetting) -> Iterator[Element]:
    """Yield sentences on how units of grain become portions, and on an ordinary year; none if there are no measures."""
    if setting.story.measures is not None:
        yield from (tag("p", sentence) for sentence in measures_text(setting.words, setting.story.measures))


def people(setting: PrintSetting) -> Iterator[Element]:
    """Yield a table for each group of people: who they are, what readers can learn about them and when, and all that
    can become of them."""
    words, story = setting.words, setting.story
    people = [person for person in story.people.values() if person.says or person.know or person.fate]
    if not people:
        return
    yield tag("p", words("guide.people.caption"), class_="small")
    for group in dict.fromkeys((*story.people_groups, *(person.group or "" for person in people))):
        rows = [_person(person, setting) for person in people if (person.group or "") == group]
        if rows:
            head = [words(key) for key in ("guide.people.name", "guide.people.know", "guide.people.fate")]
            yield table(head, rows, story.people_groups.get(group), "people")


def _person(person: Person, setting: PrintSetting) -> Element:
    known = [_known(line, setting, capital(line.text)) for line in person.says]
    known += [_known(line, setting, line.text) for line in person.know]
    return table_row(person.name, known, variants(person.fate, setting), id=f"person.{person.id}")


def _known(known: Known, setting: PrintSetting, text: str) -> Element:
    """Return the sentence `text` about a person. With it stand its condition, the first chapter in which readers know
    the sentence, and the only role that learns it, if there are such limits."""
    words, story = setting.words, setting.story
    when = [
        words("guide.people.from", title=story.chapters[known.since].title) if known.since else None,
        words("guide.people.role", name=story.roles[known.role].name) if known.role else None,
    ]
    told = ", ".join(filter(None, when))
    return tag("p", spaced(only_if(known.condition, setting)), text,
               [" ", tag("span", f"({told})", class_="small")] if told else None)  # fmt: skip


def content_note(setting: PrintSetting) -> Iterator[Element]:
    yield from (tag("p", text, class_="note") for text in setting.story.content_note)


def about(setting: PrintSetting) -> Iterator[Element]:
    yield from (tag("p", with_emphasis(text)) for text in setting.story.about)
