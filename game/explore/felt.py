"""Felt: how long a choice matters, measured by the later pages that differ between its options, on all paths.

Two playthroughs ("readings") that differ in one choice are compared page by page. At each page, both take the same
option, if both have it. Equal pairs of states are computed only once. The comparison ends where both states are equal
in all that later pages read or show.

- On one node, the pages are compared: text, open choices, ledger (the sums of a harvest), summarized chapters,
  changes. On different nodes, a reading is behind if it is in an earlier chapter or can still reach the other's node.
  If only one reading is behind, it goes on alone, and its page counts as a difference. Otherwise both go on, and both
  pages together count as one difference.
- If the readings have no open option in common, each option of one reading is paired with each option of the other.
- The page right after the choice shows the choice's outcome, and is not counted.
- A date is an entry of the calendar with a page of a role; an interlude belongs to the date before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from random import Random
from typing import Any, NamedTuple

from game.core.values import frozen
from game.explore.state_codec import NODE_MASK
from game.explore.transition_table import TransitionTable
from game.play.engine import Engine
from game.story.chapter_mode import ChapterMode
from game.story.traversal import branches, reachable_nodes

OUTCOME = -1  # stands for what a step showed, if its page is the outcome of the choice
OVER = -1  # stands for the key of a reading that has ended
UNFELT = 2  # a choice that makes no difference so many dates later counts as unfelt


@frozen
class FeltChoice:
    """What the options of one choice change later, over all states and pairs of open options.

    `pages` is the smallest number of later pages that differ, `mean` the mean number if every next step is equally
    likely. `farthest` is the greatest distance to such a page, in dates; None if no page differs. `unfelt` is the
    fraction of playthroughs without a difference two or more dates later; None for a choice at the last two dates.
    `blind` has the pairs of options (ids) that differ on no later page.
    """

    pages: int
    mean: float
    farthest: int | None
    unfelt: float | None
    blind: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """Return the values as JSON data, rounded."""
        return {
            "pages": self.pages,
            "mean": round(self.mean, 1),
            "farthest": self.farthest,
            "unfelt": round(self.unfelt, 3) if self.unfelt is not None else None,
            "blind": [list(pair) for pair in self.blind],
        }


class _Reading(NamedTuple):
    """A reading at a page: the page's key, and a number for what the step to it showed (OUTCOME: the choice)."""

    key: int
    shown: int


_Pair = tuple[_Reading, _Reading]
_ENDED = _Reading(OVER, 0)


class _Ahead(NamedTuple):
    """How two readings differ, from a pair of their pages to the end: the least (`fewest`) and the `mean` number of
    pages that differ, and the `last` date with such a page (-1: no page differs).

    `silent` has for each date the fraction of playthroughs without a difference on that date or later.
    """

    fewest: int
    mean: float
    last: int
    silent: tuple[float, ...]


def felt_choices(engine: Engine, states: int | None = None, seed: int = 0) -> dict[str, FeltChoice]:
    """Return, by node, how long each choice is felt in a cut without an endless circle, played as one role. For each
    choice, `states` random states are compared; None compares all its states."""
    return _Felt(engine).choices(states, Random(seed))


class _Felt:
    def __init__(self, engine: Engine) -> None:
        self.table = TransitionTable(engine, with_changes=True)
        self.codec = self.table.codec
        story = engine.story
        dates: list[int] = []  # for each chapter of the calendar, the number of its date
        entries = dict[int, None]()
        for id, mode in zip(story.order, engine.modes, strict=True):
            if mode is ChapterMode.PLAYED and story.chapters[id].role is not None:
                entries[story.date_of[id]] = None
            dates.append(max(len(entries) - 1, 0))
        self.dates, self.last_date = (*dates, max(dates)), max(dates)
        self.reach = {
            node.full_id: reachable_nodes(chapter, branches(node))
            for chapter in story.chapters.values()
            for node in chapter.nodes.values()
        }
        self.nothing = _Ahead(0, 0.0, -1, (1.0,) * (self.last_date + 1))
        self.ahead: dict[_Pair, _Ahead] = {(_ENDED, _ENDED): self.nothing}
        self.equal: dict[_Ahead, _Ahead] = {}  # equal values share one object, because there are many

    def choices(self, most: int | None, random: Random) -> dict[str, FeltChoice]:
        states: dict[str, list[int]] = {}  # the states of each choice
        for key in self._states():
            form = self.table.form(key)
            if form.node is not None and len(form.steps) > 1:
                states.setdefault(form.node.full_id, []).append(key)
        if most is not None:
            states = {id: random.sample(sorted(keys), min(most, len(keys))) for id, keys in states.items()}
        return {id: self._felt(keys) for id, keys in states.items()}

    def _felt(self, keys: list[int]) -> FeltChoice:
        date = self.dates[self.codec.chapter(keys[0])]
        found: dict[tuple[str, str], list[_Ahead]] = {}  # what follows each pair of options
        for key in keys:
            for left, right in combinations(self._onward(_Reading(key, 0)), 2):
                outcomes = (reading._replace(shown=OUTCOME) for reading, _ in (left, right))
                found.setdefault((left[1], right[1]), []).append(self._ahead_of(self._pair(*outcomes)))
        ahead = [part for several in found.values() for part in several]
        last, later = max(pair.last for pair in ahead), date + UNFELT
        return FeltChoice(
            min(pair.fewest for pair in ahead),
            sum(pair.mean for pair in ahead) / len(ahead),
            last - date if last >= 0 else None,
            sum(pair.silent[later] for pair in ahead) / len(ahead) if later <= self.last_date else None,
            tuple(options for options, several in found.items() if all(pair.last < 0 for pair in several)),
        )

    def _states(self) -> Iterator[int]:
        known = set[int]()
        waiting = [step.put for step in self.table.start.steps]
        while waiting:
            key = waiting.pop()
            if key not in known:
                known.add(key)
                waiting += [key & step.keep | step.put for step in self.table.form(key).steps]
                yield key

    def _ahead_of(self, start: _Pair) -> _Ahead:
        """Return how the pages from a pair on differ. A loop, not recursion, computes the later pairs first."""
        waiting, ways = [start], dict[_Pair, tuple[int, int, list[_Pair]]]()
        while waiting:
            pair = waiting[-1]
            if pair in self.ahead:
                waiting.pop()
            elif pair not in ways:
                ways[pair] = way = self._step(*pair)
                waiting += [onward for onward in way[2] if onward not in self.ahead]
            else:
                before = self._before(*ways.pop(pair))
                self.ahead[pair] = self.equal.setdefault(before, before)
                waiting.pop()
        return self.ahead[start]

    def _before(self, differs: int, date: int, onward: list[_Pair]) -> _Ahead:
        ahead = [self.ahead[pair] for pair in onward] or [self.nothing]
        here = date if differs else -1
        return _Ahead(
            differs + min(pair.fewest for pair in ahead),
            differs + sum(pair.mean for pair in ahead) / len(ahead),
            max(here, *(pair.last for pair in ahead)),
            tuple(
                sum(parts) / len(ahead) if at > here else 0.0
                for at, parts in enumerate(zip(*(pair.silent for pair in ahead), strict=True))
            ),
        )

    def _step(self, left: _Reading, right: _Reading) -> tuple[int, int, list[_Pair]]:
        """Return whether the pages of a pair differ (1 or 0), their date, and the pairs that come next."""
        counts = OUTCOME not in (left.shown, right.shown)
        if left.key == right.key:
            return int(counts and left.shown != right.shown), self._date(left), []
        first = self._first(left, right)
        if first is None:
            alike = self.table.form(left.key).shown == self.table.form(right.key).shown and left.shown == right.shown
            differs = int(counts and not (alike and self._on_one_node(left, right)))
            pairs = [self._pair(*pair) for pair in self._alike(left, right)]
            return differs, max(self._date(left), self._date(right)), pairs
        alone, waits = (left, right) if first else (right, left)
        return int(alone.shown != OUTCOME), self._date(alone), [self._pair(on, waits) for on, _ in self._onward(alone)]

    def _date(self, reading: _Reading) -> int:
        return self.dates[self.codec.chapter(reading.key)]

    def _first(self, left: _Reading, right: _Reading) -> bool | None:
        """Return whether the left reading (True) or the right (False) goes on alone; None if both go on."""
        if OVER in (left.key, right.key):
            return right.key == OVER
        chapters = self.codec.chapter(left.key), self.codec.chapter(right.key)
        if chapters[0] != chapters[1]:
            return chapters[0] < chapters[1]
        nodes = self.codec.node(left.key), self.codec.node(right.key)
        if nodes[0] is None or nodes[1] is None or nodes[0] is nodes[1]:
            return None
        first, second = nodes[0].full_id, nodes[1].full_id
        leads, is_led_to = second in self.reach[first], first in self.reach[second]
        return leads if leads != is_led_to else None

    def _onward(self, reading: _Reading) -> list[tuple[_Reading, str]]:
        """Return the next readings, each with the choice that leads to it; after the last page, `_ENDED` with ""."""
        key = reading.key
        steps = self.table.form(key).steps
        return [(_Reading(key & step.keep | step.put, step.shown), step.take) for step in steps] or [(_ENDED, "")]

    def _alike(self, left: _Reading, right: _Reading) -> Iterator[_Pair]:
        """Yield the next pairs: those that take the same option, or all pairs if no option is open on both pages."""
        pairs = list(product(self._onward(left), self._onward(right)))
        shared = [pair for pair in pairs if pair[0][1] == pair[1][1]]
        return ((first, second) for (first, _), (second, _) in shared or pairs)

    def _pair(self, left: _Reading, right: _Reading) -> _Pair:
        """Return two readings as a key that is the same in either order. If both are on one node, replace their `shown`
        by 0 and 0 if they are equal, else by 0 and 1; but keep both `shown` if one of them is OUTCOME."""
        if left.key > right.key:
            left, right = right, left
        if OUTCOME not in (left.shown, right.shown) and self._on_one_node(left, right):
            return _Reading(left.key, 0), _Reading(right.key, int(left.shown != right.shown))
        return left, right

    def _on_one_node(self, left: _Reading, right: _Reading) -> bool:
        return (left.key ^ right.key) & NODE_MASK == 0
