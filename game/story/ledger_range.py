"""The range of a story's ledgers: what the longest bar of any weighing can stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from game.lang.expressions import Expression
from game.lang.typecheck import Value
from game.story.model import Chapter, Variable

MOST_CORNERS = 4096  # combinations of values that are tried for one row


def ledger_max(variables: Mapping[str, Variable], chapters: Iterable[Chapter]) -> int:
    """The greatest number that a row of any ledger can show, at least 0.

    Each row is tried with the least and the greatest value of each number that it reads, and with every word and both
    truths of the others. That finds the greatest value of sums, products and quotients; a row that reads too many
    variables, or one without bounds, is left out.
    """
    ledgers = (node.ledger for chapter in chapters for node in chapter.nodes.values())
    rows = (row.amount for ledger in ledgers if ledger is not None for row in ledger.rows)
    return max((most(row, variables) for row in rows), default=0)


def most(value: Expression, variables: Mapping[str, Variable]) -> int:
    """The greatest value of an expression at the corners of its variables' ranges; 0 where that is not known."""
    ends = [_ends(variable) if name in value.reads else (variable.start,) for name, variable in variables.items()]
    corners = 1
    for each in ends:
        corners *= len(each)
    if not 0 < corners <= MOST_CORNERS:
        return 0
    amounts: Iterable[int] = (value((*state, 0)) for state in product(*ends))
    return max(0, *amounts)


def _ends(variable: Variable) -> tuple[Value, ...]:
    if variable.kind == "bool":
        return (False, True)
    if variable.kind == "word":
        return variable.one_of
    return () if variable.low is None or variable.high is None else (variable.low, variable.high)
