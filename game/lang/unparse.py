"""Unparser: turn a syntax tree back into the text of an expression, with no more brackets than needed."""

from __future__ import annotations

from game.lang import grammar as g
from game.lang.grammar import Assignment, Name, Recall, Tree

# Levels of precedence, the loosest first. An operand that binds more loosely than its operator gets brackets.
_EITHER, _OR, _AND, _NOT, _COMPARED, _SUM, _PRODUCT, _SIGNED, _ATOM = range(9)


def expression_text(tree: Tree) -> str:
    """Return a text that parses to an expression with the same meaning."""
    return _text(tree)[0]


def statement_text(statement: Assignment) -> str:
    """Return the text of an effect, such as `grain -= 1`."""
    return f"{statement.name} {statement.operator} {expression_text(statement.value)}"


def _at_least(tree: Tree, level: int) -> str:
    text, own = _text(tree)
    return text if own >= level else f"({text})"


def _text(tree: Tree) -> tuple[str, int]:
    match tree:
        case g.Number(value=value):
            return str(value), _ATOM
        case g.Truth(value=truth):
            return ("true" if truth else "false"), _ATOM
        case Name(name=name):
            return name, _ATOM
        case Recall(verb=verb, target=target):
            return f"{verb}({target})", _ATOM
        case g.Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(expression_text, arguments))})", _ATOM
        case g.Negative(operand=operand):
            return f"-{_at_least(operand, _SIGNED)}", _SIGNED
        case g.Not(operand=operand):
            return f"not {_at_least(operand, _NOT)}", _NOT
        case g.Arithmetic(operator=operator, left=left, right=right):
            level = _SUM if operator in "+-" else _PRODUCT
            return f"{_at_least(left, level)} {operator} {_at_least(right, level + 1)}", level
        case g.Comparison(operators=operators, operands=operands):
            signs = ("", *(f" {operator} " for operator in operators))
            return "".join(sign + _at_least(part, _SUM) for sign, part in zip(signs, operands, strict=True)), _COMPARED
        case g.Logic(operator=operator, operands=operands):
            level = _OR if operator == "or" else _AND
            return f" {operator} ".join(_at_least(part, level + 1) for part in operands), level
        case g.Conditional(condition=condition, then=then, otherwise=otherwise):
            return f"{_at_least(then, _OR)} if {_at_least(condition, _OR)} else {expression_text(otherwise)}", _EITHER
