"""Some playthroughs of a sitting, each choice by chance: for a story too large to explore whole."""

from __future__ import annotations

from random import Random

from game.explore.explorer import ExplorationStatus, Progress
from game.explore.liveness import Liveness
from game.explore.path_stats import CostRange, FactCounter, PathStats
from game.explore.result import ExploredCut
from game.explore.state_codec import StateCodec
from game.explore.step_costs import StepReader, because, words_told
from game.play.engine import CONTINUE, SKIP, Engine

LONGEST = 1_000  # entries: who has not come to an ending by then goes in a circle


def sample_cut(
    engine: Engine, playthroughs: int, chance: Random, progress: Progress | None = None, with_skips: bool = False
) -> ExploredCut:
    """Play a sitting so many times, every open way on as likely as the others.

    The value is that of an exploration, counted over the playthroughs played.
    """
    live = Liveness(engine)
    reader, packing = StepReader(engine, live), StateCodec(engine, live, with_skips)
    found = ExploredCut(engine, FactCounter(tuple(engine.story.facts)))
    try:
        for number in range(playthroughs):
            _play(engine, reader, packing, found, chance)
            if progress is not None and number % 50 == 0:
                progress(
                    ExplorationStatus(
                        "by chance", found.states, round(found.states / (number + 1) * (playthroughs - number - 1))
                    )
                )
    except KeyboardInterrupt:
        found.stopped = "it was interrupted"
    return found


def _play(engine: Engine, reader: StepReader, packing: StateCodec, found: ExploredCut, chance: Random) -> None:
    position = engine.start()
    words = words_told(position)
    ways = PathStats(
        1, CostRange(), CostRange(words, words, words), found.facts.one & found.facts.unmet(because(position))
    )
    for left in reversed(range(LONGEST)):
        found.states += 1
        ways = ways.read(reader.words(position))
        node = position.node
        if node is None:
            found.stuck(position, ways)
            return
        if not left:
            found.endless.add(node.full_id)
            return
        found.reached(node.full_id, ways.shortest)
        ways_on = list(reader.ways_on(position, packing.offers_skip(position)))
        if node.choices:
            found.choices.update(f"{node.full_id}.{take}" for take, _ in ways_on)
        if node.end is not None:
            found.ended(position, ways, over=not ways_on)
        elif not ways_on:
            found.stuck(position, ways)
        if not ways_on:
            return
        take, position = chance.choice(ways_on)
        chosen = take not in (CONTINUE, SKIP)
        ways = ways.taken(node.full_id, take, chosen, words_told(position), found.facts.unmet(because(position)))
        if chosen:
            found.reached(f"{node.full_id}.{take}", ways.shortest)
