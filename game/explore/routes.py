"""Routes: finds a shortest path to a node, a choice, a chapter or an ending, by an A* search over merged states.

The heuristic is the distance to the target, in entries (choices taken), on the story's graph without its conditions, so
it is never too high. States that can reach the same pages count as one (see `liveness`).
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from game.core.values import frozen
from game.explore.coverage import trace_nodes
from game.explore.liveness import Liveness
from game.explore.path_stats import PathLink
from game.explore.state_codec import StateCodec
from game.explore.transition_table import offers_skip, steps
from game.play.engine import SKIP, Engine, Position
from game.story.chapter_mode import ChapterMode, chapter_mode
from game.story.model import NEXT, Branch, Story

Progress = Callable[[int], None]
Vertex = str | int  # a node's full id; for the beginning of a chapter, its number in the calendar
REPORTED = 500  # states between two calls of `progress`


@frozen
class RouteTarget:
    """Where a path should lead: to any of `nodes` (full ids). With `choice` (a full id), that choice must be open on
    the page; with `first`, the page must be its chapter's first."""

    nodes: frozenset[str]
    choice: str | None = None
    first: bool = False


def route_target(story: Story, id: str) -> RouteTarget | None:
    """Return the target of the id of a node, choice, ending or chapter; None if there is no such id."""
    if id in story.nodes:
        return RouteTarget(frozenset({id}))
    node = story.nodes.get(id.rpartition(".")[0])
    if node is not None and any(choice.full_id == id for choice in node.choices):
        return RouteTarget(frozenset({node.full_id}), choice=id)
    if id in story.chapters:
        return RouteTarget(frozenset(node.full_id for node in story.chapters[id].nodes.values()), first=True)
    ends = frozenset(node.full_id for node in story.nodes.values() if node.end == id)
    return RouteTarget(ends) if ends else None


def target_ids(story: Story) -> set[str]:
    """Return every id that `route_target` knows."""
    choices = {choice.full_id for node in story.nodes.values() for choice in node.choices}
    return {*story.nodes, *choices, *story.chapters, *(node.end for node in story.nodes.values() if node.end)}


def route(
    story: Story, role: str | None, cut: str, target: str, progress: Progress | None = None
) -> tuple[str, ...] | None:
    """Return a shortest path to a target's page: its entries from the first page on. None if no playthrough reaches it.

    The path skips a chapter only if no other path leads there. `target` is an id that `route_target` knows. A choice
    must be open on its page. For a node without text, the path ends at the next page. `progress` gets the number of
    searched states at times. Raises LookupError if the story does not have the target or the cut.
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
    visited: set[str] = field(default_factory=set)  # the nodes that the last step went through
    searched: int = 0  # how many states were searched

    def entries(self) -> tuple[str, ...] | None:
        story = replace(self.story)  # a copy, whose nodes are traced, also those without a page
        trace_nodes(story, self.visited)
        engine = Engine(story, self.role, self.story.cuts[self.cut])
        found = self._search(engine, with_skips=False)
        return found if found is not None else self._search(engine, with_skips=True)

    def _search(self, engine: Engine, with_skips: bool) -> tuple[str, ...] | None:
        distances = _distances(engine, self.goal, with_skips)
        codec = StateCodec(engine, Liveness(engine, only_ways=True))
        number = count()
        waiting: list[tuple[int, int, int, bool, Position, PathLink | None]] = []
        known: set[int] = set()

        def push(position: Position, link: PathLink | None, entered: int) -> None:
            arrived = self._arrived(position)
            left = 0 if arrived else distances.get(position.node.full_id) if position.node is not None else None
            if left is not None:
                # among paths of the same length, the one that is farthest comes first: it may be at the target at once
                heapq.heappush(waiting, (entered + left, -entered, next(number), arrived, position, link))
            self.visited.clear()
            if with_skips and position.node is not None and offers_skip(engine, position):
                push(engine.skip(position), PathLink(link, ((position.node.full_id, SKIP),)), entered + 1)

        self.visited.clear()
        push(engine.start(), None, 0)
        while waiting:
            _, furthest, _, arrived, position, link = heapq.heappop(waiting)
            if arrived:
                return tuple(take for _, take in link.entries()) if link is not None else ()
            key = codec.pack(position)
            if key in known:
                continue
            known.add(key)
            self.searched += 1
            if self.progress is not None and self.searched % REPORTED == 0:
                self.progress(self.searched)
            node = position.node
            assert node is not None
            for take, after in steps(engine, position):
                push(after, PathLink(link, ((node.full_id, take),)), 1 - furthest)
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
        return bool(goal.nodes & self.visited)


def _distances(engine: Engine, goal: RouteTarget, with_skips: bool) -> dict[Vertex, int]:
    """Return the fewest entries from each vertex to the goal, as if all conditions were true. Leave out a vertex from
    which no way leads to the goal."""
    back: dict[Vertex, list[tuple[Vertex, int]]] = {}
    for at, to, entries in _edges(engine, with_skips):
        back.setdefault(to, []).append((at, entries))
    distances: dict[Vertex, int] = dict.fromkeys(goal.nodes, 0)
    open_ends: deque[Vertex] = deque(distances)
    while open_ends:  # an edge has one entry or none, so the nearest ones stay at the front
        to = open_ends.popleft()
        for at, entries in back.get(to, ()):
            if distances[to] + entries < distances.get(at, 1 << 30):
                distances[at] = distances[to] + entries
                (open_ends.append if entries else open_ends.appendleft)(at)
    return distances


def _edges(engine: Engine, with_skips: bool) -> Iterator[tuple[Vertex, Vertex, int]]:
    story, both = engine.story, engine.cut.both_roles
    closing: set[str | None] = set()  # roles that may have reached an ending before
    for number, id in enumerate(story.order):
        chapter = story.chapters[id]
        if chapter_mode(chapter, engine.role, engine.cut) is not ChapterMode.PLAYED:
            yield number, number + 1, 0
            continue
        if chapter.role in closing:
            yield number, number + 1, 0
        ways: list[tuple[Vertex, tuple[Branch, ...], int]] = [(number, chapter.begin, 0)]
        for node in chapter.nodes.values():
            page = int(node.is_page(engine.cut))
            ways += [(node.full_id, node.goto, page), *((node.full_id, choice.goto, 1) for choice in node.choices)]
            if (node.end is not None and both) or (with_skips and page and chapter.note and chapter.skip):
                yield node.full_id, number + 1, 1
            if node.end is not None and chapter.role is not None:
                closing.add(chapter.role)
        for at, branches, entries in ways:
            yield from ((at, number + 1 if branch.to == NEXT else branch.to, entries) for branch in branches)
