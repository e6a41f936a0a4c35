"""The talk after the story as sections of the journal: what no other section of it has already."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from game.core.html import Child, tag
from game.documents.emphasis_html import with_emphasis
from game.play import Playthrough
from game.play.debrief_sections import Item, debrief
from game.story.debrief import PlacingTask
from game.story.model import Story
from game.ui.components.citations import full_citation
from game.ui.i18n import Catalogue

ELSEWHERE = frozenset({"path", "weighings", "people", "facts"})  # the `fill`s that have a section of their own


def talk_sections(playthrough: Playthrough, words: Catalogue) -> Iterator[Element]:
    """Each section of the talk with its texts, its lines and its task; only of a reading that is over."""
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
    """A line with what stands below it: of a fact its place in its source, else its date or its reason."""
    fact = story.facts.get(item.facts[0]) if item.facts else None
    below = full_citation(story, words, fact) if fact is not None else item.detail
    return [item.text, " ", tag("span", below, class_="small") if below else None]


def _task(placing: PlacingTask, words: Catalogue) -> Element:
    """The decisions of a task, with where its author would place each and why."""
    head = [tag("th", words(key)) for key in ("guide.placing.decision", "guide.placing.view", "guide.placing.why")]
    rows = [
        tag("tr", tag("td", one.text), tag("td", ", ".join(placing.places[at] for at in one.at)), tag("td", one.why))
        for one in placing.decisions
    ]
    return tag("table", tag("thead", tag("tr", head)), tag("tbody", rows), class_="task")
