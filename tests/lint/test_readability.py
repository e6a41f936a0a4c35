"""Syllables and school grades agree with a manual count."""

from __future__ import annotations

import re

import pytest

from game.lint.readability import count_syllables, school_grade

SPOKEN = """
the 1 grain 1 village 2 furnace 2 loudspeaker 3 reported 3 clapped 1 people 2 table 2 little 2 wanted 2 asked 1
carried 2 called 1 years 1 county 2 director 3 idea 3 radio 3 quiet 2 science 2 going 2 being 2 nation 2 million
2 official 3 household 2 every 2 evening 2 secretary 4 accountant 3 confidence 3 houses 2 names 1 made 1 coming
2 tied 1 died 1 cried 1 sweet 1 potato 3 creek 1 hoe 1 hundred 2 thousand 2 something 2 somebody 3 poem 2 video
3 area 3 museum 3 ruined 2 fluent 2 opened 2 weighed 1 carrying 3 used 1 knives 1 leaves 1 bridge 1 bridges 2
handle 2 handled 2 whole 1 while 1 apple 2 acre 2 before 2 likely 2 careful 2 iron 2 fire 1 child 1 friend 1
believe 2 diary 3 variety 4 trial 2 violence 3 serious 3 patient 2 ancient 2 famine 2 machine 2 rice 1 said 1
again 2 league 1 Tun'er 2 neighbour's 2
"""


@pytest.mark.parametrize(("word", "spoken"), re.findall(r"(\S+) (\d)", " ".join(SPOKEN.split())))
def test_syllables(word: str, spoken: str) -> None:
    assert count_syllables(word) == int(spoken)
    assert count_syllables(word.upper()) == int(spoken)


def test_the_grade_is_flesch_and_kincaid_s() -> None:
    """Two sentences of five words with one and two syllables, computed by hand."""
    text = "They came with a cart. The village gave its grain."
    assert school_grade(text) == max(0.39 * 5 + 11.8 * 11 / 10 - 15.59, 0)
    assert school_grade("They came with a cart and a loudspeaker to the village.") == pytest.approx(
        0.39 * 11 + 11.8 * 14 / 11 - 15.59
    )


def test_longer_sentences_and_words_are_harder() -> None:
    apart = "They came in the evening. They had a list. They took the wok from its hook."
    assert school_grade(apart) < school_grade(apart.replace(". They", " and they"))


@pytest.mark.parametrize("text", ["", "4,868", "…", "院子"])
def test_any_text_has_a_grade(text: str) -> None:
    assert school_grade(text) >= 0
