"""Statistics of all paths to a page: their exact number, and the least, the most and the sum of their costs."""

from __future__ import annotations

from typing import NamedTuple

from game.core.values import frozen


class PathLink(NamedTuple):
    """A path as a linked list, the last entry first."""

    before: PathLink | None
    node: str
    take: str

    def entries(self) -> list[tuple[str, str]]:
        """(node's full id, entry), from the first page on."""
        found = []
        at: PathLink | None = self
        while at is not None:
            found.append((at.node, at.take))
            at = at.before
        return found[::-1]


class CostRange(NamedTuple):
    """The least, the most, and the sum of a cost over all paths."""

    least: int = 0
    most: int = 0
    total: int = 0

    def plus(self, cost: int, paths: int) -> CostRange:
        """The range after `cost` more on each of so many paths."""
        return CostRange(self.least + cost, self.most + cost, self.total + cost * paths)

    def merged(self, other: CostRange) -> CostRange:
        """The range over both sets of paths."""
        return CostRange(min(self.least, other.least), max(self.most, other.most), self.total + other.total)


@frozen
class PathStats:
    """Statistics of all paths to a page. `shortest` and `longest` are measured in words.

    `unmet_counts` has a bit field for each fact: how many of the paths have not met it (see `FactCounter`).
    """

    count: int
    choices: CostRange
    words: CostRange
    unmet_counts: int
    shortest: PathLink | None = None
    longest: PathLink | None = None

    def merged(self, other: PathStats) -> PathStats:
        """The statistics of both sets of paths."""
        return PathStats(
            self.count + other.count,
            self.choices.merged(other.choices),
            self.words.merged(other.words),
            self.unmet_counts + other.unmet_counts,
            self.shortest if self.words.least <= other.words.least else other.shortest,
            self.longest if self.words.most >= other.words.most else other.longest,
        )

    def after_words(self, words: int) -> PathStats:
        """The same paths after so many words more."""
        total = self.words.plus(words, self.count)
        return PathStats(self.count, self.choices, total, self.unmet_counts, self.shortest, self.longest)

    def after_entry(self, node: str, take: str, is_choice: bool, words: int, unmet_mask: int) -> PathStats:
        """The same paths after one entry more.

        Args:
            node: The full id of the node where it is taken.
            take: The id of a choice, or continue or skip.
            is_choice: Whether it counts as a choice.
            words: The words that are told on the way to the next page.
            unmet_mask: `FactCounter.unmet_mask` of the facts that the step cites.
        """
        shortest = PathLink(self.shortest, node, take)
        longest = shortest if self.longest is self.shortest else PathLink(self.longest, node, take)
        return PathStats(
            self.count,
            self.choices.plus(1, self.count) if is_choice else self.choices,
            self.words.plus(words, self.count),
            self.unmet_counts & unmet_mask,
            shortest,
            longest,
        )


class FactCounter:
    """Counts for all facts of a story in one integer, a bit field for each, so that one addition adds them all.

    A field holds up to 2 ** 64 paths; where there are more, the mean is not known.
    """

    FIELD = 64  # bits

    def __init__(self, facts: tuple[str, ...]) -> None:
        self._shift = {fact: i * self.FIELD for i, fact in enumerate(facts)}
        self._full = (1 << self.FIELD) - 1
        self._all = (1 << self.FIELD * len(facts)) - 1
        self.one = sum(1 << shift for shift in self._shift.values())  # `unmet_counts` of one path without facts
        self._masks: dict[tuple[tuple[str, ...], ...], int] = {}

    def unmet_mask(self, because: tuple[tuple[str, ...], ...]) -> int:
        """The bits of `PathStats.unmet_counts` that a step keeps whose blocks rest on these facts."""
        mask = self._masks.get(because)
        if mask is None:
            met = {fact for several in because for fact in several if fact in self._shift}
            mask = self._masks[because] = self._all - sum(self._full << self._shift[fact] for fact in met)
        return mask

    def mean(self, paths: PathStats) -> float | None:
        """The mean number of facts that a path meets; None where there are too many paths to count."""
        if paths.count > self._full:
            return None
        unmet = sum(paths.unmet_counts >> shift & self._full for shift in self._shift.values())
        return len(self._shift) - unmet / paths.count
