"""Explorer: explores every playthrough of a cut (a length of the story) played as one role, by merging equal states.

A state is a position with the live part of its variables (see `liveness`), as one integer. The explorer goes through
the chapters in the calendar's order, and within a chapter in topological order: it leaves a state only when it knows
every path to it. For each state, it knows the exact number of these paths, and their costs in words and choices. The
`Engine` makes the steps (see `transition_table`), so exploring finds only what a reader can play.

A chapter reads and writes few variables; the others do not change in it. States that enter the chapter with equal
values of those few form a group. The explorer walks through the chapter's pages once for a group, because all its
states take the same paths.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from game.explore.liveness import Live
from game.explore.path_stats import PathStats
from game.explore.result import Boundary, ExploredCut
from game.explore.state_codec import NODE_MASK
from game.explore.transition_table import TransitionTable
from game.play.engine import Engine
from game.story.chapter_mode import ChapterMode

REPORTED = 500  # states between two calls of `progress`


class ExplorationStatus(NamedTuple):
    """The progress of an exploration: the chapter, the number of states so far, and an estimate of the states left."""

    chapter: str
    states: int
    states_left: int


Progress = Callable[[ExplorationStatus], None]


class _TooManyStates(Exception):
    """Raised if a chapter has more states than allowed. Its argument is the chapter's number in the calendar."""


def explore_cut(
    engine: Engine,
    most_states: int,
    progress: Progress | None = None,
    with_skips: bool = False,
    table: TransitionTable | None = None,
) -> ExploredCut:
    """Explore every playthrough of one cut played as one role. If this stops early, the result's `stopped` says why.

    A chapter may have at most `most_states`. `progress` is called at times, and may raise KeyboardInterrupt to stop.
    With `with_skips`, readers also take the skips that pages offer; then no paths are counted, and the result has only
    `choices`, `boundaries`, `states` and `stopped`. `table` is an earlier table of this engine to use again. For
    `with_skips`, the table too must have been made with `with_skips`.
    """
    explorer = _Explorer(table or TransitionTable(engine, with_skips), most_states, progress, with_skips)
    try:
        explorer.run()
    except KeyboardInterrupt:
        explorer.result.stopped = "it was interrupted"
    except _TooManyStates as stopped:
        chapter, live = explorer.chapter_and_live(stopped.args[0])
        apart = f"kept apart there by {', '.join(live) or 'nothing'}"
        explorer.result.stopped = f"`{chapter}` holds more than {most_states:,} states; {apart}"
    return explorer.result


class _Explorer:
    def __init__(self, table: TransitionTable, most_states: int, progress: Progress | None, with_skips: bool) -> None:
        self.table, self.engine, self.story = table, table.engine, table.engine.story
        self.most_states, self.progress, self.with_skips = most_states, progress, with_skips
        self.codec = self.table.codec
        self.result = ExploredCut(self.engine, self.table.facts, choices=self.table.choices)
        # of the current chapter: its number, the states that enter it, the states before it
        self.number = self.entering = self.states_before = 0
        self.states_per_entry = 1.0  # in the last chapter: how many states there were for each state that entered it
        # a chapter's number -> the states that enter it
        self.layers: defaultdict[int, dict[int, PathStats]] = defaultdict(dict)

    def run(self) -> None:
        start = PathStats(1, self.table.facts.one)
        first = self.table.start
        for step in first.steps + first.skips if self.with_skips else first.steps:
            self.result.add_step(step, start, self._paths(step.put))
        while self.layers:
            number = min(self.layers)
            self._explore_chapter(number, self.layers.pop(number))

    def chapter_and_live(self, number: int) -> tuple[str, tuple[str, ...]]:
        """Return the id of a chapter of the calendar, and the variables that are live on any of its pages."""
        chapter = self.story.chapters[self.story.order[number]]
        live = frozenset[str | int]().union(*(self.table.live.at_page(node.full_id) for node in chapter.nodes.values()))
        return chapter.id, _variables(live)

    def _paths(self, key: int) -> PathStats:
        layer = self.layers[self.codec.chapter(key)]
        paths = layer.get(key)
        if paths is None:
            if len(layer) == self.most_states:
                raise _TooManyStates(self.codec.chapter(key))
            paths = layer[key] = PathStats()
        return paths

    def _explore_chapter(self, number: int, layer: dict[int, PathStats]) -> None:
        """Take all steps from the states in `layer`, which enter a chapter, until each path has left the chapter."""
        if number == len(self.story.order):
            for key, paths in layer.items():
                self.result.add_page(self.table.form(key), paths)
            return
        chapter = self.story.chapters[self.story.order[number]]
        live = _variables(self.table.live.entering[chapter.id])
        self.result.boundaries.append(Boundary(chapter.id, len(layer), live))
        self.number, self.entering, self.states_before = number, len(layer), self.result.states
        touched = self.table.touched_in(chapter.nodes.values())
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for key in layer:
            groups[key & touched].append(key)
        if len(groups) * 2 > len(layer):  # so few states are equal that a second walk would not pay
            self._walk(layer, self.result, self._paths)
        else:
            self._walk_groups(groups, layer, touched)
        self.states_per_entry = (self.result.states - self.states_before) / len(layer)

    def _walk_groups(self, groups: dict[int, list[int]], layer: dict[int, PathStats], touched: int) -> None:
        """Walk through a chapter once to record its pages, and once for each group to count the paths through it.
        `layer` has the entering states. Those with equal `touched`, the bits that the chapter uses, form a group."""
        merged: dict[int, PathStats] = {}
        for group, keys in groups.items():
            merged[group] = PathStats()
            for key in keys:
                merged[group].add(layer[key])
        beyond: defaultdict[int, PathStats] = defaultdict(PathStats)
        self._walk(merged, self.result, beyond.__getitem__)
        facts = self.table.facts
        single, ignored = PathStats(1, facts.one), ExploredCut(self.engine, facts)
        for group, keys in groups.items() if beyond else ():
            ways: defaultdict[int, PathStats] = defaultdict(PathStats)
            self._walk({group: single}, ignored, ways.__getitem__)
            for after, paths in ways.items():
                passed = self.codec.live_masks[after & NODE_MASK] & ~touched
                later, segment = self.layers[self.codec.chapter(after)], paths.as_segment(facts)
                for key in keys:
                    onward = later.get(key & passed | after) or self._paths(key & passed | after)
                    if not self.with_skips:
                        onward.add(layer[key], segment)

    def _walk(self, layer: dict[int, PathStats], result: ExploredCut, beyond: Callable[[int], PathStats]) -> None:
        """Walk through a chapter from the states that enter it. Leave each state only when every path to it is known.

        Record the pages in `result`. `beyond` takes a state of a later chapter, records it if new, and returns its path
        statistics; the walk adds its paths to them. With skips, the walk only records these states, without paths.
        """
        states = self._expand(layer)
        if self.with_skips:
            for after in (after for afters in states.values() for after in afters if after not in states):
                beyond(after)
            return
        inside = {key: layer.get(key) or PathStats() for key in states}
        waiting = Counter(after for afters in states.values() for after in afters if after in states)
        ready = [key for key in states if key not in waiting]
        while states:
            if not ready:  # every state that is left is on a circle, so the number of paths is not finite
                back = next(key for key in states if waiting[key])
                result.add_endless(self.table.form(back))
                waiting[back] = 0
                ready.append(back)
            key = ready.pop()
            paths, afters = inside.pop(key), states.pop(key)
            if paths.count:
                form = self.table.form(key)
                result.add_page(form, paths)
                for step, after in zip(form.steps, afters, strict=True):
                    onward = inside.get(after)
                    if onward is None:  # within this chapter, that happens only where a circle closes
                        onward = beyond(after) if self.codec.chapter(after) != self.number else PathStats()
                    result.add_step(step, paths, onward)
            for after in afters:
                if waiting[after]:
                    waiting[after] -= 1
                    if not waiting[after]:
                        ready.append(after)

    def _expand(self, layer: Iterable[int]) -> dict[int, list[int]]:
        """Return the states of the chapter that can be reached from `layer`, each with the states after it."""
        states: dict[int, list[int]] = {}
        open_keys = list(layer)
        form, chapter = self.table.form, self.codec.chapter
        while open_keys:
            key = open_keys.pop()
            if key in states:
                continue
            if len(states) == self.most_states:
                raise _TooManyStates(self.number)
            made = form(key)
            steps = made.steps + made.skips if self.with_skips else made.steps
            states[key] = afters = [key & step.keep | step.put for step in steps]
            open_keys += [after for after in afters if chapter(after) == self.number]
            self.result.states += 1
            if self.result.states % REPORTED == 0 and self.progress is not None:
                self.progress(self._status(len(open_keys)))
        return states

    def _status(self, waiting: int) -> ExplorationStatus:
        """Return the progress. `waiting` states of this chapter are found but not yet explored. The estimate takes each
        later chapter to be as large as this chapter."""
        done = self.result.states - self.states_before
        here = max(done + waiting, round(self.entering * self.states_per_entry))
        played = sum(mode is ChapterMode.PLAYED for mode in self.engine.modes[self.number + 1 :])
        chapter = self.story.order[self.number]
        return ExplorationStatus(chapter, self.result.states, here - done + here * played)


def _variables(live: Live) -> tuple[str, ...]:
    return tuple(sorted(name for name in live if isinstance(name, str)))
