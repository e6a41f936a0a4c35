"""Script: turns scripts of Twine's formats into the story language: values, comparisons, logic and arithmetic."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from game.lang import grammar
from game.lang.grammar import RESERVED, Assignment, Tree

SUGARCUBE, HARLOWE, CHAPBOOK = "SugarCube", "Harlowe", "Chapbook"
MAX_SCRIPT = 1_000  # characters
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?![\w.]))|(?P<variable>\$[A-Za-z_]\w*)|(?P<string>\"[^\"]*\"|'[^']*')"
    r"|(?P<word>[A-Za-z_]\w*)|(?P<set>\+\+|--|[-+*]=|=(?!=)|[,;])|(?P<sign>===?|!(?:==?)?|&&|\|\||[<>]=?|[-+*()])|(?P<other>\S))"
)
_SAME = {"===": "==", "!==": "!=", "&&": "and", "||": "or", "!": "not"}
_SAME |= {word: word for word in ("and", "or", "not", "true", "false")}
_SUGARCUBE = {"is": "==", "eq": "==", "isnot": "!=", "neq": "!=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_SPELLED = {SUGARCUBE: _SAME | _SUGARCUBE, HARLOWE: {**_SAME, "is": "=="}, CHAPBOOK: _SAME}


class Untranslatable(Exception):
    """Raised if the story language cannot express a script. The message says why."""


@dataclass
class Names:
    """The pack's id of each of Twine's variables, and the words that variables can have as values."""

    ids: dict[str, str] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    def id(self, name: str) -> str:
        """Return the id of a variable. `hasLamp` becomes `has_lamp`, because ids are in lower case."""
        if name not in self.ids:
            plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
            plain = plain if _WORD.fullmatch(plain) else f"v{plain}"
            while plain in {*self.ids.values(), *RESERVED}:
                plain += "_"
            self.ids[name] = plain
        return self.ids[name]


def parse_value(script: str, format: str, names: Names) -> Tree:
    """Return the syntax tree of a condition or value. Raises Untranslatable if the story language cannot express it."""
    return _tree(_text(_tokens(script, format), format, names))


def parse_assignments(script: str, format: str, names: Names) -> list[Assignment]:
    """Return the assignments of a script. Raises Untranslatable if the story language cannot express one of them."""
    tokens = [("end", ";"), *_tokens(script, format), ("end", ";")]
    ends = [i for i, (_, text) in enumerate(tokens) if text in (",", ";")]
    parts = [tokens[i + 1 : j] for i, j in pairwise(ends)]
    return [_assignment(part, format, names) for part in parts if part]


def _assignment(part: list[tuple[str, str]], format: str, names: Names) -> Assignment:
    kind, name = part[0]
    operator = part[1][1] if len(part) > 1 else ""
    if kind != "variable" or operator not in ("to", "=", "+=", "-=", "*=", "++", "--"):
        raise Untranslatable("it does not set a variable by `to` or `=`")
    value = "1" if operator in ("++", "--") else _text(part[2:], format, names, it=name if format == HARLOWE else "")
    sign = {"to": "=", "++": "+=", "--": "-="}.get(operator, operator)
    return Assignment(0, names.id(name[1:]), sign, _tree(value))


def _tokens(script: str, format: str) -> list[tuple[str, str]]:
    if len(script) > MAX_SCRIPT:
        raise Untranslatable(f"it is longer than {MAX_SCRIPT} characters")
    script = re.sub(r"\bis\s+not\b", "!=", script) if format == HARLOWE else script
    return [(str(match.lastgroup), match.group().strip()) for match in _TOKEN.finditer(script)]


def _tree(text: str) -> Tree:
    try:
        tree = grammar.parse_expression(text)
    except grammar.SyntaxProblem as problem:
        raise Untranslatable(problem.problem) from None
    if any(isinstance(part, grammar.Comparison) and len(part.operators) > 1 for part in grammar.walk(tree)):
        raise Untranslatable("it compares three values in a row")
    return tree


def _text(tokens: list[tuple[str, str]], format: str, names: Names, it: str = "") -> str:
    """Return tokens as text of the story language. Put each `not` and its operand in brackets: `not` binds more tightly
    in Twine than here. `it` is the variable that the word `it` means; "" if it means none."""
    pieces = []
    for kind, text in tokens:
        if kind == "variable" or (kind == "word" and text == "it" and it):
            pieces.append(names.id((text if kind == "variable" else it)[1:]))
        elif kind == "string" and _WORD.fullmatch(text[1:-1]) and text[1:-1] not in RESERVED:
            names.words.add(text[1:-1])
            pieces.append(text[1:-1])
        elif kind == "string":
            raise Untranslatable(f"the text {text} is not one word in small letters")
        elif kind in ("number", "sign") or text in _SPELLED[format]:
            pieces.append(_SPELLED[format].get(text, text))
        elif kind == "word" and format == CHAPBOOK:
            pieces.append(names.id(text))
        else:
            raise Untranslatable(f"`{text}` has no counterpart here")
    levels: list[set[str]] = [set()]  # `and` or `or` in each open bracket: Harlowe reads them from left to right
    closing: Counter[int] = Counter()
    for i, piece in enumerate(pieces):
        if piece in "()":
            levels = [*levels, set()] if piece == "(" else levels[:-1] or [set()]
        elif piece in ("and", "or"):
            levels[-1].add(piece)
            if format == HARLOWE and len(levels[-1]) > 1:
                raise Untranslatable("`and` and `or` stand side by side without brackets")
        elif piece == "not":
            closing[_operand_end(pieces, i + 1)] += 1
    return " ".join(("(not" if word == "not" else word) + ")" * closing[i] for i, word in enumerate(pieces))


def _operand_end(pieces: list[str], at: int) -> int:
    """Return the index of the last piece of the operand that begins at `at`. That is a name, a value or a bracket."""
    depth = 0
    for i in range(at, len(pieces)):
        depth += {"(": 1, ")": -1}.get(pieces[i], 0)
        if depth <= 0 and pieces[i] != "not":
            return i
    return len(pieces) - 1
