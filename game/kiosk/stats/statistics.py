"""What the counts of one kiosk, or of several together, say of a story's visits: values, in the story's own order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from typing import Literal

from game.core.values import frozen
from game.kiosk.counts.counts_db import Row, StoredCounts
from game.kiosk.counts.visit_counts import WAYS_TO_LEAVE
from game.story.model import Story

Grain = Literal["day", "week", "month"]
Sums = Mapping[str, tuple[int, float]]  # key -> how often, for how many seconds


class MergeError(ValueError):
    """Files cannot be added up: what is said of one of them."""


@frozen
class Period:
    """A day, a week from Monday, or a month, by its first day: how many visits it had in each language."""

    first: date
    visits: Mapping[str, int]

    @property
    def n(self) -> int:
        return sum(self.visits.values())


@frozen
class PageCount:
    """A page by its node: how often it was shown, for how many seconds in all, and how often it was the last of a
    visit that did not come to its end."""

    node: str
    shown: int
    seconds: float
    left: int
    timeout: int

    @property
    def mean(self) -> float | None:
        """Seconds on it, as a mean; None where it was never shown."""
        return self.seconds / self.shown if self.shown else None


@frozen
class ChoiceCounts:
    """How often each choice of a node was taken, in the story's order; `counts` is None where that is counted for
    nobody: who ate, who was named."""

    node: str
    counts: tuple[tuple[str, int], ...] | None


@frozen
class Statistics:
    """From the `first` day to the `last`, both of them counted; both None where nothing was.

    `elsewhere`: the screens that are no page of the story. `unknown`: how many keys name
    what the story does not have (any more).
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
        """Everything on which visitors were: the pages, then the screens."""
        return self.pages + self.elsewhere

    @property
    def total(self) -> int:
        return sum(self.languages.values())

    @property
    def open_days(self) -> int:
        """On how many days somebody came."""
        return sum(any(visits.values()) for visits in self.visits.values())

    def periods(self, grain: Grain) -> tuple[Period, ...]:
        """Every one of them from the first day to the last, also those without a visit."""
        if self.first is None or self.last is None:
            return ()
        found: dict[date, dict[str, int]] = {}
        for day in _days(self.first, self.last):
            period = found.setdefault(_first_of(grain, day), {})
            for language, n in self.visits.get(day, {}).items():
                period[language] = period.get(language, 0) + n
        return tuple(Period(first, visits) for first, visits in found.items())


def merge_counts(files: Sequence[StoredCounts], story: Story, names: Sequence[str]) -> list[Row]:
    """The sums of several files, which `names` name in what is said. Raises NotTogether."""
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


def between(rows: Iterable[Row], since: date | None, until: date | None) -> list[Row]:
    """The rows from a day to a day, both of them counted."""
    return [row for row in rows if (since is None or since <= row.day) and (until is None or row.day <= until)]


def told_openly(rows: Iterable[Row], story: Story) -> list[Row]:
    """Without the choices on pages that keep to themselves how many took which. None is counted there; a page may
    have been marked so after it was."""
    quiet = {node.full_id for node in story.nodes.values() if not node.tally}
    return [row for row in rows if row.kind != "choice" or row.key.rpartition(".")[0] not in quiet]


def statistics(
    story: Story, rows: Sequence[Row], kiosks: int = 1, since: date | None = None, until: date | None = None
) -> Statistics:
    """What sums say, of some days or of all."""
    rows = between(rows, since, until)
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
        pages=tuple(page for node in order if _met(page := _page(by_kind, node))),
        chosen=tuple(_chosen(story, order, chosen, set(by_kind.get("page", {})))),
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
    """How many visits ended in one way, wherever that was."""
    return sum(n for key, (n, _) in left.items() if key.partition(".")[0] == how)


def _page(by_kind: Mapping[str, Sums], where: str) -> PageCount:
    shown, seconds = by_kind.get("page", {}).get(where, (0, 0.0))
    left = by_kind.get("left", {})
    return PageCount(where, shown, seconds, *(left.get(f"{how}.{where}", (0, 0.0))[0] for how in ("left", "timeout")))


def _is_screen(where: str) -> bool:
    """Whether a place is no page of a story: a node's id has a full stop in it."""
    return bool(where) and "." not in where


def _met(page: PageCount) -> bool:
    return bool(page.shown or page.left or page.timeout)


def _chosen(story: Story, order: Iterable[str], taken: Mapping[str, int], shown: Set[str]) -> Iterator[ChoiceCounts]:
    """The nodes on which anybody chose, with all choices that they have; of those that are not counted, the ones that
    were shown."""
    for id in order:
        node = story.nodes[id]
        counts = tuple((choice.full_id, taken.get(choice.full_id, 0)) for choice in node.choices)
        if not node.tally:
            if counts and id in shown:
                yield ChoiceCounts(id, None)
        elif any(n for _, n in counts):
            yield ChoiceCounts(id, counts)


def _order(story: Story) -> Iterator[str]:
    """Every node, by the calendar."""
    for id in story.order:
        for node in story.chapters[id].nodes.values():
            yield node.full_id


def _days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(n)


def _first_of(grain: Grain, day: date) -> date:
    if grain == "week":
        return day - timedelta(day.weekday())
    return day.replace(day=1) if grain == "month" else day
