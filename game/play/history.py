"""What a reading can be shown by besides words: the weighings that it met, and its way through the doors.

Both are read from the pages behind, so that no variable is kept for them.
"""

from __future__ import annotations

from dataclasses import replace

from game.core.values import frozen
from game.play.engine import SKIP
from game.play.page import Change, LedgerRow
from game.play.playthrough import Playthrough
from game.story.model import INVENTED

_Told = tuple[Change, ...]  # a chapter that was told, by what that changed


@frozen
class MetWeighing:
    """A page with a ledger, once it was met."""

    when: str | None
    title: str
    rows: tuple[LedgerRow, ...]


@frozen
class Fork:
    """A page on which something was chosen: the deed in its words with its facts, and of the others only how many.

    `doors` stood open, and the taken one was number `at`, from 0. `changes` are what came of it in the chapter, as the
    pages behind it told. `node` is the page's id, `choice` the deed's; `tally` whether that page lets it be said how
    many chose what.
    """

    say: str
    doors: int
    at: int
    facts: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    node: str = ""
    choice: str = ""
    tally: bool = True


@frozen
class Station:
    """A chapter in which something was decided; `told` where the reader had it told instead of walking it.

    `changes` are what the telling changed.
    """

    role: str | None
    when: str | None
    title: str
    forks: tuple[Fork, ...] = ()
    told: bool = False
    changes: tuple[Change, ...] = ()


@frozen
class ReadingMap:
    """The dates in their order, each with its chapters; `lanes` are the roles where both are played."""

    dates: tuple[tuple[Station, ...], ...] = ()
    lanes: tuple[str, ...] = ()


def weighings(playthrough: Playthrough) -> tuple[MetWeighing, ...]:
    """The weighings that were met, in their order; what a cut or a reader had told instead is not among them."""
    pages = (page for page in playthrough.pages if page.ledger)
    return tuple(MetWeighing(page.when, page.title, page.ledger) for page in pages)


def reading_map(playthrough: Playthrough) -> ReadingMap:
    """The doors that stood open on the way and the ones that were taken. Of what was not read it knows nothing."""
    story = playthrough.story
    date_of = {chapter: number for number, date in enumerate(story.calendar) for chapter in date}
    found: dict[int, dict[str, list[Fork | _Told]]] = {}
    for at in playthrough.line[1:]:
        before = at.previous
        assert before is not None
        chapter, choice = before.page.chapter, at.choice_taken()
        if chapter is None or at.left:
            continue
        here = found.get(date_of[chapter], {}).get(chapter, [])
        changes = at.page.changes
        if choice is not None:
            ids = [option.id for option in before.page.choices]
            facts = tuple(fact for fact in choice.because if fact != INVENTED)
            asked = before.page.node or "", choice.id, before.page.tally
            here = [*here, Fork(choice.say, len(ids), ids.index(choice.id), facts, changes, *asked)]
        elif at.entry is not None and at.entry.take == SKIP:
            here = [*here, changes]
        elif here and isinstance(here[-1], Fork):  # what comes of a deed may be told on the pages behind it
            here = [*here[:-1], replace(here[-1], changes=here[-1].changes + changes)]
        if here:
            found.setdefault(date_of[chapter], {})[chapter] = here

    def station(chapter: str, here: list[Fork | _Told]) -> Station:
        of = story.chapters[chapter]
        told = [one for one in here if not isinstance(one, Fork)]
        forks = tuple(one for one in here if isinstance(one, Fork))
        return Station(of.role, of.when, of.title, forks, bool(told), tuple(change for one in told for change in one))

    lanes = tuple(story.roles) if playthrough.cut.both_roles else ()
    dates = tuple(tuple(station(*one) for one in chapters.items()) for _, chapters in sorted(found.items()))
    return ReadingMap(dates, lanes)
