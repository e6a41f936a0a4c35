"""Conditions and effects keep their meaning as SugarCube's script, and when parsed back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from game.lang.grammar import Name, Recall, Tree, parse_expression, parse_statement
from game.lang.unparse import expression_text, statement_text
from game.story.model import Variable
from game.twine.script_parser import (
    Untranslatable,
    parse_assignments,
    parse_script,
    recall_of_variable,
    variable_of_recall,
)
from game.twine.script_writer import assignment_script, expression_script, unbracketed_script
from tests.lang.test_expressions import VARIABLES, worth
from tests.story import plain
from tests.twine.javascript import after, evaluated


def name(named: Name | Recall) -> str:
    """What a name is in the script."""
    if isinstance(named, Recall):
        return variable_of_recall(named)
    return f"${named.name}" if named.name in VARIABLES else f'"{named.name}"'


def dollar(named: Name | Recall) -> str:
    """A name that is a variable's for certain."""
    assert isinstance(named, Name)
    return f"${named.name}"


def theirs(tree: Tree, values: dict[str, Any]) -> Any:
    """What JavaScript makes of the script that a tree becomes."""
    return evaluated(unbracketed_script(tree, name), {f"${key}": value for key, value in values.items()})


@given(plain.trees, plain.values)
def test_exported_script_has_the_same_value(tree: plain.Tree, values: dict[str, Any]) -> None:
    """Any expression has the same value in Twine's own engine as here, in any state."""
    parsed = parse_expression(plain.write(tree))
    wanted = plain.value(tree, values)
    assume(isinstance(wanted, str) or abs(wanted) < 2**53)  # script itself counts exactly so far
    assert theirs(parsed, values) == wanted


@given(plain.trees, plain.values)
def test_script_comes_back_with_the_same_meaning(tree: plain.Tree, values: dict[str, Any]) -> None:
    """What went out as script and is read back has the same value still, and then stays as it is."""
    back = expression_text(parse_script(expression_script(parse_expression(plain.write(tree)), name)))
    assert worth(back, **values) == plain.value(tree, values)
    assert expression_text(parse_script(unbracketed_script(parse_expression(back), name))) == back


@given(plain.trees, plain.values, st.integers(0, 2**6))
def test_printed_text_means_the_same(tree: plain.Tree, values: dict[str, Any], brackets: int) -> None:
    """An expression printed with as few brackets as it needs is worth the same as with many."""
    printed = expression_text(parse_expression(plain.write(tree, extra=brackets)))
    assert worth(printed, **values) == plain.value(tree, values)
    assert expression_text(parse_expression(printed)) == printed


@pytest.mark.parametrize(
    ("effect", "low", "high", "written"),
    [
        ("jar -= 1", 0, 4, "$jar to Math.max(0, Math.min(4, ($jar - 1)))"),
        ("jar = 3", 0, 4, "$jar to 3"),
        ("jar = 9", 0, 4, "$jar to Math.max(0, Math.min(4, 9))"),
        ("jar += hunger", None, 4, "$jar to Math.min(4, ($jar + $hunger))"),
        ("jar *= 2", -5, None, "$jar to Math.max(-5, ($jar * 2))"),
        ("jar = hunger - 1", None, None, "$jar to $hunger - 1"),
    ],
)
def test_an_effect_is_clamped_and_comes_back_as_it_was(
    effect: str, low: int | None, high: int | None, written: str
) -> None:
    """A number stays in its range in Twine too, and the range is not written out twice on the way back."""
    variable = Variable("jar", 2, low, high)
    assert assignment_script(parse_statement(effect), variable, dollar) == written
    assert low is None or after(written, {"$jar": -99, "$hunger": 5})["$jar"] >= low
    (back,) = parse_assignments(written, {"jar": (low, high)})
    assert back.statement is not None
    assert statement_text(back.statement) == effect


def test_a_place_has_a_variable_of_its_own() -> None:
    """Hyphens and dots of an id come back from a name that script allows."""
    recall = Recall(0, "chose", "m-heavy.the-ladle.smallest-bowl")
    assert variable_of_recall(recall) == "$Chose__m_heavy__the_ladle__smallest_bowl"
    assert recall_of_variable(variable_of_recall(recall)) == recall
    assert recall_of_variable("$chosen") is None


def test_a_link_sets_several_things_in_their_order() -> None:
    """A setter's parts stand behind one another, whichever way SugarCube spells them."""
    sets = parse_assignments('_choice to "give"; $wok = false, $jar += 2; $Seen__m_gate__gate to true', {})
    assert [one.target for one in sets] == ["_choice", "$wok", "$jar", "$Seen__m_gate__gate"]
    assert sets[0].string == "give"
    assert [statement_text(one.statement) for one in sets if one.statement] == ["wok = false", "jar += 2"]
    assert sets[3].recall == Recall(0, "seen", "m-gate.gate")


@pytest.mark.parametrize(
    "text",
    ["random(1, 6)", "$a.b", "$x / 2", "[1, 2]", '"two words"', "$Upper", "$x % $y", "Math.sqrt(4)", "", "1 2",
     "(" * 99, "visited()", "$x is either(1)", "-" * 999 + "1", "Math.floor(1)", "Math.max()", "1234567890123"],
)  # fmt: skip
def test_what_the_language_has_no_words_for_is_refused(text: str) -> None:
    """Script that cannot be said here is named, whatever it is."""
    with pytest.raises(Untranslatable):
        parse_script(text)
