"""Look back on a playthrough: the weighings (sums of a harvest) on the pages read, and the map of the choices."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from game.core.values import frozen
from game.play.engine import SKIP
from game.play.page import Change, Paragraph, Weighing
from game.play.page_context import anyway
from game.play.playthrough import Playthrough
from game.story.model import INVENTED

_Skipped = tuple[Change, ...]  # stands for a skipped chapter: its changes


@frozen
class MetWeighing:
    """A weighing on a page that was read, with the page's date, title and chapter (its id)."""

    when: str | None
    title: str
    weighing: Weighing
    chapter: str | None = None


@frozen
class Fork:
    """A choice that was taken: number `at` (from 0) of the `doors` choices that were open.

    `say`, `reason`, `answer` and `anyway` are the story's texts; `facts` are the ids of the facts that the choice rests
    on. `changes` are those of the choice and of the pages after it in the chapter. `tally`: a class is shown how many
    took each choice. `node` is a full id, `pronoun` the narrator's.
    """

    say: str
    doors: int
    at: int
    facts: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    node: str = ""
    choice: str = ""
    tally: bool = True
    reason: str = ""
    answer: Paragraph | None = None
    anyway: Paragraph | None = None
    pronoun: str = "they"


@frozen
class Station:
    """A chapter on the map: the choices taken (`forks`), or, if it was skipped (`told`), the summary's `changes`."""

    role: str | None
    when: str | None
    title: str
    forks: tuple[Fork, ...] = ()
    told: bool = False
    changes: tuple[Change, ...] = ()


@frozen
class ReadingMap:
    """The choices taken, by date and chapter. `lanes` are the roles (ids), or empty if only one role is played."""

    dates: tuple[tuple[Station, ...], ...] = ()
    lanes: tuple[str, ...] = ()


def weighings(playthrough: Playthrough) -> tuple[MetWeighing, ...]:
    """Return for each chapter, in order, the last weighing on a page that was read."""
    found = {}
    for page in playthrough.pages:
        if page.ledger is not None:
            found[page.chapter] = MetWeighing(page.when, page.title, page.ledger, page.chapter)
    return tuple(found.values())


def reading_map(playthrough: Playthrough) -> ReadingMap:
    """Return the map of the choices that the reader took, and of the chapters that the reader skipped."""
    story = playthrough.story
    date_of = story.date_of
    found: dict[int, dict[str, list[Fork | _Skipped]]] = {}
    for at in playthrough.history[1:]:
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
            said = choice.reason, at.page.answer, anyway(story, before.position, at.position)
            pronoun = story.pronoun_of(story.chapters[chapter].role)
            here = [*here, Fork(choice.say, len(ids), ids.index(choice.id), facts, changes, *asked, *said, pronoun)]
        elif at.entry is not None and at.entry.take == SKIP:
            here = [*here, changes]
        elif here and isinstance(here[-1], Fork) and at.page.chapter == chapter:  # a later page shows what it changed
            here = [*here[:-1], replace(here[-1], changes=here[-1].changes + changes)]
        if here:
            found.setdefault(date_of[chapter], {})[chapter] = here

    def station(chapter: str, here: list[Fork | _Skipped]) -> Station:
        of = story.chapters[chapter]
        skipped = [item for item in here if not isinstance(item, Fork)]
        forks = tuple(item for item in here if isinstance(item, Fork))
        return Station(of.role, of.when, of.title, forks, bool(skipped), tuple(chain(*skipped)))

    lanes = tuple(story.roles) if playthrough.cut.both_roles else ()
    dates = tuple(tuple(station(*chapter) for chapter in chapters.items()) for _, chapters in sorted(found.items()))
    return ReadingMap(dates, lanes)
