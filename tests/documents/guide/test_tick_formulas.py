"""A formula over ticks says exactly when something is so, and says it shortly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.documents.guide.tick_formulas import ALWAYS, FormulaTerm, NoFormula, formula

ORDER = "ABCDEFGH"
HISTORIES = st.sets(st.frozensets(st.sampled_from(ORDER)), max_size=30)


@given(yes=HISTORIES, no=HISTORIES)
def test_a_formula_tells_the_histories_apart(yes: set[frozenset[str]], no: set[frozenset[str]]) -> None:
    """It holds in each history of the one kind and in none of the other."""
    found = formula(yes - no, no, ORDER)
    assert all(found.holds(one) for one in yes - no)
    assert not any(found.holds(one) for one in no)


@given(yes=HISTORIES.filter(bool), no=HISTORIES)
def test_histories_that_are_of_both_kinds_are_refused(yes: set[frozenset[str]], no: set[frozenset[str]]) -> None:
    """Where the same ticks stand for both, no formula is made up."""
    with pytest.raises(NoFormula):
        formula(yes, no | {next(iter(yes))}, ORDER)


def test_what_always_holds_asks_for_nothing() -> None:
    """Without a history against it, nothing is asked."""
    assert formula({frozenset("A"), frozenset()}, (), ORDER) == ALWAYS


def test_one_tick_is_asked_for_where_one_tells() -> None:
    """Of three exclusive choices the one that matters is named, and what else was ticked is not."""
    histories = {frozenset(one) for one in ("AD", "AE", "BD", "BE", "CD", "CE")}
    yes = {one for one in histories if "A" in one}
    assert formula(yes, histories - yes, ORDER).terms == (FormulaTerm(("A",)),)
    assert formula(histories - yes, yes, ORDER).terms == (FormulaTerm((), ("A",)),)


def test_what_cannot_be_ticked_is_not_ruled_out() -> None:
    """Two choices of one page exclude each other, so neither is denied where the other is named."""
    yes, no = {frozenset("AD"), frozenset("BD")}, {frozenset("CD"), frozenset("AE"), frozenset("BE"), frozenset("CE")}
    found = formula(yes, no, ORDER)
    assert all(len(term.ticked) + len(term.unticked) <= 2 for term in found.terms)
