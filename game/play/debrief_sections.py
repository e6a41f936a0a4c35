"""The sections of the debrief, the talk after the story, as values for window, terminal, class record and kiosk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from game.core.values import frozen
from game.play.engine import Block
from game.play.history import MetWeighing, ReadingMap, reading_map, weighings
from game.play.page import Change
from game.play.page_context import first_that_holds, person_says
from game.play.playthrough import Playthrough
from game.story import traversal
from game.story.debrief import DebriefSection, PlacingTask
from game.story.model import INVENTED, Line
from game.story.people import Person

MAX_QUESTIONS = 5


@frozen
class Item:
    """One item in a section's list: a choice, fact, question, book or person (`person` is the id).

    For a person, `text` is what became of them, `detail` their name. For others, `detail` is a date, a source, or why
    to read. For a choice, `changes` are its effects, `answer` is what came of it, `anyway` what others decided.
    """

    text: str
    detail: str = ""
    facts: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    answer: str = ""
    anyway: str = ""
    person: str = ""


@frozen
class Section:
    """A section: the story's own paragraphs, then what this playthrough adds, as items and as charts.

    `way` is the map of the reader's choices, which the items repeat in words. `placing` is a task, the same for every
    reader; a playthrough does not keep the answers. `after` holds the last paragraphs. `outside`: nothing in the
    section is from the story's source. The other fields are as in `DebriefSection`.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    weighings: tuple[MetWeighing, ...] = ()
    way: ReadingMap | None = None
    placing: PlacingTask | None = None
    after: tuple[str, ...] = ()
    outside: bool = False
    brief: tuple[str, ...] = ()
    beside: str = ""
    appendix: str = ""
    other_door: bool = False


def debrief(playthrough: Playthrough) -> tuple[Section, ...]:
    """Return the sections of the story's debrief, filled from a playthrough, which can be unfinished.

    If the playthrough has nothing for a section, the section shows its `otherwise` texts. A section without such texts
    is left out, unless it is about the reader's path, the facts or the inventions. A section of texts alone is left out
    if no text's condition holds. If no section is left, the result is one section with the reader's path.

    If the reader left early, what became of people comes last, because the reader may not want to know yet.
    """
    story = playthrough.story
    parts: Iterable[DebriefSection] = story.debrief
    if playthrough.left:
        parts = sorted(parts, key=lambda part: part.fill == "people")
    path = DebriefSection("path", story.title, fill="path")
    return tuple(_sections(parts, playthrough)) or tuple(_sections((path,), playthrough))


def _sections(parts: Iterable[DebriefSection], playthrough: Playthrough) -> Iterator[Section]:
    filled = (_filled(part, playthrough) for part in parts)
    return (section for section in filled if section is not None)


def _filled(part: DebriefSection, playthrough: Playthrough) -> Section | None:
    paragraphs = _paragraphs(part, playthrough)
    if part.text and not paragraphs and part.fill is None and part.placing is None:
        return None
    way = reading_map(playthrough) if part.fill == "path" else None
    items = tuple(_path(way) if way else _lines(part, playthrough))
    weighed = weighings(playthrough) if part.fill == "weighings" else ()
    told = part.placing, part.after, part.outside, part.brief, part.beside, part.appendix, part.other_door
    section = Section(part.id, part.title, paragraphs, items, weighed, way, *told)
    if part.fill is None or section.items or section.weighings:
        return section
    if part.otherwise:
        return replace(section, paragraphs=part.otherwise, brief=part.brief if part.fill == "path" else ())
    return section if part.fill in ("path", "facts", "invented") else None


def _paragraphs(part: DebriefSection, playthrough: Playthrough) -> tuple[str, ...]:
    if all(text.condition is None for text in part.text):  # mostly true, and this runs whenever a screen is drawn
        return tuple(text.text for text in part.text)
    at_end = playthrough.engine.state_at_end(playthrough.position)
    return tuple(text.text for text in part.text if text.condition is None or text.condition.run(at_end))


def _lines(part: DebriefSection, playthrough: Playthrough) -> Iterator[Item]:
    """Yield the items of the kind that the section's `fill` names. If it has `groups`, leave out other people."""
    people = playthrough.story.people
    for item in _LINES[part.fill](playthrough) if part.fill in _LINES else ():
        if not part.groups or people[item.person].group in part.groups:
            yield item


def _path(found: ReadingMap) -> Iterator[Item]:
    for station in (station for date in found.dates for station in date):
        date = dated(station.when, station.title)
        for fork in station.forks:
            answer, anyway = (said.text if said is not None else "" for said in (fork.answer, fork.anyway))
            yield Item(fork.say, date, fork.facts, fork.changes, answer, anyway)


def dated(when: str | None, title: str) -> str:
    """Return a chapter's title, with the chapter's printed date before it if there is one."""
    return " · ".join(part for part in (when, title) if part)


def _facts(playthrough: Playthrough, ids: Iterable[str]) -> Iterator[Item]:
    for id in ids:
        fact = playthrough.story.facts[id]
        yield Item(fact.text, playthrough.story.cited(fact), (id,))


def _questions(playthrough: Playthrough) -> Iterator[Item]:
    """Yield the questions of the pages that were read, at most MAX_QUESTIONS, evenly spread."""
    asked = {
        page.discuss: Item(page.discuss, dated(page.when, page.title)) for page in playthrough.pages if page.discuss
    }
    every = tuple(asked.values())
    few = min(MAX_QUESTIONS, len(every))
    yield from (every[i * (len(every) - 1) // max(few - 1, 1)] for i in range(few))


def _books(playthrough: Playthrough) -> Iterator[Item]:
    guide = playthrough.story.guide
    for book in guide.books.values() if guide else ():
        if book.why:
            title = ", ".join(part for part in (book.author, book.title) if part)
            yield Item(f"{title} ({book.details})" if book.details else title, book.why)


def _invented(playthrough: Playthrough) -> Iterator[Item]:
    for at in playthrough.history:
        choice = at.choice_taken()
        if choice is not None and INVENTED in choice.because:
            yield Item(choice.say)


def fates(playthrough: Playthrough) -> Iterator[Item]:
    """Yield what became of the people met, at the end of the story.

    If the reader left early, the rest of the story is taken as skipped. The people are in the order of their groups. In
    a group, people whose fate a reading can change come first. A person is left out if their fate depends on chapters
    of the other role that have not been read.
    """
    story, position = playthrough.story, playthrough.position
    at_end = playthrough.engine.state_at_end(position)
    met, unread = people_met(playthrough), _unread_chapters(playthrough)
    written = traversal.written_on_pages(unread, story)
    order = {group: number for number, group in enumerate(story.people_groups)}

    def place(person: Person) -> tuple[int, bool]:
        return order.get(person.group or "", len(order)), len(person.fate) < 2

    for id, person in sorted(story.people.items(), key=lambda item: place(item[1])):
        if id in met and not any(traversal.depends_on(fate.condition, unread, written) for fate in person.fate):
            fate = first_that_holds(person.fate, story, at_end)
            if fate is not None:
                says = person_says(person, story, position, playthrough.role)
                yield Item(fate.text, f"{person.name} · {says}" if says else person.name, person=id)


def _unread_chapters(playthrough: Playthrough) -> frozenset[str]:
    """Return the ids of the other role's chapters; none if both roles are played, or a record decides the chapters."""
    if playthrough.role is None or playthrough.earlier is not None:
        return frozenset()
    return frozenset(
        id for id, chapter in playthrough.story.chapters.items() if chapter.role not in (None, playthrough.role)
    )


def people_met(playthrough: Playthrough) -> frozenset[str]:
    """Return the ids of the people who are named on the pages read so far, and of these pages' narrators."""
    tellers = {page.role for page in playthrough.pages if page.role is not None}
    met = {mark.id for page in playthrough.pages for mark in page.people}
    return frozenset(met | {id for id, person in playthrough.story.people.items() if person.tells in tellers})


_LINES: dict[str, Callable[[Playthrough], Iterator[Item]]] = {
    "facts": lambda playthrough: _facts(playthrough, facts_met(playthrough)),
    "unmet": lambda playthrough: _facts(playthrough, facts_unmet(playthrough)),
    "invented": _invented,
    "questions": _questions,
    "books": _books,
    "people": fates,
}


def facts_unmet(playthrough: Playthrough) -> tuple[str, ...]:
    """Return the ids of the essential facts that the reader has not met, in the story's order."""
    met = frozenset(facts_met(playthrough))
    return tuple(id for id, fact in playthrough.story.facts.items() if fact.essential and id not in met)


def facts_met(playthrough: Playthrough) -> tuple[str, ...]:
    """Return the ids of the facts behind the pages, choices and lines that were read, in the order of meeting."""
    read = [at for at in playthrough.history if not at.left]
    met: Iterator[Block | Line] = (item for at in read for item in (*at.page.lines, *at.position.done))
    known = playthrough.story.facts
    return tuple(dict.fromkeys(fact for item in met for fact in item.because if fact in known))
