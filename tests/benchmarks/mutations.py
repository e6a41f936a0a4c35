"""The small changes that `mutants` makes to a program, one at a time, in its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.BitOr: ast.BitAnd,
}  # fmt: skip


def changes(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, ops, comparators):
            yield from (ast.Compare(left, [COMPARED[type(op)]()], comparators) for op in ops if len(ops) == 1)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for at in range(len(values)):
                rest = values[:at] + values[at + 1 :]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.If() | ast.IfExp() | ast.While():
            changed = deepcopy(node)
            changed.test = ast.UnaryOp(ast.Not(), node.test)
            yield changed
        case ast.comprehension(target, iterator, [_, *_] as conditions, is_async):
            yield ast.comprehension(target, iterator, conditions[1:], is_async)
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.BinOp(left, op, right) if type(op) in RECKONED:
            yield ast.BinOp(left, RECKONED[type(op)](), right)
        case ast.Return(ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(ast.Call() | ast.Yield() | ast.YieldFrom() | ast.Await()) | ast.AugAssign() | ast.Raise():
            yield ast.Pass()
        case ast.Continue() | ast.Break():
            yield ast.Pass()


def _working(node: ast.AST) -> Iterator[ast.AST]:
    """The working parts of a program, in order, without annotations and code for types only."""
    match node:
        case ast.If(ast.Name("TYPE_CHECKING")) | ast.ClassDef(bases=[ast.Name("Protocol")]):
            return
    yield node
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns", "format_spec", "decorator_list"):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _working(child)


def mutants(path: Path) -> Iterator[dict[str, Any]]:
    """Each mutant of a file: its line, the code before and after, and its place for `mutated`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for at, node in enumerate(_working(tree)):
        for number, change in enumerate(changes(node)):
            line = getattr(node, "lineno", 0) or node.target.lineno  # type: ignore[attr-defined]
            yield {"line": line, "before": _head(node), "after": _head(change), "at": [at, number]}


def mutated(path: Path, at: int, number: int) -> str:
    """The text of a file with one mutant in it: the numbered change of the node at this place."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    old = list(_working(tree))[at]
    new = list(changes(old))[number]
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list) and old in value:
                value[value.index(old)] = new
    return ast.unparse(ast.fix_missing_locations(tree))


def _head(node: ast.AST) -> str:
    return ast.unparse(node).strip().partition("\n")[0]
