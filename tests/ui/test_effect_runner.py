"""Reports to a reader about a save that no longer fits the story, in whole sentences."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from game.core.stores import FolderStore, MemoryStore
from game.play.save_files import SaveFiles
from game.resources import assets_folder
from game.story import StoryErrors
from game.ui import intents
from game.ui.effect_runner import StoreEffectRunner
from game.ui.effects import Autosave, CopyText, Effect, LoadLanguage, StoreSlot
from game.ui.i18n import Catalogue
from game.ui.screens.registry import render_top
from game.ui.settings import DEFAULT, SettingsFile
from game.ui.tree import walk
from game.ui.update import start
from tests.full_disk import full_disk
from tests.play.readers import edited, read
from tests.small_stories.packs import load_the_mill

REEL = """    text:
      - A sheet between two poplars.
      - {by: the film, text: Every furnace is a flower!}
    brief: A film.
"""
Edit = tuple[str, str, str]
NO_SETTINGS = SettingsFile(MemoryStore())


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([], []),
        ([("m-gate", "say: I gave the wok.", "say: I lent the wok.")], ["you made in “The Gate” has new words"]),
        (
            [("m-gate", "{id: give, say: I gave the wok.", "{id: lend, say: I lent the wok.")],
            ["2 of your choices are gone, and you go on from “The Gate”.", "current.kept-1.json"],
        ),
        ([("m-gate", "{id: give,", "{id: lend,")], ["a choice in “The Gate” has another id. It was"]),
        (
            [("m-heavy", "note: Someone is hungry.\n", "")],
            ["One choice that you made there is gone, and you go on from “The Ladle”.", "current.kept-1.json"],
        ),
        (
            [("reel", "goto: next", "goto: two\n  two: {text: Again a film., goto: next}")],
            ["something new to read, first in “A Film”. You can look back at it."],
        ),
        (
            [("reel", REEL, "")],
            ["something that you read is no longer in it. All your choices stay.", "current.kept-1.json"],
        ),
    ],
)  # fmt: skip
def test_the_notes_explain_a_changed_save(edits: list[Edit], said: list[str], words: Catalogue, tmp_path: Path) -> None:
    saves = SaveFiles(FolderStore(tmp_path / "saves"))
    saves.autosave(read(load_the_mill(), "miller", "wait", "give", "skip"))
    story = edited(tmp_path / "pack", *edits)
    playthrough, notes = StoreEffectRunner(story, words, saves, NO_SETTINGS).resumed()
    assert playthrough is not None
    for line, part in zip(notes, said, strict=True):
        assert part in line and line[0].isupper() and line.endswith(".") and "{" not in line
    if notes:
        app = start(story, words, DEFAULT, playthrough, notes)
        assert [node.label for node in walk(render_top(app)) if node.role == "paragraph"] == notes


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (("c-gate", "[pledge = doubled]", "[pledge = modest]"), "it was: a double number. Now it is: a modest number."),
        (("c-mid", "say: I kept it.,", "say: I kept it., if: hunger > 8,"), "the choice was “I kept it.”"),
        (("c-mid", "[crop = 2]", "[crop = 3]"), "“The Drawer” no longer ends as it did"),
        (("c-end", "goto: copied}", "goto: ashes}"), "with it who lives and how it ends: “Copying” is no longer"),
    ],
)
def test_the_notes_explain_changes_of_the_other_door(edit: Edit, said: str, words: Catalogue, tmp_path: Path) -> None:
    clerk = read(load_the_mill(), "clerk", "double", "sign", "open", "keep", "copy")
    saves = SaveFiles(FolderStore(tmp_path / "saves"))
    saves.autosave(read(load_the_mill(), "miller", "give", "smallest", earlier=clerk))
    story = edited(tmp_path / "pack", edit)
    for language in (words, Catalogue(assets_folder() / "locale", "zh-Hans")):
        _, notes = StoreEffectRunner(story, language, saves, NO_SETTINGS).resumed()
        assert len(notes) == 1 and "{" not in notes[0] and "note." not in notes[0]
        assert said in notes[0] or language is not words


def test_another_window_s_save_is_reported_once(words: Catalogue, tmp_path: Path) -> None:
    mill = load_the_mill()
    first, second = (StoreEffectRunner(mill, words, SaveFiles(FolderStore(tmp_path)), NO_SETTINGS) for _ in range(2))
    p = read(mill, "miller", "continue")
    assert first.carry_out(Autosave(p)) is None
    assert second.carry_out(Autosave(read(mill, "clerk", "continue"))) is None
    failed = first.carry_out(Autosave(p.choose("wait")))
    assert isinstance(failed, intents.Failed) and "current.kept-1.json" in failed.message
    assert first.carry_out(Autosave(p)) is None


@pytest.mark.parametrize(("works", "answer"), [(True, intents.Copied), (False, intents.Failed)])
def test_a_reader_learns_whether_a_text_was_copied(works: bool, answer: type[intents.Intent], words: Catalogue) -> None:
    clipboard = Mock(copy=Mock(return_value=works))
    runner = StoreEffectRunner(load_the_mill(), words, SaveFiles(MemoryStore()), NO_SETTINGS, clipboard)
    assert isinstance(runner.carry_out(CopyText("SDSG")), answer)
    clipboard.copy.assert_called_once_with("SDSG")


def test_a_full_disk_is_reported_once_for_pages_and_always_for_slots(
    words: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page would repeat it; a slot that the reader presses must report it."""
    monkeypatch.setattr(MemoryStore, "write", full_disk)
    p = read(load_the_mill(), "miller", "continue")
    runner = StoreEffectRunner(p.story, words, SaveFiles(MemoryStore()), NO_SETTINGS)
    effects: list[Effect] = [Autosave(p), Autosave(p), StoreSlot(1, p), Autosave(p), StoreSlot(1, p)]
    reported = [isinstance(runner.carry_out(effect), intents.Failed) for effect in effects]
    assert reported == [True, False, True, False, True]


def test_a_language_that_fails_to_load_is_reported(words: Catalogue) -> None:
    """An edited translation has a fault: the reader stays in the present language."""
    story, fault = load_the_mill(), StoryErrors(())
    load = Mock(side_effect=fault)
    runner = StoreEffectRunner(story, words, SaveFiles(MemoryStore()), NO_SETTINGS, load_language=load)
    assert runner.carry_out(LoadLanguage("zh-Hans")) == intents.Failed(str(fault))
    assert runner.story is story
