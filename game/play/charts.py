"""What a reading can be shown by besides words: the weighings that it met, and its way through the doors.

Both are read from the pages behind, so that no variable is kept for them.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.play.page import LedgerRow
from game.play.playthrough import Playthrough
from game.play.walk import SKIP
from game.story.model import INVENTED


@dataclass(frozen=True, slots=True)
class Weighing:
    """A page with a ledger, once it was met."""

    when: str | None
    title: str
    rows: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class Fork:
    """A page on which something was chosen: the deed in its words with its facts, and of the others only how many.

    `doors` stood open, and the taken one was number `at`, from 0.
    """

    say: str
    doors: int
    at: int
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Station:
    """A chapter in which something was decided; `told` where the reader had it told instead of walking it."""

    role: str | None
    when: str | None
    title: str
    forks: tuple[Fork, ...] = ()
    told: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """The dates in their order, each with its chapters; `lanes` are the roles where both are played."""

    dates: tuple[tuple[Station, ...], ...] = ()
    lanes: tuple[str, ...] = ()


def weighings(playthrough: Playthrough) -> tuple[Weighing, ...]:
    """The weighings that were met, in their order; what a cut or a reader had told instead is not among them."""
    pages = (page for page in playthrough.pages if page.ledger)
    return tuple(Weighing(page.when, page.title, page.ledger) for page in pages)


def way(playthrough: Playthrough) -> Way:
    """The doors that stood open on the way and the ones that were taken. Of what was not read it knows nothing."""
    story = playthrough.story
    date_of = {chapter: number for number, date in enumerate(story.calendar) for chapter in date}
    found: dict[int, dict[str, list[Fork | None]]] = {}  # None: the chapter was told
    for at in playthrough.line[1:]:
        before = at.previous
        assert before is not None
        chapter, choice = before.page.chapter, at.choice_taken()
        skipped = at.entry is not None and at.entry.take == SKIP
        if chapter is not None and (choice is not None or skipped):
            fork = None
            if choice is not None:
                ids = [option.id for option in before.page.choices]
                facts = tuple(fact for fact in choice.because if fact != INVENTED)
                fork = Fork(choice.say, len(ids), ids.index(choice.id), facts)
            found.setdefault(date_of[chapter], {}).setdefault(chapter, []).append(fork)

    def station(chapter: str, forks: list[Fork | None]) -> Station:
        of = story.chapters[chapter]
        return Station(of.role, of.when, of.title, tuple(fork for fork in forks if fork is not None), None in forks)

    lanes = tuple(story.roles) if playthrough.cut.both_roles else ()
    dates = tuple(tuple(station(*one) for one in chapters.items()) for _, chapters in sorted(found.items()))
    return Way(dates, lanes)
