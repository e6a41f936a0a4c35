"""Test which conditions can hold for some values of their variables. No playthrough needs to reach these values.

`game.explore` finds what playthroughs reach. In each state that is tried, at most one choice of a node was taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from game.lang.expressions import Expression
from game.lang.grammar import Comparison, Name, Tree, constant, parse_expression, walk
from game.lang.typecheck import Value
from game.story.model import Chapter, Story, Variable

MOST = 4_096  # the most combinations of values to try; with more, the answer is unknown
SHORT = 24  # a number with at most so many values is tried with each of them

Outcomes = frozenset[tuple[bool, ...]]


class Satisfiability:
    """Tests conditions of one story, and caches the results."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._start = [variable.start for variable in story.variables.values()]
        self._known: dict[tuple[tuple[str, str], ...], Outcomes | None] = {}

    def outcomes(self, conditions: Sequence[Expression]) -> Outcomes | None:
        """Return all combinations of truth values that conditions can have; None with too many values to try."""
        key = tuple((condition.scope.chapter, condition.text) for condition in conditions)
        if key not in self._known:
            states = self._states(conditions)
            outcomes = (tuple(bool(condition(state)) for condition in conditions) for state in states or ())
            self._known[key] = None if states is None else frozenset(outcomes)
        return self._known[key]

    def can_both_hold(self, first: Expression | None, second: Expression | None) -> bool:
        """Return whether two conditions (None: always true) can hold in one state; True with too many values to try."""
        conditions = [condition for condition in (first, second) if condition is not None]
        outcomes = self.outcomes(conditions)
        return outcomes is None or any(all(outcome) for outcome in outcomes)

    def is_exhaustive(self, conditions: Sequence[Expression]) -> bool:
        """Return whether in every state at least one condition holds; False if there are too many values to try."""
        outcomes = self.outcomes(conditions)
        return outcomes is not None and all(any(outcome) for outcome in outcomes)

    def max_weight(self, weighed: Sequence[tuple[Expression | None, int]]) -> int:
        """Return the greatest sum of weights whose conditions can hold together.

        Each condition comes with its weight; None always holds. If conditions share variables that have too many values
        to try, only the greatest of their weights is added.
        """
        total = sum(weight for condition, weight in weighed if condition is None)
        for group in _apart([(condition, weight) for condition, weight in weighed if condition is not None]):
            conditions, weights = [condition for condition, _ in group], [weight for _, weight in group]
            outcomes = self.outcomes(conditions)
            if outcomes is None:
                total += max(weights)
            else:
                total += max(sum(w for w, holds in zip(weights, o, strict=True) if holds) for o in outcomes)
        return total

    def _states(self, conditions: Sequence[Expression]) -> Iterator[tuple[Any, ...]] | None:
        """Return a state for each combination of values that the conditions read; None if there are too many."""
        story = self._story
        names = sorted(frozenset().union(*(condition.reads for condition in conditions)))
        trees = [parse_expression(condition.text) for condition in conditions]
        values = [_values(story.variables[name], trees) for name in names]
        bits = _bits(conditions)
        known = [domain for domain in values if domain is not None]
        if len(known) < len(values) or prod(map(len, known)) * prod(map(len, bits)) > MOST:
            return None

        def states() -> Iterator[tuple[Any, ...]]:
            for chosen in product(*known):
                state = list(self._start)
                for name, value in zip(names, chosen, strict=True):
                    state[story.index[name]] = value
                for some in product(*bits):
                    yield (*state, sum(some))

        return states()


def _apart(weighed: Sequence[tuple[Expression, int]]) -> list[list[tuple[Expression, int]]]:
    """Group the conditions. No two groups read the same variable, or ask about the same node with `seen` or `chose`."""
    groups: list[tuple[set[str], list[tuple[Expression, int]]]] = []
    for condition, weight in weighed:
        read = {*condition.reads, *(_place(full) for _, full in condition.recalls)}
        mine = [(condition, weight)]
        rest = []
        for touched, group in groups:
            if touched & read:
                read |= touched
                mine = [*group, *mine]
            else:
                rest.append((touched, group))
        groups = [*rest, (read, mine)]
    return [group for _, group in groups]


def _place(full: str) -> str:
    """Return the full id of a node: `full` itself, or the node that has the choice `full`."""
    return ".".join(full.split(".")[:2])


def _bits(conditions: Sequence[Expression]) -> list[list[int]]:
    """Return lists of bit masks. Add one mask of each list, to get the bits of a state. Each `seen` has a list: 0 and
    its mask. All `chose` of one node share a list: 0 and the mask of each choice."""
    several: dict[tuple[str, str], list[int]] = {}
    for condition in conditions:
        bits: Mapping[tuple[str, str], int] = condition.scope.bits
        for verb, full in condition.recalls:
            masks = several.setdefault((verb, _place(full)), [0])
            if (mask := 1 << bits[verb, full]) not in masks:
                masks.append(mask)
    return list(several.values())


def _values(variable: Variable, trees: Sequence[Tree]) -> list[Any] | None:
    """Return values of a variable that give the conditions every possible outcome; None if these are too many."""
    if (every := variable.values(SHORT)) is not None:
        return list(every)
    low, high = variable.low, variable.high
    named = compared = 0
    near: set[int] = {value for value in (low, high, variable.start) if isinstance(value, int)}
    for part in (part for tree in trees for part in walk(tree)):
        if isinstance(part, Name) and part.name == variable.name:
            named += 1
        elif isinstance(part, Comparison):
            mine = sum(isinstance(operand, Name) and operand.name == variable.name for operand in part.operands)
            numbers = [value for side in part.operands if type(value := constant(side)) is int]
            if mine and len(numbers) + mine == len(part.operands):
                compared += mine
                near |= {number + step for number in numbers for step in (-1, 0, 1)}
    if named > compared:
        return None  # it is part of a sum, or compared with another variable
    return sorted(v for v in near if (low is None or v >= low) and (high is None or v <= high))


def ledger_max(variables: Mapping[str, Variable], chapters: Iterable[Chapter]) -> int:
    """Return the greatest number that any ledger's row can show, at least 0.

    Only the least and the greatest value of each number that a row reads are tried: for sums, products and quotients
    this is enough. A row is left out if it reads too many variables, or a number without bounds.
    """
    ledgers = (node.ledger for chapter in chapters for node in chapter.nodes.values())
    rows = (row.amount for ledger in ledgers if ledger is not None for row in ledger.rows)
    return max((most(row, variables) for row in rows), default=0)


def most(value: Expression, variables: Mapping[str, Variable]) -> int:
    """Return an expression's greatest value, at least 0, over the least and greatest values of its variables.

    Return 0 if there are too many combinations of values, or a variable has no bounds.
    """
    ends = [_ends(variable) if name in value.reads else (variable.start,) for name, variable in variables.items()]
    if not 0 < prod(map(len, ends)) <= MOST:
        return 0
    amounts: Iterable[int] = (value((*state, 0)) for state in product(*ends))
    return max(0, *amounts)


def _ends(variable: Variable) -> Sequence[Value]:
    if variable.kind != "int":
        return variable.values(0) or ()
    return () if variable.low is None or variable.high is None else (variable.low, variable.high)
