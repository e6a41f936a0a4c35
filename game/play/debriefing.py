"""The talk after the story, as values: window, terminal, class record and kiosk card draw the same sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from game.play.charts import Way, Weighing, way, weighings
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
    """One part: the story's own paragraphs, then what this playthrough adds, as lines and as what can be drawn.

    The lines of a `way` are its deeds once more, for whoever does not draw it.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    weighings: tuple[Weighing, ...] = ()
    way: Way | None = None


def debrief(playthrough: Playthrough) -> tuple[Section, ...]:
    """Every section of the story's debrief, filled from the playthrough. It always comes, also after `leave`;
    only a section of weighings is left out where none was met.

    A story without one still gives the reader's own path, under the story's title.
    """
    story = playthrough.story
    parts = story.debrief or (DebriefSection("path", story.title, fill="path"),)
    sections = (_filled(part, playthrough) for part in parts)
    return tuple(section for section in sections if section is not None)


def _filled(part: DebriefSection, playthrough: Playthrough) -> Section | None:
    section = Section(part.id, part.title, part.text)
    match part.fill:
        case "path":
            found = way(playthrough)
            return replace(section, items=tuple(_path(found)), way=found)
        case "weighings":
            met = weighings(playthrough)
            return replace(section, weighings=met) if met else None
        case "facts":
            return replace(section, items=tuple(_facts(playthrough)))
        case "invented":
            return replace(section, items=tuple(_invented(playthrough)))
    return section


def _path(found: Way) -> Iterator[Item]:
    """The reader's own choices, each with its date and what it rests on."""
    for station in (station for date in found.dates for station in date):
        date = " · ".join(part for part in (station.when, station.title) if part)
        yield from (Item(fork.say, date, fork.facts) for fork in station.forks)


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
