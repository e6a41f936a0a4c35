"""Statistics of all paths to a page: their exact number, and the least, the most and the sum of their costs."""

from __future__ import annotations

from typing import NamedTuple


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


class PathStats:
    """Statistics of all paths to a page, to which paths are added. `shortest` and `longest` are measured in words.

    `unmet_counts` has a bit field for each fact: how many of the paths have not met it (see `FactCounter`).
    """

    __slots__ = (
        "_least_choices", "_least_words", "_most_choices", "_most_words", "_sum_choices", "_sum_words", "count",
        "longest", "shortest", "unmet_counts",
    )  # fmt: skip

    def __init__(self, count: int = 0, unmet_counts: int = 0, words: int = 0) -> None:
        """So many paths without an entry, with the words that stand on their first page beside its own."""
        self.count, self.unmet_counts = count, unmet_counts
        self.shortest: PathLink | None = None
        self.longest: PathLink | None = None
        self._least_choices = self._most_choices = self._sum_choices = 0
        self._least_words = self._most_words = words
        self._sum_words = words * count

    @property
    def choices(self) -> CostRange:
        """The choices on a path."""
        return CostRange(self._least_choices, self._most_choices, self._sum_choices)

    @property
    def words(self) -> CostRange:
        """The words on a path, without those of the page that it leads to."""
        return CostRange(self._least_words, self._most_words, self._sum_words)

    def add(
        self,
        paths: PathStats,
        words: int,
        entry: tuple[str, str] | None = None,
        is_choice: bool = False,
        unmet_mask: int = -1,
    ) -> None:
        """Add other paths, each after one entry more.

        Args:
            paths: The other paths.
            words: The words of the page that they led to, and of what is told on the way to this one.
            entry: The full id of the node where it is taken, and the id of a choice, or continue; None: nothing is
                taken, and these paths end.
            is_choice: Whether the entry counts as a choice.
            unmet_mask: `FactCounter.unmet_mask` of the facts that the step cites.
        """
        count, new = paths.count, not self.count
        self.count += count
        self.unmet_counts += paths.unmet_counts & unmet_mask
        least, most = paths._least_choices + is_choice, paths._most_choices + is_choice
        if new or least < self._least_choices:
            self._least_choices = least
        if new or most > self._most_choices:
            self._most_choices = most
        self._sum_choices += paths._sum_choices + count * is_choice
        least, most = paths._least_words + words, paths._most_words + words
        if new or least < self._least_words:
            self._least_words = least
            self.shortest = PathLink(paths.shortest, *entry) if entry else paths.shortest
        if new or most > self._most_words:
            self._most_words = most
            self.longest = PathLink(paths.longest, *entry) if entry else paths.longest
        self._sum_words += paths._sum_words + count * words


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
