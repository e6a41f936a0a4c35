"""Real saves and codes of older programs, made before format 2 (saves) and format 1 (codes)."""

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
THE_MILL = {saved["what"]: saved for saved in json.loads((KEPT / "mill.json").read_text("utf-8"))}
CHINESE: dict[str, Any] = json.loads((KEPT / "kiosk-zh-Hans.json").read_text("utf-8"))


def facts_of(p: Playthrough) -> dict[str, Any]:
    return {
        "node": p.page.node,
        "state": list(p.position.state),
        "entries": [list(entry) for entry in p.entries],
        "left": p.left,
    }


@pytest.mark.parametrize("saved", THE_MILL.values(), ids=THE_MILL)
def test_a_format_1_save_is_restored(saved: dict[str, Any], the_mill: Story) -> None:
    """The save gives the same page, state and entries, and is written again in today's format.

    Only the record that was cut in half by hand has a note, on decisions that could not be taken.
    """
    p, notes = restore(the_mill, saved["save"])
    assert facts_of(p) == saved["gives"]
    assert {note.kind for note in notes} == ({"other"} if saved["what"] == "after-half-a-record" else set())
    assert saved["save"]["format"] == 1
    again, notes = restore(the_mill, save(p))
    assert (again.entries, again.earlier, again.position, notes) == (p.entries, p.earlier, p.position, ())


@pytest.mark.parametrize("saved", THE_MILL.values(), ids=THE_MILL)
def test_a_format_0_code_is_opened(saved: dict[str, Any], the_mill: Story) -> None:
    p, notes = from_code(the_mill, saved["code"])
    assert (facts_of(p), notes) == (saved["gives"], ())
    assert to_code(p) != saved["code"]


def test_a_format_1_save_has_a_note_on_a_chapter_that_cannot_be_replayed(tmp_path: Path) -> None:
    story = edited(tmp_path, ("c-mid", "say: I kept it.,", "say: I kept it., if: hunger > 8,"))
    assert Note("other", "The Drawer", recorded="I kept it.") in restore(story, THE_MILL["after-the-clerk"]["save"])[1]


def test_a_reworded_choice_of_a_format_1_save_has_a_note(tmp_path: Path) -> None:
    """A mark that does not fit, among others that do, means that the words changed."""
    story = edited(tmp_path, ("m-gate", "say: I gave the wok.", "say: I lent the wok."))
    assert [note.kind for note in restore(story, THE_MILL["alone"]["save"])[1]] == ["reworded"]


@pytest.mark.parametrize("key", ["kiosk", "second"])
@pytest.mark.parametrize("language", ["", "zh-Hans"])
def test_a_format_1_save_in_chinese_has_no_notes_on_words(key: str, language: str) -> None:
    """Its marks are of the translated words: they fit in Chinese, and are not compared in English."""
    _, notes = restore(load(story_folder(), language), CHINESE[key])
    assert not {"reworded", "swapped"} & {note.kind for note in notes}


@pytest.mark.parametrize("digit", [2, 3])
def test_a_code_of_a_newer_format_is_refused(digit: int) -> None:
    with pytest.raises(CodeError, match="newer version of the game") as caught:
        from_code(load_the_mill(), encode(digit + 4 * 123_456_789, padded=True))
    assert caught.value.reason == "format"
