"""What was visited while a story was explored: nodes, both sides of each condition, how far each number went."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from game.explore.node_tracer import trace_nodes
from game.lang.expressions import Effects, Expression
from game.story.model import Story


class Farthest(NamedTuple):
    """A number that an effect would have given if the variable had no bounds, and the effect's place."""

    value: int
    where: str


class Side(NamedTuple):
    """One outcome of one condition: where it stands, its text, and whether it held."""

    where: str
    text: str
    held: bool

    def __str__(self) -> str:
        return f"{self.where} `{self.text}` is {'so' if self.held else 'not so'}"


class Coverage:
    """Watches a story of its own: every node that is arrived at, every outcome of a condition, every number.

    The story is changed by being watched; take one that nobody else plays.
    """

    def __init__(self, story: Story) -> None:
        self.nodes: set[str] = set()
        self.least: dict[str, Farthest] = {}
        self.most: dict[str, Farthest] = {}
        self._outcomes: dict[tuple[int, int], set[bool]] = {}
        self._things: dict[tuple[int, int], Expression | Effects] = {}
        for variable in story.variables.values():
            if variable.kind == "int" and isinstance(variable.start, int):
                self.least[variable.name] = self.most[variable.name] = Farthest(variable.start, "")
        trace_nodes(story, self.nodes)
        for number, (thing, is_condition) in enumerate(_watchable(story)):
            self._watch(number, thing, is_condition)

    def _watch(self, number: int, thing: Expression | Effects, is_condition: bool) -> None:
        def note(part: int, outcome: bool) -> None:
            self._outcomes[number, part].add(bool(outcome))

        def weigh(variable: str, value: int) -> None:
            if value < self.least[variable].value:
                self.least[variable] = Farthest(value, thing.where)
            if value > self.most[variable].value:
                self.most[variable] = Farthest(value, thing.where)

        parts = thing.watch(note, weigh) if isinstance(thing, Effects) else thing.watch(note, is_condition)
        for part in range(parts):
            self._outcomes[number, part] = set()
            self._things[number, part] = thing

    @property
    def sides(self) -> int:
        """Two for each condition: it held, it did not."""
        return 2 * len(self._outcomes)

    @property
    def missing(self) -> list[Side]:
        """Each side that was not seen."""
        return [
            Side(thing.where, "; ".join(thing.texts) if isinstance(thing, Effects) else thing.text, side)
            for key, thing in self._things.items()
            for side in (True, False)
            if side not in self._outcomes[key]
        ]

    @property
    def unseen(self) -> list[Expression | Effects]:
        """What has a condition of which a side was not seen."""
        return [thing for key, thing in self._things.items() if len(self._outcomes[key]) < 2]


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
