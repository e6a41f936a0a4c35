"""Exploration of every playthrough of a cut as one role, by merging equal states along the calendar.

A state is a position with the live part of its variables (see `liveness`), as one integer. States are expanded chapter
by chapter, and within one in topological order: every path to a state is known before the state is left. Each state
carries the exact number and the costs of the paths to it. Steps are the `Engine`'s own, so nothing is explored that
could not be played.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from game.explore.liveness import Live, Liveness
from game.explore.path_stats import CostRange, FactCounter, PathStats
from game.explore.result import Boundary, ExploredCut
from game.explore.state_codec import StateCodec
from game.explore.step_costs import StepReader
from game.play.engine import CONTINUE, SKIP, Engine
from game.story.chapter_mode import ChapterMode


class ExplorationStatus(NamedTuple):
    """How far an exploration is: the current chapter, the states so far, and about how many are left."""

    chapter: str
    states: int
    states_left: int


Progress = Callable[[ExplorationStatus], None]


class ExploredStep(NamedTuple):
    """One entry: the state that it leads to, the words told on the way, and `FactCounter.unmet_mask` of its facts."""

    take: str
    after: int
    words: int
    unmet_mask: int


class ExpandedState(NamedTuple):
    """The words of a state's page, and the steps from it."""

    words: int
    steps: tuple[ExploredStep, ...]


class _TooManyStates(Exception):
    """A chapter, given by its number in the calendar, has more states than the bound."""


def explore_cut(
    engine: Engine, most_states: int, progress: Progress | None = None, with_skips: bool = False
) -> ExploredCut:
    """Explore every playthrough of one cut as one role.

    Args:
        engine: The role and cut.
        most_states: The bound of a chapter's states at which exploring stops.
        progress: Called now and then; it may raise KeyboardInterrupt, which stops exploring.
        with_skips: Whether offered skips are taken as well as choices.

    Returns:
        What was found; `stopped` is set where it is not all.
    """
    explorer = _Explorer(engine, most_states, progress, with_skips)
    try:
        explorer.run()
    except KeyboardInterrupt:
        explorer.result.stopped = "it was interrupted"
    except _TooManyStates as stopped:
        chapter, live = explorer.chapter_and_live(stopped.args[0])
        explorer.result.stopped = (
            f"`{chapter}` holds more than {most_states:,} states; kept apart there by {', '.join(live) or 'nothing'}"
        )
    return explorer.result


class _Explorer:
    def __init__(self, engine: Engine, most_states: int, progress: Progress | None, with_skips: bool) -> None:
        self.engine, self.story = engine, engine.story
        self.most_states, self.progress = most_states, progress
        self.live = Liveness(engine)
        self.codec = StateCodec(engine, self.live, with_skips)
        self.reader = StepReader(engine, self.live)
        self.facts = FactCounter(tuple(self.story.facts))
        self.result = ExploredCut(engine, self.facts)
        self.states_per_entry = 1.0  # states of the last chapter for each that entered it
        self.layers: dict[int, dict[int, PathStats]] = {}  # a chapter's number -> the states that enter it

    def run(self) -> None:
        start = self.engine.start()
        words, because = self.reader.step_costs(None, start)
        unmet = self.facts.one & self.facts.unmet_mask(because)
        self._add(self.codec.pack(start), PathStats(1, CostRange(), CostRange(words, words, words), unmet))
        while self.layers:
            self._explore_chapter(min(self.layers))

    def chapter_and_live(self, number: int) -> tuple[str, tuple[str, ...]]:
        """The id of a chapter of the calendar, and the variables that are live on any of its pages."""
        chapter = self.story.chapters[self.story.order[number]]
        live = frozenset[str | int]().union(*(self.live.at_page(node.full_id) for node in chapter.nodes.values()))
        return chapter.id, _variables(live)

    def _add(self, key: int, paths: PathStats) -> None:
        """Merge paths into the state that they lead to."""
        number = self.codec.chapter(key)
        layer = self.layers.setdefault(number, {})
        known = layer.get(key)
        if known is not None:
            paths = known.merged(paths)
        elif len(layer) == self.most_states:
            raise _TooManyStates(number)
        layer[key] = paths

    def _explore_chapter(self, number: int) -> None:
        """Leave each state of a chapter once every path to it is known; then drop them."""
        layer = self.layers[number]
        if number == len(self.story.order):
            for key, paths in self.layers.pop(number).items():
                self.result.add_dead_end(self.codec.unpack(key), paths)
            return
        chapter = self.story.order[number]
        entering = len(layer)
        self.result.boundaries.append(Boundary(chapter, entering, _variables(self.live.entering[chapter])))
        states = self._expand_chapter(number, layer)
        self.result.states += len(states)
        self.states_per_entry = len(states) / entering
        waiting = Counter(step.after for state in states.values() for step in state.steps if step.after in states)
        ready = [key for key in states if key not in waiting]
        while states:
            if not ready:  # every state left is on a circle: the number of paths is not finite
                back = next(key for key in states if waiting[key])
                self._add_endless(back)
                waiting[back] = 0
                ready.append(back)
            key = ready.pop()
            state = states.pop(key)
            if key in layer:
                self._leave(key, layer.pop(key), state)
            for step in state.steps:
                if waiting[step.after]:
                    waiting[step.after] -= 1
                    if not waiting[step.after]:
                        ready.append(step.after)
        del self.layers[number]

    def _add_endless(self, key: int) -> None:
        node = self.codec.node(key)
        assert node is not None
        self.result.endless.add(node.full_id)

    def _expand_chapter(self, number: int, layer: dict[int, PathStats]) -> dict[int, ExpandedState]:
        """Every state of the chapter, with its steps."""
        states: dict[int, ExpandedState] = {}
        open_keys = list(layer)
        while open_keys:
            key = open_keys.pop()
            if key in states:
                continue
            if len(states) == self.most_states:
                raise _TooManyStates(number)
            states[key] = state = self._expand(key)
            open_keys += [step.after for step in state.steps if self.codec.chapter(step.after) == number]
            if len(states) % 500 == 0 and self.progress is not None:
                self.progress(self._status(number, len(states), len(open_keys), len(layer)))
        return states

    def _status(self, number: int, done: int, known: int, entering: int) -> ExplorationStatus:
        """How far it is, if this chapter and those to come have as many states per entering one as the last had."""
        here = max(done + known, round(entering * self.states_per_entry))
        played = sum(mode is ChapterMode.PLAYED for mode in self.engine.modes[number + 1 :])
        return ExplorationStatus(self.story.order[number], self.result.states + done, here - done + here * played)

    def _expand(self, key: int) -> ExpandedState:
        position = self.codec.unpack(key)
        steps = tuple(
            ExploredStep(take, self.codec.pack(after), words, self.facts.unmet_mask(because))
            for take, after in self.reader.steps(position, self.codec.offers_skip(position))
            for words, because in (self.reader.step_costs(position, after),)
        )
        if position.node is not None and position.node.choices:
            self.result.choices.update(f"{position.node.full_id}.{step.take}" for step in steps)
        return ExpandedState(self.reader.word_count(position), steps)

    def _leave(self, key: int, paths: PathStats, state: ExpandedState) -> None:
        """Add the paths to a state to each state that it leads to."""
        node = self.codec.node(key)
        assert node is not None
        self.result.add_path(node.full_id, paths.shortest)
        if node.ledger is not None or node.always:
            self.result.add_page(self.codec.unpack(key), paths)
        read = paths.after_words(state.words)
        if node.end is not None:
            self.result.add_ending(self.codec.unpack(key), read, over=not state.steps)
        elif not state.steps:
            self.result.add_dead_end(self.codec.unpack(key), read)
        for step in state.steps:
            chosen = step.take not in (CONTINUE, SKIP)
            onward = read.after_entry(node.full_id, step.take, chosen, step.words, step.unmet_mask)
            if chosen:
                self.result.add_path(f"{node.full_id}.{step.take}", onward.shortest)
            self._add(step.after, onward)


def _variables(live: Live) -> tuple[str, ...]:
    return tuple(sorted(one for one in live if isinstance(one, str)))
