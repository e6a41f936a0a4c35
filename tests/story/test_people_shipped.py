"""The cards of the story that is shipped: what they must not say before its pages do."""

from __future__ import annotations

import re

from game.story.model import Story
from game.story.people import Known, Person

WINTER = "letter-1960"  # the first chapter after the winter in which it is decided who lives
LIVES = re.compile(r"\b(\w+_lives|away|accused)\b")
WORDS = re.compile(r"[\w’'-]+")


def sentences(person: Person) -> tuple[Known, ...]:
    """Everything that a person's card can say."""
    return (*person.says, *person.know)


def test_no_card_shows_before_the_winter_of_1960_who_lives(shipped: Story) -> None:
    """What hangs on a life is known from the chapter after that winter on; of the teller's own life no card tells."""
    winter = shipped.order.index(WINTER)
    for person in shipped.people.values():
        for one in sentences(person):
            asked = set(LIVES.findall(one.condition.text)) if one.condition else set()
            if asked:
                assert one.since is not None and shipped.order.index(one.since) >= winter, (person.name, one.text)
            assert "guilan_lives" not in asked, (person.name, one.text)


def test_everybody_has_a_card_and_a_fate_on_every_way(shipped: Story) -> None:
    """A name, who they are in at most eight words, under one of the headings, and a last fate without a condition."""
    assert shipped.people
    for person in shipped.people.values():
        assert person.group in shipped.people_groups, person.name
        assert person.says and person.says[0].condition is None and person.says[0].since is None, person.name
        assert all(len(WORDS.findall(one.text)) <= 8 for one in person.says), person.name
        assert person.fate and person.fate[-1].condition is None, person.name
