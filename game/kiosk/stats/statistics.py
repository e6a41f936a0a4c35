"""Statistics: visits as values in the story's order, from the counts of one or more kiosks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from typing import Literal

from game.core.values import frozen
from game.kiosk.counts.counts_db import Row, StoredCounts
from game.kiosk.counts.visit_counts import WAYS_TO_LEAVE
from game.story.model import Story

PeriodLength = Literal["day", "week", "month"]


class MergeError(ValueError):
    """Raised if files cannot be added up. The message names one of them."""


@frozen
class Period:
    """The number of visits, by language, in a day, a week from Monday or a month that begins on `first`."""

    first: date
    visits: Mapping[str, int]

    @property
    def n(self) -> int:
        return sum(self.visits.values())


@frozen
class PageCount:
    """How often and how long a page or another screen was shown, and how many visits ended there: left or timed out."""

    node: str
    shown: int  # how often
    seconds: float  # altogether
    left: int  # visits that ended there because the visitor left
    timeout: int  # visits that ended there because nobody touched the screen

    @property
    def mean(self) -> float | None:
        """Mean seconds on the page; None if it was never shown."""
        return self.seconds / self.shown if self.shown else None


@frozen
class ChoiceCounts:
    """How often each choice of a node was taken."""

    node: str
    counts: tuple[tuple[str, int], ...] | None  # (choice id, number); None if the page's tally is secret


@frozen
class Statistics:
    """What was counted from the `first` to the `last` day, both included."""

    story: Story
    kiosks: int
    first: date | None  # None if nothing was counted
    last: date | None
    visits: Mapping[date, Mapping[str, int]]  # day -> language -> number
    languages: Mapping[str, int]  # id -> number of visits
    roles: Mapping[str, int]  # id -> number of readings
    cuts: Mapping[str, int]  # id -> number of readings
    ways: Mapping[str, int]  # how a visit ended, one of WAYS_TO_LEAVE -> number of visits
    elsewhere: tuple[PageCount, ...]  # screens that are not pages of the story
    pages: tuple[PageCount, ...]
    chosen: tuple[ChoiceCounts, ...]
    endings: Mapping[str, int]
    unknown: int  # the number of counted ids that the story no longer has

    @property
    def places(self) -> tuple[PageCount, ...]:
        return self.pages + self.elsewhere

    @property
    def total(self) -> int:
        return sum(self.languages.values())

    @property
    def open_days(self) -> int:
        """The number of days with a visit."""
        return sum(any(visits.values()) for visits in self.visits.values())

    def periods(self, length: PeriodLength) -> tuple[Period, ...]:
        """Return all periods from the first day to the last, including those without a visit."""
        if self.first is None or self.last is None:
            return ()
        found: dict[date, dict[str, int]] = {}
        for n in range((self.last - self.first).days + 1):
            day = self.first + timedelta(n)
            period = found.setdefault(_first_of(length, day), {})
            for language, visits in self.visits.get(day, {}).items():
                period[language] = period.get(language, 0) + visits
        return tuple(Period(first, visits) for first, visits in found.items())


def merge_counts(files: Sequence[StoredCounts], story: Story, names: Sequence[str]) -> list[Row]:
    """Return the sums of several files added up. Raises MergeError with a file's name, from `names`, if two files are
    of one kiosk, or a file counts another story."""
    seen: dict[str, str] = {}
    sums: dict[tuple[date, str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for file, name in zip(files, names, strict=True):
        if file.pack != story.pack:
            raise MergeError(f"{name} holds counts of the story `{file.pack}`, and this one is `{story.pack}`")
        if file.id in seen:
            raise MergeError(f"{name} is the same kiosk's as {seen[file.id]}: name each of them once")
        seen[file.id] = name
        for row in file.rows:
            n, ms = sums[row.day, row.kind, row.key]
            sums[row.day, row.kind, row.key] = n + row.n, ms + row.ms
    return [Row(*at, *sum_) for at, sum_ in sorted(sums.items())]


def rows_between(rows: Iterable[Row], since: date | None, until: date | None) -> list[Row]:
    """Return the rows from the day `since` to the day `until`, both included. None means no limit."""
    return [row for row in rows if (since or date.min) <= row.day <= (until or date.max)]


def without_secret_tallies(rows: Iterable[Row], story: Story) -> list[Row]:
    """Return all rows except those of choices on pages with a secret tally (no visitor sees how others chose). The
    kiosk counts no such choices, but the author can make a tally secret after choices were counted."""
    secret = {node.full_id for node in story.nodes.values() if not node.tally}
    return [row for row in rows if row.kind != "choice" or row.key.rpartition(".")[0] not in secret]


def statistics(
    story: Story, rows: Sequence[Row], kiosks: int = 1, since: date | None = None, until: date | None = None
) -> Statistics:
    """Return the statistics from `since` to `until`, both included. None means no limit."""
    rows = rows_between(rows, since, until)
    visits: dict[date, dict[str, int]] = defaultdict(dict)
    numbers: dict[str, dict[str, int]] = defaultdict(dict)  # by kind and key
    seconds: dict[str, float] = defaultdict(float)  # by page
    for row in rows:
        numbers[row.kind][row.key] = numbers[row.kind].get(row.key, 0) + row.n
        if row.kind == "visits":
            visits[row.day][row.key] = row.n
        elif row.kind == "page":
            seconds[row.key] += row.seconds
    left, shown, ended = numbers["left"], numbers["page"], numbers["ending"]

    def count_page(where: str) -> PageCount:
        early = (left.get(f"{how}.{where}", 0) for how in ("left", "timeout"))
        return PageCount(where, shown.get(where, 0), seconds.get(where, 0.0), *early)

    days = [row.day for row in rows]
    order = [node.full_id for id in story.order for node in story.chapters[id].nodes.values()]
    places = {*shown, *(key.partition(".")[2] for key in left)}
    known: dict[str, set[str]] = {
        "page": {*order, *filter(_is_screen, places)},
        "choice": {choice.full_id for node in order for choice in story.nodes[node].choices},
        "ending": {end for node in order if (end := story.nodes[node].end)},
    }
    pages = map(count_page, order)
    return Statistics(
        story=story,
        kiosks=kiosks,
        first=since or min(days, default=None),
        last=until or max(days, default=None),
        visits=visits,
        languages=numbers["visits"],
        roles=numbers["role"],
        cuts=numbers["cut"],
        ways={how: sum(n for key, n in left.items() if key.partition(".")[0] == how) for how in WAYS_TO_LEAVE},
        elsewhere=tuple(count_page(where) for where in sorted(places) if _is_screen(where)),
        pages=tuple(page for page in pages if page.shown or page.left or page.timeout),
        chosen=tuple(_choice_counts(story, order, numbers["choice"], shown.keys())),
        endings={end: ended[end] for node in order if (end := story.nodes[node].end) and ended.get(end)},
        unknown=sum(len(numbers[kind].keys() - keys) for kind, keys in known.items()),
    )


def _is_screen(where: str) -> bool:
    """Return whether an id is that of a screen. Only a page's id contains a full stop, and "" is no id."""
    return bool(where) and "." not in where


def _choice_counts(
    story: Story, nodes: Iterable[str], taken: Mapping[str, int], shown: Set[str]
) -> Iterator[ChoiceCounts]:
    """Yield the counts of each node where a visitor chose. A shown node with a secret tally gets None instead."""
    for id in nodes:
        node = story.nodes[id]
        counts = tuple((choice.full_id, taken.get(choice.full_id, 0)) for choice in node.choices)
        if not node.tally:
            if counts and id in shown:
                yield ChoiceCounts(id, None)
        elif any(n for _, n in counts):
            yield ChoiceCounts(id, counts)


def _first_of(length: PeriodLength, day: date) -> date:
    if length == "week":
        return day - timedelta(day.weekday())
    return day.replace(day=1) if length == "month" else day
