"""Exploration of every playthrough of a cut as one role, by merging equal states along the calendar.

A state is a position with the live part of its variables (see `liveness`), as one integer. States are expanded chapter
by chapter, and within one in topological order: every path to a state is known before the state is left. Each state
carries the exact number and the costs of the paths to it. Steps are the `Engine`'s own (see `transition_table`), so
nothing is explored that could not be played.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import NamedTuple

from game.explore.liveness import Live
from game.explore.path_stats import PathStats
from game.explore.result import Boundary, ExploredCut
from game.explore.transition_table import TransitionTable
from game.play.engine import Engine
from game.story.chapter_mode import ChapterMode

REPORTED = 500  # states between two calls of `progress`


class ExplorationStatus(NamedTuple):
    """How far an exploration is: the current chapter, the states so far, and about how many are left."""

    chapter: str
    states: int
    states_left: int


Progress = Callable[[ExplorationStatus], None]


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
        with_skips: Whether offered skips are taken as well as choices. Then no paths are counted: of the result only
            `choices`, `boundaries`, `states` and `stopped` are filled.

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
        self.most_states, self.progress, self.with_skips = most_states, progress, with_skips
        self.table = TransitionTable(engine, with_skips)
        self.codec = self.table.codec
        self.result = ExploredCut(engine, self.table.facts, choices=self.table.choices)
        self.states_per_entry = 1.0  # states of the last chapter for each that entered it
        self.layers: defaultdict[int, dict[int, PathStats]] = defaultdict(
            dict
        )  # a chapter's number -> the states that enter it

    def run(self) -> None:
        start = PathStats(1, self.table.facts.one)
        for step in self.table.start.steps:
            self.result.add_step(step, start, self._paths(step.put))
        while self.layers:
            self._explore_chapter(min(self.layers))

    def chapter_and_live(self, number: int) -> tuple[str, tuple[str, ...]]:
        """The id of a chapter of the calendar, and the variables that are live on any of its pages."""
        chapter = self.story.chapters[self.story.order[number]]
        live = frozenset[str | int]().union(*(self.table.live.at_page(node.full_id) for node in chapter.nodes.values()))
        return chapter.id, _variables(live)

    def _paths(self, key: int) -> PathStats:
        """The statistics of the paths to a state, to which more are added."""
        layer = self.layers[self.codec.chapter(key)]
        paths = layer.get(key)
        if paths is None:
            if len(layer) == self.most_states:
                raise _TooManyStates(self.codec.chapter(key))
            paths = layer[key] = PathStats()
        return paths

    def _explore_chapter(self, number: int) -> None:
        """Leave each state of a chapter once every path to it is known; then drop them."""
        layer = self.layers[number]
        if number == len(self.story.order):
            for key, paths in self.layers.pop(number).items():
                self.result.add_page(self.table.form(key), paths)
            return
        chapter = self.story.order[number]
        entering = len(layer)
        self.result.boundaries.append(Boundary(chapter, entering, _variables(self.table.live.entering[chapter])))
        states = self._expand_chapter(number, layer)
        self.result.states += len(states)
        self.states_per_entry = len(states) / entering
        if self.with_skips:
            for after in (after for afters in states.values() for after in afters if after not in states):
                self._paths(after)
            states.clear()
        waiting = Counter(after for afters in states.values() for after in afters if after in states)
        ready = [key for key in states if key not in waiting]
        while states:
            if not ready:  # every state left is on a circle: the number of paths is not finite
                back = next(key for key in states if waiting[key])
                self.result.add_endless(self.table.form(back))
                waiting[back] = 0
                ready.append(back)
            key = ready.pop()
            afters = states.pop(key)
            if key in layer:
                self._leave(key, layer.pop(key), afters)
            for after in afters:
                if waiting[after]:
                    waiting[after] -= 1
                    if not waiting[after]:
                        ready.append(after)
        del self.layers[number]

    def _expand_chapter(self, number: int, layer: dict[int, PathStats]) -> dict[int, list[int]]:
        """Every state of the chapter, with those that its steps lead to."""
        states: dict[int, list[int]] = {}
        open_keys = list(layer)
        form, chapter = self.table.form, self.codec.chapter
        while open_keys:
            key = open_keys.pop()
            if key in states:
                continue
            if len(states) == self.most_states:
                raise _TooManyStates(number)
            states[key] = afters = [key & step.keep | step.put for step in form(key).steps]
            open_keys += [after for after in afters if chapter(after) == number]
            if len(states) % REPORTED == 0 and self.progress is not None:
                self.progress(self._status(number, len(states), len(open_keys), len(layer)))
        return states

    def _status(self, number: int, done: int, known: int, entering: int) -> ExplorationStatus:
        """How far it is, if this chapter and those to come have as many states per entering one as the last had."""
        here = max(done + known, round(entering * self.states_per_entry))
        played = sum(mode is ChapterMode.PLAYED for mode in self.engine.modes[number + 1 :])
        return ExplorationStatus(self.story.order[number], self.result.states + done, here - done + here * played)

    def _leave(self, key: int, paths: PathStats, afters: list[int]) -> None:
        """Add the paths to a state to each state that it leads to."""
        form = self.table.form(key)
        self.result.add_page(form, paths)
        for step, after in zip(form.steps, afters, strict=True):
            self.result.add_step(step, paths, self._paths(after))


def _variables(live: Live) -> tuple[str, ...]:
    return tuple(sorted(one for one in live if isinstance(one, str)))
