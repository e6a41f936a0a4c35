"""The shipped story against the budgets and the counts of rule 7 in `writing.md`."""

from __future__ import annotations

import pytest

from game.story.model import Story
from tests.story.prose_counts import Counts, count_prose

READINGS = 120
OUTSIDE = "outside"  # the group of people in the capital and the city
KIN = "family"


@pytest.fixture(scope="module", params=["villager", "official"])
def counts(request: pytest.FixtureRequest, shipped: Story) -> Counts:
    """A role's counts over random readings of the full cut."""
    return count_prose(shipped, request.param, "full", READINGS)


def test_pages_keep_to_their_budget_of_words(counts: Counts) -> None:
    over = {node: words for node, words in counts.words.items() if words > (140 if counts.choices[node] > 3 else 150)}
    assert over == {}


def test_at_most_a_quarter_of_the_pages_end_on_a_short_line(counts: Counts) -> None:
    assert counts.short_share() <= 0.25, sorted(counts.short_endings)


def test_a_role_has_at_most_two_as_you_similes(counts: Counts) -> None:
    assert len(counts.similes) <= 2, sorted(counts.similes)


def test_long_sentences_stay_rare(counts: Counts) -> None:
    """A sentence can be said in one breath; the official's orders and minutes are longer on purpose."""
    assert len(counts.long_sentences) <= 10, sorted(counts.long_sentences)


def test_a_page_names_at_most_two_new_people(counts: Counts, shipped: Story) -> None:
    """Relatives named as such, and people in the capital in the calendar's lines, do not count."""
    over = {}
    for node, people in counts.new_names.items():
        new = [person for person in people if shipped.people[person].group not in (OUTSIDE, KIN)]
        if len(new) > 2:
            over[node] = new
    assert over == {}
