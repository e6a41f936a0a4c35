"""The parts of a parsed passage (text, links, assignments, branches), and its text as paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from math import prod

from game.core.values import frozen
from game.lang import markup
from game.lang.grammar import Logic, Not, Tree
from game.twine.script_parser import Set

Guard = tuple[tuple[int, int], ...]  # (number of the `<<if>>`, number of its branch), the outermost first
MOST_VARIANTS = 12  # of one paragraph with conditions inside it
BY = re.compile("\x01(.*?)\x02")


@frozen
class Flaw:
    """A part that is not imported, at a character of the content."""

    at: int
    code: str
    problem: str
    remedy: str


@frozen
class Link:
    """A link: its text, its target, what it sets, and, where one stands below it, the reason for taking it."""

    say: str
    to: str
    sets: tuple[Set, ...]
    guard: Guard
    at: int
    reason: str = ""


@dataclass
class Body:
    """A parsed passage. Text is in fragments of the story's markup; `tests` are the conditions of each `<<if>>`."""

    fragments: list[tuple[Guard, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    sets: list[tuple[Set, int]] = field(default_factory=list)
    shown: list[tuple[Guard, str, int]] = field(default_factory=list)
    tests: list[list[Tree | None]] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    def condition(self, guard: Guard) -> Tree | None:
        """The condition of a guard; None where it has none."""
        asked: list[Tree] = []
        for number, branch in guard:
            tests = self.tests[number]
            asked += [Not(0, test) for test in tests[:branch] if test is not None]
            if branch < len(tests) and (test := tests[branch]) is not None:
                asked.append(test)
        return asked[0] if len(asked) == 1 else Logic(0, "and", tuple(asked)) if asked else None

    @property
    def paragraphs(self) -> list[tuple[Guard, str, str | None]]:
        """The text as (guard, words, speaker), one for each variant of a paragraph with conditions inside it."""
        lines: list[list[tuple[Guard, str]]] = [[]]
        for guard, text in self.fragments:
            first, *others = text.split("\n")
            lines[-1].append((guard, first.rstrip() if others else first))
            lines += [[(guard, other.strip())] for other in others[:-1] if other.strip()]
            lines += [[(guard, other.lstrip())] for other in others[-1:]]
        made = []
        for line in lines:
            # White space under other conditions than any word is only layout.
            worded = {guard for guard, text in line if text.strip()}
            parts = [(guard, text) for guard, text in line if text and (len(worded) > 1 or guard in worded)]
            for guard, text in self._variants(parts):
                speaker = BY.search(text)
                words = _balanced(" ".join(BY.sub("", text).split()))
                if words:
                    made.append((guard, words, speaker[1] if speaker else None))
        return made

    def _variants(self, parts: list[tuple[Guard, str]]) -> list[tuple[Guard, str]]:
        guards = [guard for guard, _ in parts]
        if len(set(guards)) <= 1:
            return [(guards[0], "".join(text for _, text in parts))] if parts else []
        numbers = sorted({number for guard in guards for number, _ in guard})
        sides = [range(len(self.tests[n]) + (self.tests[n][-1] is not None)) for n in numbers]
        if prod(map(len, sides)) > MOST_VARIANTS:
            self.flaws.append(
                Flaw(0, "WG902", "a paragraph holds too many conditions", "Write its variants out as paragraphs.")
            )
            return [((), "".join(text for _, text in parts))]
        found: dict[tuple[Guard, str], None] = {}
        distinct = list(dict.fromkeys(guards))
        for combination in product(*sides):
            taken = tuple(zip(numbers, combination, strict=True))
            text = "".join(text for guard, text in parts if set(guard) <= set(taken))
            # An inner condition is tested only where its outer one holds.
            asked = tuple(
                (n, side)
                for n, side in taken
                if all(
                    set(guard[: [m for m, _ in guard].index(n)]) <= set(taken) for guard in distinct if n in dict(guard)
                )
            )
            if text.strip():
                found[asked, text] = None
        return list(found)


def _balanced(text: str) -> str:
    """The paragraph, without its stars where they do not pair."""
    try:
        markup.parse(text)
    except markup.MarkupProblem:
        return re.sub(r"(\\.)|\*", lambda found: found[1] or "", text).strip()
    return text.strip()
