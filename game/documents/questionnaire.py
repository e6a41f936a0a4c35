"""The questionnaires of a class before and after the story, and the change of the mean with its confidence interval.

Source of the interval: B. L. Welch, "The Generalization of 'Student's' Problem when Several Different Population
Variances are Involved", Biometrika 34 (1947).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import inf, sqrt
from statistics import NormalDist, fmean, variance

from game.core.values import frozen
from game.story.desk import Question

LEVEL = 0.95  # of the interval
LEAST = 5  # totals: with fewer on one side there is no interval


@frozen
class Answered:
    """A question and its answers, from phones and by raised hands."""

    question: Question
    ballots: Mapping[str, str]  # seat of a phone -> answer
    hands: Mapping[str, int]  # answer -> number of raised hands


@frozen
class Survey:
    """A class's answers to a questionnaire, without the seats of the phones."""

    questions: tuple[Question, ...]
    counts: tuple[Mapping[str, int], ...]  # for each question: answer -> how many people gave it
    totals: tuple[int, ...]  # right answers of each phone that answered all questions with a right answer
    of: int  # the number of questions with a right answer

    def share(self, number: int, answers: Iterable[str]) -> float | None:
        """Return the fraction (0 to 1) of a question's answers that are in `answers`; None if nobody answered it."""
        counts = self.counts[number]
        all_of_them = sum(counts.values())
        return sum(counts.get(answer, 0) for answer in answers) / all_of_them if all_of_them else None


@frozen
class Difference:
    """The mean number of right answers after the story minus that before it, and its confidence interval at LEVEL."""

    mean: float
    low: float  # of the interval
    high: float


def survey_of(answered: Sequence[Answered]) -> Survey:
    """Return a class's answers as counts and totals, without the seats of the phones."""
    counts = [Counter(one.ballots.values()) + Counter(one.hands) for one in answered]
    marked = [one for one in answered if one.question.right]
    seats = frozenset.intersection(*(frozenset(one.ballots) for one in marked)) if marked else frozenset()
    totals = (sum(one.ballots[seat] == one.question.right for one in marked) for seat in seats)
    return Survey(tuple(one.question for one in answered), tuple(counts), tuple(sorted(totals)), len(marked))


def difference(before: Sequence[int], after: Sequence[int]) -> Difference | None:
    """Return the change of the mean, and its confidence interval at LEVEL by Welch's method. `before` and `after` have
    the number of right answers of each phone; return None if one of them has fewer than LEAST numbers. Nobody knows
    which numbers come from the same phone, so the samples count as independent."""
    if min(len(before), len(after)) < LEAST:
        return None
    mean = fmean(after) - fmean(before)
    parts = [variance(side) / len(side) for side in (before, after)]
    error = sqrt(sum(parts))
    squares = sum(part**2 / (len(side) - 1) for part, side in zip(parts, (before, after), strict=True))
    freedom = sum(parts) ** 2 / squares if squares else inf
    reach = quantile(freedom) * error
    return Difference(mean, mean - reach, mean + reach)


def quantile(freedom: float) -> float:
    """Return the quantile of Student's t for a two-sided interval at LEVEL, with `freedom` degrees of freedom. From 4
    degrees on, the first two decimals are right.

    Formula: the expansion of Cornish and Fisher in Abramowitz and Stegun, *Handbook of Mathematical Functions*, 26.7.5.
    """
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, 1))


def least_found(pupils: int, spread: float = 2.0) -> float:
    """Return the smallest true change of the mean that `difference` tells from zero eight times out of ten.

    `pupils` is how many answer before the story, and how many after it. `spread` is the standard deviation of their
    numbers of right answers. For 28 pupils the result is 1.5 right answers.
    """
    return (quantile(2 * pupils - 2) + NormalDist().inv_cdf(0.8)) * spread * sqrt(2 / pupils)
