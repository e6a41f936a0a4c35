"""Grammar and parser of conditions and effects. They have only what follows: no attributes, indices or powers.

expression  = disjunction ["if" disjunction "else" expression]
disjunction = conjunction {"or" conjunction};   conjunction = negation {"and" negation}
negation    = ["not"] comparison
comparison  = sum {("==" | "!=" | "<" | "<=" | ">" | ">=") sum}
sum         = product {("+" | "-") product}
product     = unary {("*" | "//" | "%") unary};   unary = ["-"] atom
atom        = number | "true" | "false" | name | "(" expression ")"
            | ("min" | "max" | "abs" | "clamp") "(" expression {"," expression} ")"
            | ("seen" | "chose") "(" id ")"
statement   = name ("=" | "+=" | "-=" | "*=") expression
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, NoReturn

from game.core.values import frozen

MAX_LENGTH = 1_000  # characters; with MAX_DEPTH it bounds the cost of an expression
MAX_DEPTH = 40  # nested brackets, signs and `not`s
MAX_HEIGHT = 60  # levels of a tree, as in a long sum; Python parses at most 200 nested brackets
CACHED_TREES = 4_096  # cached trees; a story repeats a few hundred texts
FUNCTIONS = {"min": (2, 8), "max": (2, 8), "abs": (1, 1), "clamp": (3, 3)}
RECALLS = ("seen", "chose")
COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")
RESERVED = frozenset({"and", "or", "not", "if", "else", "true", "false", *FUNCTIONS, *RECALLS})


class SyntaxProblem(Exception):
    """Raised for an error at the character `at` (from 0) of an expression. `remedy` tells the author what to do."""

    def __init__(self, at: int, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.at, self.problem, self.remedy = at, problem, remedy


@frozen
class Number:
    at: int
    value: int


@frozen
class Truth:
    at: int
    value: bool


@frozen
class Name:
    """A variable, or one of the words that a variable can have as its value."""

    at: int
    name: str


@frozen
class Recall:
    """`seen(node)` or `chose(choice)`: whether the reader has seen a node or taken a choice."""

    at: int
    verb: str
    target: str


@frozen
class Negative:
    at: int
    operand: Tree


@frozen
class Not:
    at: int
    operand: Tree


@frozen
class Arithmetic:
    at: int
    operator: str
    left: Tree
    right: Tree


@frozen
class Comparison:
    """A chained comparison such as `0 < a <= b`. operators[i] stands between operands[i] and operands[i + 1]."""

    at: int
    operators: tuple[str, ...]
    operands: tuple[Tree, ...]


@frozen
class Logic:
    at: int
    operator: str
    operands: tuple[Tree, ...]


@frozen
class Conditional:
    at: int
    condition: Tree
    then: Tree
    otherwise: Tree


@frozen
class Call:
    at: int
    function: str
    arguments: tuple[Tree, ...]


Tree = Number | Truth | Name | Recall | Negative | Not | Arithmetic | Comparison | Logic | Conditional | Call


@frozen
class Assignment:
    """`name operator value`. The operator is =, +=, -= or *=."""

    at: int
    name: str
    operator: str
    value: Tree


class Token(NamedTuple):
    kind: str  # number, word, sign, end
    text: str
    at: int


_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+)|(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>//|[+\-*]=|[=!<>]=|[-+*%()<>=,]))"
)
_ID = re.compile(r"\s*([a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*){0,2})\s*\)")


@lru_cache(CACHED_TREES)
def parse_expression(text: str) -> Tree:
    """Parse a condition or value. Raises SyntaxProblem if the text is neither."""
    parser = _Parser(text)
    tree = parser.expression(0)
    parser.end()
    check_height(tree)
    return tree


@lru_cache(CACHED_TREES)
def parse_statement(text: str) -> Assignment:
    """Parse an effect such as `grain -= 1`. Raises SyntaxProblem if the text is not an effect."""
    parser = _Parser(text)
    name = parser.take("word", "a variable's name")
    operator = parser.token
    if operator.text not in ("=", "+=", "-=", "*="):
        problem = f"`{operator.text or 'nothing'}` stands where an effect has =, +=, -= or *="
        raise SyntaxProblem(operator.at, problem, "Write an effect as `stock -= 1` or `door = false`.")
    parser.advance()
    value = parser.expression(0)
    parser.end()
    check_height(value)
    return Assignment(name.at, name.text, operator.text, value)


def children(tree: Tree) -> tuple[Tree, ...]:
    """Return the direct subtrees, from left to right."""
    match tree:
        case Negative(operand=operand) | Not(operand=operand):
            return (operand,)
        case Arithmetic(left=left, right=right):
            return (left, right)
        case Comparison(operands=several) | Logic(operands=several) | Call(arguments=several):
            return several
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
    return ()


def walk(tree: Tree) -> Iterator[Tree]:
    """Yield the tree and all its subtrees. Each tree comes before its own subtrees."""
    yield tree
    for part in children(tree):
        yield from walk(part)


def check_height(tree: Tree) -> None:
    """Raise SyntaxProblem if a tree has more than MAX_HEIGHT levels."""
    level = [tree]
    for _ in range(MAX_HEIGHT):
        level = [below for tree in level for below in children(tree)]
        if not level:
            return
    raise SyntaxProblem(tree.at, "too many operations rest on one another", "Split it with a variable.")


class _Parser:
    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            remedy = "Split it with a variable."
            raise SyntaxProblem(0, f"the expression is {len(text)} characters long; {MAX_LENGTH} are allowed", remedy)
        self.text = text
        self.position = 0
        self.token = Token("end", "", 0)
        self.advance()

    def advance(self) -> Token:
        last = self.token
        rest = self.text[self.position :]
        if not rest.strip():
            self.token = Token("end", "", len(self.text))
            return last
        match = _TOKEN.match(self.text, self.position)
        if match is None or match.lastgroup is None:
            at = self.position + len(rest) - len(rest.lstrip())
            remedy = "Use numbers, variables, + - * // %, comparisons, and, or, not, seen() and chose()."
            raise SyntaxProblem(at, f"`{self.text[at]}` cannot be written in an expression", remedy)
        kind = match.lastgroup
        self.token = Token(kind, match.group(kind), match.start(kind))
        self.position = match.end()
        return last

    def take(self, kind: str, wanted: str) -> Token:
        if self.token.kind != kind or self.token.text in RESERVED:
            self._unexpected(wanted)
        return self.advance()

    def end(self) -> None:
        if self.token.kind != "end":
            self._unexpected("the end")

    def _unexpected(self, wanted: str) -> NoReturn:
        found = f"`{self.token.text}`" if self.token.kind != "end" else "the end"
        remedy = "Compare it with story/README.md."
        raise SyntaxProblem(self.token.at, f"{found} stands where {wanted} is expected", remedy)

    def _accept(self, *texts: str) -> Token | None:
        if self.token.kind != "end" and self.token.text in texts:
            return self.advance()
        return None

    def _check_depth(self, depth: int, at: int) -> None:
        if depth > MAX_DEPTH:
            raise SyntaxProblem(at, "the expression is nested too deeply", "Split it with a variable.")

    def expression(self, depth: int) -> Tree:
        self._check_depth(depth, self.token.at)
        then = self._logic("or", depth)
        if (word := self._accept("if")) is None:
            return then
        condition = self._logic("or", depth)
        if self._accept("else") is None:
            self._unexpected("`else`")
        return Conditional(word.at, condition, then, self.expression(depth + 1))

    def _logic(self, operator: str, depth: int) -> Tree:
        operand = self._negation if operator == "and" else lambda depth: self._logic("and", depth)
        operands = [operand(depth)]
        while self._accept(operator):
            operands.append(operand(depth))
        return operands[0] if len(operands) == 1 else Logic(operands[0].at, operator, tuple(operands))

    def _negation(self, depth: int) -> Tree:
        if (word := self._accept("not")) is None:
            return self._comparison(depth)
        self._check_depth(depth, word.at)
        return Not(word.at, self._negation(depth + 1))

    def _comparison(self, depth: int) -> Tree:
        operands, operators = [self._sum(depth)], []
        while sign := self._accept(*COMPARISONS):
            operators.append(sign.text)
            operands.append(self._sum(depth))
        if self.token.text == "=":
            raise SyntaxProblem(self.token.at, "a single = does not compare", "Write == to compare.")
        if not operators:
            return operands[0]
        return Comparison(operands[0].at, tuple(operators), tuple(operands))

    def _sum(self, depth: int) -> Tree:
        tree = self._product(depth)
        while sign := self._accept("+", "-"):
            tree = Arithmetic(sign.at, sign.text, tree, self._product(depth))
        return tree

    def _product(self, depth: int) -> Tree:
        tree = self._unary(depth)
        while sign := self._accept("*", "//", "%"):
            right = self._unary(depth)
            if sign.text != "*" and not (isinstance(right, Number) and right.value):
                remedy = "Divide by a number written out, such as `// 2`."
                raise SyntaxProblem(right.at, f"`{sign.text}` needs a number other than 0 on its right", remedy)
            tree = Arithmetic(sign.at, sign.text, tree, right)
        return tree

    def _unary(self, depth: int) -> Tree:
        if sign := self._accept("-"):
            self._check_depth(depth, sign.at)
            return Negative(sign.at, self._unary(depth + 1))
        return self._atom(depth)

    def _atom(self, depth: int) -> Tree:
        token = self.token
        if token.kind == "number":
            if len(token.text) > 9:
                raise SyntaxProblem(token.at, "a number has at most nine digits", "Count in a larger unit.")
            self.advance()
            return Number(token.at, int(token.text))
        if self._accept("("):
            tree = self.expression(depth + 1)
            if self._accept(")") is None:
                self._unexpected("`)`")
            return tree
        if token.kind != "word" or token.text in ("and", "or", "not", "if", "else"):
            self._unexpected("a number, a variable or `(`")
        self.advance()
        if token.text in ("true", "false"):
            return Truth(token.at, token.text == "true")
        if token.text in RECALLS:
            return self._recall(token)
        if token.text in FUNCTIONS:
            return self._call(token, depth)
        return Name(token.at, token.text)

    def _recall(self, verb: Token) -> Tree:
        # An id may contain hyphens and dots, which are no tokens. So it is read directly from the text.
        match = _ID.match(self.text, self.position) if self.token.text == "(" else None
        if match is None:
            remedy = f"Write `{verb.text}({'gate' if verb.text == 'seen' else 'gate.open'})`."
            raise SyntaxProblem(verb.at, f"`{verb.text}` needs an id in brackets", remedy)
        self.position = match.end()
        self.advance()
        return Recall(verb.at, verb.text, match.group(1))

    def _call(self, function: Token, depth: int) -> Tree:
        least, most = FUNCTIONS[function.text]
        if self._accept("(") is None:
            self._unexpected(f"`(` after {function.text}")
        arguments = [self.expression(depth + 1)]
        while self._accept(","):
            arguments.append(self.expression(depth + 1))
        if self._accept(")") is None:
            self._unexpected("`)`")
        if not least <= len(arguments) <= most:
            example = {"abs": "x", "clamp": "x, low, high"}.get(function.text, "x, y")
            problem = f"`{function.text}` was given {len(arguments)} values"
            raise SyntaxProblem(function.at, problem, f"Write `{function.text}({example})`.")
        return Call(function.at, function.text, tuple(arguments))


def constant(tree: Tree) -> int | bool | str | None:
    """Return the value of a tree that is only a number, a truth value or a name (its text). None for any other tree."""
    match tree:
        case Number(value=number):
            return number
        case Negative(operand=Number(value=number)):
            return -number
        case Truth(value=truth):
            return truth
        case Name(name=name):
            return name
    return None
