"""Saves and codes that an older program wrote: real ones, made before format 2 (saves) and format 1 (codes)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from game.play import Note, Playthrough, restore, save
from game.play.base32_check import encode
from game.play.share_code import CodeError, from_code, to_code
from game.resources import story_folder
from game.story import Story
from game.story.loader import load
from tests.play.readers import edited
from tests.small_stories.packs import load_the_mill

KEPT = Path(__file__).parent / "format_1"
THE_MILL: list[dict[str, Any]] = json.loads((KEPT / "mill.json").read_text("utf-8"))
CHINESE: dict[str, Any] = json.loads((KEPT / "kiosk-zh-Hans.json").read_text("utf-8"))


def given(p: Playthrough) -> dict[str, Any]:
    return {
        "node": p.page.node,
        "state": list(p.position.state),
        "entries": [list(entry) for entry in p.entries],
        "left": p.left,
    }


@pytest.mark.parametrize("one", THE_MILL, ids=[one["what"] for one in THE_MILL])
def test_a_format_1_save_is_restored(one: dict[str, Any], the_mill: Story) -> None:
    """The same page, state and entries; and written again it is of today's format.

    There is nothing to say but of decisions that the record has and could not be taken: half a record, made by hand.
    """
    p, notes = restore(the_mill, one["save"])
    assert given(p) == one["gives"]
    assert {note.kind for note in notes} == ({"other"} if one["what"] == "after-half-a-record" else set())
    assert one["save"]["format"] == 1
    again, notes = restore(the_mill, save(p))
    assert (again.entries, again.earlier, again.position, notes) == (p.entries, p.earlier, p.position, ())


@pytest.mark.parametrize("one", THE_MILL, ids=[one["what"] for one in THE_MILL])
def test_a_format_0_code_is_opened(one: dict[str, Any], the_mill: Story) -> None:
    """The same page, state and entries, without a note; today's code of it is another one."""
    p, notes = from_code(the_mill, one["code"])
    assert (given(p), notes) == (one["gives"], ())
    assert to_code(p) != one["code"]


def test_a_format_1_save_has_a_note_on_a_chapter_that_cannot_be_replayed(tmp_path: Path) -> None:
    """It does not say how a chapter came out: that a decision of it can be taken no more is said all the same."""
    (one,) = (one for one in THE_MILL if one["what"] == "after-the-clerk")
    story = edited(tmp_path, ("c-mid", "say: I kept it.,", "say: I kept it., if: hunger > 8,"))
    assert Note("other", "The Drawer", recorded="I kept it.") in restore(story, one["save"])[1]


def test_a_reworded_choice_of_a_format_1_save_has_a_note(tmp_path: Path) -> None:
    """Where other marks are of today's words, one that is not means that the words changed."""
    (one,) = (one for one in THE_MILL if one["what"] == "alone")
    story = edited(tmp_path, ("m-gate", "say: I gave the wok.", "say: I lent the wok."))
    assert [note.kind for note in restore(story, one["save"])[1]] == ["reworded"]


@pytest.mark.parametrize("which", ["kiosk", "second"])
@pytest.mark.parametrize("language", ["", "zh-Hans"])
def test_a_format_1_save_in_chinese_has_no_notes_on_words(which: str, language: str) -> None:
    """Its marks are of the translation's words: they are known in Chinese, and not compared in English."""
    _, notes = restore(load(story_folder(), language), CHINESE[which])
    assert "reworded" not in {note.kind for note in notes}
    assert "swapped" not in {note.kind for note in notes}


@pytest.mark.parametrize("digit", [2, 3])
def test_a_code_of_a_newer_format_is_refused(digit: int) -> None:
    """A format that this program does not know is said to be newer, not mistyped."""
    with pytest.raises(CodeError, match="newer version of the game") as caught:
        from_code(load_the_mill(), encode(digit + 4 * 123_456_789, padded=True))
    assert caught.value.reason == "format"
