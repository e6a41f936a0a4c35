"""The change between two questionnaires: the interval holds what it says, also for small classes."""

from __future__ import annotations

from math import sqrt
from statistics import pstdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from game.documents.questionnaire import LEAST, Answered, difference, least_found, quantile, survey_of
from game.story.desk import Question
from tests.lanes import sampled

SACKS = Question("sacks", "sources", "How many?", {"forty": "Forty", "eighty": "Eighty"}, "forty")
BLAME = Question("blame", "perspective", "One is to blame.", {"yes": "I agree", "no": "I do not"})
QUESTIONS = 10
TRIES = 3000


def class_of(pupils: int, right: float, chance: np.random.Generator) -> list[int]:
    """The totals of pupils who differ: each knows an answer by chances around `right`."""
    knows = chance.beta(4 * right, 4 * (1 - right), pupils)
    return [int(total) for total in chance.binomial(QUESTIONS, knows)]


@pytest.mark.parametrize("freedom", [4, 6, 10, 20, 54, 1000])
def test_the_quantile_is_student_s(freedom: int) -> None:
    assert quantile(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=0.005)


totals = st.lists(st.integers(0, QUESTIONS), min_size=LEAST, max_size=40)


@given(totals, totals)
def test_the_interval_is_welch_s(before: list[int], after: list[int]) -> None:
    found = difference(before, after)
    assert found is not None
    if len({*before}) == len({*after}) == 1:
        assert found.low == found.mean == found.high
        return
    wanted = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high), abs=0.02 * (1 + abs(wanted.high)))


@pytest.mark.parametrize("pupils", sampled([10, 20, 28], 20))
@pytest.mark.parametrize(("before", "after"), [(0.45, 0.45), (0.45, 0.6), (0.3, 0.7)])
def test_nineteen_of_twenty_intervals_hold_the_true_change(pupils: int, before: float, after: float) -> None:
    chance = np.random.default_rng(1958)
    held = 0
    for _ in range(TRIES):
        found = difference(class_of(pupils, before, chance), class_of(pupils, after, chance))
        assert found is not None
        held += found.low <= QUESTIONS * (after - before) <= found.high
    assert held / TRIES == pytest.approx(0.95, abs=0.02)


@pytest.mark.parametrize("pupils", sampled([10, 20, 28], 20))
def test_the_least_change_that_is_said_to_be_found_is_found_eight_times_in_ten(pupils: int) -> None:
    """By the spread of classes as they are simulated here."""
    chance = np.random.default_rng(1959)
    spread = pstdev(class_of(20000, 0.45, chance))
    step = least_found(pupils, spread) / QUESTIONS
    found = [
        difference(class_of(pupils, 0.45, chance), class_of(pupils, min(0.95, 0.45 + step), chance))
        for _ in range(TRIES)
    ]
    power = sum(one is not None and one.low > 0 for one in found) / TRIES
    assert power == pytest.approx(0.8, abs=0.05)


def test_a_larger_class_finds_less() -> None:
    assert least_found(28) == pytest.approx(1.5, abs=0.05)
    assert least_found(10) > least_found(20) > least_found(28)
    assert least_found(40) == pytest.approx((1.99 + 0.84) * 2 * sqrt(2 / 40), abs=0.01)


def test_too_few_totals_give_no_interval() -> None:
    assert difference([5] * (LEAST - 1), [6] * 30) is None


def test_a_total_needs_an_answer_to_each_question_with_a_right_one() -> None:
    survey = survey_of([
        Answered(SACKS, {"a": "forty", "b": "eighty", "c": "forty"}, {"eighty": 2}),
        Answered(SACKS, {"a": "forty", "b": "forty"}, {}),
        Answered(BLAME, {"a": "yes"}, {}),
    ])  # fmt: skip
    assert survey.totals == (1, 2) and survey.of == 2
    assert survey.counts == ({"forty": 2, "eighty": 3}, {"forty": 2}, {"yes": 1})
    assert survey.share(0, ["forty"]) == pytest.approx(0.4) and survey.share(2, ["yes"]) == 1


def test_nobody_answered() -> None:
    survey = survey_of([Answered(SACKS, {}, {})])
    assert survey.totals == () and survey.share(0, ["forty"]) is None
