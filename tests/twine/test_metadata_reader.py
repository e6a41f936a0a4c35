"""Edited metadata of an export always give valid ids and forms."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.story import check
from game.story.schema.chapter_schema import ID
from game.twine.importer import import_twee
from game.twine.metadata import NAME
from game.twine.pack_writer import pack_file_texts
from game.yamlio.writer import to_yaml
from tests.twine.test_importer import made, story_of

DATA: dict[str, Any] = {
    "roles": {"r": {"name": "R"}},
    "calendar": ["c", "d"],
    "chapters": {"c": {"title": "C", "role": "r"}, "d": {"title": "D"}},
    "cuts": {"full": {"play": "one role", "chapters": ["c", "d"]}},
}
PASSAGES = ':: C\n<<include "C.a">>\n\n:: C.a\nA page.\n\n[[On->d]]\n\n:: d\n<<include "d.b">>\n\n:: d.b\nThe end.\n'


def twee(data: Any, chapter: str = "c") -> str:
    """A Twee file with this StoryPack; `chapter` is what the first chapter's passages are called by."""
    start = f':: StoryData\n{{"start": "{chapter}"}}\n\n'
    return f"{start}{PASSAGES.replace('C', chapter)}\n:: {NAME} [Twine.private]\n{to_yaml(data)}\n"


def renamed(id: str) -> dict[str, Any]:
    """The data with another id for its first chapter."""
    return {
        **DATA,
        "calendar": [id, "d"],
        "chapters": {id: DATA["chapters"]["c"], "d": DATA["chapters"]["d"]},
        "cuts": {"full": {"play": "one role", "chapters": [id, "d"]}},
    }


@pytest.mark.parametrize("id", ["../../../../other/victim", "/etc/victim", "C:\\victim", "nul.", "A Chapter"])
def test_an_invalid_id_is_replaced_with_its_references(id: str, tmp_path: Path) -> None:
    """The chapter, its date and its pages keep together under an id, which is told, and the story is played."""
    people = {"people": {"r": {"name": "R", "is": [{"from": id, "text": "a"}]}}}
    text = twee({**renamed(id), "people": people}, id.replace("\\", "\\\\"))
    pack, findings = made(text.replace('"start"', '"begin"'))
    told = [finding.problem for finding in findings if "is no id" in finding.problem]
    assert len(told) == 1
    first, second = pack.chapters
    assert f"so it is called `{first['chapter']}` here" in told[0]
    assert second["chapter"] == "d"
    assert pack.pack["calendar"] == [first["chapter"], "d"] == pack.pack["cuts"]["full"]["chapters"]
    assert list(first["nodes"]) == ["a"]
    assert pack.others["people"]["people"]["r"]["is"] == [{"from": first["chapter"], "text": "a"}]
    names = [path.name for path in tmp_path.iterdir()]
    story_of(pack, findings, tmp_path / "pack")
    assert [path.name for path in tmp_path.iterdir()] == [*names, "pack"]
    assert all(path.is_file() for path in (tmp_path / "pack").iterdir())


def test_roles_places_and_the_packs_own_id_too(tmp_path: Path) -> None:
    """What names them elsewhere names them by the new id."""
    data = {
        **DATA,
        "pack": "../up",
        "roles": {"The Role": {"name": "R"}},
        "places": {"A Yard": {"name": "Y", "scene": "village", "alt": "A yard."}},
        "chapters": {"c": {"title": "C", "role": "The Role", "place": "A Yard"}, "d": {"title": "D"}},
        "people": {
            "people": {
                "r": {"name": "R", "tells": "The Role", "know": [{"from": "c", "role": "The Role", "text": "k"}]}
            }
        },
    }
    pack, findings = made(twee(data))
    assert [finding.code for finding in findings] == ["WG905"] * 3
    assert (list(pack.pack["roles"]), list(pack.pack["places"])) == (["the-role"], ["a-yard"])
    assert (pack.chapters[0]["role"], pack.chapters[0]["place"]) == ("the-role", "a-yard")
    assert pack.pack["pack"] == "untitled"
    assert pack.others["people"]["people"] == {
        "r": {"name": "R", "tells": "the-role", "know": [{"from": "c", "role": "the-role", "text": "k"}]}
    }
    story_of(pack, findings, tmp_path / "pack")


def test_an_id_of_digits_stays_one(tmp_path: Path) -> None:
    """YAML would have `1958` as a number, and a chapter may be called so."""
    pack, findings = made(twee(renamed("1958"), "1958"))
    assert findings == []
    assert [chapter["chapter"] for chapter in pack.chapters] == ["1958", "d"]
    assert list(story_of(pack, findings, tmp_path / "pack").chapters) == ["1958", "d"]


SPOILED = [
    "roles", "places", "cuts", "variables", "glossary", "calendar", "unwalked", "people", "sources", "measures", "map",
]  # fmt: skip


@pytest.mark.parametrize("key", SPOILED)
@pytest.mark.parametrize("value", [3, "x", [], [{"a": 1}], [{"line": 1}], {"a": 1}, {"a": {"nodes": 3}}])
def test_a_part_of_another_shape_is_left_out_or_said(key: str, value: Any) -> None:
    """Whatever stands where a mapping or a calendar belongs, nothing but findings comes of it."""
    pack, findings = import_twee(twee({**DATA, key: value}).encode(), "story.twee")
    assert pack is not None
    pack_file_texts(pack, "story.twee", findings)


ANY = st.recursive(
    st.text(max_size=8) | st.sampled_from(["c", "d", "r", "../x", "true", "7"]),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from([*DATA, "c", "nodes", "../x"]), below),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*DATA, *SPOILED, "pack", "fates", "subtitle"]), ANY))
def test_any_story_pack_gives_files_that_have_ids_for_names(data: dict[str, Any]) -> None:
    """No traceback, and no file but the pack's own."""
    pack, findings = import_twee(twee({**DATA, **data}).encode(), "story.twee")
    assert pack is not None
    for name in pack_file_texts(pack, "story.twee", findings):
        stem = name.removesuffix(".yaml").removesuffix(".md")
        assert re.fullmatch(ID, stem.lower()), name


def test_a_story_pack_that_is_too_large_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take minutes to read, and no export of ours comes near it."""
    monkeypatch.setattr("game.twine.metadata_reader.MAX_FILE_BYTES", 1_000_000)
    data = {**DATA, "about": ["x" * 999] * 1_001}
    _, findings = made(twee(data))
    assert any("StoryPack is larger than 1 MB, so its chapters are lost" in one.problem for one in findings)


def test_where_its_chapters_are_lost_no_condition_asks_for_their_places(tmp_path: Path) -> None:
    """What asks for a place of theirs is named as lost, and the passages can still be played."""
    text = twee([]).replace("A page.", "A page. <<if $Seen__d__b>>Again.<</if>>")
    pack, findings = made(text)
    assert any("it asks for a place of a chapter that is lost" in one.problem for one in findings)
    story_of(pack, findings, tmp_path / "pack")
    assert check(tmp_path / "pack")[0] is not None
