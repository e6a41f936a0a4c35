"""A number in a text has its unit: its own, or the pack's."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.lint import lint
from game.play import begin
from tests.play.readers import texts
from tests.story.packs import CHAPTER, PACK, checked, codes, playable, written

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
    assert texts(begin(playable(tmp_path, pack=pack, chapter=TEXT), "villager")) == [shown]


def test_only_numbers_have_a_count(tmp_path: Path) -> None:
    assert codes(checked(tmp_path, chapter=TEXT.replace("*{grain|count}*", "{wok|count}"))[1]) == ["WG311"]


COUNTED = PACK.replace("max: 4,", "max: 4, unit: {one: sack, other: sacks}, tell: count,")
EATEN = CHAPTER.replace("text: They came in.", "text: They came in.\n    do: grain -= 1")


def test_a_change_of_a_count_is_told_with_its_unit(tmp_path: Path) -> None:
    text = EATEN.replace("Somebody knocks.", "There was {grain}.")
    p = begin(playable(tmp_path, pack=COUNTED, chapter=text), "villager")
    assert texts(p) == ["There was half a jar."]
    (change,) = p.choose("open").page.changes
    assert (change.before, change.after) == ("2 sacks", "1 sack")


def test_a_count_that_is_told_is_used(tmp_path: Path) -> None:
    """Without words, nothing else asks for it: telling its change is a use."""
    pack = COUNTED.replace(", words: {0: an empty jar, 1: half a jar, 3: a full jar}", "")
    files = {"pack.yaml": pack, "chapter.yaml": EATEN}
    assert [finding for finding in lint(written(tmp_path, files))[1] if "`grain`" in finding.problem] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wok: {start: true,", "wok: {start: true, tell: count,", "Give it `words`."),
        ("grain: {start: 2,", "grain: {start: 2, tell: count,", "Give it a `unit`"),
        ("0: an empty jar", '0: "{grain|count}"', "printed as they stand"),
        ("0: an empty jar", '0: "only {said}"', "printed as they stand"),
    ],
)
def test_what_a_change_cannot_tell(old: str, new: str, said: str, tmp_path: Path) -> None:
    (finding,) = checked(tmp_path, pack=PACK.replace(old, new))[1]
    assert (finding.code, said in f"{finding.problem}. {finding.remedy}") == ("WG205", True), finding
