"""Every playthrough of a sitting, by merging equal states along the calendar.

A state is a page with what the rest can still read of it, as one integer. Pages are taken chapter by chapter, and
within one in an order in which every way to a page is known before the page is left; each state carries the exact
number of ways to it and what they cost. Steps are the playthrough's own (`Engine`), so nothing is explored that
could not be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from game.explore.liveness import Live, Liveness
from game.explore.path_stats import CostRange, FactCounter, PathStats
from game.explore.result import Boundary, ExploredCut
from game.explore.state_codec import StateCodec
from game.explore.step_costs import StepReader, because, words_told
from game.play.engine import CONTINUE, SKIP, Engine
from game.story.chapter_mode import Mode


class ExplorationStatus(NamedTuple):
    """How far an exploration is: the chapter at work, the states so far, and about how many are still to come."""

    chapter: str
    states: int
    ahead: int


Progress = Callable[[ExplorationStatus], None]


class ExploredStep(NamedTuple):
    """One entry and the state it leads to; the words told and the facts met on the way (`FactCounter.unmet`)."""

    take: str
    after: int
    words: int
    unmet: int


class LeftState(NamedTuple):
    """A state as it is left: the words of its page, and its ways on."""

    words: int
    steps: tuple[ExploredStep, ...]


class _TooMany(Exception):
    """More states than the bound stand in a chapter, given by its number."""


def explore_cut(
    engine: Engine, most_states: int, progress: Progress | None = None, with_skips: bool = False
) -> ExploredCut:
    """Explore one sitting to its end, or until a chapter holds more than `most_states` states.

    A playthrough is a list of choices; `with_skips` takes the offered skips as well, for what they lead to.

    `progress` is told how far it is, and may raise KeyboardInterrupt: what is known then is returned as partial.
    """
    explorer = _Explorer(engine, most_states, progress, with_skips)
    try:
        explorer.run()
    except KeyboardInterrupt:
        explorer.found.stopped = "it was interrupted"
    except _TooMany as stopped:
        chapter, live = explorer.within(stopped.args[0])
        explorer.found.stopped = (
            f"`{chapter}` holds more than {most_states:,} states; kept apart there by {', '.join(live) or 'nothing'}"
        )
    return explorer.found


class _Explorer:
    def __init__(self, engine: Engine, most_states: int, progress: Progress | None, with_skips: bool) -> None:
        self.engine, self.story = engine, engine.story
        self.most_states, self.progress = most_states, progress
        self.live = Liveness(engine)
        self.packing = StateCodec(engine, self.live, with_skips)
        self.reader = StepReader(engine, self.live)
        self.facts = FactCounter(tuple(self.story.facts))
        self.found = ExploredCut(engine, self.facts)
        self.pages = 1.0  # states of a chapter for each that enters it
        self.layers: dict[int, dict[int, PathStats]] = {}  # a chapter's number -> the states that enter it

    def run(self) -> None:
        start = self.engine.start()
        words = words_told(start)
        without = self.facts.one & self.facts.unmet(because(start))
        self._arrive(self.packing.pack(start), PathStats(1, CostRange(), CostRange(words, words, words), without))
        while self.layers:
            self._chapter(min(self.layers))

    def within(self, number: int) -> tuple[str, tuple[str, ...]]:
        """A chapter of the calendar, and the variables that are alive on any of its pages."""
        chapter = self.story.chapters[self.story.order[number]]
        live = frozenset[str | int]().union(*(self.live.at_page(node.full_id) for node in chapter.nodes.values()))
        return chapter.id, _variables(live)

    def _arrive(self, key: int, ways: PathStats) -> None:
        number = self.packing.chapter(key)
        layer = self.layers.setdefault(number, {})
        known = layer.get(key)
        if known is not None:
            ways = known.joined(ways)
        elif len(layer) == self.most_states:
            raise _TooMany(number)
        layer[key] = ways

    def _chapter(self, number: int) -> None:
        """All pages of one chapter, each when every way to it is known; then its states are let go."""
        layer = self.layers[number]
        if number == len(self.story.order):
            for key, ways in self.layers.pop(number).items():
                self.found.stuck(self.packing.unpack(key), ways)
            return
        chapter = self.story.order[number]
        entering = len(layer)
        self.found.boundaries.append(Boundary(chapter, entering, _variables(self.live.entering[chapter])))
        leaves = self._leaves(number, layer)
        self.found.states += len(leaves)
        self.pages = len(leaves) / entering
        waiting = Counter(step.after for leaf in leaves.values() for step in leaf.steps if step.after in leaves)
        ready = [key for key in leaves if key not in waiting]
        while leaves:
            if not ready:  # every page left can be come back to: the number of ways is not finite
                back = next(key for key in leaves if waiting[key])
                self._endless(back)
                waiting[back] = 0
                ready.append(back)
            key = ready.pop()
            leaf = leaves.pop(key)
            if key in layer:
                self._leave(key, layer.pop(key), leaf)
            for step in leaf.steps:
                if waiting[step.after]:
                    waiting[step.after] -= 1
                    if not waiting[step.after]:
                        ready.append(step.after)
        del self.layers[number]

    def _endless(self, key: int) -> None:
        node = self.packing.node(key)
        assert node is not None
        self.found.endless.add(node.full_id)

    def _leaves(self, number: int, layer: dict[int, PathStats]) -> dict[int, LeftState]:
        """Every state of the chapter, as it is left."""
        leaves: dict[int, LeftState] = {}
        open_keys = list(layer)
        while open_keys:
            key = open_keys.pop()
            if key in leaves:
                continue
            if len(leaves) == self.most_states:
                raise _TooMany(number)
            leaves[key] = leaf = self._leaf(key)
            open_keys += [step.after for step in leaf.steps if self.packing.chapter(step.after) == number]
            if len(leaves) % 500 == 0 and self.progress is not None:
                self.progress(self._at(number, len(leaves), len(open_keys), len(layer)))
        return leaves

    def _at(self, number: int, done: int, known: int, entering: int) -> ExplorationStatus:
        """How far it is, were this chapter and those to come to hold as many pages for a state as the one before."""
        here = max(done + known, round(entering * self.pages))
        played = sum(mode is Mode.PLAYED for mode in self.engine.modes[number + 1 :])
        return ExplorationStatus(self.story.order[number], self.found.states + done, here - done + here * played)

    def _leaf(self, key: int) -> LeftState:
        position = self.packing.unpack(key)
        ways_on = self.reader.ways_on(position, self.packing.offers_skip(position))
        steps = tuple(
            ExploredStep(take, self.packing.pack(after), words_told(after), self.facts.unmet(because(after)))
            for take, after in ways_on
        )
        if position.node is not None and position.node.choices:
            self.found.choices.update(f"{position.node.full_id}.{step.take}" for step in steps)
        return LeftState(self.reader.words(position), steps)

    def _leave(self, key: int, ways: PathStats, leaf: LeftState) -> None:
        """Carry the ways to a page on to where it leads."""
        node = self.packing.node(key)
        assert node is not None
        self.found.reached(node.full_id, ways.shortest)
        read = ways.read(leaf.words)
        if node.end is not None:
            self.found.ended(self.packing.unpack(key), read, over=not leaf.steps)
        elif not leaf.steps:
            self.found.stuck(self.packing.unpack(key), read)
        for step in leaf.steps:
            chosen = step.take not in (CONTINUE, SKIP)
            onward = read.taken(node.full_id, step.take, chosen, step.words, step.unmet)
            if chosen:
                self.found.reached(f"{node.full_id}.{step.take}", onward.shortest)
            self._arrive(step.after, onward)


def _variables(live: Live) -> tuple[str, ...]:
    return tuple(sorted(one for one in live if isinstance(one, str)))
