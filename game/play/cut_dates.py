"""The dates of a cut (a length of the story) that count for the reader's progress, and their first and last year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from game.core.values import frozen
from game.story.chapter_mode import ChapterMode
from game.story.model import Story

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@frozen
class CutDates:
    """The dates that count for progress: each has chapters of several roles, and at least one played chapter. `numbers`
    are indices in the calendar; `first` and `last` are years, or None if no chapter prints one."""

    numbers: tuple[int, ...]
    first: int | None
    last: int | None

    def frames(self, years: frozenset[int]) -> bool:
        """Return whether a page's years frame the story, as a tale's opening scene does: the latest of them is before
        `first` or after `last`. False without years."""
        if not years or self.first is None or self.last is None:
            return False
        return not self.first <= max(years) <= self.last


def cut_dates(story: Story, modes: Sequence[ChapterMode]) -> CutDates:
    """Return the dates that count for progress. `modes` says how each chapter of the calendar appears, in order."""
    played = {id for id, mode in zip(story.order, modes, strict=True) if mode is ChapterMode.PLAYED}
    numbers = tuple(
        number
        for number, date in enumerate(story.calendar)
        if len({story.chapters[id].role for id in date} - {None}) > 1 and not played.isdisjoint(date)
    )
    years = [year for number in numbers for id in story.calendar[number] for year in years_in(story.chapters[id].when)]
    return CutDates(numbers, min(years, default=None), max(years, default=None))


def years_in(when: str | None) -> frozenset[int]:
    """Return the years in a printed date, in any language."""
    return frozenset(map(int, _YEAR.findall(when or "")))
