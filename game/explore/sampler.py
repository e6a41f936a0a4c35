"""Random playthroughs of a cut as one role, for a story that is too large to explore."""

from __future__ import annotations

from random import Random

from game.explore.explorer import ExplorationStatus, Progress
from game.explore.liveness import Liveness
from game.explore.path_stats import CostRange, FactCounter, PathStats
from game.explore.result import ExploredCut
from game.explore.state_codec import StateCodec
from game.explore.step_costs import StepReader
from game.play.engine import CONTINUE, SKIP, Engine

MAX_ENTRIES = 1_000  # a playthrough without an ending by then goes in a circle


def sample_cut(
    engine: Engine, playthroughs: int, random: Random, progress: Progress | None = None, with_skips: bool = False
) -> ExploredCut:
    """Play random playthroughs; every step from a page is as likely as the others.

    Args:
        engine: The role and cut.
        playthroughs: How many to play.
        random: The random numbers.
        progress: Called now and then; it may raise KeyboardInterrupt, which stops playing.
        with_skips: Whether offered skips are taken as well as choices.

    Returns:
        What `explore_cut` returns, counted over the playthroughs played.
    """
    live = Liveness(engine)
    reader, codec = StepReader(engine, live), StateCodec(engine, live, with_skips)
    result = ExploredCut(engine, FactCounter(tuple(engine.story.facts)))
    try:
        for number in range(playthroughs):
            _play(engine, reader, codec, result, random)
            if progress is not None and number % 50 == 0:
                progress(
                    ExplorationStatus(
                        "by chance", result.states, round(result.states / (number + 1) * (playthroughs - number - 1))
                    )
                )
    except KeyboardInterrupt:
        result.stopped = "it was interrupted"
    return result


def _play(engine: Engine, reader: StepReader, codec: StateCodec, result: ExploredCut, random: Random) -> None:
    position = engine.start()
    words, because = reader.step_costs(None, position)
    paths = PathStats(
        1,
        CostRange(),
        CostRange(words, words, words),
        result.facts.one & result.facts.unmet_mask(because),
    )
    for left in reversed(range(MAX_ENTRIES)):
        result.states += 1
        paths = paths.after_words(reader.word_count(position))
        node = position.node
        if node is None:
            result.add_dead_end(position, paths)
            return
        if not left:
            result.endless.add(node.full_id)
            return
        result.add_path(node.full_id, paths.shortest)
        steps = list(reader.steps(position, codec.offers_skip(position)))
        if node.choices:
            result.choices.update(f"{node.full_id}.{take}" for take, _ in steps)
        if node.end is not None:
            result.add_ending(position, paths, over=not steps)
        elif not steps:
            result.add_dead_end(position, paths)
        if not steps:
            return
        take, after = random.choice(steps)
        words, because = reader.step_costs(position, after)
        position = after
        chosen = take not in (CONTINUE, SKIP)
        paths = paths.after_entry(
            node.full_id,
            take,
            chosen,
            words,
            result.facts.unmet_mask(because),
        )
        if chosen:
            result.add_path(f"{node.full_id}.{take}", paths.shortest)
