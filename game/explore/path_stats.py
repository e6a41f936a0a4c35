"""All ways to a place at once: how many they are, and the least, the most and the sum of what they cost."""

from __future__ import annotations

from typing import NamedTuple

from game.core.values import frozen


class PathLink(NamedTuple):
    """A way, last entry first: what was taken, at which node, after which way."""

    before: PathLink | None
    node: str
    take: str

    def entries(self) -> list[tuple[str, str]]:
        """(node, entry) from the first page on."""
        found = []
        at: PathLink | None = self
        while at is not None:
            found.append((at.node, at.take))
            at = at.before
        return found[::-1]


class CostRange(NamedTuple):
    """The least, the most, and the sum over all ways."""

    least: int = 0
    most: int = 0
    total: int = 0

    def moved(self, by: int, ways: int) -> CostRange:
        return CostRange(self.least + by, self.most + by, self.total + by * ways)

    def joined(self, other: CostRange) -> CostRange:
        return CostRange(min(self.least, other.least), max(self.most, other.most), self.total + other.total)


@frozen
class PathStats:
    """All ways to a place: their exact number, choices and words, and the shortest and longest of them by words.

    `without` counts, in a field of its own for each fact, the ways that have not met it (see `FactCounter`).
    """

    count: int
    choices: CostRange
    words: CostRange
    without: int
    shortest: PathLink | None = None
    longest: PathLink | None = None

    def joined(self, other: PathStats) -> PathStats:
        return PathStats(
            self.count + other.count,
            self.choices.joined(other.choices),
            self.words.joined(other.words),
            self.without + other.without,
            self.shortest if self.words.least <= other.words.least else other.shortest,
            self.longest if self.words.most >= other.words.most else other.longest,
        )

    def read(self, words: int) -> PathStats:
        """The same ways after that many words more."""
        moved = self.words.moved(words, self.count)
        return PathStats(self.count, self.choices, moved, self.without, self.shortest, self.longest)

    def taken(self, node: str, take: str, is_choice: bool, words: int, unmet: int) -> PathStats:
        """The same ways after one entry at a node, with the words told and the facts met (`FactCounter.unmet`)."""
        shortest = PathLink(self.shortest, node, take)
        longest = shortest if self.longest is self.shortest else PathLink(self.longest, node, take)
        return PathStats(
            self.count,
            self.choices.moved(1, self.count) if is_choice else self.choices,
            self.words.moved(words, self.count),
            self.without & unmet,
            shortest,
            longest,
        )


class FactCounter:
    """Counts for every fact of a story in one integer, so that one addition adds them all.

    A field holds up to 2 ** 64 ways; where there are more, the mean is not known.
    """

    FIELD = 64

    def __init__(self, facts: tuple[str, ...]) -> None:
        self._shift = {fact: i * self.FIELD for i, fact in enumerate(facts)}
        self._full = (1 << self.FIELD) - 1
        self._all = (1 << self.FIELD * len(facts)) - 1
        self.one = sum(1 << shift for shift in self._shift.values())  # one way that has met nothing yet
        self._masks: dict[tuple[tuple[str, ...], ...], int] = {}

    def unmet(self, because: tuple[tuple[str, ...], ...]) -> int:
        """What `PathStats.without` keeps when what happened rests on these."""
        mask = self._masks.get(because)
        if mask is None:
            met = {fact for several in because for fact in several if fact in self._shift}
            mask = self._masks[because] = self._all - sum(self._full << self._shift[fact] for fact in met)
        return mask

    def mean(self, ways: PathStats) -> float | None:
        """How many facts a way meets, on the mean over all of them."""
        if ways.count > self._full:
            return None
        without = sum(ways.without >> shift & self._full for shift in self._shift.values())
        return len(self._shift) - without / ways.count
