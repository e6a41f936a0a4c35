"""The variables of a Twee story: as our export declared them, or guessed from the passages' scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from game.core.values import frozen
from game.lang.grammar import RESERVED, Assignment, Recall, SyntaxProblem, Tree, children, constant
from game.lang.typecheck import Scope, check_assignment, check_condition
from game.story.model import Variable
from game.twine.passage_marks import find_marks
from game.twine.script_parser import WORD, Untranslatable, parse_assignments
from game.twine.twee_file import TweePassage

_SAME = re.compile(r"""\$([a-z]\w*)\s*(?:is|isnot|eq|neq|[!=]==?|to|=)\s*["']([a-z]\w*)["']""")
_COMPARED = re.compile(r"\$([a-z]\w*)\s*(is|isnot|eq|neq|[!=]==?|lte?|gte?|[<>]=?|to|=)\s*(-?\d{1,9})(?![\w.])")
_BELOW = ("lt", "<", "gte", ">=")  # what these ask of a number tells apart the one below it
Data = dict[str, Any]


@frozen
class VariableTypes:
    """The variables, to type-check conditions and effects."""

    variables: Mapping[str, Variable]
    index: Mapping[str, int]
    recalls: bool = False  # whether the metadata have the chapters that `seen` and `chose` can refer to

    @property
    def ranges(self) -> dict[str, tuple[int | None, int | None]]:
        return {name: (one.low, one.high) for name, one in self.variables.items()}

    @property
    def _scope(self) -> Scope:
        return Scope(self.variables, self.index, {})

    def condition_problem(self, condition: Tree) -> str | None:
        """Why a condition is invalid in a pack with these variables; None where it is valid."""
        if not self.recalls and _asks_for_a_place(condition):
            return "it asks for a place of a chapter that is lost"
        try:
            check_condition(condition, self._scope)
        except SyntaxProblem as problem:
            return problem.problem
        return None

    def effect_problem(self, effect: Assignment) -> str | None:
        """Why an effect is invalid in a pack with these variables; None where it is valid."""
        if not self.recalls and _asks_for_a_place(effect.value):
            return "it asks for a place of a chapter that is lost"
        try:
            check_assignment(effect, self._scope)
        except SyntaxProblem as problem:
            return problem.problem
        return None


def _asks_for_a_place(tree: Tree) -> bool:
    return isinstance(tree, Recall) or any(map(_asks_for_a_place, children(tree)))


def collect_variables(
    passages: Iterable[TweePassage], given: Data | None, recalls: bool = False
) -> tuple[VariableTypes, Data]:
    """The variables as values, and as the pack's data. `given` is that data where the metadata have it."""
    data = given if given is not None else dict(_guessed(list(passages)))
    variables = {}
    for name, one in data.items():
        if isinstance(one, dict) and "start" in one and WORD.fullmatch(str(name)):
            start, one_of, low, high = one["start"], one.get("one_of", ()), one.get("min"), one.get("max")
            if isinstance(start, int | str) and isinstance(one_of, list | tuple) and _is_bound(low) and _is_bound(high):
                words = tuple(str(word) for word in one_of)
                variables[name] = Variable(name, start, low, high, words, one.get("words") or {})
    return VariableTypes(variables, {name: i for i, name in enumerate(variables)}, recalls), data


def _is_bound(value: Any) -> bool:
    return value is None or type(value) is int


def _guessed(passages: list[TweePassage]) -> Iterator[tuple[str, Data]]:
    """Guess each variable from its first value; StoryInit comes first."""
    starts: dict[str, int | bool | str] = {}
    initial: set[str] = set()
    for passage in sorted(passages, key=lambda passage: passage.name != "StoryInit"):
        for script in _scripts(passage.content):
            for effect in _effects(script):
                value = constant(effect.value)
                if value is None or effect.name in RESERVED or effect.name in starts:
                    continue
                starts[effect.name] = value
                if passage.name == "StoryInit":
                    initial.add(effect.name)
    words: dict[str, dict[str, None]] = {}
    for passage in passages:
        for name, word in _SAME.findall(passage.content):
            words.setdefault(name, {})[word] = None
    numbers: dict[str, list[int]] = {}
    for passage in passages:
        for name, operator, number in _COMPARED.findall(passage.content):
            numbers.setdefault(name, []).append(int(number) - (operator in _BELOW))
    taken = set(starts) | RESERVED
    for name, value in starts.items():
        if isinstance(value, str):
            nothing = [] if name in initial else [f"no_{name}"]
            own = [word for word in (*nothing, value, *words.get(name, ())) if word not in taken]
            if own:
                yield name, {"start": own[0], "one_of": list(dict.fromkeys(own))}
        elif isinstance(value, bool):
            yield name, {"start": value if name in initial else False}
        else:
            low, high = _bounds([value, *numbers.get(name, ())])
            yield name, {"start": value if name in initial else 0, "min": low, "max": high}


def _scripts(content: str) -> Iterator[str]:
    """The scripts of each `<<set>>` and each link's setter."""
    for mark in find_marks(content):
        if mark.kind == "link" or (mark.kind == "macro" and mark.name == "set"):
            yield mark.inside


def _bounds(numbers: list[int]) -> tuple[int, int]:
    """Bounds that leave room for all numbers: without bounds, the state space would be infinite."""
    low, high = min(numbers), max(numbers)
    return (-_nines(-low) if low < 0 else 0), _nines(high)


def _nines(number: int) -> int:
    """The least of 99, 999, 9999 ... that is not below a number."""
    return int("9" * max(2, len(str(max(0, number)))))


def _effects(script: str) -> list[Assignment]:
    try:
        return [one.statement for one in parse_assignments(script, {}) if one.statement is not None]
    except Untranslatable:
        return []
