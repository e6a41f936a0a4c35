"""A number in a text has its unit: its own, or the pack's."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.play import begin
from tests.story.packs import CHAPTER, PACK, checked, codes, playable

TEXT = CHAPTER.replace("Somebody knocks.", '"{grain|count}, *{grain|count}*"')


@pytest.mark.parametrize(
    ("pack", "shown"),
    [
        (PACK, "2, 2"),
        (PACK + "words: {unit: {one: jar, other: jars}}\n", "2 jars, 2 jars"),
        (PACK.replace("max: 4,", "max: 4, unit: {one: cup, other: cups},"), "2 cups, 2 cups"),
        (PACK.replace("start: 2,", "start: 1, unit: {one: cup, other: cups},"), "1 cup, 1 cup"),
    ],
)
def test_a_count_has_its_unit(pack: str, shown: str, tmp_path: Path) -> None:
    story = playable(tmp_path, pack=pack, chapter=TEXT)
    assert [paragraph.text for paragraph in begin(story, "villager").page.paragraphs] == [shown]


def test_only_numbers_have_a_count(tmp_path: Path) -> None:
    _, findings = checked(tmp_path, chapter=TEXT.replace("*{grain|count}*", "{wok|count}"))
    assert codes(findings) == ["WG311"]
