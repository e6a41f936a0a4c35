"""Write a story's graph as Graphviz DOT or as a Mermaid flowchart. Kinds of nodes differ by shape, not by colour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from game.story.graph import Cluster, Graph, GraphEdge, GraphNode, shorten

GENERATOR = "weight-of-grain graph"  # marks our diagrams, so that no other file is overwritten

LABEL = 48  # characters of a choice's text on its edge
_DOT_FORMS = {
    "chapter": "shape=cds",
    "told": "shape=note",
    "page": "shape=box",
    "fork": "shape=diamond",
    "ending": "shape=box, peripheries=2",
    "past": "shape=plaintext",
}
_DOT_LINES = {
    "begin": "arrowhead=empty",
    "choice": "",
    "goto": "arrowhead=vee",
    "next": "style=bold",
    "skip": 'style=dotted, label="skip"',
}
_MERMAID_FORMS = {
    "chapter": '>"{}"]',
    "told": '[/"{}"/]',
    "page": '["{}"]',
    "fork": '{{"{}"}}',
    "ending": '(["{}"])',
    "past": '("{}")',
}
_MERMAID_LINES = {"begin": "-->", "choice": "-->", "goto": "-->", "next": "==>", "skip": "-.->"}


def as_dot(graph: Graph) -> str:
    """Return DOT source: a digraph from top to bottom with a cluster for each chapter."""
    lines = [
        f"digraph {_dot(graph.title)} {{",
        f"  // {GENERATOR}",
        "  rankdir=TB;",
        f"  label={_dot(graph.title)}; labelloc=t; fontname=Helvetica;",
        "  node [fontname=Helvetica, fontsize=11]; edge [fontname=Helvetica, fontsize=9];",
        *(line for cluster in graph.clusters for line in _dot_cluster(cluster)),
    ]
    if graph.past is not None:
        lines.append(f"  {_dot_node(graph.past)}")
    for edge in graph.edges:
        look = ", ".join(filter(None, (_DOT_LINES[edge.kind], f"label={_dot(said)}" if (said := _said(edge)) else "")))
        lines.append(f"  {_dot(edge.source)} -> {_dot(edge.target)}{f' [{look}]' if look else ''};")
    return "\n".join([*lines, "}", ""])


def _dot_cluster(cluster: Cluster) -> Iterator[str]:
    yield f"  subgraph {_dot(f'cluster_{cluster.id}')} {{"
    yield f"    label={_dot(_heading(cluster))}; style=rounded;"
    yield from (f"    {_dot_node(node)}" for node in cluster.nodes)
    yield "  }"


def _dot_node(node: GraphNode) -> str:
    return f"{_dot(node.id)} [{_DOT_FORMS[node.kind]}, label={_dot(_on_it(node))}];"


def _dot(text: str) -> str:
    r"""Return a text as a quoted name in DOT. The escapes `\"` and `\n` stay; every other backslash is doubled."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def as_mermaid(graph: Graph) -> str:
    """Return Mermaid source: a flowchart from top to bottom. Nodes get numbers: Mermaid reserves words like `end`."""
    names = {node.id: f"n{i}" for i, node in enumerate(graph.nodes)}
    lines = ["flowchart TB", f"  %% {GENERATOR}"]
    for i, cluster in enumerate(graph.clusters):
        lines.append(f'  subgraph c{i}["{_mermaid(_heading(cluster))}"]')
        lines += [f"    {_mermaid_node(node, names)}" for node in cluster.nodes]
        lines.append("  end")
    if graph.past is not None:
        lines.append(f"  {_mermaid_node(graph.past, names)}")
    for edge in graph.edges:
        said = "skip" if edge.kind == "skip" else _said(edge)
        label = f'|"{_mermaid(said)}"|' if said else ""
        lines.append(f"  {names[edge.source]} {_MERMAID_LINES[edge.kind]}{label} {names[edge.target]}")
    return "\n".join([*lines, ""])


def _mermaid_node(node: GraphNode, names: dict[str, str]) -> str:
    return names[node.id] + _MERMAID_FORMS[node.kind].replace("{}", _mermaid(_on_it(node)))


def _mermaid(text: str) -> str:
    """Return a text for a quoted label: all but letters, digits and plain punctuation becomes Mermaid's `#code;`."""
    text = re.sub(r"[^\w\s.,:!?…’‘“”()+=\-·/]|_", lambda found: f"#{ord(found.group())};", text)
    return re.sub(r"\s*\n\s*", "<br/>", text)


def _heading(cluster: Cluster) -> str:
    return "\n".join(filter(None, (cluster.title, " · ".join(filter(None, (cluster.when, cluster.role))))))


def _on_it(node: GraphNode) -> str:
    """Return a node's label. The label of an ending says so, because the shape alone is easy to miss."""
    return "\n".join(filter(None, (f"{node.id} (ending)" if node.kind == "ending" else node.id, node.words)))


def _said(edge: GraphEdge) -> str:
    return "\n".join(filter(None, (shorten(edge.label, LABEL), f"if {edge.condition}" if edge.condition else "")))
