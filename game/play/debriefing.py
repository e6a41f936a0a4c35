"""The talk after the story, as values: window, terminal, class record and kiosk card draw the same sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from game.play.playthrough import Playthrough
from game.play.walk import Block
from game.story.model import INVENTED, DebriefSection


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a section: what was said or is claimed, where it belongs, and its facts."""

    text: str
    detail: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One part: the story's own paragraphs, then what this playthrough adds."""

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


def debrief(playthrough: Playthrough) -> tuple[Section, ...]:
    """Every section of the story's debrief, filled from the playthrough. It always comes, also after `leave`.

    A story without one still gives the reader's own path, under the story's title.
    """
    fill = {"path": _path, "facts": _facts, "invented": _invented}
    story = playthrough.story
    parts = story.debrief or (DebriefSection("path", story.title, fill="path"),)
    return tuple(
        Section(part.id, part.title, part.text, tuple(fill[part.fill](playthrough)) if part.fill else ())
        for part in parts
    )


def _path(playthrough: Playthrough) -> Iterator[Item]:
    """The reader's own choices, each with its date and what it rests on."""
    for at in playthrough.line:
        choice = at.choice_taken()
        if choice is not None and at.previous is not None:
            page = at.previous.page
            date = " · ".join(part for part in (page.when, page.title) if part)
            yield Item(choice.say, date, tuple(fact for fact in choice.because if fact != INVENTED))


def _facts(playthrough: Playthrough) -> Iterator[Item]:
    """Every fact met, in the order of meeting."""
    for fact in facts_met(playthrough):
        found = playthrough.story.facts[fact]
        yield Item(found.text, found.paragraph, (fact,))


def _invented(playthrough: Playthrough) -> Iterator[Item]:
    """The reader's choices that rest on a device of the story."""
    for at in playthrough.line:
        choice = at.choice_taken()
        if choice is not None and INVENTED in choice.because:
            yield Item(choice.say)


def facts_met(playthrough: Playthrough) -> tuple[str, ...]:
    """The ids of the facts that stood beside what happened, in the order of meeting."""
    blocks: Iterator[Block] = (block for at in playthrough.line if not at.left for block in at.stop.done)
    known = playthrough.story.facts
    return tuple(dict.fromkeys(fact for block in blocks for fact in block.because if fact in known))
