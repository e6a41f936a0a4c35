"""Passage parts: a passage as words, links and assignments. Each has a guard: the branches of conditions around it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from itertools import product
from math import prod

from game.core.printable import shortened
from game.core.values import frozen
from game.lang import grammar
from game.lang.grammar import Assignment, Tree
from game.lang.unparse import expression_text
from game.twine.script import Names, Untranslatable, parse_assignments, parse_value

Guard = tuple[tuple[int, int], ...]  # (number of the `if`, number of its branch) around a text, the outermost first
Refuse = Callable[[int, str, str], object]  # takes a character's index, what cannot be converted, and what to do
DEEPEST = 20  # most conditions inside one another
MOST_VARIANTS = 12  # most variants of a paragraph with conditions
_LINKED = re.compile("\x01([^\x02]*)\x02")  # a link's words inside a text
_OWN = re.compile(r"[\\*{\[]")  # signs that mean something in the story language
_HUGE = re.compile(r"&#[0-9]{12,};?")  # Python refuses to read very long numbers


@frozen
class Link:
    say: str
    to: str
    effects: tuple[Assignment, ...]
    guard: Guard
    at: int


class PassageParts:
    """Collects the parts of a passage, which the parser of the passage's format adds.

    In a pack, a page's effects run before the page is shown. So `set` refuses (reports) a variable that the passage has
    already read or shown.
    """

    def __init__(self, format: str, names: Names, refuse: Refuse) -> None:
        self.format, self.names, self.refuse = format, names, refuse
        self.links: list[Link] = []
        self.effects: list[Assignment] = []
        self.conditions: list[Tree] = []
        self.guard: Guard = ()
        self._words: list[tuple[Guard, str]] = []
        self._sides: list[list[str]] = []  # for each `if` the conditions of its branches; an `else` has "true"
        self.read: set[str] = set()

    def lost(self, at: int, what: str) -> None:
        """Report something that a pack cannot hold. `what` names it."""
        self.refuse(at, f"{what} is not carried over", "Take it out, or say it in words.")

    def text(self, text: str) -> None:
        """Add plain text, in which HTML's character references are resolved."""
        if text:
            self._words.append((self.guard, _OWN.sub(r"\\\g<0>", html.unescape(_HUGE.sub("", text)))))

    def emphasis(self) -> None:
        """Begin or end emphasis. Ignore a mark directly after another one, as in bold italics."""
        if self._words[-1:] != [(self.guard, "*")]:
            self._words.append((self.guard, "*"))

    def shown(self, name: str) -> None:
        """Add a placeholder for the value of a variable."""
        self.read.add(self.names.id(name))
        self._words.append((self.guard, f"{{{self.names.id(name)}}}"))

    def link(self, at: int, say: str, to: str, effects: tuple[Assignment, ...] = ()) -> None:
        say = " ".join(html.unescape(_HUGE.sub("", say)).split()) or to
        if re.search(r"<<|[$][A-Za-z_]|\([a-z-]+:|\{", say):
            self.refuse(at, f"the link `{shortened(say)}` has words that change", "Give it the same words each time.")
        self.links.append(Link(say, to.strip(), effects, self.guard, at))
        self._words.append((self.guard, "\x01" + _OWN.sub(r"\\\g<0>", say) + "\x02"))

    def assignments(self, at: int, script: str) -> tuple[Assignment, ...]:
        """Return the assignments in a script. If one cannot be converted, report that and return an empty tuple."""
        try:
            return tuple(parse_assignments(script, self.format, self.names))
        except Untranslatable as why:
            self.refuse(at, f"`{shortened(script)}`: {why}", "Set it to a plain value, or by `+`, `-` and `*`.")
            return ()

    def set(self, at: int, script: str) -> None:
        """Add assignments that run when the reader comes to the page. Inside a condition, they run only if it holds."""
        for assignment in self.assignments(at, script):
            if assignment.name in self.read:
                what = f"`{shortened(script)}` changes what is shown or asked for above it"
                self.refuse(at, what, "Set it at the passage's top, or in the passage before.")
            if test := self.condition(self.guard):
                old = grammar.Name(0, assignment.name)
                new, operator = assignment.value, assignment.operator
                if operator != "=":
                    new = grammar.Arithmetic(0, operator[0], old, new)
                value = grammar.Conditional(0, grammar.parse_expression(test), new, old)
                self.effects.append(Assignment(0, assignment.name, "=", value))
            else:
                self.effects.append(assignment)

    def open_if(self, at: int, script: str, denied: bool = False) -> int:
        """Begin a condition with its first branch, and return the condition's number. With `denied`, this branch is for
        when `script` is false."""
        self._sides.append([])
        self.next_side(at, len(self._sides) - 1, script, denied)
        return len(self._sides) - 1

    def next_side(self, at: int, number: int, script: str | None, denied: bool = False) -> None:
        """Begin another branch of the condition `number`. If `script` is None, the branch is its `else`."""
        test = "true"
        if len(self.guard) >= DEEPEST:
            raise Untranslatable(f"conditions stand more than {DEEPEST} deep")
        if script is not None:
            try:
                tree = parse_value(script, self.format, self.names)
                self.conditions.append(tree)
                self.read |= {part.name for part in grammar.walk(tree) if isinstance(part, grammar.Name)}
                test = f"(not ({expression_text(tree)}))" if denied else f"({expression_text(tree)})"
            except Untranslatable as why:
                self.refuse(at, f"the condition `{shortened(script)}`: {why}", "Ask for plain values of variables.")
        self._sides[number].append(test)
        self.guard += ((number, len(self._sides[number]) - 1),)

    def condition(self, guard: Guard) -> str:
        """Return a guard as a condition, "" if it always holds. Raises Untranslatable if it is too long or too deep."""
        asked: list[str] = []
        for number, side in guard:
            sides = self._sides[number]
            asked += [f"(not {test})" for test in sides[:side]]
            asked += [test for test in sides[side : side + 1] if test != "true"]
        try:
            return expression_text(grammar.parse_expression(" and ".join(asked))) if asked else ""
        except grammar.SyntaxProblem as problem:
            raise Untranslatable(f"conditions of it together: {problem.problem}") from None

    @property
    def only_sets(self) -> bool:
        """Whether the passage does nothing but set variables to plain values."""
        plain = all(effect.operator == "=" and grammar.constant(effect.value) is not None for effect in self.effects)
        return plain and not self.links and not any(text.strip() for _, text in self._words)

    @property
    def paragraphs(self) -> list[tuple[Guard, str]]:
        """The paragraphs, each with its guard; one with conditions inside becomes a paragraph for each variant.

        Raises Untranslatable if a paragraph has too many variants.
        """
        lines: list[list[tuple[Guard, str]]] = [[]]
        for guard, text in self._words:
            first, *others = text.split("\n")
            lines[-1].append((guard, first))
            lines += [[(guard, other)] for other in others]
        made = []
        for line in lines:
            if not _has_words("".join(text for _, text in line)):
                line = [(guard, _LINKED.sub("", text)) for guard, text in line]
            worded = {guard for guard, text in line if text.strip()}
            parts = [(guard, text) for guard, text in line if text and (len(worded) > 1 or guard in worded)]
            for guard, text in self._variants(parts):
                # A link alone on its line is only a choice. Inside a sentence, its words belong to the sentence.
                if words := " ".join(_LINKED.sub(r"\1" if _has_words(text) else "", text).split()):
                    made.append((guard, words))
        return made

    def _variants(self, parts: list[tuple[Guard, str]]) -> list[tuple[Guard, str]]:
        guards = list(dict.fromkeys(guard for guard, _ in parts))
        if len(guards) <= 1:
            return [(guards[0], "".join(text for _, text in parts))] if parts else []
        numbers = sorted({number for guard in guards for number, _ in guard})
        sides = [range(len(self._sides[n]) + (self._sides[n][-1] != "true")) for n in numbers]
        if prod(map(len, sides)) > MOST_VARIANTS:
            raise Untranslatable("a paragraph of it has too many conditions inside")
        each = [tuple(zip(numbers, taken, strict=True)) for taken in product(*sides)]
        return [(taken, "".join(text for guard, text in parts if {*guard} <= {*taken})) for taken in each]


def _has_words(text: str) -> bool:
    return re.search(r"[^\W_]", _LINKED.sub("", text)) is not None
