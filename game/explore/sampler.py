"""Sampler: random playthroughs of a cut (a length of the story), for a story that is too large to explore."""

from __future__ import annotations

from random import Random

from game.explore.explorer import ExplorationStatus, Progress
from game.explore.path_stats import PathStats
from game.explore.result import ExploredCut
from game.explore.transition_table import TransitionTable
from game.play.engine import Engine

MAX_ENTRIES = 1_000  # a playthrough without an ending by then goes in a circle


def sample_cut(
    engine: Engine, playthroughs: int, random: Random, progress: Progress | None = None, with_skips: bool = False
) -> ExploredCut:
    """Play a cut at random as one role, and return what was found. Every step from a page is equally likely."""
    table = TransitionTable(engine, with_skips)
    result = ExploredCut(engine, table.facts, choices=table.choices)
    try:
        for number in range(playthroughs):
            _play(table, result, random)
            if progress is not None and number % 50 == 0:
                left = round(result.states / (number + 1) * (playthroughs - number - 1))
                progress(ExplorationStatus("by chance", result.states, left))
    except KeyboardInterrupt:
        result.stopped = "it was interrupted"
    return result


def _play(table: TransitionTable, result: ExploredCut, random: Random) -> None:
    form, key, paths = table.start, 0, PathStats(1, table.facts.one)
    for _ in range(MAX_ENTRIES):
        steps = form.steps + form.skips
        step = random.choice(steps) if len(steps) > 1 or form.node is not None else steps[0]
        key, onward = key & step.keep | step.put, PathStats()
        result.add_step(step, paths, onward)
        form, paths = table.form(key), onward
        result.states += 1
        result.add_page(form, paths)
        if not form.steps:
            return
    result.add_endless(form)
