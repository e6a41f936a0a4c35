"""A page's place and date: its chapter's, or its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.explore.liveness import Liveness
from game.play import begin
from game.story import Story
from tests.story.packs import CHAPTER, PACK, checked, codes, playable

TWO_PLACES = PACK.replace(
    "  yard: {name: the yard, scene: courtyard}\n",
    "  yard: {name: the yard, scene: courtyard}\n"
    "  hall: {name: the hall, scene: hall, params: {jar: grain}, alt: A hall.}\n",
)
MOVED = CHAPTER.replace("place: yard", "place: yard\nwhen: May 1958").replace(
    "    text: They came in.", "    when: July 1962\n    place: hall\n    text: They came in."
)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return playable(tmp_path, pack=TWO_PLACES, chapter=MOVED)


def test_a_page_can_have_another_place_than_its_chapter(story: Story) -> None:
    p = begin(story, role="villager")
    assert (p.page.when, p.page.place, p.page.picture and p.page.picture.scene) == ("May 1958", "the yard", "courtyard")
    page = p.choose("open").page
    assert (page.when, page.place) == ("July 1962", "the hall")
    assert page.picture is not None
    assert (page.picture.scene, page.picture.alt, page.picture.params) == ("hall", "A hall.", {"jar": 2})


def test_variables_of_a_page_s_own_picture_are_live_before_it(story: Story) -> None:
    engine = begin(story, role="villager").engine
    assert "grain" in Liveness(engine).at["gate.knock"]


def test_a_place_that_the_pack_does_not_have_is_found_on_its_page(tmp_path: Path) -> None:
    _, findings = checked(tmp_path, pack=TWO_PLACES, chapter=MOVED.replace("place: hall", "place: hal"))
    (finding,) = [finding for finding in findings if finding.code == "WG302"]
    assert "hal" in finding.problem and "hall" in finding.remedy
    assert finding.line == MOVED[: MOVED.index("place: hall")].count("\n") + 1


def test_a_place_of_a_single_page_counts_as_used(tmp_path: Path) -> None:
    assert "WG613" not in codes(checked(tmp_path, pack=TWO_PLACES, chapter=MOVED)[1])
