"""Code generation: turn a syntax tree of the story language into a syntax tree of Python, and compile it to a function.

The function takes a state (see expressions.py). The module builds trees, never Python text, and each value from a story
becomes a constant. So a story cannot run code of its own.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import CodeType
from typing import Any, NamedTuple

from game.lang import grammar as g
from game.lang.grammar import Name, Recall, Tree, parse_expression, parse_statement

ConditionWrapper = Callable[[ast.expr], ast.expr]

_AT: dict[str, Any] = {"lineno": 1, "col_offset": 0}  # Python requires a position for every node; it is never shown
_OF_FUNCTION = {**_AT, "type_params": []} if sys.version_info >= (3, 12) else _AT
_LOAD, _STORE = ast.Load(), ast.Store()
_OPERATORS: Mapping[str, ast.operator] = {
    "+": ast.Add(), "-": ast.Sub(), "*": ast.Mult(), "//": ast.FloorDiv(), "%": ast.Mod(),
}  # fmt: skip
_COMPARISONS: Mapping[str, ast.cmpop] = {
    "==": ast.Eq(), "!=": ast.NotEq(), "<": ast.Lt(), "<=": ast.LtE(), ">": ast.Gt(), ">=": ast.GtE(),
}  # fmt: skip
_LOGIC: Mapping[str, ast.boolop] = {"and": ast.And(), "or": ast.Or()}
_BUILTINS = {"min": min, "max": max, "abs": abs, "tuple": tuple, "list": list}


class StateSlots(NamedTuple):
    """The positions in a state that an expression reads. Expressions with equal texts and slots share one function.

    `variables` holds pairs (variable, index in the state). `recalled` holds for each `seen(id)` or `chose(id)`: "seen"
    or "chose", the id as it is written, and the index of the bit that has the answer (in the state's last integer).
    """

    variables: tuple[tuple[str, int], ...] = ()
    recalled: tuple[tuple[str, str, int], ...] = ()


class EffectStep(NamedTuple):
    """One assignment to compile. `text` is the statement, `place` its variable's index in a state. `bounds` are the
    least and greatest value of a number, which is clamped to them; None for other kinds."""

    text: str
    place: int
    bounds: tuple[int, int] | None
    slots: StateSlots


def unwrapped(condition: ast.expr) -> ast.expr:
    """Return the condition unchanged. With this `wrap`, the compiled code reports no outcomes."""
    return condition


def expression_ast(tree: Tree, slots: StateSlots, wrap: ConditionWrapper = unwrapped) -> ast.expr:
    """Return Python's syntax tree that computes an expression from a state `s`, which has the expression's names at
    `slots`. `wrap` replaces each condition `c` of `x if c else y`."""
    index, bits = dict(slots.variables), {(verb, target): bit for verb, target, bit in slots.recalled}

    def python(tree: Tree) -> ast.expr:
        match tree:
            case g.Number(value=value) | g.Truth(value=value):
                return _constant(value)
            case Name(name=name):
                return _slot(_constant(index[name])) if name in index else _constant(name)
            case Recall(verb=verb, target=target):
                seen = ast.BinOp(_slot(_negative(_constant(1))), ast.RShift(), _constant(bits[verb, target]), **_AT)
                bit = ast.BinOp(seen, ast.BitAnd(), _constant(1), **_AT)
                return ast.Compare(bit, [_COMPARISONS["=="]], [_constant(1)], **_AT)
            case g.Negative(operand=operand):
                return _negative(python(operand))
            case g.Not(operand=operand):
                return ast.UnaryOp(ast.Not(), python(operand), **_AT)
            case g.Arithmetic(operator=operator, left=left, right=right):
                return ast.BinOp(python(left), _OPERATORS[operator], python(right), **_AT)
            case g.Logic(operator=operator, operands=operands):
                return ast.BoolOp(_LOGIC[operator], [*map(python, operands)], **_AT)
            case g.Comparison(operators=operators, operands=(first, *rest)):
                return ast.Compare(
                    python(first), [_COMPARISONS[sign] for sign in operators], [*map(python, rest)], **_AT
                )
            case g.Conditional(condition=condition, then=then, otherwise=otherwise):
                return ast.IfExp(wrap(python(condition)), python(then), python(otherwise), **_AT)
            case g.Call(function="clamp", arguments=(value, low, high)):
                return _call("max", [python(low), _call("min", [python(high), python(value)])])
            case g.Call(function=function, arguments=arguments):
                return _call(function, [*map(python, arguments)])
        raise TypeError(f"{tree!r} is not an expression tree")

    return python(tree)


def value_function(value: ast.expr, **names: Any) -> Callable[[Any], Any]:
    """Compile Python's syntax tree of a value to a function of a state. `names` are functions that it may call."""
    return _function([ast.Return(value, **_AT)], names)


def effect_function(
    steps: Iterable[EffectStep], wrap: ConditionWrapper = unwrapped, on_number: str | None = None, **names: Any
) -> Callable[[Any], Any]:
    """Compile assignments, which run in order, to a function from state to state. `wrap` is as in `expression_ast`.

    `names` are functions that the code may call. `on_number` is the name of one of them: it gets a variable's name, and
    the variable's new number before it is clamped.
    """
    body: list[ast.stmt] = [_assign(_name("s", _STORE), _call("list", [_name("s")]))]
    for step in steps:
        statement, place = parse_statement(step.text), _constant(step.place)
        value = expression_ast(statement.value, step.slots, wrap)
        if statement.operator != "=":
            value = ast.BinOp(_slot(place), _OPERATORS[statement.operator[0]], value, **_AT)
        body.append(_assign(_slot(place, _STORE), value))
        if step.bounds is not None:
            if on_number is not None:
                body.append(ast.Expr(_call(on_number, [_constant(statement.name), _slot(place)]), **_AT))
            for bound, beyond in zip(map(_constant, step.bounds), ("<", ">"), strict=True):
                over = ast.Compare(_slot(place), [_COMPARISONS[beyond]], [bound], **_AT)
                body.append(ast.If(over, [_assign(_slot(place, _STORE), bound)], [], **_AT))
    body.append(ast.Return(_call("tuple", [_name("s")]), **_AT))
    return _function(body, names)


def call_ast(function: str, number: int, value: ast.expr) -> ast.expr:
    """Return Python's syntax tree of the call `function(number, value)`."""
    return _call(function, [_constant(number), value])


@cache
def compiled_value(text: str, slots: StateSlots) -> Callable[[Any], Any]:
    """Return the compiled function of an expression. Equal expressions share one function."""
    return value_function(expression_ast(parse_expression(text), slots))


@cache
def compiled_effects(steps: tuple[EffectStep, ...]) -> Callable[[Any], Any]:
    """Return the compiled function of a sequence of effects. Equal sequences share one function."""
    return effect_function(steps)


def _function(body: list[ast.stmt], names: Mapping[str, Any]) -> Callable[[Any], Any]:
    arguments = ast.arguments([], [ast.arg("s", **_AT)], None, [], [], None, [])
    module = ast.Module([ast.FunctionDef("f", arguments, body, [], **_OF_FUNCTION)], [])
    code: CodeType = compile(module, "<story>", "exec")
    known: dict[str, Any] = {**names, "__builtins__": _BUILTINS}
    exec(code, known)
    function: Callable[[Any], Any] = known["f"]
    return function


def _constant(value: int | str) -> ast.expr:
    return ast.Constant(value, **_AT)


def _name(name: str, use: ast.expr_context = _LOAD) -> ast.expr:
    return ast.Name(name, use, **_AT)


def _slot(index: ast.expr, use: ast.expr_context = _LOAD) -> ast.expr:
    return ast.Subscript(_name("s"), index, use, **_AT)


def _negative(value: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.USub(), value, **_AT)


def _call(function: str, arguments: list[ast.expr]) -> ast.expr:
    return ast.Call(_name(function), arguments, [], **_AT)


def _assign(target: ast.expr, value: ast.expr) -> ast.stmt:
    return ast.Assign([target], value, **_AT)
