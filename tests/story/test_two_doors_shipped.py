"""The second role's story does not contradict the first about people and numbers (see tests.benchmarks.two_doors)."""

from __future__ import annotations

from random import Random

import pytest

from game.play import begin, debrief
from game.play.debrief_sections import fates
from game.story import Story
from tests.benchmarks.two_doors import contradictions, pairs, stale
from tests.play.readers import read_to_the_end


@pytest.mark.parametrize("count", [12, pytest.param(120, marks=pytest.mark.full)])
def test_the_second_door_does_not_contradict_the_first(count: int, shipped: Story) -> None:
    for number, (first, second) in enumerate(pairs(shipped, count)):
        assert [*contradictions(first, second), *stale(first, second)] == [], f"pair {number}"


def test_a_fate_that_the_other_door_decides_is_said_once_it_was_read(shipped: Story) -> None:
    """Guo's sister may live or die in his reading: her debrief says which only after that reading."""
    alone = read_to_the_end(begin(shipped, "villager", "full"), Random(0))
    assert "xiue" not in {item.person for item in fates(alone)}
    his = read_to_the_end(begin(shipped, "official", "full"), Random(0))
    after = read_to_the_end(begin(shipped, "villager", "full", his), Random(0))
    said = {item.person: item.text for item in fates(his)}
    assert {item.person: item.text for item in fates(after)}["xiue"] == said["xiue"]
    assert {item.person: item.text for item in fates(after)}["guo"] == said["guo"]


@pytest.mark.parametrize(
    ("role", "other", "part"), [("villager", "official", "not-hers"), ("official", "villager", "not-his")]
)
@pytest.mark.parametrize("seed", range(5))
def test_the_talk_names_what_the_other_door_knows_until_it_was_read(
    role: str, other: str, part: str, seed: int, shipped: Story
) -> None:
    """A summary of the other role does not count as read, neither here nor on the sheet of 1958."""
    alone = read_to_the_end(begin(shipped, role, "full"), Random(seed))
    named = {section.id: section.paragraphs for section in debrief(alone) if section.other_door}
    assert list(named) == [part]
    assert named[part]
    (sheet,) = (page for page in alone.pages if page.node == "weighing-1958.rows")
    assert len(sheet.paragraphs) == 1
    both = read_to_the_end(begin(shipped, other, "full", alone), Random(seed))
    assert not [section.id for section in debrief(both) if section.other_door]
