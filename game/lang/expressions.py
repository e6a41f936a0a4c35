"""Conditions and effects: typed before anything runs, then compiled to Python functions of a state.

A state is a tuple: each variable's value in the story's order and, last, one integer whose bits say which
nodes were seen and which choices were taken. See codegen.py for how a tree of ours becomes a function.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from game.core.values import frozen
from game.lang import codegen
from game.lang.codegen import Slots, Step
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
    SyntaxProblem,
    Tree,
    Truth,
    parse_expression,
    parse_statement,
    parts,
)

Value = int | bool | str
State = tuple[Any, ...]
Note = Callable[[int, bool], None]  # the number of a condition in its text, and how it came out
Weigh = Callable[[str, int], None]  # a variable, and the number that it would be if it had no bounds

FARTHEST = 10**12  # where a number without a range ends, so that no effect grows until it fills the memory
# What true and false are called elsewhere.
TRUTHS = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}
INT, BOOL = "number", "true or false"
Kind = str | frozenset[str]  # INT, BOOL, or the words that a value can be


class Typed(Protocol):
    """What an expression needs to know of a variable."""

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
    """What names mean: the variables, their places in a state, and a bit for each place that may be recalled."""

    variables: Mapping[str, Typed]
    index: Mapping[str, int]
    bits: Mapping[tuple[str, str], int]  # ("seen", "chapter.node") or ("chose", "chapter.node.choice")
    chapter: str = ""  # what a local id in `seen` or `chose` belongs to

    def kind_of(self, name: Name) -> Kind:
        """A variable's kind, or a word's. Raises SyntaxProblem on a name that is neither."""
        if variable := self.variables.get(name.name):
            return frozenset(variable.one_of) if variable.kind == "word" else INT if variable.kind == "int" else BOOL
        if any(name.name in variable.one_of for variable in self.variables.values()):
            return frozenset({name.name})
        raise UnknownName(name, self)


class UnknownName(SyntaxProblem):
    """A name that is no variable and no word; `known` is what near names are looked for in."""

    def __init__(self, name: Name, scope: Scope) -> None:
        truth = TRUTHS.get(name.name.lower())
        remedy = f"Write `{truth}`." if truth else "Add it to `variables`, or mend the name."
        super().__init__(name.at, f"`{name.name}` is no variable of the pack", remedy)
        self.name = name.name
        words = (word for variable in scope.variables.values() for word in variable.one_of)
        self.known = () if truth else (*scope.variables, *words)


class WrongKind(SyntaxProblem):
    """Two kinds of value that cannot stand together."""


def kind_of(tree: Tree, scope: Scope) -> Kind:
    """The kind of a tree's value. Raises SyntaxProblem where kinds do not fit."""
    match tree:
        case Number():
            return INT
        case Truth():
            return BOOL
        case Recall():
            return BOOL
        case Name():
            return scope.kind_of(tree)
        case Negative(operand=operand):
            _expect(INT, operand, scope)
            return INT
        case Not(operand=operand):
            _expect(BOOL, operand, scope)
            return BOOL
        case Arithmetic(left=left, right=right):
            _expect(INT, left, scope)
            _expect(INT, right, scope)
            return INT
        case Logic(operands=operands):
            for operand in operands:
                _expect(BOOL, operand, scope)
            return BOOL
        case Call(arguments=arguments):
            for argument in arguments:
                _expect(INT, argument, scope)
            return INT
        case Comparison(operators=operators, operands=operands):
            kinds = [kind_of(operand, scope) for operand in operands]
            for i, operator in enumerate(operators):
                _comparable(operator, kinds[i], kinds[i + 1], operands[i + 1].at)
            return BOOL
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            _expect(BOOL, condition, scope)
            first, second = kind_of(then, scope), kind_of(otherwise, scope)
            if isinstance(first, frozenset) and isinstance(second, frozenset):
                return first | second
            if first != second:
                raise WrongKind(
                    otherwise.at,
                    f"one side of `if` is a {_named(first)}, the other a {_named(second)}",
                    "Give both sides the same kind of value.",
                )
            return first


def check_condition(tree: Tree, scope: Scope) -> None:
    """Raises SyntaxProblem unless the tree is true or false."""
    _expect(BOOL, tree, scope)


def check_assignment(statement: Assignment, scope: Scope) -> None:
    """Raises SyntaxProblem unless the variable exists and can hold the value."""
    target = Name(statement.at, statement.name)
    if statement.name not in scope.variables:
        raise UnknownName(target, scope)
    wanted, given = scope.kind_of(target), kind_of(statement.value, scope)
    if statement.operator != "=":
        if wanted != INT:
            raise WrongKind(
                statement.at,
                f"`{statement.operator}` works on numbers; `{statement.name}` is a {_named(wanted)}",
                "Use = here.",
            )
        _expect(INT, statement.value, scope)
    elif isinstance(wanted, frozenset) and isinstance(given, frozenset):
        if extra := sorted(given - wanted):
            raise WrongKind(
                statement.value.at,
                f"`{extra[0]}` is no word of `{statement.name}`",
                f"It can be {', '.join(sorted(wanted))}.",
            )
    elif wanted != given:
        raise WrongKind(
            statement.value.at,
            f"`{statement.name}` is a {_named(wanted)}; the value is a {_named(given)}",
            "Give it a value of its own kind.",
        )


def _expect(wanted: str, tree: Tree, scope: Scope) -> None:
    kind = kind_of(tree, scope)
    if kind != wanted:
        raise WrongKind(
            tree.at,
            f"a {_named(kind)} stands where a {_named(wanted)} is needed",
            "Compare it, as in `grain > 2`." if wanted == BOOL else "Use a number here.",
        )


def _comparable(operator: str, left: Kind, right: Kind, at: int) -> None:
    if isinstance(left, frozenset) and isinstance(right, frozenset):
        if not left & right:
            raise WrongKind(
                at, f"`{_words(right)}` can never equal `{_words(left)}`", "Compare a variable with its own words."
            )
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


def walk(tree: Tree) -> Iterator[Tree]:
    """The tree and all below it."""
    yield tree
    for part in parts(tree):
        yield from walk(part)


def recalls(tree: Tree) -> Iterator[Recall]:
    """Every `seen` and `chose` in a tree."""
    return (part for part in walk(tree) if isinstance(part, Recall))


def full_id(recall: Recall, chapter: str) -> str:
    """The full id that a recall in a chapter names: `node` is chapter.node, `node.choice` chapter.node.choice."""
    dots = 1 if recall.verb == "seen" else 2
    return recall.target if recall.target.count(".") == dots else f"{chapter}.{recall.target}"


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
