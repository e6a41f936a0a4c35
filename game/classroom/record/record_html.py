"""The record of a class as one HTML file, fit to be printed."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from game.classroom.record.class_record import RecordedDecision, RecordedStep, VoteCount
from game.classroom.record.record_wording import RecordWording
from game.core import html
from game.core.html import tag
from game.documents.sources_html import source_documents, source_item, source_section
from game.story.model import Line

GENERATOR = "weight-of-grain class"  # marks the file as ours, so that other files are not replaced


def record_html(wording: RecordWording, style: str) -> str:
    """Return the record as HTML. `style` is its style sheet."""
    story = wording.record.story
    title = wording.words("record.title", title=story.title)
    header = html.summary_header(title, wording.summary(), wording.words("record.private"))
    main = [tag("h2", wording.words("record.path")), *_path(wording)]
    main += [*_tasks(wording), *_questionnaire(wording)]
    footer = [_fates(wording), _questions(wording), _facts(wording)]
    return html.document(title, GENERATOR, style, story.language, header, main, footer)


def _path(wording: RecordWording) -> Iterator[Element]:
    for decision in wording.record.decisions:
        yield from (_line(wording, line) for line in decision.lines)
        if decision.voted:
            yield _decision(wording, decision)
    yield from (_line(wording, line) for line in wording.record.last_lines)


def _tasks(wording: RecordWording) -> Iterator[Element]:
    if wording.record.tasks:
        yield tag("h2", wording.words("record.tasks"))
    for answer in wording.record.tasks:
        yield tag("div", tag("h3", answer.title), _tally(wording, answer.votes), class_="half")


def _questionnaire(wording: RecordWording) -> Iterator[Element]:
    words, rows = wording.words, list(wording.question_rows())
    if not rows:
        return
    head = [tag("th", words(f"record.question.{part}"), scope="col") for part in ("text", "before", "after")]
    body = [tag("tr", tag("td", text), tag("td", before), tag("td", after)) for text, before, after in rows]
    yield tag("h2", words("record.questionnaire"))
    yield from (tag("p", sentence) for sentence in wording.change_sentences())
    yield tag("table", tag("thead", tag("tr", head)), tag("tbody", body), class_="questions")


def _line(wording: RecordWording, line: Line) -> Element:
    year = wording.line_year(line)
    return tag("p", [tag("span", year, class_="year"), " "] if year else None, wording.line_text(line), class_="line")


def _decision(wording: RecordWording, decision: RecordedDecision) -> Element:
    steps = [_step(wording, step) for step in decision.steps if step.how != "onward"]
    when = next((step.when for step in decision.steps), None)
    head = tag("p", tag("span", wording.time_of_day(decision.at), class_="clock"), when, class_="meta")
    return tag("section", head, tag("div", steps, class_="halves"), class_="moment")


def _step(wording: RecordWording, step: RecordedStep) -> Element:
    words = wording.words
    door = wording.door(step)
    again = " " + words("record.again", n=step.held) if step.held > 1 else None
    return tag(
        "div",
        tag("p", door, class_="door") if door else None,
        tag("h3", step.title),
        _tally(wording, step.votes) if step.votes else tag("p", wording.choice_text(step), class_="taken"),
        tag("p", wording.choice_text(step), class_="taken") if step.votes and step.skipped else None,
        [tag("p", tag("strong", name), " ", text, class_="outcome") for name, text in wording.outcome(step)],
        tag("p", wording.how(step), again, class_="small"),
        tag("p", tag("strong", words("record.reason")), " ", step.reason, class_="reason") if step.reason else None,
        tag("p", words("record.no-tally"), class_="small") if step.votes is None else None,
        class_="half",
    )


def _tally(wording: RecordWording, votes: tuple[VoteCount, ...]) -> Element:
    most = max(1, *(vote.count for vote in votes))
    return tag("ul", [_votes(wording, vote, most) for vote in votes], class_="tally")


def _votes(wording: RecordWording, vote: VoteCount, most: int) -> Element:
    words = wording.words
    split = words("record.split", phones=vote.phones, hands=vote.hands) if vote.hands else None
    return tag(
        "li",
        tag("span", vote.say, class_="say"),
        tag("span", words("record.count", n=vote.count), class_="count"),
        tag("span", class_="bar", style=f"width: {100 * vote.count / most:.1f}%"),
        tag("small", split) if split else None,
        class_="taken" if vote.taken else None,
    )


def _questions(wording: RecordWording) -> Element | None:
    items = [
        tag("li", tag("span", wording.join(question.when, question.title), class_="meta"), question.text)
        for question in wording.record.questions
    ]
    head = tag("h2", wording.words("record.questions"))
    return tag("section", head, tag("ul", items, class_="questions")) if items else None


def _fates(wording: RecordWording) -> Element | None:
    rows = [tag("div", tag("dt", fate.detail), tag("dd", fate.text)) for fate in wording.record.fates]
    head = tag("h2", wording.words("record.fates"))
    return tag("section", head, tag("dl", rows, class_="fates")) if rows else None


def _facts(wording: RecordWording) -> Element | None:
    words = wording.words
    items = [
        source_item(fact, tag("span", tag("strong", wording.standing(fact)), " ", wording.cited(fact), class_="small"))
        for fact in wording.record.facts
    ]
    documents = source_documents(wording.record.story, wording.record.facts)
    return source_section(words("record.facts"), words("record.facts.text"), items, documents)
