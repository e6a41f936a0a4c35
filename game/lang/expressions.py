"""Conditions and effects of a story as functions of a state. They are compiled on their first run.

A state is a tuple: each variable's value in the story's order, then an integer whose bits say which nodes were seen and
which choices were taken. typecheck.py has checked an expression before it comes here; codegen.py compiles it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from game.lang import codegen
from game.lang.codegen import EffectStep, StateSlots
from game.lang.grammar import Assignment, Name, Recall, Tree, parse_expression, parse_statement, walk
from game.lang.typecheck import Scope, full_id

State = tuple[Any, ...]
OnCondition = Callable[[int, bool], None]  # takes a condition's number in its text, and its outcome
OnNumber = Callable[[str, int], None]  # takes a variable's name, and its new number before it is clamped

UNBOUNDED_LIMIT = 10**12  # limit of a number without a range, so that it cannot grow until it fills the memory


def _slots(tree: Tree, scope: Scope) -> StateSlots:
    """Return the positions in a state that a tree reads. Raises KeyError if a `seen` or `chose` has no bit."""
    index, bits = dict[str, int](), dict[tuple[str, str], int]()
    for part in walk(tree):
        if isinstance(part, Name) and part.name in scope.index:
            index[part.name] = scope.index[part.name]
        elif isinstance(part, Recall):
            bits[part.verb, part.target] = scope.bits[part.verb, full_id(part, scope.chapter)]
    return StateSlots(tuple(index.items()), tuple((verb, target, bit) for (verb, target), bit in bits.items()))


class _ConditionRecorder:
    """Gives each condition of a text a number, and makes it report each outcome to `on_condition` with that number."""

    def __init__(self, on_condition: OnCondition) -> None:
        self.count, self._on_condition = 0, on_condition

    def __call__(self, condition: ast.expr) -> ast.expr:
        self.count += 1
        return codegen.call_ast("r", self.count - 1, condition)

    def record(self, number: int, outcome: Any) -> Any:
        self._on_condition(number, outcome)
        return outcome


class Expression:
    """A condition or value of the story. `run` is its compiled function of a state, made on the first call.

    `reads` is the set of variables that it depends on. `recalls` has a pair for each `seen` and `chose`: the verb, and
    the full id (`chapter.node` or `chapter.node.choice`).
    """

    __slots__ = ("reads", "recalls", "run", "scope", "text", "where")

    def __init__(self, text: str, scope: Scope, reads: frozenset[str], recalls: frozenset[tuple[str, str]]) -> None:
        self.text, self.scope, self.reads, self.recalls = text, scope, reads, recalls
        self.where = ""  # file:line:column if it was read from a file
        self.run: Callable[[State], Any] = self._first_run

    @classmethod
    def of(cls, text: str, tree: Tree, scope: Scope) -> Expression:
        """Make the expression of a text and of its checked tree."""
        return cls(text, scope, _reads(walk(tree), scope), _recalled(walk(tree), scope))

    def instrument(self, on_condition: OnCondition, is_condition: bool) -> int:
        """From now on, call `on_condition` whenever a condition in the text is computed.

        Conditions are numbered from 0. With `is_condition`, the whole text is the last one. Return how many there are.
        """
        recorder = _ConditionRecorder(on_condition)
        tree = parse_expression(self.text)
        value = codegen.expression_ast(tree, _slots(tree, self.scope), recorder)
        self.run = codegen.value_function(recorder(value) if is_condition else value, r=recorder.record)
        return recorder.count

    def _first_run(self, state: State) -> Any:
        self.run = codegen.compiled_value(self.text, _slots(parse_expression(self.text), self.scope))
        return self.run(state)

    def __call__(self, state: State) -> Any:
        return self.run(state)

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


class Effects:
    """The assignments of a choice, node or summary, as one function from state to state.

    The statements run in order, and each sees the results of earlier ones. A number is clamped to its variable's range.
    `run` is the compiled function, made on the first call.
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
        """Make the effects of some texts and of their checked trees."""
        trees = [part for statement in statements for part in walk(statement.value)]
        moved = frozenset(statement.name for statement in statements if statement.operator != "=")
        writes = frozenset(statement.name for statement in statements)
        return cls(texts, scope, _reads(trees, scope) | moved, writes, _recalled(trees, scope))

    def instrument(self, on_condition: OnCondition, on_number: OnNumber) -> int:
        """From now on, call `on_condition` whenever a condition is computed, and `on_number` whenever a variable gets a
        new number. Return how many conditions there are."""
        recorder = _ConditionRecorder(on_condition)
        self.run = codegen.effect_function(self._steps(), recorder, "w", r=recorder.record, w=on_number)
        return recorder.count

    def _steps(self) -> tuple[EffectStep, ...]:
        return tuple(map(self._step, self.texts))

    def _step(self, text: str) -> EffectStep:
        statement = parse_statement(text)
        variable, bounds = self.scope.variables[statement.name], None
        if variable.kind == "int":
            low = -UNBOUNDED_LIMIT if variable.low is None else variable.low
            bounds = low, UNBOUNDED_LIMIT if variable.high is None else variable.high
        return EffectStep(text, self.scope.index[statement.name], bounds, _slots(statement.value, self.scope))

    def _first_run(self, state: State) -> State:
        self.run = codegen.compiled_effects(self._steps())
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
