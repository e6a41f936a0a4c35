"""A story's graph as a value, made of nodes and edges, for diagrams. A cut is a length of the story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

from game.core.findings import did_you_mean
from game.core.values import frozen
from game.lang.markup import Passage
from game.story.chapter_mode import ChapterMode, chapter_mode
from game.story.model import NEXT, Branch, Chapter, Choice, Node, Story

WORDS = 8  # how many words of a page its node shows
EdgeKind = Literal["begin", "choice", "goto", "next", "skip"]


@frozen
class GraphNode:
    """A node of the graph. `id` is a chapter's id, a node's full id, or "next" for what comes after the calendar.

    `kind`: a `chapter` is a chapter's entrance, `told` a summarised chapter, `past` what comes after the calendar. A
    `fork` has no page. `words` are a chapter's title, or the first words of a page or summary; else "".
    """

    id: str
    kind: Literal["chapter", "told", "page", "fork", "ending", "past"]
    words: str


@frozen
class GraphEdge:
    """An edge between two nodes (ids). `label` is the choice's text, and `condition` must hold; "" for none."""

    source: str
    target: str
    kind: EdgeKind
    label: str = ""
    condition: str = ""


@frozen
class Cluster:
    """A chapter in the graph: its entrance, then its nodes."""

    id: str
    title: str
    role: str | None
    when: str | None
    nodes: tuple[GraphNode, ...]


@frozen
class Graph:
    """A story's graph. `dates` holds the chapters of each date of the calendar, `past` the node after the last date."""

    title: str
    language: str
    dates: tuple[tuple[Cluster, ...], ...]
    edges: tuple[GraphEdge, ...]
    past: GraphNode | None = None

    @property
    def clusters(self) -> Iterator[Cluster]:
        """Every chapter, in the order of the calendar."""
        return (cluster for date in self.dates for cluster in date)

    @property
    def nodes(self) -> Iterator[GraphNode]:
        """Every node, in the order of the calendar."""
        for cluster in self.clusters:
            yield from cluster.nodes
        if self.past is not None:
            yield self.past


def build_graph(story: Story, role: str | None = None, cut: str = "full", chapter: str | None = None) -> Graph:
    """Build the graph of a cut. With `role`, it has no chapters of other roles; a cut that plays both roles ignores it.

    With `chapter`, the graph is that chapter's cluster alone, and its exits lead to the node `next`. Raises LookupError
    if the story has no such role, cut or chapter, or the chapter is not in the cut.
    """
    modes = chapter_modes(story, role, cut, chapter)
    both_roles = story.cuts[cut].both_roles
    walks: Iterable[str | None] = (None,) if both_roles else story.roles if role is None else (role,)
    next_doors: dict[str, dict[str, None]] = {}
    for door in walks:
        chain = [id for id in modes if door is None or story.chapters[id].role in (None, door)]
        for here, there in pairwise([*chain, NEXT]):
            next_doors.setdefault(here, {})[there] = None
    edges = [
        edge for id, mode in modes.items() for edge in _edges(story.chapters[id], mode, tuple(next_doors.get(id, ())))
    ]
    if both_roles:
        edges += _past_endings([story.chapters[id] for id in modes])
    return Graph(
        title=story.title,
        language=story.language,
        dates=tuple(
            clusters
            for date in story.calendar
            if (clusters := tuple(_cluster(story.chapters[id], modes[id]) for id in date if id in modes))
        ),
        edges=tuple(edges),
        past=GraphNode(NEXT, "past", "") if any(edge.target == NEXT for edge in edges) else None,
    )


def chapter_modes(story: Story, role: str | None, cut: str, chapter: str | None = None) -> dict[str, ChapterMode]:
    """Return the mode of each chapter of a cut that a role plays or sees as a summary, in the calendar's order.

    Arguments and errors are as for `build_graph`.
    """
    found = story.cuts[_known(cut, story.cuts, "cut")]
    if role is not None:
        _known(role, story.roles, "role")
    modes: dict[str, ChapterMode] = {}
    for id in story.order:
        here = story.chapters[id]
        mode = chapter_mode(here, here.role if role is None else role, found)
        if mode is ChapterMode.PLAYED or (mode is not ChapterMode.RESOLVED and here.skip is not None):
            modes[id] = mode
    if chapter is None:
        return modes
    if _known(chapter, story.chapters, "chapter") not in modes:
        raise LookupError(f"the chapter `{chapter}` is not in the cut `{cut}`" + (f" of `{role}`" if role else ""))
    return {chapter: modes[chapter]}


def _known(name: str, known: Iterable[str], what: str) -> str:
    names = list(known)
    if name not in names:
        raise LookupError(f"there is no {what} `{name}`; there are {', '.join(names)}.{did_you_mean(name, names)}")
    return name


def _cluster(chapter: Chapter, mode: ChapterMode) -> Cluster:
    if mode is ChapterMode.PLAYED:
        below = [GraphNode(node.full_id, _kind(node), _first_words(node.text)) for node in chapter.nodes.values()]
        nodes = (GraphNode(chapter.id, "chapter", chapter.title), *below)
    else:
        assert chapter.skip is not None
        nodes = (GraphNode(chapter.id, "told", _first_words(chapter.skip.text)),)
    return Cluster(chapter.id, chapter.title, chapter.role, chapter.when, nodes)


def _kind(node: Node) -> Literal["page", "fork", "ending"]:
    return "ending" if node.end is not None else "page" if node.text else "fork"


def _edges(chapter: Chapter, mode: ChapterMode, doors: tuple[str, ...]) -> Iterator[GraphEdge]:
    """Yield the edges out of a chapter's nodes. `doors` holds the ids of the possible next chapters."""
    if mode is not ChapterMode.PLAYED:
        yield from (GraphEdge(chapter.id, door, "next") for door in doors)
        return
    if chapter.skip is not None and chapter.note is not None:
        yield from (GraphEdge(chapter.id, door, "skip") for door in doors)
    yield from _branch_edges(chapter.id, chapter.begin, doors, "begin")
    for node in chapter.nodes.values():
        for choice in node.choices:
            yield from _branch_edges(node.full_id, choice.goto, doors, "choice", choice)
        if not node.choices:
            yield from _branch_edges(node.full_id, node.goto, doors, "goto")


def _branch_edges(
    source: str, branches: Iterable[Branch], doors: tuple[str, ...], kind: EdgeKind, choice: Choice | None = None
) -> Iterator[GraphEdge]:
    label = choice.say if choice else ""
    for branch in branches:
        holds = (choice and choice.condition, branch.condition)
        condition = " and ".join(expression.text for expression in holds if expression)
        for target in doors if branch.to == NEXT else (branch.to,):
            yield GraphEdge(source, target, "next" if branch.to == NEXT and not choice else kind, label, condition)


def _past_endings(chapters: list[Chapter]) -> Iterator[GraphEdge]:
    """In a cut of both roles, yield an edge from each ending of one role to the next chapter that the other plays."""
    for i, chapter in enumerate(chapters):
        after = next((later for later in chapters[i + 1 :] if later.role is None or later.role != chapter.role), None)
        for node in chapter.nodes.values():
            if node.end is not None and after is not None:
                yield GraphEdge(node.full_id, after.id, "next")


def _first_words(passages: tuple[Passage, ...]) -> str:
    """Return the first WORDS words of the first passage, with variables as {name}; "" without a passage."""
    words = passages[0].written.split() if passages else []
    return " ".join(words[:WORDS]) + ("…" if len(words) > WORDS else "")


def shorten(text: str, most: int) -> str:
    """Cut a text at a word and add an ellipsis, if it is longer than `most` characters."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + "…"
