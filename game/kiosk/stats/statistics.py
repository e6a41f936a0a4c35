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
Sums = Mapping[str, tuple[int, float]]  # key -> how often, and for how many seconds


class MergeError(ValueError):
    """Files that cannot be added up. The message names one of them."""


@frozen
class Period:
    """A day, a week from Monday, or a month.

    Attributes:
        first: its first day.
        visits: language -> number of visits.
    """

    first: date
    visits: Mapping[str, int]

    @property
    def n(self) -> int:
        return sum(self.visits.values())


@frozen
class PageCount:
    """How a page, or a screen that is not a page, was visited.

    Attributes:
        node: the page's node.
        shown: how often it was shown.
        seconds: for how many seconds altogether.
        left: how many visits ended there before the story's end because the visitor left.
        timeout: how many ended there because nobody answered.
    """

    node: str
    shown: int
    seconds: float
    left: int
    timeout: int

    @property
    def mean(self) -> float | None:
        """Mean seconds on it; None if it was never shown."""
        return self.seconds / self.shown if self.shown else None


@frozen
class ChoiceCounts:
    """How often each choice of a node was taken.

    Attributes:
        node: the node.
        counts: (choice, number), in the story's order; None if the page's tally is secret.
    """

    node: str
    counts: tuple[tuple[str, int], ...] | None


@frozen
class Statistics:
    """The statistics from the `first` to the `last` day, both included.

    Attributes:
        first, last: None if nothing was counted.
        elsewhere: screens that are not pages of the story.
        unknown: the number of keys that the story no longer has.
    """

    story: Story
    kiosks: int
    first: date | None
    last: date | None
    visits: Mapping[date, Mapping[str, int]]
    languages: Mapping[str, int]
    roles: Mapping[str, int]
    cuts: Mapping[str, int]
    ways: Mapping[str, int]
    elsewhere: tuple[PageCount, ...]
    pages: tuple[PageCount, ...]
    chosen: tuple[ChoiceCounts, ...]
    endings: Mapping[str, int]
    unknown: int

    @property
    def places(self) -> tuple[PageCount, ...]:
        """The pages, then the screens."""
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
        for day in _days(self.first, self.last):
            period = found.setdefault(_first_of(length, day), {})
            for language, n in self.visits.get(day, {}).items():
                period[language] = period.get(language, 0) + n
        return tuple(Period(first, visits) for first, visits in found.items())


def merge_counts(files: Sequence[StoredCounts], story: Story, names: Sequence[str]) -> list[Row]:
    """Return the sums of several files. Messages use their `names`. Raises MergeError if two files are of one kiosk, or
    a file counts another story."""
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
    """Return the rows from one day to another, both included. None means no limit."""
    return [row for row in rows if (since is None or since <= row.day) and (until is None or row.day <= until)]


def without_secret_tallies(rows: Iterable[Row], story: Story) -> list[Row]:
    """Return the rows without choices on pages with a secret tally.

    Such choices are not counted, but a page may become secret later.
    """
    secret = {node.full_id for node in story.nodes.values() if not node.tally}
    return [row for row in rows if row.kind != "choice" or row.key.rpartition(".")[0] not in secret]


def statistics(
    story: Story, rows: Sequence[Row], kiosks: int = 1, since: date | None = None, until: date | None = None
) -> Statistics:
    """Return the statistics from `since` to `until`, both included. None means no limit."""
    rows = rows_between(rows, since, until)
    by_kind: dict[str, Sums] = {kind: _sums(rows, kind) for kind in {row.kind for row in rows}}
    left = by_kind.get("left", {})
    days = [row.day for row in rows]
    order = list(_order(story))
    chosen = _numbers(by_kind, "choice")
    places = {*by_kind.get("page", {}), *(key.partition(".")[2] for key in left)}
    known: dict[str, set[str]] = {
        "page": {*order, *filter(_is_screen, places)},
        "choice": {choice.full_id for node in order for choice in story.nodes[node].choices},
        "ending": {end for node in order if (end := story.nodes[node].end)},
    }
    return Statistics(
        story=story,
        kiosks=kiosks,
        first=since or min(days, default=None),
        last=until or max(days, default=None),
        visits=_visits(rows),
        languages=_numbers(by_kind, "visits"),
        roles=_numbers(by_kind, "role"),
        cuts=_numbers(by_kind, "cut"),
        ways={how: _left(left, how) for how in WAYS_TO_LEAVE},
        elsewhere=tuple(_page(by_kind, where) for where in sorted(places) if _is_screen(where)),
        pages=tuple(page for node in order if _visited(page := _page(by_kind, node))),
        chosen=tuple(_choice_counts(story, order, chosen, set(by_kind.get("page", {})))),
        endings={node.end: n for node in map(story.nodes.__getitem__, order)
                 if node.end and (n := _numbers(by_kind, "ending").get(node.end, 0))},
        unknown=len({(kind, key) for kind, keys in known.items() for key in by_kind.get(kind, {}) if key not in keys}),
    )  # fmt: skip


def _sums(rows: Iterable[Row], kind: str) -> Sums:
    found: dict[str, tuple[int, float]] = {}
    for row in rows:
        if row.kind == kind:
            n, seconds = found.get(row.key, (0, 0.0))
            found[row.key] = n + row.n, seconds + row.seconds
    return found


def _numbers(by_kind: Mapping[str, Sums], kind: str) -> dict[str, int]:
    return {key: n for key, (n, _) in by_kind.get(kind, {}).items()}


def _visits(rows: Iterable[Row]) -> dict[date, dict[str, int]]:
    found: dict[date, dict[str, int]] = defaultdict(dict)
    for row in rows:
        if row.kind == "visits":
            found[row.day][row.key] = row.n
    return dict(found)


def _left(left: Sums, how: str) -> int:
    """Return how many visits ended in this way, on any page."""
    return sum(n for key, (n, _) in left.items() if key.partition(".")[0] == how)


def _page(by_kind: Mapping[str, Sums], where: str) -> PageCount:
    shown, seconds = by_kind.get("page", {}).get(where, (0, 0.0))
    left = by_kind.get("left", {})
    return PageCount(where, shown, seconds, *(left.get(f"{how}.{where}", (0, 0.0))[0] for how in ("left", "timeout")))


def _is_screen(where: str) -> bool:
    """Return whether a place is a screen and not a page. Only a node's id contains a full stop."""
    return bool(where) and "." not in where


def _visited(page: PageCount) -> bool:
    return bool(page.shown or page.left or page.timeout)


def _choice_counts(
    story: Story, nodes: Iterable[str], taken: Mapping[str, int], shown: Set[str]
) -> Iterator[ChoiceCounts]:
    """Yield the counts of each node whose choices were taken, and each node with a secret tally that was shown."""
    for id in nodes:
        node = story.nodes[id]
        counts = tuple((choice.full_id, taken.get(choice.full_id, 0)) for choice in node.choices)
        if not node.tally:
            if counts and id in shown:
                yield ChoiceCounts(id, None)
        elif any(n for _, n in counts):
            yield ChoiceCounts(id, counts)


def _order(story: Story) -> Iterator[str]:
    """Yield every node, in the calendar's order."""
    for id in story.order:
        for node in story.chapters[id].nodes.values():
            yield node.full_id


def _days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(n)


def _first_of(length: PeriodLength, day: date) -> date:
    if length == "week":
        return day - timedelta(day.weekday())
    return day.replace(day=1) if length == "month" else day
