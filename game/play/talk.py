"""The talk after the story: the debrief's sections on their screens, and an appendix of entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from game.core.values import frozen
from game.play.debrief_sections import Section, dated, debrief, facts_unmet
from game.play.page import Page, Picture
from game.play.playthrough import Playthrough
from game.story.facts import Fact
from game.story.model import INVENTED

EntryKind = Literal["met", "unmet", "invented", "book"]
KIND_OF_FILL: dict[str, EntryKind] = {"facts": "met", "unmet": "unmet", "invented": "invented", "books": "book"}
YEAR = re.compile(r"\b1[89]\d\d\b")


@frozen
class TalkScreen:
    """A screen of the talk: the section that gives the screen its name, then the sections beside it."""

    sections: tuple[Section, ...]

    @property
    def id(self) -> str:
        return self.sections[0].id

    @property
    def title(self) -> str:
        return self.sections[0].title


@frozen
class AppendixEntry:
    """An entry of the appendix: a fact (`fact` is its id), a choice of the reader that rests on an invention, or a book
    (`detail` says why to read it).

    `year` is the year of the page where the reader met it, else the year in the fact's date. `when` is the date and
    title of that page's chapter.
    """

    kind: EntryKind
    text: str
    detail: str = ""
    fact: str = ""
    year: int | None = None
    when: str = ""


def talk_screens(playthrough: Playthrough) -> tuple[TalkScreen, ...]:
    """Return the screens of the talk in the story's order, without the appendix. A section that should stand beside one
    that is not shown gets a screen of its own."""
    order = {part.id: number for number, part in enumerate(playthrough.story.debrief)}
    sections = [section for section in debrief(playthrough) if section.appendix != "all"]
    shown = [replace(section, items=()) if section.appendix else section for section in sections]
    there = {section.id for section in shown}
    found: dict[str, list[Section]] = {}
    # sections with a screen of their own come first
    for section in sorted(shown, key=lambda section: (bool(section.beside), order.get(section.id, 0))):
        found.setdefault(section.beside if section.beside in there else section.id, []).append(section)
    screens = (TalkScreen(tuple(several)) for several in found.values())
    return tuple(sorted(screens, key=lambda screen: order.get(screen.id, 0)))


def has_appendix(playthrough: Playthrough) -> bool:
    """Return whether the talk has an appendix."""
    return any(part.appendix for part in playthrough.story.debrief)


def appendix_entries(playthrough: Playthrough) -> tuple[AppendixEntry, ...]:
    """Return the entries of the appendix, list by list, in the story's order."""
    wanted = dict.fromkeys(KIND_OF_FILL[part.fill] for part in playthrough.story.debrief if part.appendix and part.fill)
    return tuple(entry for kind in wanted for entry in _ENTRIES[kind](playthrough))


def _met(p: Playthrough) -> Iterator[AppendixEntry]:
    """Yield every fact that was met, with the date of the first page that rests on it."""
    found: dict[str, Page] = {}
    for at in (at for at in p.history if not at.left):
        for item in (*at.page.lines, *at.position.done):
            for fact in item.because:
                found.setdefault(fact, at.page)
    for id, page in found.items():
        if (known := p.story.facts.get(id)) is not None:
            year = page.progress.year or _year_of(known)
            yield AppendixEntry("met", known.text, "", id, year, dated(page.when, page.title))


def _unmet(p: Playthrough) -> Iterator[AppendixEntry]:
    for id in facts_unmet(p):
        fact = p.story.facts[id]
        yield AppendixEntry("unmet", fact.text, "", id, _year_of(fact))


def _year_of(fact: Fact) -> int | None:
    year = YEAR.search(fact.date or "")
    return int(year[0]) if year else None


def _invented(p: Playthrough) -> Iterator[AppendixEntry]:
    for at in p.history:
        choice = at.choice_taken()
        if choice is not None and INVENTED in choice.because and at.previous is not None:
            page = at.previous.page
            yield AppendixEntry("invented", choice.say, "", INVENTED, page.progress.year, dated(page.when, page.title))


def _books(p: Playthrough) -> Iterator[AppendixEntry]:
    lists = {part.id for part in p.story.debrief if part.fill == "books"}
    for section in debrief(p):
        if section.appendix and section.id in lists:
            yield from (AppendixEntry("book", item.text, item.detail) for item in section.items)


_ENTRIES = {"met": _met, "unmet": _unmet, "invented": _invented, "book": _books}


def last_picture(playthrough: Playthrough, shows: Iterable[str]) -> Picture | None:
    """Return the picture of the last page read whose scene is in `shows`; if there is none, the last picture of all."""
    pictures = [page.picture for page in playthrough.pages if page.picture is not None]
    wanted = frozenset(shows)
    return next(reversed([picture for picture in pictures if picture.scene in wanted] or pictures), None)
