"""Type checker of conditions and effects. A kind is what a value can be: a number, true or false, or some words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from game.core.values import frozen
from game.lang import grammar as g
from game.lang.grammar import Assignment, Name, Recall, SyntaxProblem, Tree

Value = int | bool | str
# What to write instead of the words that authors write for true and false by habit.
TRUTHS = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}
INT, BOOL = "number", "true or false"
Kind = str | frozenset[str]  # INT, BOOL, or the words that the value can be


class Typed(Protocol):
    """Interface for a variable: what type checking and compiling need to know about it."""

    @property
    def kind(self) -> str: ...
    @property
    def low(self) -> int | None: ...
    @property
    def high(self) -> int | None: ...
    @property
    def one_of(self) -> tuple[str, ...]: ...


@frozen
class Scope:
    """The names that an expression can use. `index` gives a variable's index in a state, `bits` the index of the bit
    that says whether a node was seen or a choice taken. `chapter` is put before short ids; "" outside chapters."""

    variables: Mapping[str, Typed]
    index: Mapping[str, int]
    bits: Mapping[tuple[str, str], int]  # ("seen", "chapter.node") or ("chose", "chapter.node.choice")
    chapter: str = ""

    def kind_of(self, name: Name) -> Kind:
        """Return the kind of a variable or a word. Raises SyntaxProblem if the name is neither."""
        if variable := self.variables.get(name.name):
            return frozenset(variable.one_of) if variable.kind == "word" else INT if variable.kind == "int" else BOOL
        if any(name.name in variable.one_of for variable in self.variables.values()):
            return frozenset({name.name})
        raise UnknownName(name, self)


class UnknownName(SyntaxProblem):
    """Raised for a name that is neither a variable nor a word. `known` holds the names to suggest."""

    def __init__(self, name: Name, scope: Scope) -> None:
        truth = TRUTHS.get(name.name.lower())
        remedy = f"Write `{truth}`." if truth else "Add it to `variables`, or mend the name."
        super().__init__(name.at, f"`{name.name}` is not a variable of the pack", remedy)
        self.name = name.name
        words = (word for variable in scope.variables.values() for word in variable.one_of)
        self.known = () if truth else (*scope.variables, *words)


class WrongKind(SyntaxProblem):
    """Raised if a value has a kind that is not allowed in its place."""


def full_id(recall: Recall, chapter: str) -> str:
    """Return the full id of a recall in a chapter: `node` becomes chapter.node, and a full id stays as it is."""
    dots = 1 if recall.verb == "seen" else 2
    return recall.target if recall.target.count(".") == dots else f"{chapter}.{recall.target}"


def kind_of(tree: Tree, scope: Scope) -> Kind:
    """Return the kind of a tree's value. Raises SyntaxProblem if a name is unknown or a kind does not fit."""
    match tree:
        case g.Number():
            return INT
        case g.Truth() | Recall():
            return BOOL
        case Name():
            return scope.kind_of(tree)
        case g.Negative() | g.Arithmetic() | g.Call():
            for part in g.children(tree):
                _expect(INT, part, scope)
            return INT
        case g.Not() | g.Logic():
            for part in g.children(tree):
                _expect(BOOL, part, scope)
            return BOOL
        case g.Comparison(operators=operators, operands=operands):
            kinds = [kind_of(operand, scope) for operand in operands]
            for i, operator in enumerate(operators):
                _comparable(operator, kinds[i], kinds[i + 1], operands[i + 1].at)
            return BOOL
        case g.Conditional(condition=condition, then=then, otherwise=otherwise):
            _expect(BOOL, condition, scope)
            first, second = kind_of(then, scope), kind_of(otherwise, scope)
            if isinstance(first, frozenset) and isinstance(second, frozenset):
                return first | second
            if first != second:
                problem = f"one side of `if` is a {_named(first)}, the other a {_named(second)}"
                raise WrongKind(otherwise.at, problem, "Give both sides the same kind of value.")
            return first


def check_condition(tree: Tree, scope: Scope) -> None:
    """Raise SyntaxProblem unless the tree's value is true or false."""
    _expect(BOOL, tree, scope)


def check_number(tree: Tree, scope: Scope) -> None:
    """Raise SyntaxProblem unless the tree's value is a number."""
    _expect(INT, tree, scope)


def check_assignment(statement: Assignment, scope: Scope) -> None:
    """Raise SyntaxProblem unless the variable exists and can hold the value."""
    target = Name(statement.at, statement.name)
    if statement.name not in scope.variables:
        raise UnknownName(target, scope)
    wanted, given = scope.kind_of(target), kind_of(statement.value, scope)
    if statement.operator != "=":
        if wanted != INT:
            problem = f"`{statement.operator}` works on numbers; `{statement.name}` is a {_named(wanted)}"
            raise WrongKind(statement.at, problem, "Use = here.")
        _expect(INT, statement.value, scope)
    elif isinstance(wanted, frozenset) and isinstance(given, frozenset):
        if extra := sorted(given - wanted):
            remedy = f"It can be {', '.join(sorted(wanted))}."
            raise WrongKind(statement.value.at, f"`{extra[0]}` is not a word of `{statement.name}`", remedy)
    elif wanted != given:
        problem = f"`{statement.name}` is a {_named(wanted)}; the value is a {_named(given)}"
        raise WrongKind(statement.value.at, problem, "Give it a value of its own kind.")


def _expect(wanted: str, tree: Tree, scope: Scope) -> None:
    kind = kind_of(tree, scope)
    if kind != wanted:
        remedy = "Compare it, as in `grain > 2`." if wanted == BOOL else "Use a number here."
        raise WrongKind(tree.at, f"a {_named(kind)} stands where a {_named(wanted)} is needed", remedy)


def _comparable(operator: str, left: Kind, right: Kind, at: int) -> None:
    if isinstance(left, frozenset) and isinstance(right, frozenset):
        if not left & right:
            remedy = "Compare a variable with its own words."
            raise WrongKind(at, f"`{_words(right)}` can never equal `{_words(left)}`", remedy)
        if operator not in ("==", "!="):
            raise WrongKind(at, f"words have no order, so `{operator}` says nothing of them", "Use == or !=.")
    elif left != right:
        raise WrongKind(at, f"a {_named(left)} is compared with a {_named(right)}", "Compare values of one kind.")
    elif left == BOOL and operator not in ("==", "!="):
        raise WrongKind(at, "true and false have no order", "Use == or !=, or the name alone.")


def _named(kind: Kind) -> str:
    return f"word ({_words(kind)})" if isinstance(kind, frozenset) else kind


def _words(kind: Kind) -> str:
    return ", ".join(sorted(kind)) if isinstance(kind, frozenset) else kind
