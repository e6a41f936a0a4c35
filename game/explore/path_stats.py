"""Path statistics: the exact number of all paths to a page, and their costs in words and choices."""

from __future__ import annotations

from typing import NamedTuple

Entry = tuple[str, str]  # the full id of a node, and the id of a choice there, or "continue"


class PathLink(NamedTuple):
    """A path as a linked list: the path `before`, then the entries `taken` (node, choice), the last one first."""

    before: PathLink | None
    taken: tuple[Entry, ...]

    def entries(self) -> list[Entry]:
        """Return all entries, from the first page on."""
        found: list[Entry] = []
        at: PathLink | None = self
        while at is not None:
            found += reversed(at.taken)
            at = at.before
        return found[::-1]


class CostRange(NamedTuple):
    """The least cost (words or choices) of a path, the greatest, and the sum over all paths."""

    least: int = 0
    most: int = 0
    total: int = 0

    @classmethod
    def of_one(cls, cost: int) -> CostRange:
        """Return the range of a single path's cost."""
        return cls(cost, cost, cost)


class Segment(NamedTuple):
    """All paths from one page to another, and what they add to the paths to the first page. The default adds nothing.

    `ways` is their number. `words` counts the words of all pages but the last, and of other text that a step shows,
    such as summaries. `shortest` and `longest` are the entries of the paths with the fewest and the most words. `unmet`
    has pairs (number, mask): `number` paths miss each fact whose bits of `PathStats.unmet_counts` are in `mask`.
    """

    ways: int = 1
    words: CostRange = CostRange()
    choices: CostRange = CostRange()
    shortest: tuple[Entry, ...] = ()
    longest: tuple[Entry, ...] = ()
    unmet: tuple[tuple[int, int], ...] = ((1, -1),)


NOTHING = Segment()


class PathStats:
    """Statistics of `count` paths to a page. `shortest` is a path with the fewest words, `longest` one with the most.
    `unmet_counts` has a bit field for each fact: how many of the paths have not met the fact (see `FactCounter`)."""

    __slots__ = (
        "_least_choices", "_least_words", "_most_choices", "_most_words", "_sum_choices", "_sum_words", "count",
        "longest", "shortest", "unmet_counts",
    )  # fmt: skip

    def __init__(self, count: int = 0, unmet_counts: int = 0) -> None:
        """Begin with `count` paths that have no entry."""
        self.count, self.unmet_counts = count, unmet_counts
        self.shortest: PathLink | None = None
        self.longest: PathLink | None = None
        self._least_choices = self._most_choices = self._sum_choices = 0
        self._least_words = self._most_words = self._sum_words = 0

    @property
    def choices(self) -> CostRange:
        """The range of the number of choices on a path."""
        return CostRange(self._least_choices, self._most_choices, self._sum_choices)

    @property
    def words(self) -> CostRange:
        """The range of the number of words on a path, without the words of the last page."""
        return CostRange(self._least_words, self._most_words, self._sum_words)

    def add(self, paths: PathStats, segment: Segment = NOTHING) -> None:
        """Add other paths, each continued by each path of a segment."""
        ways, (least_words, most_words, sum_words), choices, shortest, longest, unmet = segment
        count, new = paths.count, not self.count
        self.count += count * ways
        for number, mask in unmet:
            self.unmet_counts += (paths.unmet_counts & mask) * number
        least, most = paths._least_choices + choices.least, paths._most_choices + choices.most
        if new or least < self._least_choices:
            self._least_choices = least
        if new or most > self._most_choices:
            self._most_choices = most
        self._sum_choices += paths._sum_choices * ways + count * choices.total
        least, most = paths._least_words + least_words, paths._most_words + most_words
        if new or least < self._least_words:
            self._least_words = least
            self.shortest = PathLink(paths.shortest, shortest) if shortest else paths.shortest
        if new or most > self._most_words:
            self._most_words = most
            self.longest = PathLink(paths.longest, longest) if longest else paths.longest
        self._sum_words += paths._sum_words * ways + count * sum_words

    def as_segment(self, facts: FactCounter) -> Segment:
        """Return the paths as a segment. They must all begin on one page."""
        shortest, longest = (tuple(link.entries()) if link else () for link in (self.shortest, self.longest))
        return Segment(self.count, self.words, self.choices, shortest, longest, facts.unmet(self.unmet_counts))


class FactCounter:
    """Counts paths for all facts in one integer, with a bit field for each fact, so that one addition adds all counts.
    With more than 2 ** 64 - 1 paths, a field overflows, and `mean` returns None."""

    FIELD = 64  # bits

    def __init__(self, facts: tuple[str, ...]) -> None:
        self._shift = {fact: i * self.FIELD for i, fact in enumerate(facts)}
        self._full = (1 << self.FIELD) - 1
        self._all = (1 << self.FIELD * len(facts)) - 1
        self.one = sum(1 << shift for shift in self._shift.values())  # `unmet_counts` of one path that has met no fact
        self._masks: dict[tuple[tuple[str, ...], ...], int] = {}
        self._segments: dict[int, tuple[tuple[int, int], ...]] = {}

    def unmet_mask(self, because: tuple[tuple[str, ...], ...]) -> int:
        """Return the `unmet_counts` bits of the facts that a step does not meet. `because` has each part's facts."""
        mask = self._masks.get(because)
        if mask is None:
            met = {fact for several in because for fact in several if fact in self._shift}
            mask = self._masks[because] = self._all - sum(self._full << self._shift[fact] for fact in met)
        return mask

    def unmet(self, unmet_counts: int) -> tuple[tuple[int, int], ...]:
        """Return `Segment.unmet`, given how many paths have not met each fact."""
        unmet = self._segments.get(unmet_counts)
        if unmet is None:
            masks = dict[int, int]()
            for shift in self._shift.values():
                number = unmet_counts >> shift & self._full
                masks[number] = masks.get(number, 0) | self._full << shift
            unmet = self._segments[unmet_counts] = tuple((number, mask) for number, mask in masks.items() if number)
        return unmet

    def mean(self, paths: PathStats) -> float | None:
        """Return the mean number of facts on a path. None if there are too many paths to count."""
        if paths.count > self._full:
            return None
        unmet = sum(paths.unmet_counts >> shift & self._full for shift in self._shift.values())
        return len(self._shift) - unmet / paths.count
