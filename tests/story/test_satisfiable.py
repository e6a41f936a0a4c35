"""Satisfiability of conditions, compared with all states of a story."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from game.lang.expressions import Expression
from game.lang.grammar import parse_expression
from game.lang.typecheck import Scope, check_condition
from game.story import Story
from game.story.satisfiable import Satisfiability
from tests.story.packs import CHAPTER, PACK, playable
from tests.ui.stand_ins import wandered

WIDE = PACK.replace("variables:\n", "variables:\n  sacks: {start: 5, min: 0, max: 60}\n  debt: {start: 0}\n")
ATOMS = [
    "wok", "not wok", "grain > 2", "grain == 0", "1 <= grain < 3", "said == praise", "sacks == 40", "sacks > 40",
    "40 < sacks <= 50", "sacks < 10 or wok", "sacks * 2 > grain", "sacks >= grain", "chose(knock.open)",
    "chose(knock.wait)", "seen(inside)", "not seen(inside) and wok", "true", "sacks != -1",
]  # fmt: skip
RECALLING = CHAPTER.replace(
    "They came in.",
    "[a, {if: chose(knock.open), text: b}, {if: chose(knock.wait), text: c}, {if: seen(inside), text: d}]",
)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Variables of each kind, one without a range, and three recalled things."""
    return playable(tmp_path_factory.mktemp("wide"), pack=WIDE, chapter=RECALLING)


def condition(text: str, story: Story) -> Expression:
    node, inside = story.nodes["gate.knock"], story.nodes["gate.inside"]
    bits = {("chose", choice.full_id): choice.bit for choice in node.choices if choice.bit is not None}
    assert inside.bit is not None
    scope = Scope(story.variables, story.index, {**bits, ("seen", "gate.inside"): inside.bit}, "gate")
    tree = parse_expression(text)
    check_condition(tree, scope)
    return Expression.of(text, tree, scope)


def states(story: Story) -> list[tuple[object, ...]]:
    """Every state, without `debt`, in which at most one choice of the page was taken."""
    values = {"sacks": range(61), "debt": [0], "grain": range(5), "wok": [False, True], "said": ["nothing", "praise"]}
    opened, waited = (choice.bit for choice in story.nodes["gate.knock"].choices)
    inside = story.nodes["gate.inside"].bit
    assert opened is not None and waited is not None and inside is not None
    masks = [a | b for a in (0, 1 << opened, 1 << waited) for b in (0, 1 << inside)]
    return list(product(*(values[name] for name in story.variables), masks))


@settings(max_examples=60, deadline=None)
@given(weighed=st.lists(st.tuples(st.sampled_from([*ATOMS, None]), st.integers(1, 50)), max_size=5))
def test_the_maximal_weight_is_that_of_some_state(story: Story, weighed: list[tuple[str | None, int]]) -> None:
    given = [(condition(text, story) if text else None, weight) for text, weight in weighed]
    found = Satisfiability(story).max_weight(given)
    true = max(
        sum(weight for condition, weight in given if condition is None or condition(state)) for state in states(story)
    )
    joined = any(text in ("sacks * 2 > grain", "sacks >= grain") for text, _ in weighed)
    assert found <= true if joined else found == true


@settings(max_examples=60, deadline=None)
@given(first=st.sampled_from(ATOMS), second=st.sampled_from(ATOMS))
def test_exclusive_conditions_never_hold_together(story: Story, first: str, second: str) -> None:
    a, b = condition(first, story), condition(second, story)
    satisfiability = Satisfiability(story)
    if not satisfiability.can_both_hold(a, b):
        assert not any(a(state) and b(state) for state in states(story))
    if satisfiability.is_exhaustive([a, b]):
        assert all(a(state) or b(state) for state in states(story))


def test_without_a_condition_everything_is_together(story: Story) -> None:
    satisfiability = Satisfiability(story)
    assert satisfiability.can_both_hold(None, None)
    assert satisfiability.can_both_hold(condition("wok", story), None)
    assert not satisfiability.can_both_hold(condition("grain > 4", story), None)


def test_what_has_no_end_is_looked_at_where_it_is_asked(story: Story) -> None:
    """A number without a range still has few answers to `debt > 3`."""
    satisfiability = Satisfiability(story)
    assert satisfiability.outcomes([condition("debt > 3", story)]) == frozenset({(True,), (False,)})
    assert not satisfiability.can_both_hold(condition("debt > 3", story), condition("debt < 4", story))
    assert satisfiability.outcomes([condition("debt > sacks", story)]) is None


COMPARED = st.builds("debt {} {}".format, st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]), st.integers(-9, 9))


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(COMPARED, min_size=1, max_size=3))
@example(texts=["debt > 7"])
@example(texts=["debt == 7"])
@example(texts=["debt < -7"])
def test_every_answer_about_a_number_without_a_range_is_found(story: Story, texts: list[str]) -> None:
    conditions = [condition(text, story) for text in texts]
    state = [variable.start for variable in story.variables.values()]

    def answers(debt: int) -> tuple[bool, ...]:
        state[story.index["debt"]] = debt
        return tuple(bool(condition((*state, 0))) for condition in conditions)

    assert Satisfiability(story).outcomes(conditions) == frozenset(map(answers, range(-12, 13)))


def test_with_too_many_values_the_answer_is_unknown(tmp_path: Path) -> None:
    """Thirteen truth values together exceed the limit: they may hold together, and none is known to hold."""
    names = [f"v{i}" for i in range(13)]
    pack = PACK.replace("variables:\n", "variables:\n" + "".join(f"  {name}: {{start: true}}\n" for name in names))
    story = playable(tmp_path, pack=pack)
    scope = Scope(story.variables, story.index, {}, "gate")
    text = " and ".join(names)
    every = Expression.of(text, parse_expression(text), scope)
    no = Expression.of(f"not ({text})", parse_expression(f"not ({text})"), scope)
    satisfiability = Satisfiability(story)
    assert satisfiability.outcomes([every]) is None
    assert satisfiability.can_both_hold(every, no)
    assert not satisfiability.is_exhaustive([every, no])
    assert satisfiability.max_weight([(every, 3), (no, 5), (None, 1)]) == 6


@pytest.mark.parametrize(
    ("value", "most"),
    [
        ("sacks", 60), ("sacks + grain", 64), ("60 - sacks", 60), ("sacks * 3 // 2", 90), ("3", 3), ("0 - sacks", 0),
        ("sacks if wok else 200", 200), ("min(sacks, 4)", 4), ("sacks * grain - grain", 236),
        ("70 if said == praise else sacks", 70), ("50 if seen(knock) else sacks", 60),
        ("debt + sacks", 0),  # without bounds there is no scale
    ],
)  # fmt: skip
def test_the_greatest_value_of_a_row_is_found(tmp_path: Path, value: str, most: int) -> None:
    chapter = CHAPTER.replace("    end:", f'    ledger: {{year: 1958, reported: "{value}"}}\n    end:')
    assert playable(tmp_path, pack=WIDE, chapter=chapter).ledger_max == most


def test_no_reading_weighs_more_than_was_foreseen(shipped: Story) -> None:
    pages = (p.page.ledger for seed in range(2) for p in wandered(shipped, seed))
    rows = [row for weighed in pages if weighed for row in weighed.rows]
    assert rows and max(row.amount for row in rows) <= shipped.ledger_max
