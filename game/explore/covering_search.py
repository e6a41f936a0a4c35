"""Covering search: finds a few finished playthroughs of one role. A reader who then plays the other role after each of
these playthroughs meets all that can be met in that role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from game.explore.coverage import Coverage
from game.explore.result import ExploredCut
from game.explore.sampler import MAX_ENTRIES
from game.lang.expressions import Effects, Expression
from game.play.engine import Engine
from game.play.playthrough import Playthrough, begin
from game.story.model import Branch, Choice, Node, Story

MAX_PLAYED, MAX_TRIED = 400, 24  # playthroughs of a directed search, and how many different ones of them are tried


def covering_playthroughs(explored: ExploredCut) -> Iterator[Playthrough]:
    """Yield a few finished playthroughs of an explored cut. Together they take nearly every choice of the cut."""
    engine = explored.engine
    story = engine.story
    left = {choice.full_id for node in story.nodes.values() for choice in node.choices} & explored.paths.keys()
    latest = reversed([id for id in explored.paths if id in left])
    for choice in latest:
        if choice not in left:
            continue
        playthrough = begin(story, engine.role, engine.cut.id)
        for _, take in explored.paths[choice].entries():
            playthrough = playthrough.take(take)
        # A page can be a dead end, or lead in a circle for ever. Then this path gives no finished playthrough.
        for _ in range(MAX_ENTRIES):
            node, options = playthrough.page.node, playthrough.page.choices
            if not options:
                break
            fresh = (option for option in options if f"{node}.{option.id}" in left)
            playthrough = playthrough.choose(next(fresh, options[0]).id)
        left -= {f"{entry.node}.{entry.take}" for entry in playthrough.entries}
        if playthrough.finished:
            yield playthrough


def directed_playthroughs(engine: Engine, coverage: Coverage, missing: Iterable[str]) -> Iterator[Playthrough]:
    """Play at random, at most MAX_PLAYED times, and yield one finished playthrough for each set of deciding choices. A
    choice is deciding if it can bring about an outcome that `coverage` has not seen, or decide whether readers meet a
    node or choice of `missing` (full ids)."""
    story = engine.story
    deciding = _deciding_choices(story, [*coverage.unseen, *_conditions_before(story, missing)])
    if not deciding:
        return
    random, tried, unfinished = Random(0), set[frozenset[str]](), 0
    for _ in range(MAX_PLAYED):
        playthrough = begin(story, engine.role, engine.cut.id)
        for _ in range(MAX_ENTRIES):
            options = playthrough.page.choices
            if not options:
                break
            playthrough = playthrough.choose(random.choice(options).id)
        taken = frozenset(f"{entry.node}.{entry.take}" for entry in playthrough.entries) & deciding
        if not playthrough.finished:
            unfinished += 1
        elif taken not in tried:
            tried.add(taken)
            yield playthrough
        if MAX_TRIED in (len(tried), unfinished):
            return


def _conditions_before(story: Story, missing: Iterable[str]) -> Iterator[Expression]:
    for id in {target.split(".")[0] for target in missing}:
        chapter = story.chapters[id]
        asking: list[Choice | Branch] = [*chapter.begin]
        for node in chapter.nodes.values():
            asking += [*node.goto, *node.choices, *(branch for choice in node.choices for branch in choice.goto)]
        yield from (choice.condition for choice in asking if choice.condition is not None)


def _deciding_choices(story: Story, asked: Iterable[Expression | Effects]) -> frozenset[str]:
    """Return the full ids of the choices that can change a value in `asked`, directly or through other effects."""
    names, ids = set[str](), set[str]()
    for condition in asked:
        names |= condition.reads
        ids |= {id for _, id in condition.recalls}
    parts: list[Node | Choice] = [*story.nodes.values()]
    parts += [choice for node in story.nodes.values() for choice in node.choices]
    size = -1
    while size != len(names) + len(ids):  # what an effect reads decides what it writes, so go on until nothing is added
        size = len(names) + len(ids)
        for part in parts:
            if part.effects is not None and part.effects.writes & names:
                names |= part.effects.reads
                ids |= {id for _, id in part.effects.recalls}

    def writes(part: Node | Choice) -> bool:
        return part.full_id in ids or (part.effects is not None and bool(part.effects.writes & names))

    def leads(goto: tuple[Branch, ...]) -> bool:
        return any(branch.to in story.nodes and writes(story.nodes[branch.to]) for branch in goto)

    return frozenset(part.full_id for part in parts if isinstance(part, Choice) and (writes(part) or leads(part.goto)))
