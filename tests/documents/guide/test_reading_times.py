"""Reading times of each cut and role."""

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
    story = load(folder)
    found = measure_reading_times(story)
    assert [(time.cut, time.role) for time in found] == [(cut, role) for cut in story.cuts for role in story.roles]
    for time in found:
        assert time.counted
        least, most = time.words
        assert 0 < least <= most
        assert time.minutes[0] * 150 <= least + 75
        assert time.minutes[1] * 150 >= most


def test_reading_times_of_a_role_are_those_of_explore(shipped: Story) -> None:
    short = replace(shipped, cuts={"one-door": shipped.cuts["one-door"]})
    for found in measure_reading_times(short):
        paths = explore_cut(Engine(shipped, found.role, shipped.cuts[found.cut]), 1_000_000).total
        assert paths is not None
        assert found.words == (paths.words.least, paths.words.most)
        assert found.choices == (paths.choices.least, paths.choices.most)


def test_a_story_with_an_endless_circle_is_sampled(tmp_path: Path) -> None:
    round_again = CHAPTER.replace("say: I waited., goto: inside", "say: I waited., goto: knock")
    story = playable(tmp_path, chapter=round_again)
    (found,) = measure_reading_times(story)
    assert not found.counted
    assert found.choices[0] == 1 < found.choices[1]
    assert measure_reading_times(story) == (found,)
