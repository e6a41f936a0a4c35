"""Tick formulas: short formulas over ticked boxes, which hold for some sets of ticks and not for others.

A tick set is what a reader has ticked at some point. A formula is made for certain tick sets; others do not matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations, product
from typing import TypeAlias

from game.core.values import frozen

Ticks: TypeAlias = frozenset[str]
MAX_TRIED = 5  # with at most so many ticks, every combination is tried


@frozen
class FormulaTerm:
    """A condition on ticks: all of `ticked` are there and none of `unticked`."""

    ticked: tuple[str, ...] = ()
    unticked: tuple[str, ...] = ()

    def holds(self, ticks: Collection[str]) -> bool:
        return all(tick in ticks for tick in self.ticked) and not any(tick in ticks for tick in self.unticked)


@frozen
class Formula:
    """A condition on ticks: at least one of `terms` holds."""

    terms: tuple[FormulaTerm, ...]

    def holds(self, ticks: Collection[str]) -> bool:
        return any(term.holds(ticks) for term in self.terms)

    @property
    def always(self) -> bool:
        return FormulaTerm() in self.terms

    @property
    def names(self) -> frozenset[str]:
        """Every tick that the formula asks about."""
        return frozenset(name for term in self.terms for name in (*term.ticked, *term.unticked))


ALWAYS = Formula((FormulaTerm(),))


class NoFormula(ValueError):
    """Raised if no formula exists, because it should hold for a tick set and also not hold for the same set."""


def formula(yes: Collection[Ticks], no: Collection[Ticks], order: Collection[str]) -> Formula:
    """Return a short formula that holds for the tick sets in `yes`, and for none in `no`. It names ticks in the `order`
    of all ticks. Raises NoFormula if `yes` and `no` share a set."""
    if not no:
        return ALWAYS
    if not yes:
        return Formula(())
    asked = _deciding_ticks(yes, no, list(order))
    wanted = {frozenset(ticks & asked) for ticks in yes}
    others = {frozenset(ticks & asked) for ticks in no}
    names = [tick for tick in order if tick in asked]
    terms: list[FormulaTerm] = []
    left = set(wanted)
    candidates = list(_candidates(names, wanted, others))
    while left:
        best = max(candidates, key=lambda term: (sum(map(term.holds, left)), -_cost(term)))
        terms.append(best)
        left = {ticks for ticks in left if not best.holds(ticks)}
    return Formula(tuple(terms))


def _cost(term: FormulaTerm) -> int:
    """Return how hard a term is to read. Checking that a tick is missing is harder than checking that it is there."""
    return 2 * len(term.ticked) + 3 * len(term.unticked)


def _deciding_ticks(yes: Collection[Ticks], no: Collection[Ticks], order: list[str]) -> Ticks:
    """Return a few ticks that tell each set in `yes` from each in `no`: the fewest, if one or two are enough."""
    bits = {tick: 1 << number for number, tick in enumerate(order)}

    def packed(sets: Collection[Ticks]) -> set[int]:
        return {sum(bits.get(tick, 0) for tick in ticks) for ticks in sets}

    with_it, without_it = packed(yes), packed(no)  # as numbers, which are compared six times as fast as sets

    def decides(some: Collection[str]) -> bool:
        mask = sum(bits[tick] for tick in some)
        return {ticks & mask for ticks in with_it}.isdisjoint({ticks & mask for ticks in without_it})

    if not decides(order):
        raise NoFormula
    used = [tick for tick in order if any(tick in ticks for ticks in (*yes, *no))]
    for size in (1, 2):
        for some in combinations(reversed(used), size):
            if decides(some):
                return frozenset(some)
    kept = frozenset(used)
    for tick in used:
        if decides(kept - {tick}):
            kept -= {tick}
    return kept


def _candidates(names: list[str], wanted: set[Ticks], others: set[Ticks]) -> Iterator[FormulaTerm]:
    """Yield terms that hold for no set in `others`. For each set in `wanted`, at least one of them holds."""
    if len(names) <= MAX_TRIED:
        for signs in product((None, True, False), repeat=len(names)):
            signed = list(zip(names, signs, strict=True))
            term = FormulaTerm(tuple(n for n, s in signed if s), tuple(n for n, s in signed if s is False))
            if not any(map(term.holds, others)):
                yield term
        return
    for ticks in sorted(wanted, key=sorted):  # sorted, because a set of texts has another order in each process
        term = FormulaTerm(tuple(n for n in names if n in ticks), tuple(n for n in names if n not in ticks))
        for name in (*term.unticked, *term.ticked):
            less = FormulaTerm(tuple(n for n in term.ticked if n != name), tuple(n for n in term.unticked if n != name))
            if not any(map(less.holds, others)):
                term = less
        yield term
