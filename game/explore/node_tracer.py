"""A story whose nodes are noted as they are looked up: also those that are passed through and have no page."""

from __future__ import annotations

from collections.abc import Mapping

from game.story.model import Node, Story


def trace_nodes(story: Story, seen: set[str]) -> None:
    """Put the full id of each node that is looked up in `story` into `seen` from now on."""
    story.__dict__["nodes"] = _Noting(story.nodes, seen)


class _Noting(dict[str, Node]):
    """A story's nodes that note which of them are looked up."""

    def __init__(self, nodes: Mapping[str, Node], seen: set[str]) -> None:
        super().__init__(nodes)
        self._seen = seen

    def __getitem__(self, id: str) -> Node:
        self._seen.add(id)
        return super().__getitem__(id)
