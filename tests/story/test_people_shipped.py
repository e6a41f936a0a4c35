"""The shipped story's cards do not reveal anything before its pages do."""

from __future__ import annotations

import re

from game.story.model import Story
from game.story.people import Known, Person

WINTER = "letter-1960"  # the first chapter after the winter in which it is decided who lives
LIVES = re.compile(r"\b(\w+_lives|away|accused)\b")
WORDS = re.compile(r"[\w’'-]+")


def sentences(person: Person) -> tuple[Known, ...]:
    return (*person.says, *person.know)


def test_no_card_shows_before_the_winter_of_1960_who_lives(shipped: Story) -> None:
    """Anything about survival appears from the chapter after that winter on; no card reveals the narrator's own
    survival."""
    winter = shipped.order.index(WINTER)
    for person in shipped.people.values():
        for sentence in sentences(person):
            asked = set(LIVES.findall(sentence.condition.text)) if sentence.condition else set()
            if asked:
                assert sentence.since is not None and shipped.order.index(sentence.since) >= winter, (
                    person.name,
                    sentence.text,
                )
            assert "guilan_lives" not in asked, (person.name, sentence.text)


def test_everybody_has_a_card_and_a_fate_on_every_way(shipped: Story) -> None:
    assert shipped.people
    for person in shipped.people.values():
        assert person.group in shipped.people_groups, person.name
        assert person.says and person.says[0].condition is None and person.says[0].since is None, person.name
        assert all(len(WORDS.findall(say.text)) <= 8 for say in person.says), person.name
        assert person.fate and person.fate[-1].condition is None, person.name
