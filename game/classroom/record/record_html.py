"""The record of a class as one HTML file, to keep or to print."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from game.classroom.record.class_record import RecordedDecision, RecordedStep, VoteCount
from game.classroom.record.record_wording import RecordWording
from game.core import html
from game.core.html import tag
from game.documents.sources_html import source_item, source_section
from game.ui.components.citations import is_attributed, standing_in_words

GENERATOR = "weight-of-grain class"  # what a file of ours says of itself, so that no other is ever written over


def record_html(telling: RecordWording, style: str) -> str:
    """The record as text. `style` is its style sheet."""
    story = telling.record.story
    title = telling.words("record.title", title=story.title)
    header = html.summary_header(title, telling.summary(), telling.words("record.private"))
    voted = [moment for moment in telling.record.moments if moment.voted]
    main = [tag("h2", telling.words("record.path")), *(_moment(telling, moment) for moment in voted)]
    footer = [_questions(telling), _facts(telling)]
    return html.document(title, GENERATOR, style, story.language, header, main, footer)


def _moment(telling: RecordWording, moment: RecordedDecision) -> Element:
    """The halves side by side, as they decided."""
    steps = [_step(telling, step) for step in moment.steps if step.how != "onward"]
    when = next((step.when for step in moment.steps), None)
    head = tag("p", tag("span", telling.clock(moment.at), class_="clock"), when, class_="meta")
    return tag("section", head, tag("div", steps, class_="halves"), class_="moment")


def _step(telling: RecordWording, step: RecordedStep) -> Element:
    words = telling.words
    door = telling.door(step)
    return tag(
        "div",
        tag("p", door, class_="door") if door else None,
        tag("h3", step.title),
        _tally(telling, step.votes) if step.votes else tag("p", telling.said(step), class_="taken"),
        tag("p", telling.said(step), class_="taken") if step.votes and step.skipped else None,
        tag("p", telling.how(step), _again(telling, step), class_="small"),
        tag("p", tag("strong", words("record.reason")), " ", step.reason, class_="reason") if step.reason else None,
        tag("p", words("record.no-tally"), class_="small") if step.votes is None else None,
        class_="half",
    )


def _again(telling: RecordWording, step: RecordedStep) -> str | None:
    """That it took more than one vote."""
    return " " + telling.words("record.again", n=step.held) if step.held > 1 else None


def _tally(telling: RecordWording, votes: tuple[VoteCount, ...]) -> Element:
    most = max(1, *(one.count for one in votes))
    return tag("ul", [_votes(telling, one, most) for one in votes], class_="tally")


def _votes(telling: RecordWording, one: VoteCount, most: int) -> Element:
    """A choice, how many took it, and a bar: the widest stands for the most votes on its page."""
    words = telling.words
    split = words("record.split", phones=one.phones, hands=one.hands) if one.hands else None
    return tag(
        "li",
        tag("span", one.say, class_="say"),
        tag("span", words("record.count", n=one.count), class_="count"),
        tag("span", class_="bar", style=f"width: {100 * one.count / most:.1f}%"),
        tag("small", split) if split else None,
        class_="taken" if one.taken else None,
    )


def _questions(telling: RecordWording) -> Element | None:
    asked = [
        tag("li", tag("span", telling.joined(one.when, one.title), class_="meta"), one.text)
        for one in telling.record.questions
    ]
    head = tag("h2", telling.words("record.questions"))
    return tag("section", head, tag("ul", asked, class_="questions")) if asked else None


def _facts(telling: RecordWording) -> Element | None:
    """Every fact that the class met, with its paragraph, its speaker, and a remark where it is only their word."""
    words = telling.words
    items = []
    for fact in telling.record.facts:
        standing = standing_in_words(words, fact) if is_attributed(fact) else None
        items.append(
            source_item(
                fact,
                tag("span", telling.joined(fact.paragraph, fact.speaker), class_="small"),
                tag("span", standing, class_="small said") if standing else None,
            )
        )
    return source_section(words("record.facts"), words("record.facts.text"), items)
