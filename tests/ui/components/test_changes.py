"""What came of a choice, as lines below the deed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.play.history import reading_map
from game.story.model import Story
from game.story.people import Person
from game.ui.components.parts import outcome_lines
from game.ui.i18n import Catalogue
from tests.ui.stand_ins import taken


@pytest.mark.parametrize(
    ("pronouns", "label"),
    [
        (("she",), "Not hers to decide"),
        (("he",), "Not his to decide"),
        (("she", "she"), "Not hers to decide"),
        (("she", "he"), "Not theirs to decide"),
        ((None,), "Not theirs to decide"),
        ((), "Not theirs to decide"),
    ],
)
def test_what_was_not_the_tellers_to_decide_is_labelled_by_their_pronoun(
    pronouns: tuple[str | None, ...], label: str, mill: Story, words: Catalogue
) -> None:
    """Below what the deed changed, so that it does not take the deed back."""
    others = {id: replace(person, tells=None) for id, person in mill.people.items()}
    tellers = {f"t{n}": Person(f"t{n}", f"Teller {n}", pronoun=one, tells="miller") for n, one in enumerate(pronouns)}
    p = taken(replace(mill, people={**others, **tellers}), "give-wok")
    ((station,),) = reading_map(p).dates
    lines = list(outcome_lines(words, station.forks[0], "came"))
    assert [line.style for line in lines] == ["outcome", "anyway"]
    assert lines[1].label == "".join(span.text for span in lines[1].spans) == f"{label}: The wok was on the list."
