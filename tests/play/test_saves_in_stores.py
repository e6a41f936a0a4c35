"""Saves in each kind of store; test_save_files.py tests what only a disk has."""

from __future__ import annotations

import errno
from datetime import datetime
from pathlib import Path

import pytest

from game.core.stores import FolderStore, MemoryStore, Store
from game.play import Note, begin
from game.play.save_files import LARGEST, SaveError, SaveFiles, UnwritableFolder
from game.story import Story
from tests.play.readers import edited, read
from tests.play.test_save_files import GIVE, opened, resumed


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return FolderStore(tmp_path / "saves") if request.param == "folder" else MemoryStore()


@pytest.fixture
def saves(store: Store) -> SaveFiles:
    return SaveFiles(store, lambda: datetime(2024, 5, 6, 7, 8, 9))


def test_current_aside_and_slots_are_kept(saves: SaveFiles, store: Store, the_mill: Story) -> None:
    ours, aside, slot = (read(the_mill, "miller", *takes) for takes in ((), ("continue",), ("wait",)))
    assert saves.aside(the_mill) is None
    saves.store_slot(3, slot)
    saves.keep_aside(aside)
    saves.autosave(ours)
    again = SaveFiles(store)
    assert opened(again, the_mill)[0].entries == ours.entries
    kept = again.aside(the_mill)
    assert kept is not None and kept.entries == aside.entries
    assert again.fetch(the_mill, 3)[0].entries == slot.entries
    assert [info.name for info in again.slots(the_mill)] == [3]
    again.delete(3)
    assert again.slots(the_mill) == ()
    with pytest.raises(SaveError, match="slot 3 is empty"):
        again.fetch(the_mill, 3)


def test_a_refused_write_is_an_error_and_changes_nothing(the_mill: Story) -> None:
    refusing = False

    def changed(name: str, content: bytes | None) -> None:
        if refusing:
            raise OSError(errno.ENOSPC, "this browser keeps nothing")

    saves = SaveFiles(MemoryStore(changed=changed, place="this browser"))
    p = begin(the_mill, "miller")
    saves.autosave(p)
    refusing = True
    with pytest.raises(UnwritableFolder, match="cannot be written to this browser: this browser keeps nothing"):
        saves.autosave(p.choose("continue"))
    assert opened(saves, the_mill)[0].entries == p.entries
    refusing = False
    saves.autosave(p.choose("continue"))
    assert saves.resume(the_mill) is not None


def test_a_save_that_lost_entries_is_copied_once(
    saves: SaveFiles, store: Store, the_mill: Story, tmp_path: Path
) -> None:
    old = read(the_mill, "miller", "wait", "give", "skip")
    saves.autosave(old)
    content = store.read("current.json", LARGEST)
    story = edited(tmp_path / "pack", GIVE)
    for _ in range(3):
        p, notes = opened(SaveFiles(store), story)
        assert notes[-1] == Note("kept", "The Gate", file="current.kept-1.json")
    for entry in ("lend", "continue", "continue"):
        p = p.choose(entry)
        saves.autosave(p)
    assert store.read("current.kept-1.json", LARGEST) == content
    assert not store.exists("current.kept-2.json")
    assert resumed(saves, story).entries == p.entries
    store.write("current.json", content.decode())
    assert resumed(saves, the_mill).entries == old.entries
