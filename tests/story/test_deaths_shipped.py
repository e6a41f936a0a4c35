"""A death stands alone on its page, without an answer to a choice or a list."""

from __future__ import annotations

import random
import re

import pytest

from game.play import begin
from game.story.model import Story
from tests.play.readers import page_text, read_by_chance

DEATH = re.compile(r"\bdied\b")
READINGS = 60


@pytest.mark.parametrize("cut", ["full", "one-door", "kiosk"])
@pytest.mark.parametrize("role", ["villager", "official"])
def test_a_page_that_tells_a_death_has_nothing_under_it(shipped: Story, role: str, cut: str) -> None:
    """A choice's answer and changes come on an earlier page."""
    rng, deaths, crowded = random.Random(5), 0, set()
    for _ in range(READINGS):
        for page in read_by_chance(begin(shipped, role=role, cut=cut), rng).pages:
            shown = page.brief if page.shows_brief else page.paragraphs
            if any(DEATH.search(paragraph.text) for paragraph in shown):
                deaths += 1
                if page.answer or page.changes:
                    crowded.add(page.node)
    assert deaths
    assert crowded == set()


def test_everybody_who_dies_has_one_plain_sentence(shipped: Story) -> None:
    plain = {
        "villager": ["Grandfather died in January 1960, of hunger", "Shao Yuzhen|Yuzhen", "Lu Qi"],
        "official": ["Aunt Tian|She died in January", "Lu Qi"],
    }
    rng = random.Random(9)
    for role, people in plain.items():
        for _ in range(READINGS):
            text = "\n".join(map(page_text, read_by_chance(begin(shipped, role=role, cut="full"), rng).pages))
            if "I went under it, in the water" in text:  # she is far away, and does not hear of it
                continue
            for person in people:
                if person.startswith("Aunt Tian") and re.search(r"(She lived|sat down)\.", text):
                    continue
                sentences = [part for part in re.split(r"(?<=[.!?])\s", text) if re.search(person, part)]
                assert any(
                    re.search(r"\bdied\b", sentence)
                    and re.search(r"January|February|April 1960|third day|month", sentence)
                    for sentence in sentences
                ), (role, person)
