"""A shortest way to one place of a story, found by a search that knows which pages can lead there at all.

Pages are taken in the order of what has been entered plus the least that is still to enter (A*): the least is
counted on the story's graph with every condition left out, so it is never too much. Pages between which the rest of
the sitting cannot tell are one.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from game.core.values import frozen
from game.explore.liveness import Liveness
from game.explore.node_tracer import trace_nodes
from game.explore.path_stats import PathLink
from game.explore.state_codec import StateCodec
from game.explore.step_costs import StepReader
from game.play.engine import Engine, Position
from game.story.chapter_mode import Mode, chapter_mode
from game.story.model import NEXT, Branch, Story

Progress = Callable[[int], None]
Vertex = str | int  # a node's full id, or the number of a chapter in the calendar: its beginning
REPORTED = 500  # states between two calls of `progress`


@frozen
class RouteTarget:
    """What a way can lead to: any of some nodes; with `choice` only where that is open, with `first` only as the
    first page of the chapter."""

    nodes: frozenset[str]
    choice: str | None = None
    first: bool = False


def route_target(story: Story, id: str) -> RouteTarget | None:
    """What an id means: a node or a choice by its full id, an ending, or a chapter; None where it means nothing."""
    if id in story.nodes:
        return RouteTarget(frozenset({id}))
    node = story.nodes.get(id.rpartition(".")[0])
    if node is not None and any(choice.full_id == id for choice in node.choices):
        return RouteTarget(frozenset({node.full_id}), choice=id)
    if id in story.chapters:
        return RouteTarget(frozenset(node.full_id for node in story.chapters[id].nodes.values()), first=True)
    ends = frozenset(node.full_id for node in story.nodes.values() if node.end == id)
    return RouteTarget(ends) if ends else None


def names(story: Story) -> set[str]:
    """Every id that `goal_of` knows."""
    choices = {choice.full_id for node in story.nodes.values() for choice in node.choices}
    return {*story.nodes, *choices, *story.chapters, *(node.end for node in story.nodes.values() if node.end)}


def route(
    story: Story, role: str | None, cut: str, target: str, progress: Progress | None = None
) -> tuple[str, ...] | None:
    """The entries of a shortest way to a target's page, or None where no playthrough comes to it.

    A choice's page is one where it is open; a node without text is passed through, so its page is the one that it
    leads to. A chapter is skipped only where no other way leads there. `progress` is told the states looked at.
    Raises LookupError where there is no such target or cut.
    """
    goal = route_target(story, target)
    if goal is None:
        raise LookupError(target)
    return _Search(story, role, cut, goal, progress).entries()


@dataclass(slots=True)
class _Search:
    story: Story
    role: str | None
    cut: str
    goal: RouteTarget
    progress: Progress | None
    passed: set[str] = field(default_factory=set)  # the nodes of the step just made
    looked_at: int = 0

    def entries(self) -> tuple[str, ...] | None:
        # A copy that nobody else plays: it notes the nodes of each step, also those that have no page.
        # What is only painted opens no way, so pictures keep no two pages apart.
        story = replace(self.story, places={})
        trace_nodes(story, self.passed)
        engine = Engine(story, self.role, self.story.cuts[self.cut])
        found = self._searched(engine, with_skips=False)
        return found if found is not None else self._searched(engine, with_skips=True)

    def _searched(self, engine: Engine, with_skips: bool) -> tuple[str, ...] | None:
        ahead = _least(engine, self.goal, with_skips)
        live = Liveness(engine)
        packing, reader = StateCodec(engine, live, with_skips), StepReader(engine, live)
        number = count()
        waiting: list[tuple[int, int, int, bool, Position, PathLink | None]] = []
        known: set[int] = set()

        def put(position: Position, link: PathLink | None, entered: int) -> None:
            arrived = self._arrived(position)
            least = 0 if arrived else ahead.get(position.node.full_id) if position.node is not None else None
            if least is not None:
                # Of ways as long as each other the furthest comes first: it may be there at once.
                heapq.heappush(waiting, (entered + least, -entered, next(number), arrived, position, link))

        self.passed.clear()
        put(engine.start(), None, 0)
        while waiting:
            _, furthest, _, arrived, position, link = heapq.heappop(waiting)
            if arrived:
                return tuple(take for _, take in link.entries()) if link is not None else ()
            key = packing.pack(position)
            if key in known:
                continue
            known.add(key)
            self.looked_at += 1
            if self.progress is not None and self.looked_at % REPORTED == 0:
                self.progress(self.looked_at)
            node = position.node
            assert node is not None
            self.passed.clear()
            for take, after in reader.ways_on(position, packing.offers_skip(position)):
                put(after, PathLink(link, node.full_id, take), 1 - furthest)
                self.passed.clear()
        return None

    def _arrived(self, position: Position) -> bool:
        goal, node = self.goal, position.node
        if goal.choice is not None:
            return node is not None and any(
                choice.full_id == goal.choice and (choice.condition is None or choice.condition(position.state))
                for choice in node.choices
            )
        if goal.first and not position.first:
            return False
        return bool(goal.nodes & self.passed)


def _least(engine: Engine, goal: RouteTarget, with_skips: bool) -> dict[Vertex, int]:
    """The fewest entries from each vertex to the goal, were every condition met; none where nothing leads there."""
    back: dict[Vertex, list[tuple[Vertex, int]]] = {}
    for at, to, entries in _edges(engine, with_skips):
        back.setdefault(to, []).append((at, entries))
    least: dict[Vertex, int] = dict.fromkeys(goal.nodes, 0)
    open_ends: deque[Vertex] = deque(least)
    while open_ends:  # an edge is one entry or none, so the nearest stay at the front
        to = open_ends.popleft()
        for at, entries in back.get(to, ()):
            if least[to] + entries < least.get(at, 1 << 30):
                least[at] = least[to] + entries
                (open_ends.append if entries else open_ends.appendleft)(at)
    return least


def _edges(engine: Engine, with_skips: bool) -> Iterator[tuple[Vertex, Vertex, int]]:
    """(from, to, entries) of every way on that some state could take."""
    story, both = engine.story, engine.cut.both_roles
    closing: set[str | None] = set()  # roles that can have come to an ending before
    for number, id in enumerate(story.order):
        chapter = story.chapters[id]

        def ways(at: Vertex, branches: tuple[Branch, ...], entries: int, after: int = number + 1) -> Iterator[
            tuple[Vertex, Vertex, int]
        ]:  # fmt: skip
            return ((at, after if branch.to == NEXT else branch.to, entries) for branch in branches)

        if chapter_mode(chapter, engine.role, engine.cut) is not Mode.PLAYED:
            yield number, number + 1, 0
            continue
        if chapter.role in closing:
            yield number, number + 1, 0
        yield from ways(number, chapter.begin, 0)
        for node in chapter.nodes.values():
            page = int(node.is_page(engine.cut))
            yield from ways(node.full_id, node.goto, page)
            for choice in node.choices:
                yield from ways(node.full_id, choice.goto, 1)
            if (node.end is not None and both) or (with_skips and page and chapter.note and chapter.skip):
                yield node.full_id, number + 1, 1
            if node.end is not None and chapter.role is not None:
                closing.add(chapter.role)
