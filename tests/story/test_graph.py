"""A story's graph has exactly its branches, and its diagrams are valid DOT and Mermaid."""

from __future__ import annotations

import re

import pydot
import pytest

from game.story import Story
from game.story.diagrams import as_dot, as_mermaid
from game.story.graph import Cluster, Graph, GraphEdge, GraphNode, build_graph, shorten
from tests.small_stories.packs import load_the_mill

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # pydot's parser, about its own library


def ways(graph: Graph, source: str) -> list[tuple[str, str, str, str]]:
    return [(edge.target, edge.kind, edge.label, edge.condition) for edge in graph.edges if edge.source == source]


def test_a_page_leads_where_its_choices_lead() -> None:
    assert ways(build_graph(load_the_mill(), "miller"), "m-gate.gate") == [
        ("m-gate.kept", "choice", "I gave the wok.", "wok"),
        ("m-gate.night", "choice", "I gave the wok.", ""),
        ("m-gate.night", "choice", "I hid the grain.", "jar > 1"),
        ("m-gate.night", "choice", "I boasted.", "jar > 3"),
        ("m-gate.gate", "choice", "I waited.", ""),
    ]


def test_chapters_follow_one_another_along_the_calendar() -> None:
    graph = build_graph(load_the_mill(), "miller")
    assert ways(graph, "m-gate.fork") == [("m-told", "next", "", "")]
    assert ways(graph, "m-told") == [("weighing", "next", "", "")]
    assert ways(graph, "m-heavy") == [("m-end", "skip", "", ""), ("m-heavy.ladle", "begin", "", "")]
    assert ways(graph, "m-end.bowls") == []


def test_both_doors_stand_side_by_side() -> None:
    graph = build_graph(load_the_mill())
    assert [[cluster.id for cluster in date] for date in graph.dates][1] == ["m-gate", "c-gate"]
    assert [target for target, *_ in ways(graph, "reel.reel")] == ["m-gate", "c-gate"]
    assert [target for target, *_ in ways(graph, "weighing.scales")] == ["m-heavy", "c-mid"]


def test_a_cut_of_both_roles_is_the_same_for_each() -> None:
    mill = load_the_mill()
    assert build_graph(mill, "miller", "class") == build_graph(mill, None, "class")


def test_a_cut_summarises_what_it_leaves_out() -> None:
    graph = build_graph(load_the_mill(), "miller", "short")
    kinds = {node.id: node.kind for node in graph.nodes}
    some = {"m-heavy": "told", "m-gate": "chapter", "m-gate.fork": "fork", "m-end.thin": "ending"}
    assert {id: kinds[id] for id in some} == some
    assert "m-heavy.ladle" not in kinds
    assert not [id for id in kinds if id.startswith("c-")]


def test_one_chapter_ends_in_next() -> None:
    graph = build_graph(load_the_mill(), chapter="m-gate")
    assert [cluster.id for date in graph.dates for cluster in date] == ["m-gate"]
    assert ("next", "next", "", "") in ways(graph, "m-gate.fork")
    assert [node.kind for node in graph.nodes][-1] == "past"


@pytest.mark.parametrize(("role", "cut"), [(None, "full"), ("miller", "full"), ("clerk", "kiosk"), (None, "class")])
def test_every_edge_joins_two_nodes(role: str | None, cut: str) -> None:
    graph = build_graph(load_the_mill(), role, cut)
    ids = {node.id for node in graph.nodes}
    assert {end for edge in graph.edges for end in (edge.source, edge.target)} <= ids
    assert len(ids - {edge.target for edge in graph.edges}) == 1


def dot_of(graph: Graph) -> pydot.Dot:
    """The diagram as another parser of DOT reads it."""
    read = pydot.graph_from_dot_data(as_dot(graph))
    assert read is not None and len(read) == 1
    return read[0]


@pytest.mark.parametrize("chapter", [None, "v-pots-into-iron"])
def test_dot_is_read_by_another_program(chapter: str | None, shipped: Story) -> None:
    graph = build_graph(shipped, chapter=chapter) if chapter else build_graph(load_the_mill())
    read = dot_of(graph)
    clusters = read.get_subgraphs()
    nodes = [node.get_name().strip('"') for cluster in clusters for node in cluster.get_nodes()]
    assert sorted(nodes) == sorted(node.id for node in graph.nodes if node.kind != "past")
    assert len(read.get_edges()) == len(graph.edges)
    assert len(clusters) == sum(map(len, graph.dates))


NASTY = r"""I "a\b", <c> & {d} | [e]; #f; `g`-->%% end 大 \n"""


def nasty() -> Graph:
    """A graph whose every word contains special characters of diagrams."""
    nodes = (GraphNode("a", "page", NASTY), GraphNode("b", "ending", NASTY))
    cluster = Cluster("end", NASTY, "role", None, nodes)
    return Graph(NASTY, "en", ((cluster,),), (GraphEdge("a", "b", "choice", NASTY, "x < 2"),))


def test_dot_escapes_what_it_reads() -> None:
    (edge,) = dot_of(nasty()).get_edges()
    label = str(edge.get("label"))[1:-1]
    assert label.replace('\\"', '"').replace("\\\\", "\\") == NASTY + "\\nif x < 2"


LINE = re.compile(
    r'flowchart TB|%% weight-of-grain graph|end|subgraph c\d+\["[^"\[\]{}<>|`&\\]*(?:<br/>[^"\[\]{}<>|`&\\]*)*"\]'
    r'|n\d+(?:>|\[/|\[|\{\{|\(\[|\()"[^"\[\]{}|`&\\]*"(?:\]|/\]|\}\}|\]\)|\))'
    r'|n\d+ (?:-->|==>|-\.->)(?:\|"[^"\[\]{}|`&\\]*"\|)? n\d+'
)


def test_mermaid_has_only_lines_that_it_reads(shipped: Story) -> None:
    """Each line has a form that Mermaid's own parser accepts; special characters are codes."""
    for graph in (nasty(), build_graph(shipped)):
        lines = [line.strip() for line in as_mermaid(graph).splitlines()]
        assert [line for line in lines if not LINE.fullmatch(line)] == []
        assert len([line for line in lines if re.match(r"n\d+ ", line)]) == len(graph.edges)
    assert "#34;a#92;b#34;" in as_mermaid(nasty())


def test_kinds_differ_by_form() -> None:
    dot = as_dot(build_graph(load_the_mill(), "miller"))
    assert "color" not in dot
    assert re.search(r'"m-end\.thin" \[shape=box, peripheries=2, label="m-end\.thin \(ending\)', dot)
    assert re.search(r'"m-gate\.fork" \[shape=diamond', dot)
    assert re.search(r'"m-heavy" -> "m-end" \[style=dotted, label="skip"\]', dot)


def test_a_label_is_shortened_at_a_word() -> None:
    assert shorten("one two three", 9) == "one two…"
    assert shorten("one two", 9) == "one two"
    assert shorten("undivided", 5) == "undi…"
    assert GraphEdge("a", "b", "next").label == ""
