"""The shortest way to say, in ticks on a sheet of paper, when something is so.

A history is the set of ticks that somebody can have. Given those in which something holds and those in which it does
not, a formula tells them apart. It need say nothing of ticks that nobody can have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations, product
from typing import TypeAlias

from game.core.values import frozen

Ticks: TypeAlias = frozenset[str]
FEW = 5  # ticks up to which every combination of them is tried


@frozen
class FormulaTerm:
    """All of `ticked` and none of `unticked`."""

    ticked: tuple[str, ...] = ()
    unticked: tuple[str, ...] = ()

    def holds(self, ticks: Collection[str]) -> bool:
        return all(one in ticks for one in self.ticked) and not any(one in ticks for one in self.unticked)


@frozen
class Formula:
    """One of its terms."""

    terms: tuple[FormulaTerm, ...]

    def holds(self, ticks: Collection[str]) -> bool:
        return any(term.holds(ticks) for term in self.terms)

    @property
    def always(self) -> bool:
        return FormulaTerm() in self.terms

    @property
    def names(self) -> frozenset[str]:
        """Every tick that it asks for."""
        return frozenset(name for term in self.terms for name in (*term.ticked, *term.unticked))


ALWAYS = Formula((FormulaTerm(),))


class NoFormula(ValueError):
    """The same ticks stand for both: no formula over them can tell."""


def formula(yes: Collection[Ticks], no: Collection[Ticks], order: Collection[str]) -> Formula:
    """What holds in all of `yes` and in none of `no`. `order` gives every tick, in the order of writing.

    Raises NotTold where a history is in both.
    """
    if not no:
        return ALWAYS
    if not yes:
        return Formula(())
    asked = _telling(yes, no, list(order))
    wanted = {frozenset(one & asked) for one in yes}
    others = {frozenset(one & asked) for one in no}
    names = [one for one in order if one in asked]
    terms: list[FormulaTerm] = []
    left = set(wanted)
    candidates = list(_candidates(names, wanted, others))
    while left:
        best = max(candidates, key=lambda term: (sum(map(term.holds, left)), -_cost(term)))
        terms.append(best)
        left = {one for one in left if not best.holds(one)}
    return Formula(tuple(terms))


def _cost(term: FormulaTerm) -> int:
    """How hard a term is to read: a tick that must not be there asks more than one that must."""
    return 2 * len(term.ticked) + 3 * len(term.unticked)


def _telling(yes: Collection[Ticks], no: Collection[Ticks], order: list[str]) -> Ticks:
    """A few ticks that tell the histories apart: the fewest where one or two do."""

    def tells(some: Ticks) -> bool:
        return {one & some for one in yes}.isdisjoint({one & some for one in no})

    if not tells(frozenset(order)):
        raise NoFormula
    used = [one for one in order if any(one in history for history in (*yes, *no))]
    for size in (1, 2):
        for some in combinations(reversed(used), size):
            if tells(frozenset(some)):
                return frozenset(some)
    kept = frozenset(used)
    for one in used:
        if tells(kept - {one}):
            kept -= {one}
    return kept


def _candidates(names: list[str], wanted: set[Ticks], others: set[Ticks]) -> Iterator[FormulaTerm]:
    """Terms that hold nowhere but where they should."""
    if len(names) <= FEW:
        for signs in product((None, True, False), repeat=len(names)):
            signed = list(zip(names, signs, strict=True))
            term = FormulaTerm(tuple(n for n, s in signed if s), tuple(n for n, s in signed if s is False))
            if not any(map(term.holds, others)):
                yield term
        return
    for one in wanted:
        term = FormulaTerm(tuple(n for n in names if n in one), tuple(n for n in names if n not in one))
        for name in (*term.unticked, *term.ticked):
            less = FormulaTerm(tuple(n for n in term.ticked if n != name), tuple(n for n in term.unticked if n != name))
            if not any(map(less.holds, others)):
                term = less
        yield term
