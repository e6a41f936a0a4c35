"""Coverage: records the nodes, outcomes of conditions and extremes of numbers that an exploration has met."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from game.lang.expressions import Effects, Expression
from game.story.model import Node, Story


class Farthest(NamedTuple):
    """A number's least or greatest value before bounds apply. `where`: the effect's file:line:column; "" at first."""

    value: int
    where: str


class Side(NamedTuple):
    """One outcome of a condition (`held`: it is true), with the condition's file:line:column and text."""

    where: str
    text: str
    held: bool

    def __str__(self) -> str:
        return f"{self.where} `{self.text}` is {'so' if self.held else 'not so'}"


class Coverage:
    """Records the nodes, outcomes of conditions and values of numbers that are met while a story is played. It puts its
    recorders into the story object, so nothing but the exploration may use that object."""

    def __init__(self, story: Story) -> None:
        self.nodes: set[str] = set()
        self.least: dict[str, Farthest] = {}
        self.most: dict[str, Farthest] = {}
        self._outcomes: dict[tuple[int, int], set[bool]] = {}
        self._sources: dict[tuple[int, int], Expression | Effects] = {}
        for variable in story.variables.values():
            if variable.kind == "int" and isinstance(variable.start, int):
                self.least[variable.name] = self.most[variable.name] = Farthest(variable.start, "")
        trace_nodes(story, self.nodes)
        for number, (source, is_condition) in enumerate(_watchable(story)):
            self._watch(number, source, is_condition)

    def _watch(self, number: int, source: Expression | Effects, is_condition: bool) -> None:
        def note(part: int, outcome: bool) -> None:
            self._outcomes[number, part].add(bool(outcome))

        def note_value(variable: str, value: int) -> None:
            if value < self.least[variable].value:
                self.least[variable] = Farthest(value, source.where)
            if value > self.most[variable].value:
                self.most[variable] = Farthest(value, source.where)

        if isinstance(source, Effects):
            parts = source.instrument(note, note_value)
        else:
            parts = source.instrument(note, is_condition)
        for part in range(parts):
            self._outcomes[number, part] = set()
            self._sources[number, part] = source

    @property
    def sides(self) -> int:
        """The number of outcomes: two for each condition."""
        return 2 * len(self._outcomes)

    @property
    def missing(self) -> list[Side]:
        """The outcomes of conditions that were not seen so far."""
        return [
            Side(source.where, "; ".join(source.texts) if isinstance(source, Effects) else source.text, side)
            for key, source in self._sources.items()
            for side in (True, False)
            if side not in self._outcomes[key]
        ]

    @property
    def unseen(self) -> list[Expression | Effects]:
        """The expressions and effects that hold a condition with an outcome that was not seen so far."""
        return [source for key, source in self._sources.items() if len(self._outcomes[key]) < 2]


def trace_nodes(story: Story, seen: set[str]) -> None:
    """Add the full id of every node that is looked up in the story object to `seen`, also of nodes without text."""
    story.__dict__["nodes"] = _TracedNodes(story.nodes, seen)


class _TracedNodes(dict[str, Node]):
    def __init__(self, nodes: Mapping[str, Node], seen: set[str]) -> None:
        super().__init__(nodes)
        self._seen = seen

    def __getitem__(self, id: str) -> Node:
        self._seen.add(id)
        return super().__getitem__(id)


def _watchable(story: Story) -> Iterator[tuple[Expression | Effects, bool]]:
    """Yield every expression and effect that a playthrough runs, each once, and whether it is a condition (an `if`)."""
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
