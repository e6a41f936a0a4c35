"""Node tracer: records each node that is looked up in a story, also nodes without text, which no page shows."""

from __future__ import annotations

from collections.abc import Mapping

from game.story.model import Node, Story


def trace_nodes(story: Story, seen: set[str]) -> None:
    """From now on, add the full id of every node that is looked up in `story` to `seen`. Changes the story."""
    story.__dict__["nodes"] = _TracedNodes(story.nodes, seen)


class _TracedNodes(dict[str, Node]):
    def __init__(self, nodes: Mapping[str, Node], seen: set[str]) -> None:
        super().__init__(nodes)
        self._seen = seen

    def __getitem__(self, id: str) -> Node:
        self._seen.add(id)
        return super().__getitem__(id)
