"""Conditions and effects of the story language -> SugarCube's script with the same result in each state.

SugarCube's words (`is`, `gt`, `and`) are used, since `>` and `&` collide with its markup and with HTML.
"""

from __future__ import annotations

from collections.abc import Callable

from game.lang.grammar import (
    Arithmetic,
    Assignment,
    Call,
    Comparison,
    Conditional,
    Logic,
    Name,
    Negative,
    Not,
    Number,
    Recall,
    Tree,
    Truth,
)
from game.story.model import Variable

COMPARED = {"==": "is", "!=": "isnot", "<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
Names = Callable[[Name | Recall], str]  # what a name is in the script: `$jar`, `"praise"`, `$Seen__gate__night`


def expression_script(tree: Tree, names: Names) -> str:
    """The script of an expression. Every operation is in brackets, so that precedence does not matter."""

    def script(part: Tree) -> str:
        return expression_script(part, names)

    match tree:
        case Number(value=value):
            return str(value)
        case Truth(value=truth):
            return "true" if truth else "false"
        case Name() | Recall():
            return names(tree)
        case Negative(operand=operand):
            return f"(-{script(operand)})"
        case Not(operand=operand):
            return f"(not {script(operand)})"
        case Arithmetic(operator="//", left=left, right=right):
            return f"Math.floor({script(left)} / {script(right)})"
        case Arithmetic(operator="%", left=left, right=right):
            # JavaScript's remainder has the sign of the left side; ours is never negative.
            by = script(right)
            return f"((({script(left)} % {by}) + {by}) % {by})"
        case Arithmetic(operator=operator, left=left, right=right):
            return f"({script(left)} {operator} {script(right)})"
        case Logic(operator=operator, operands=operands):
            return "(" + f" {operator} ".join(script(one) for one in operands) + ")"
        case Comparison(operators=operators, operands=operands):
            pairs = zip(operators, operands, operands[1:], strict=False)
            links = [f"({script(a)} {COMPARED[sign]} {script(b)})" for sign, a, b in pairs]
            return links[0] if len(links) == 1 else f"({' and '.join(links)})"
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            return f"({script(condition)} ? {script(then)} : {script(otherwise)})"
        case Call(function="clamp", arguments=(value, low, high)):
            return _within(script(value), script(low), script(high))
        case Call(function=function, arguments=arguments):
            return f"Math.{function}({', '.join(script(one) for one in arguments)})"


def assignment_script(statement: Assignment, variable: Variable, names: Names) -> str:
    """The script of an effect, `$jar to ...`, clamped to the variable's range."""
    target = names(Name(0, statement.name))
    value = expression_script(statement.value, names)
    if statement.operator != "=":
        value = f"({target} {statement.operator[0]} {value})"
    low, high = variable.low, variable.high
    if variable.kind == "int" and not _fits(statement, variable):
        if low is not None and high is not None:
            value = _within(value, str(low), str(high))
        elif low is not None:
            value = f"Math.max({low}, {value})"
        elif high is not None:
            value = f"Math.min({high}, {value})"
    return f"{target} to {_bare(value)}"


def unbracketed_script(tree: Tree, names: Names) -> str:
    """The script of a whole expression, without its outermost brackets."""
    return _bare(expression_script(tree, names))


def _within(value: str, low: str, high: str) -> str:
    return f"Math.max({low}, Math.min({high}, {value}))"


def _fits(statement: Assignment, variable: Variable) -> bool:
    value = statement.value
    return (
        statement.operator == "="
        and isinstance(value, Number)
        and (variable.low is None or variable.low <= value.value)
        and (variable.high is None or value.value <= variable.high)
    )


def _bare(text: str) -> str:
    if not text.startswith("("):
        return text
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return text[1:-1] if at == len(text) - 1 else text
    return text
