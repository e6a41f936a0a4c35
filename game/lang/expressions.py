"""Conditions and effects as functions of a state, compiled on their first run. typecheck.py has checked them before.

A state is a tuple: each variable's value in the story's order and, last, one integer whose bits say which
nodes were seen and which choices were taken. See codegen.py for how a tree of ours becomes a function.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from game.lang import codegen
from game.lang.codegen import Slots, Step
from game.lang.grammar import Assignment, Name, Recall, Tree, parse_expression, parse_statement, walk
from game.lang.typecheck import Scope, full_id

State = tuple[Any, ...]
Note = Callable[[int, bool], None]  # the number of a condition in its text, and how it came out
Weigh = Callable[[str, int], None]  # a variable, and the number that it would be if it had no bounds

FARTHEST = 10**12  # where a number without a range ends, so that no effect grows until it fills the memory


def _slots(tree: Tree, scope: Scope) -> Slots:
    """Where in a state what a tree names stands. Raises KeyError where it recalls what has no place."""
    index, bits = dict[str, int](), dict[tuple[str, str], int]()
    for part in walk(tree):
        if isinstance(part, Name) and part.name in scope.index:
            index[part.name] = scope.index[part.name]
        elif isinstance(part, Recall):
            bits[part.verb, part.target] = scope.bits[part.verb, full_id(part, scope.chapter)]
    return Slots(tuple(index.items()), tuple((verb, target, bit) for (verb, target), bit in bits.items()))


class _Watching:
    """Counts the conditions in a text and wraps each so that its outcomes are noted under its number."""

    def __init__(self, note: Note) -> None:
        self.count, self._note = 0, note

    def __call__(self, condition: ast.expr) -> ast.expr:
        self.count += 1
        return codegen.called("r", self.count - 1, condition)

    def noted(self, number: int, outcome: Any) -> Any:
        self._note(number, outcome)
        return outcome


class Expression:
    """A typed value of a state. `run` is its Python function, made on the first call."""

    __slots__ = ("reads", "recalls", "run", "scope", "text", "where")

    def __init__(self, text: str, scope: Scope, reads: frozenset[str], recalls: frozenset[tuple[str, str]]) -> None:
        self.text, self.scope, self.reads, self.recalls = text, scope, reads, recalls
        self.where = ""  # file:line:column, where it was read from a file
        self.run: Callable[[State], Any] = self._first_run

    @classmethod
    def of(cls, text: str, tree: Tree, scope: Scope) -> Expression:
        """The expression of a text whose tree was checked."""
        return cls(text, scope, _reads(walk(tree), scope), _recalled(walk(tree), scope))

    def watch(self, note: Note, is_condition: bool) -> int:
        """Have `note` told each outcome of its conditions from now on; their number. For whoever explores."""
        watching = _Watching(note)
        tree = parse_expression(self.text)
        value = codegen.expression(tree, _slots(tree, self.scope), watching)
        self.run = codegen.value_function(watching(value) if is_condition else value, r=watching.noted)
        return watching.count

    def _first_run(self, state: State) -> Any:
        self.run = codegen.value_of(self.text, _slots(parse_expression(self.text), self.scope))
        return self.run(state)

    def __call__(self, state: State) -> Any:
        return self.run(state)

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


class Effects:
    """What a choice, a node or a told chapter does, as one function from state to state.

    Statements run in order; each sees what those before it did; a number is clamped to its variable's range.
    `run` is the Python function, made on the first call.
    """

    __slots__ = ("reads", "recalls", "run", "scope", "texts", "where", "writes")

    def __init__(
        self,
        texts: tuple[str, ...],
        scope: Scope,
        reads: frozenset[str],
        writes: frozenset[str],
        recalls: frozenset[tuple[str, str]],
    ) -> None:
        self.texts, self.scope, self.reads, self.writes, self.recalls = texts, scope, reads, writes, recalls
        self.where = ""
        self.run: Callable[[State], State] = self._first_run

    @classmethod
    def of(cls, texts: tuple[str, ...], statements: tuple[Assignment, ...], scope: Scope) -> Effects:
        """The effects of texts whose trees were checked."""
        trees = [part for statement in statements for part in walk(statement.value)]
        moved = frozenset(statement.name for statement in statements if statement.operator != "=")
        writes = frozenset(statement.name for statement in statements)
        return cls(texts, scope, _reads(trees, scope) | moved, writes, _recalled(trees, scope))

    def watch(self, note: Note, weigh: Weigh) -> int:
        """Have `note` told each outcome of its conditions from now on, and `weigh` each number; how many conditions."""
        watching = _Watching(note)
        self.run = codegen.effect_function(self._steps(), watching, "w", r=watching.noted, w=weigh)
        return watching.count

    def _steps(self) -> tuple[Step, ...]:
        return tuple(map(self._step, self.texts))

    def _step(self, text: str) -> Step:
        statement = parse_statement(text)
        variable, bounds = self.scope.variables[statement.name], None
        if variable.kind == "int":
            low = -FARTHEST if variable.low is None else variable.low
            bounds = low, FARTHEST if variable.high is None else variable.high
        return Step(text, self.scope.index[statement.name], bounds, _slots(statement.value, self.scope))

    def _first_run(self, state: State) -> State:
        self.run = codegen.effect_of(self._steps())
        result: State = self.run(state)
        return result

    def __call__(self, state: State) -> State:
        return self.run(state)

    def __repr__(self) -> str:
        return f"Effects{self.texts!r}"


def _reads(parts: Iterable[Tree], scope: Scope) -> frozenset[str]:
    return frozenset(part.name for part in parts if isinstance(part, Name) and part.name in scope.index)


def _recalled(parts: Iterable[Tree], scope: Scope) -> frozenset[tuple[str, str]]:
    return frozenset((part.verb, full_id(part, scope.chapter)) for part in parts if isinstance(part, Recall))
