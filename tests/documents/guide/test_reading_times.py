"""The lengths in the pack are those of the story, behind each door."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from game.documents.guide import measure_reading_times
from game.explore.explorer import explore_cut
from game.play.engine import Engine
from game.resources import story_folder
from game.story import Story, load
from tests.small_stories.packs import THE_FERRY
from tests.story.packs import CHAPTER, playable


@pytest.mark.parametrize("folder", [THE_FERRY, pytest.param(story_folder(), marks=pytest.mark.full)])
def test_each_cut_is_measured_for_each_role(folder: Path) -> None:
    """Also a cut that a class reads through both at once; minutes go by 150 words."""
    story = load(folder)
    found = measure_reading_times(story)
    assert [(one.cut, one.role) for one in found] == [(cut, role) for cut in story.cuts for role in story.roles]
    for one in found:
        assert one.counted
        least, most = one.words
        assert 0 < least <= most
        assert one.minutes[0] * 150 <= least + 75
        assert one.minutes[1] * 150 >= most


def test_a_reading_of_one_role_is_measured_as_exploring_measures_it(shipped: Story) -> None:
    """The shortest and the longest are those that `explore` proves."""
    short = replace(shipped, cuts={"one-door": shipped.cuts["one-door"]})
    for found in measure_reading_times(short):
        paths = explore_cut(Engine(shipped, found.role, shipped.cuts[found.cut]), 1_000_000).total
        assert paths is not None
        assert found.words == (paths.words.least, paths.words.most)
        assert found.choices == (paths.choices.least, paths.choices.most)


def test_a_story_with_an_endless_circle_is_sampled(tmp_path: Path) -> None:
    """Where a reader may go round for ever there is no longest reading: some are drawn, the same each time."""
    round_again = CHAPTER.replace("say: I waited., goto: inside", "say: I waited., goto: knock")
    story = playable(tmp_path, chapter=round_again)
    (found,) = measure_reading_times(story)
    assert not found.counted
    assert found.choices[0] == 1 < found.choices[1]
    assert measure_reading_times(story) == (found,)
