"""A formula over ticks holds exactly for the wanted tick sets, and is short."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.documents.guide.tick_formulas import ALWAYS, FormulaTerm, NoFormula, formula

ORDER = "ABCDEFGH"
HISTORIES = st.sets(st.frozensets(st.sampled_from(ORDER)), max_size=30)


@given(yes=HISTORIES, no=HISTORIES)
def test_a_formula_separates_the_tick_sets(yes: set[frozenset[str]], no: set[frozenset[str]]) -> None:
    found = formula(yes - no, no, ORDER)
    assert all(found.holds(ticks) for ticks in yes - no)
    assert not any(found.holds(ticks) for ticks in no)


@given(yes=HISTORIES.filter(bool), no=HISTORIES)
def test_a_tick_set_in_both_families_is_refused(yes: set[frozenset[str]], no: set[frozenset[str]]) -> None:
    with pytest.raises(NoFormula):
        formula(yes, no | {next(iter(yes))}, ORDER)


def test_a_formula_without_counterexamples_always_holds() -> None:
    assert formula({frozenset("A"), frozenset()}, (), ORDER) == ALWAYS


def test_the_same_tick_sets_give_the_same_formula_in_each_process() -> None:
    """Each process hashes text in another way, and the pack must be the same file each time."""
    program = """
from random import Random
from game.documents.guide.tick_formulas import formula
chance, names = Random(4), "ABCDEFGH"
sets = sorted({"".join(name for name in names if chance.random() < 0.5) for _ in range(60)})
yes, no = ([frozenset(ticks) for ticks in sets if len(ticks) % 2 == odd] for odd in (0, 1))
print(formula(yes, no, names))
"""
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True, timeout=60,
        ).stdout
        for seed in "012"
    }  # fmt: skip
    assert len(found) == 1


def test_a_single_deciding_tick_is_the_whole_formula() -> None:
    histories = {frozenset(ticks) for ticks in ("AD", "AE", "BD", "BE", "CD", "CE")}
    yes = {ticks for ticks in histories if "A" in ticks}
    assert formula(yes, histories - yes, ORDER).terms == (FormulaTerm(("A",)),)
    assert formula(histories - yes, yes, ORDER).terms == (FormulaTerm((), ("A",)),)


def test_ticks_that_exclude_each_other_are_not_both_mentioned() -> None:
    yes, no = {frozenset("AD"), frozenset("BD")}, {frozenset("CD"), frozenset("AE"), frozenset("BE"), frozenset("CE")}
    found = formula(yes, no, ORDER)
    assert all(len(term.ticked) + len(term.unticked) <= 2 for term in found.terms)
