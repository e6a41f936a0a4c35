"""Parser of SugarCube's script -> syntax trees of the story language, as far as it has the same operations."""

from __future__ import annotations

import re
from collections.abc import Mapping

from game.core.values import frozen
from game.lang.grammar import (
    FUNCTIONS,
    MAX_DEPTH,
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
    check_height,
)

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?![\w.]))|(?P<name>[$_][A-Za-z_]\w*)|(?P<string>"[^"\\]*"|'[^'\\]*')"""
    r"""|(?P<word>Math\.[a-z]+|[A-Za-z_]\w*)|(?P<sign>===|!==|==|!=|<=|>=|&&|\|\||[-+*/%]=|[-+*/%()<>=!?:,;]))"""
)
SHOWN = 100  # characters of a script that an error shows
_SPELLED = {
    "is": "==", "===": "==", "eq": "==", "isnot": "!=", "!==": "!=", "neq": "!=", "lt": "<", "lte": "<=", "gt": ">",
    "gte": ">=", "and": "and", "&&": "and", "or": "or", "||": "or", "not": "not", "!": "not", "to": "=",
}  # fmt: skip
_RECALLED = re.compile(r"\$(Seen|Chose)__(\w+)")
WORD = re.compile(r"[a-z][a-z0-9_]*")


class Untranslatable(Exception):
    """Script that has no equivalent in the story language."""


@frozen
class Set:
    """An assignment to a temporary (`_choice`) or story variable; `recall` where it stands for a `seen` or `chose`."""

    target: str
    statement: Assignment | None = None
    string: str | None = None
    recall: Recall | None = None


def recall_of_variable(name: str) -> Recall | None:
    """The `seen` or `chose` of a variable such as `$Chose__m_gate__night__wait`; `_` is a hyphen, `__` a dot."""
    found = _RECALLED.fullmatch(name)
    if found is None:
        return None
    return Recall(0, found[1].lower(), found[2].replace("__", ".").replace("_", "-"))


def variable_of_recall(recall: Recall) -> str:
    """The variable of a `seen` or `chose` with a full id."""
    return f"${recall.verb.capitalize()}__{recall.target.replace('.', '__').replace('-', '_')}"


def parse_script(script: str) -> Tree:
    """Parse a value or condition. Raises Untranslatable."""
    reader = _ScriptReader(script)
    tree = reader.expression()
    reader.end()
    return _bounded(tree)


def parse_assignments(script: str, ranges: Mapping[str, tuple[int | None, int | None]]) -> list[Set]:
    """Parse a `<<set>>` or a link's setter; clamping to the variables' `ranges` is left out. Raises Untranslatable."""
    reader = _ScriptReader(script)
    sets = []
    while reader.text:
        kind, target = reader.kind, reader.text
        if kind != "name":
            raise Untranslatable(f"`{target}` stands where a variable is expected")
        reader.advance()
        operator = reader.text
        if operator not in ("=", "+=", "-=", "*="):
            raise Untranslatable(f"`{operator or 'nothing'}` stands where `to` is expected")
        reader.advance()
        string = reader.text[1:-1] if reader.kind == "string" else None
        value = reader.expression(words=not target.startswith("_"))
        if target.startswith("_"):
            sets.append(Set(target, string=string))
        elif recall := recall_of_variable(target):
            sets.append(Set(target, recall=recall))
        else:
            sets.append(Set(target, _assignment(target[1:], operator, value, ranges), string))
        if reader.text not in (",", ";", ""):
            reader.end()
        while reader.text in (",", ";"):
            reader.advance()
    return sets


def _assignment(
    name: str, operator: str, value: Tree, ranges: Mapping[str, tuple[int | None, int | None]]
) -> Assignment:
    if not WORD.fullmatch(name):
        raise Untranslatable(f"`${name}` is no lower-case name")
    value = _unclamped(_bounded(value), ranges.get(name, (None, None)))
    if operator == "=" and isinstance(value, Arithmetic) and value.operator in "+-*" and value.left == Name(0, name):
        return Assignment(0, name, f"{value.operator}=", value.right)
    return Assignment(0, name, operator, value)


def _bounded(tree: Tree) -> Tree:
    """The tree, if no higher than the story language allows, so that recursion on it cannot overflow the stack."""
    try:
        check_height(tree)
    except SyntaxProblem as problem:
        raise Untranslatable(problem.problem) from None
    return tree


def _unclamped(value: Tree, within: tuple[int | None, int | None]) -> Tree:
    """A value without the clamping that the story language does by itself."""
    for function, bound in (("max", within[0]), ("min", within[1])):
        match value:
            case Call(function=name, arguments=(limit, inner)) if name == function and limit == _integer(bound):
                value = inner
    return value


def _integer(value: int | None) -> Tree | None:
    if value is None:
        return None
    return Number(0, value) if value >= 0 else Negative(0, Number(0, -value))


class _ScriptReader:
    def __init__(self, script: str) -> None:
        self.script, self.position, self.depth = script, 0, 0
        self.length = len(script.rstrip())
        self.kind, self.text = "end", ""
        self.words = True
        self.advance()

    def advance(self) -> str:
        last = self.text
        found = _TOKEN.match(self.script, self.position)
        if (found is None or found.lastgroup is None) and self.position < self.length:
            rest = self.script[self.position : self.position + SHOWN].strip()
            raise Untranslatable(f"`{rest[:20]}` has no place in the story language")
        self.kind, self.text = "end", ""
        if found is not None and found.lastgroup is not None:
            self.kind, self.position = found.lastgroup, found.end()
            text = found.group(found.lastgroup)
            self.text = _SPELLED.get(text, text) if self.kind in ("word", "sign") else text
        return last

    def end(self) -> None:
        if self.text:
            raise Untranslatable(f"`{self.text}` has no place there")

    def take(self, text: str) -> None:
        if self.text != text:
            raise Untranslatable(f"`{self.text or 'the end'}` stands where `{text}` is expected")
        self.advance()

    def expression(self, words: bool = True) -> Tree:
        self.words = words
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Untranslatable("it is nested too deeply")
        condition = self._logic("or")
        if self.text == "?":
            self.advance()
            then = self.expression(words)
            self.take(":")
            condition = Conditional(0, condition, then, self.expression(words))
        self.depth -= 1
        return condition

    def _logic(self, operator: str) -> Tree:
        below = self._compared if operator == "and" else lambda: self._logic("and")
        operands = [below()]
        while self.text == operator:
            self.advance()
            operands.append(below())
        return operands[0] if len(operands) == 1 else Logic(0, operator, tuple(operands))

    def _compared(self) -> Tree:
        left = self._sum()
        if self.text in ("==", "!=", "<", "<=", ">", ">="):
            operator = self.advance()
            return Comparison(0, (operator,), (left, self._sum()))
        return left

    def _sum(self) -> Tree:
        tree = self._product()
        while self.text in ("+", "-"):
            operator = self.advance()
            tree = Arithmetic(0, operator, tree, self._product())
        return tree

    def _product(self) -> Tree:
        tree = self._signed()
        while self.text in ("*", "%"):
            operator = self.advance()
            right = self._signed()
            if operator == "%" and not (isinstance(right, Number) and right.value):
                raise Untranslatable("`%` needs a number on its right")
            tree = Arithmetic(0, operator, tree, right)
        return _modulo(tree)

    def _signed(self) -> Tree:
        self.depth += 1
        if self.depth > 2 * MAX_DEPTH:
            raise Untranslatable("it is nested too deeply")
        tree: Tree
        if self.text == "-":
            self.advance()
            tree = Negative(0, self._signed())
        elif self.text == "not":
            self.advance()
            tree = Not(0, self._signed())
        else:
            tree = self._atom()
        self.depth -= 1
        return tree

    def _atom(self) -> Tree:
        kind, text = self.kind, self.advance()
        if kind == "number" and len(text) <= 9:
            return Number(0, int(text))
        if kind == "name" and text.startswith("$"):
            if recall := recall_of_variable(text):
                return recall
            if WORD.fullmatch(text[1:]):
                return Name(0, text[1:])
        if kind == "string":
            if not self.words or WORD.fullmatch(text[1:-1]):
                return Name(0, text[1:-1])
            raise Untranslatable(f"{text} is more than one lower-case word")
        if kind == "word" and text in ("true", "false"):
            return Truth(0, text == "true")
        if kind == "word" and text.startswith("Math."):
            return self._function(text.removeprefix("Math."))
        if text == "(":
            tree = self.expression(self.words)
            self.take(")")
            return tree
        raise Untranslatable(f"`{text or 'the end'}` has no place in the story language")

    def _function(self, name: str) -> Tree:
        self.take("(")
        if name == "floor":
            left = self._product()
            self.take("/")
            right = self._signed()
            self.take(")")
            if not isinstance(right, Number) or not right.value:
                raise Untranslatable("`/` needs a number on its right")
            return Arithmetic(0, "//", left, right)
        if name not in FUNCTIONS:
            raise Untranslatable(f"`Math.{name}` has no place in the story language")
        arguments = [self.expression()]
        while self.text == ",":
            self.advance()
            arguments.append(self.expression())
        self.take(")")
        least, most = FUNCTIONS[name]
        if not least <= len(arguments) <= most:
            raise Untranslatable(f"`Math.{name}` was given {len(arguments)} values")
        return Call(0, name, tuple(arguments))


def _modulo(tree: Tree) -> Tree:
    """`((a % n) + n) % n` back to `a % n`, which the export writes so."""
    match tree:
        case Arithmetic(
            operator="%",
            left=Arithmetic(operator="+", left=Arithmetic(operator="%", left=left, right=first), right=second),
            right=by,
        ) if first == second == by:
            return Arithmetic(0, "%", left, by)
    return tree
