"""Exporter: a cut (a length of the story) in one role as plain Twee for viewing, with the conditions as text."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterable, Iterator

from game.lang.markup import Passage
from game.story.diagrams import GENERATOR
from game.story.graph import Graph, GraphNode, build_graph
from game.story.model import Story
from game.twine.twee_file import TweePassage

ACROSS, DOWN = 200, 150  # pixels between two passages on Twine's map
_MARKED = re.compile(r"^::|\[(?=\[)|<(?=<)", re.MULTILINE)  # signs that mean something in Twee and its formats


def passages_for_twine(
    story: Story, role: str, cut: str, label_of: Callable[[str], str], chapter: str | None = None
) -> list[TweePassage]:
    """Return the passages of a cut, or of one chapter of it, for a role.

    `label_of` returns the text of a link, given "continue" or "skip". Raises LookupError if the story has no such role,
    cut or chapter, and ValueError if the cut plays both roles.
    """
    if cut in story.cuts and story.cuts[cut].both_roles:
        raise ValueError(f"the cut `{cut}` plays both doors at once, and Twee holds one: name another cut")
    graph = build_graph(story, role, cut, chapter)
    links: dict[str, list[str]] = {}
    for edge in graph.edges:
        said = edge.label or (label_of("skip") if edge.kind == "skip" else label_of("continue"))
        said = re.sub(r"[\[\]|]|->|<-", " ", said)
        condition = f" (if {_plain(edge.condition)})" if edge.condition else ""
        links.setdefault(edge.source, []).append(f"[[{said}->{edge.target}]]{condition}")
    made = [
        TweePassage(node.id, (node.kind,), "\n\n".join([*_text(story, cut, node), *links.get(node.id, ())]), place)
        for node, place in _places(graph)
    ]
    ifid = uuid.uuid5(uuid.NAMESPACE_URL, f"weight-of-grain:{story.pack}/{role}/{cut}")
    data = json.dumps({"ifid": str(ifid).upper(), "start": made[0].name, "creator": GENERATOR})
    return [TweePassage("StoryTitle", content=story.title), TweePassage("StoryData", content=data), *made]


def _text(story: Story, cut: str, here: GraphNode) -> Iterable[str]:
    """Return the paragraphs of a passage: a page's text, a chapter's summary, or a chapter's title and date."""
    brief = story.cuts[cut].brief
    if here.kind == "past":
        return ()
    if node := story.nodes.get(here.id):
        return _paragraphs(node.brief if brief and node.brief else node.text)
    chapter = story.chapters[here.id]
    if here.kind == "told" and chapter.skip is not None:
        return _paragraphs(chapter.skip.brief if brief else chapter.skip.text)
    return [_plain(", ".join(filter(None, (chapter.title, chapter.when))))]


def _paragraphs(passages: Iterable[Passage]) -> Iterator[str]:
    for passage in passages:
        speaker = f"{passage.by}: " if passage.by else ""
        condition = f"(if {passage.condition.text}) " if passage.condition else ""
        yield _plain(f"{condition}{speaker}{passage.written}")


def _plain(text: str) -> str:
    """Return the text with a space inside each sign that has a meaning in Twee, such as `[[`."""
    return _MARKED.sub(lambda found: found.group()[0] + " " + found.group()[1:], text)


def _places(graph: Graph) -> Iterator[tuple[GraphNode, str]]:
    """Yield each passage with its position ("x,y" in pixels) on Twine's map. Each chapter has a row."""
    rows = [cluster.nodes for cluster in graph.clusters]
    for row, nodes in enumerate([*rows, (graph.past,) if graph.past else ()]):
        for column, node in enumerate(nodes):
            yield node, f"{100 + column * ACROSS},{100 + row * DOWN}"
