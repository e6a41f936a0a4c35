"""What was visited while a story was explored: nodes, and both sides of each condition."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from game.story.expressions import Effects, Expression
from game.story.model import Node, Story


class Coverage:
    """Watches a story of its own: every node that is arrived at, every outcome of a condition.

    The story is changed by being watched; take one that nobody else plays.
    """

    def __init__(self, story: Story) -> None:
        self.nodes: set[str] = set()
        self._outcomes: dict[tuple[str, int], set[bool]] = {}
        self._places: dict[tuple[str, int], str] = {}
        story.__dict__["nodes"] = _Noting(story.nodes, self.nodes)
        for number, (thing, is_condition) in enumerate(_watchable(story)):
            name = f"{number}"

            def note(part: int, outcome: bool, name: str = name) -> None:
                self._outcomes[name, part].add(bool(outcome))

            parts = thing.watch(note) if isinstance(thing, Effects) else thing.watch(note, is_condition)
            for part in range(parts):
                self._outcomes[name, part] = set()
                self._places[name, part] = thing.where

    @property
    def sides(self) -> int:
        """Two for each condition: it held, it did not."""
        return 2 * len(self._outcomes)

    @property
    def missing(self) -> list[str]:
        """A line for each side that was not seen: where, and which."""
        return [
            f"{self._places[key]} {'never holds' if side else 'always holds'}"
            for key, seen in self._outcomes.items()
            for side in (True, False)
            if side not in seen
        ]


class _Noting(dict[str, Node]):
    """A story's nodes that note which of them are looked up."""

    def __init__(self, nodes: Mapping[str, Node], seen: set[str]) -> None:
        super().__init__(nodes)
        self._seen = seen

    def __getitem__(self, id: str) -> Node:
        self._seen.add(id)
        return super().__getitem__(id)


def _watchable(story: Story) -> Iterator[tuple[Expression | Effects, bool]]:
    """Every expression and effect that a reading runs, each once, and whether it is an `if`."""
    seen: set[int] = set()

    def below(value: Any, is_condition: bool) -> Iterator[tuple[Expression | Effects, bool]]:
        if isinstance(value, Expression | Effects):
            if id(value) not in seen:
                seen.add(id(value))
                yield value, is_condition
        elif isinstance(value, Mapping):
            for part in value.values():
                yield from below(part, False)
        elif isinstance(value, tuple):
            for part in value:
                yield from below(part, False)
        elif dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                yield from below(getattr(value, field.name), field.name == "condition")

    yield from below(story.chapters, False)
    yield from below(story.places, False)
