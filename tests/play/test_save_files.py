"""Saves on a disk: whole or not written at all, with one backup, and no unusable file is lost; and in other stores."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from game.core.stores import FolderStore, MemoryStore, Store
from game.play import Note, Playthrough, begin, restore
from game.play.save_check import with_checksums
from game.play.save_files import LARGEST, SaveError, SaveFiles, SlotInfo, UnwritableFolder
from game.story import Story
from tests.full_disk import full_disk
from tests.play.readers import edited, read


class DiskSaves(SaveFiles):
    """Saves in a folder that may not exist yet, at a fixed time."""

    def __init__(self, folder: Path) -> None:
        super().__init__(FolderStore(folder), lambda: datetime(2024, 5, 6, 7, 8, 9))
        self.folder = folder

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def put(self, name: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(content)


@pytest.fixture
def saves(tmp_path: Path) -> DiskSaves:
    return DiskSaves(tmp_path / "data" / "saves")


def opened(saves: SaveFiles, story: Story) -> tuple[Playthrough, tuple[Note, ...]]:
    """The current playthrough, which must exist, and its notes."""
    found = saves.resume(story)
    assert found is not None
    return found


def resumed(saves: SaveFiles, story: Story) -> Playthrough:
    p, notes = opened(saves, story)
    assert notes == ()
    return p


def refused(saves: SaveFiles, story: Story) -> SaveError:
    with pytest.raises(SaveError) as error:
        saves.resume(story)
    return error.value


def changed(file: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """A save's file with other data, which it now has."""
    whole: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    whole |= change(whole)
    file.write_text(json.dumps(whole), encoding="utf-8")
    return whole


def test_nothing_saved_is_nothing_to_resume(saves: DiskSaves, the_mill: Story) -> None:
    assert saves.resume(the_mill) is None
    assert saves.slots(the_mill) == ()
    assert not saves.folder.exists()


def test_the_last_autosave_is_resumed_and_the_save_before_is_its_backup(saves: DiskSaves, the_mill: Story) -> None:
    p = begin(the_mill, "miller")
    saves.autosave(p)
    assert saves.names() == ["current.json"]
    for entry in ("continue", "wait", "give"):
        before, p = p, p.choose(entry)
        saves.autosave(p)
        assert resumed(saves, the_mill).entries == p.entries
        backup = json.loads((saves.folder / "current.bak").read_text(encoding="utf-8"))
        assert len(backup["save"]["entries"]) == len(before.entries)
        assert saves.names() == ["current.bak", "current.json"]


@pytest.mark.parametrize("call", ["replace", "fsync"])
@pytest.mark.parametrize("nth", [1, 2])
def test_a_write_that_fails_leaves_the_old_save_whole(
    call: str, nth: int, saves: DiskSaves, the_mill: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = read(the_mill, "miller", "wait")
    saves.autosave(begin(the_mill, "miller"))
    saves.autosave(old)
    before = saves.names()
    real: Callable[..., Any] = getattr(os, call)
    calls = iter([*[real] * (nth - 1), full_disk])

    def failing(*arguments: Any, **named: Any) -> Any:
        return next(calls, real)(*arguments, **named)

    monkeypatch.setattr(os, call, failing)
    with pytest.raises(UnwritableFolder, match="No space left on device") as error:
        saves.autosave(old.choose("give"))
    assert str(saves.folder) in str(error.value)
    assert resumed(saves, the_mill).entries == old.entries
    assert saves.names() == before
    saves.autosave(old.choose("give"))
    assert resumed(saves, the_mill).entries == old.choose("give").entries


def test_the_current_save_is_never_missing(saves: DiskSaves, the_mill: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a power cut between any two steps of writing there is a current save, the old or the new."""
    saves.autosave(begin(the_mill, "miller"))
    real = os.replace

    def watched(*arguments: Any) -> None:
        assert (saves.folder / "current.json").exists()
        real(*arguments)
        assert (saves.folder / "current.json").exists()

    monkeypatch.setattr(os, "replace", watched)
    saves.autosave(read(the_mill, "miller", "continue"))


def test_an_interrupted_write_leaves_no_litter(
    saves: DiskSaves, the_mill: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves.autosave(begin(the_mill, "miller"))

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        saves.autosave(read(the_mill, "miller", "continue"))
    assert saves.names() == ["current.json"]
    assert resumed(saves, the_mill).entries == ()


def test_saving_fails_with_a_file_in_the_folder_s_place(tmp_path: Path, the_mill: Story) -> None:
    (tmp_path / "data").write_text("a file")
    saves = SaveFiles(FolderStore(tmp_path / "data" / "saves"))
    with pytest.raises(UnwritableFolder, match="cannot be written"):
        saves.autosave(begin(the_mill, "miller"))
    assert saves.resume(the_mill) is None
    assert saves.slots(the_mill) == ()
    assert (tmp_path / "data").read_text() == "a file"


WHOLE = '{"label": {}, "save": {"format": 1, "pack": "the-mill", "role": "miller", "cut": "full", "entries": []}}'
DAMAGED: dict[str, bytes] = {
    "empty": b"",
    "truncated": WHOLE[:60].encode(),
    "half a character": WHOLE.encode()[:-3] + b"\xe4\xb8",
    "zeros": bytes(500),
    "another program's": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a list": b"[]",
    "a number": b"3",
    "no save inside": b'{"label": {}}',
    "nothing inside": b'{"save": null}',
    "deep": b"[" * 100_000,
    "endless": b'{"save": ' * 50_000,
    "not a number": b'{"save": NaN}',
    "a huge number": b'{"save": ' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_save_is_reported_and_renamed(content: bytes, saves: DiskSaves, the_mill: Story) -> None:
    saves.put("current.json", content)
    error = refused(saves, the_mill)
    assert (error.reason, error.aside) == ("damaged", "current.kept-1.json")
    assert (saves.folder / "current.kept-1.json").read_bytes() == content
    assert saves.resume(the_mill) is None
    saves.put("current.json", content)
    refused(saves, the_mill)
    assert saves.names() == ["current.kept-1.json", "current.kept-2.json"]


def test_a_file_of_100_mb_is_refused(saves: DiskSaves, the_mill: Story) -> None:
    saves.folder.mkdir(parents=True)
    for name in ("current.json", "slot-1.json"):
        with (saves.folder / name).open("wb") as stream:
            stream.truncate(100_000_000)
    assert LARGEST < 100_000_000
    assert saves.slots(the_mill) == (SlotInfo(1, "", "", "", "", trouble="damaged"),)
    assert refused(saves, the_mill).reason == "damaged"


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_the_backup_replaces_a_damaged_save(content: bytes, saves: DiskSaves, the_mill: Story) -> None:
    p = read(the_mill, "miller", "wait")
    saves.autosave(p)
    saves.autosave(p.choose("give"))
    saves.put("current.json", content)
    again, notes = opened(saves, the_mill)
    assert (again.entries, notes) == (p.entries, (Note("backup", "The Gate"),))
    assert (saves.folder / "current.kept-1.json").read_bytes() == content


def test_the_backup_replaces_a_missing_save(saves: DiskSaves, the_mill: Story) -> None:
    p = read(the_mill, "miller", "wait")
    saves.autosave(p)
    saves.autosave(p.choose("give"))
    (saves.folder / "current.json").unlink()
    assert resumed(saves, the_mill).entries == p.entries


def test_a_damaged_save_and_a_damaged_backup_are_both_renamed(saves: DiskSaves, the_mill: Story) -> None:
    saves.put("current.json", b"first")
    saves.put("current.bak", b"second")
    error = refused(saves, the_mill)
    assert "current.json is damaged" in str(error)
    assert error.aside == "current.kept-1.json"
    assert saves.names() == ["current.kept-1.bak", "current.kept-1.json"]


@pytest.mark.parametrize(
    ("key", "value", "reason"), [("pack", "another", "foreign"), ("format", 9, "newer"), ("cut", "x", "gone")]
)
def test_a_save_that_does_not_fit_is_reported_and_renamed(
    key: str, value: Any, reason: str, saves: DiskSaves, the_mill: Story
) -> None:
    saves.autosave(begin(the_mill, "miller"))
    data = changed(saves.folder / "current.json", lambda whole: {"save": with_checksums({**whole["save"], key: value})})
    error = refused(saves, the_mill)
    assert error.reason == reason
    assert error.aside is not None
    assert json.loads((saves.folder / error.aside).read_text(encoding="utf-8")) == data


def test_a_save_that_cannot_be_opened_is_not_renamed(saves: DiskSaves, the_mill: Story) -> None:
    (saves.folder / "current.json").mkdir(parents=True)
    error = refused(saves, the_mill)
    assert (error.reason, error.aside) == ("unreadable", None)
    assert saves.names() == ["current.json"]
    with pytest.raises(UnwritableFolder):
        saves.autosave(begin(the_mill, "miller"))


@pytest.mark.parametrize("content", [b"[" * 100_000, b"no save", None])
def test_a_new_playthrough_overwrites_only_saves_of_its_own_story(
    content: bytes | None, saves: DiskSaves, the_mill: Story, tmp_path: Path
) -> None:
    if content is None:
        saves.autosave(begin(edited(tmp_path / "pack", ("pack", "pack: the-mill", "pack: another")), "miller"))
        content = (saves.folder / "current.json").read_bytes()
    for name in ("current", "slot-2"):
        saves.put(f"{name}.json", content)
    fresh = SaveFiles(saves.store)
    p = begin(the_mill, "miller")
    for entry in ("continue", "wait", "wait"):
        fresh.autosave(p)
        fresh.store_slot(2, p)
        p = p.choose(entry)
    for name in ("current", "slot-2"):
        assert (saves.folder / f"{name}.kept-1.json").read_bytes() == content
        assert (saves.folder / f"{name}.json").exists()


def test_slots_have_labels(saves: DiskSaves, the_mill: Story) -> None:
    p = read(the_mill, "miller", "continue")
    place_and_picture = (p.page.place or "", p.page.picture)
    saves.store_slot(2, p)
    saves.store_slot(6, read(the_mill, None, "continue", cut="class").leave())
    assert saves.slots(the_mill) == (
        SlotInfo(2, "2024-05-06T07:08:09", "miller", "The Gate", "October 1958", *place_and_picture),
        SlotInfo(6, "2024-05-06T07:08:09", "", "The Gate", "October 1958", *place_and_picture),
    )
    again, notes = saves.fetch(the_mill, 2)
    assert (again.entries, notes) == (p.entries, ())
    with pytest.raises(SaveError, match="slot 3 is empty") as error:
        saves.fetch(the_mill, 3)
    assert error.value.reason == "gone"


HALF_A_CHARACTER = WHOLE.replace("{}", r'{"title": "\ud800"}', 1).encode()  # it would close the window that draws it
BAD_LABELS = [b'{"label": 3}', b'{"label": {"when": 1}}', b'{"label": []}', HALF_A_CHARACTER]


@pytest.mark.parametrize("content", [*DAMAGED.values(), *BAD_LABELS])
def test_a_slot_that_cannot_be_read_is_still_listed(content: bytes, saves: DiskSaves, the_mill: Story) -> None:
    saves.put("slot-4.json", content)
    assert saves.slots(the_mill) == (SlotInfo(4, "", "", "", "", trouble="damaged"),)
    with pytest.raises(SaveError) as error:
        saves.fetch(the_mill, 4)
    assert error.value.reason == "damaged"
    assert saves.names() == ["slot-4.kept-1.json"]
    assert saves.slots(the_mill) == ()


@pytest.mark.parametrize(
    ("change", "trouble"), [({"pack": "elsewhere"}, "foreign"), ({"format": 99}, "newer"), ({"entries": 3}, "damaged")]
)
def test_a_slot_that_does_not_fit_is_listed_with_its_reason(
    change: dict[str, object], trouble: str, saves: DiskSaves, the_mill: Story
) -> None:
    saves.store_slot(3, begin(the_mill, "miller"))
    changed(saves.folder / "slot-3.json", lambda whole: {"save": whole["save"] | change})
    (info,) = saves.slots(the_mill)
    assert info.trouble == trouble


@pytest.mark.parametrize("picture", [None, 3, {}, {"scene": 1, "params": {}}, {"scene": "x", "params": {"a": [1]}}])
def test_an_invalid_picture_in_a_label_is_ignored(picture: object, saves: DiskSaves, the_mill: Story) -> None:
    saves.store_slot(3, begin(the_mill, "miller"))
    changed(saves.folder / "slot-3.json", lambda whole: {"label": whole["label"] | {"picture": picture}})
    (info,) = saves.slots(the_mill)
    assert info.picture is None or info.picture.params == {}


def test_a_deleted_slot_is_empty(saves: DiskSaves, the_mill: Story) -> None:
    for entry in ("continue", "wait"):
        saves.store_slot(2, read(the_mill, "miller", entry))
    saves.delete(2)
    saves.delete(3)
    assert saves.names() == []
    assert saves.slots(the_mill) == ()


def test_what_was_kept_beside_a_save_is_listed_and_opened(saves: DiskSaves, the_mill: Story) -> None:
    ours, theirs = SaveFiles(saves.store), SaveFiles(saves.store)
    p = read(the_mill, "miller", "continue")
    ours.autosave(begin(the_mill, "miller"))
    theirs.autosave(p)
    assert ours.kept_copies(the_mill) == ()
    assert ours.autosave(begin(the_mill, "miller")) == "current.kept-1.json"
    saves.put("slot-2.kept-1.json", b"[" * 5000)
    saves.put("current.kept-x.json", (saves.folder / "current.json").read_bytes())
    (kept,) = ours.kept_copies(the_mill)
    assert (kept.name, kept.title) == ("current.kept-1", p.page.title)
    again, notes = ours.fetch(the_mill, kept.name)
    assert (again.entries, notes) == (p.entries, ())
    before = saves.names()
    with pytest.raises(SaveError):
        ours.fetch(the_mill, "slot-2.kept-1")
    assert saves.names() == before
    ours.delete(kept.name)
    assert ours.kept_copies(the_mill) == ()
    with pytest.raises(SaveError):
        ours.fetch(the_mill, kept.name)
    assert ours.resume(the_mill) is not None


GIVE = ("m-gate", "{id: give, say: I gave the wok.", "{id: lend, say: I lent the wok.")


def test_a_slot_that_lost_entries_is_copied(saves: DiskSaves, the_mill: Story, tmp_path: Path) -> None:
    saves.store_slot(3, read(the_mill, "miller", "wait", "give", "skip"))
    story = edited(tmp_path / "pack", GIVE)
    p, notes = saves.fetch(story, 3)
    assert notes[-1].file == "slot-3.kept-1.json"
    saves.store_slot(3, p.choose("lend"))
    _, notes = saves.fetch(the_mill, 3)
    assert notes[-1].file == "slot-3.kept-2.json"


def test_a_save_that_cannot_be_copied_is_not_overwritten(
    saves: DiskSaves, the_mill: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves.autosave(read(the_mill, "miller", "wait", "give", "skip"))
    content = (saves.folder / "current.json").read_bytes()
    story = edited(tmp_path / "pack", GIVE)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full_disk)
        p, notes = opened(saves, story)
        assert [note.kind for note in notes] == ["stopped"]
        with pytest.raises(UnwritableFolder):
            saves.autosave(p)
        assert (saves.folder / "current.json").read_bytes() == content
    saves.autosave(p.choose("lend"))
    assert (saves.folder / "current.kept-1.json").read_bytes() == content
    assert resumed(saves, story).page.node == "m-gate.night"


def test_a_save_that_was_deleted_before_it_was_copied_does_not_block_saving(
    saves: DiskSaves, the_mill: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader who deletes the old save to free a full disk reads on."""
    saves.autosave(read(the_mill, "miller", "wait", "give", "skip"))
    story = edited(tmp_path / "pack", GIVE)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full_disk)
        p, _ = opened(saves, story)
    (saves.folder / "current.json").unlink()
    saves.autosave(p.choose("lend"))
    assert resumed(saves, story).page.node == "m-gate.night"


def test_a_backup_that_lost_entries_is_copied(saves: DiskSaves, the_mill: Story, tmp_path: Path) -> None:
    old = read(the_mill, "miller", "wait", "give", "skip")
    for p in (old, old):
        saves.autosave(p)
    content = (saves.folder / "current.bak").read_bytes()
    saves.put("current.json", b"")
    _, notes = opened(saves, edited(tmp_path / "pack", GIVE))
    assert [note.kind for note in notes] == ["backup", "stopped", "kept"]
    assert (saves.folder / notes[-1].file).read_bytes() == content


def test_temporary_files_older_than_a_minute_are_removed(saves: DiskSaves, the_mill: Story) -> None:
    old = [".current.json-0123abcd", ".slot-3.bak-89abcdef", ".aside.json-00000000", ".current.kept-1.json-12345678"]
    foreign = [".current.json-0123abcx", ".notes.json-0123abcd", "current.json-0123abcd", ".current.json-0123abcd.txt"]
    for name in (*old, *foreign, ".slot-1.json-0000ffff"):
        saves.put(name, b"half a sa")
        os.utime(saves.folder / name, (1_000_000, 1_000_000))
    os.utime(saves.folder / ".slot-1.json-0000ffff")  # somebody may be writing it now
    saves.autosave(begin(the_mill, "miller"))
    assert saves.names() == sorted([*foreign, ".slot-1.json-0000ffff", "current.json"])


def test_temporary_files_of_a_killed_process_are_removed(tmp_path: Path, the_mill: Story) -> None:
    folder = tmp_path / "saves"
    folder.mkdir()
    dying = (
        "import os, sys; from pathlib import Path; from game.core.files import write_atomic\n"
        "os.fsync = lambda _: os._exit(9)\n"
        "write_atomic(Path(sys.argv[1]) / 'current.json', 'x' * 1000)"
    )
    assert subprocess.run([sys.executable, "-c", dying, str(folder)], check=False).returncode == 9
    (left,) = folder.iterdir()
    os.utime(left, (1_000_000, 1_000_000))
    SaveFiles(FolderStore(folder)).autosave(begin(the_mill, "miller"))
    assert [path.name for path in folder.iterdir()] == ["current.json"]


def test_saves_of_two_processes_in_one_folder_are_both_kept(saves: DiskSaves, the_mill: Story) -> None:
    """Each process copies the other's save once, reports the copy, and keeps its newest version in that file."""
    ours, theirs = begin(the_mill, "miller"), begin(the_mill, "clerk")
    assert saves.autosave(ours) is None
    second_process = SaveFiles(saves.store)
    assert second_process.resume(the_mill) is not None
    assert second_process.autosave(theirs) is None  # it has read what it writes over
    ours = ours.choose("continue")
    first = saves.autosave(ours)
    assert first is not None
    assert restore(the_mill, json.loads((saves.folder / first).read_text("utf-8"))["save"])[0].entries == ()
    theirs = theirs.choose("continue")
    second = second_process.autosave(theirs)
    assert second is not None
    for take in ("wait", "wait", "give"):
        ours = ours.choose(take)
        assert saves.autosave(ours) is None
        theirs = theirs.choose(theirs.page.choices[0].id)
        assert second_process.autosave(theirs) is None
    assert len([name for name in saves.names() if "kept" in name]) == 2
    assert resumed(SaveFiles(saves.store), the_mill).entries == theirs.entries
    texts = [(saves.folder / file).read_text("utf-8") for file in (first, second)]
    kept = [restore(the_mill, json.loads(text)["save"])[0] for text in texts]
    assert [p.role for p in kept] == ["clerk", "miller"]
    assert kept[1].entries == ours.entries


def test_another_process_s_save_that_cannot_be_copied_is_not_overwritten(
    saves: DiskSaves, the_mill: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves.autosave(begin(the_mill, "miller"))
    SaveFiles(saves.store).autosave(read(the_mill, "clerk", "continue"))
    content = (saves.folder / "current.json").read_bytes()
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(UnwritableFolder):
        saves.autosave(begin(the_mill, "miller"))
    assert (saves.folder / "current.json").read_bytes() == content


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
@pytest.mark.parametrize("kind", ["pipe", "endless", "to a pipe"])
@pytest.mark.parametrize("name", ["current.json", "current.bak", "current.kept-1.json", "slot-2.json"])
def test_pipes_and_devices_are_neither_waited_for_nor_read(
    kind: str, name: str, saves: DiskSaves, the_mill: Story
) -> None:
    saves.folder.mkdir(parents=True)
    path = saves.folder / name
    if kind == "pipe":
        os.mkfifo(path)
    else:
        if kind == "to a pipe":
            os.mkfifo(saves.folder / "pipe")
        path.symlink_to("/dev/zero" if kind == "endless" else saves.folder / "pipe")
    if name == "current.json":
        assert refused(saves, the_mill).reason == "unreadable"
    if name == "slot-2.json":
        assert [info.trouble for info in saves.slots(the_mill)] == ["damaged"]
        with pytest.raises(SaveError):
            saves.fetch(the_mill, 2)
    p = begin(the_mill, "miller")
    for _ in range(2):
        saves.autosave(p)
        saves.store_slot(2, p)
        p = p.choose(p.page.choices[0].id)
    assert resumed(SaveFiles(saves.store), the_mill).entries != p.entries
    aside = [path for path in saves.folder.iterdir() if not path.is_file() and path.name != "pipe"]
    assert aside or name == "current.bak"
    assert Path("/dev/zero").is_char_device()


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return FolderStore(tmp_path / "saves") if request.param == "folder" else MemoryStore()


def test_current_aside_and_slots_are_kept(store: Store, the_mill: Story) -> None:
    ours, aside, slot = (read(the_mill, "miller", *takes) for takes in ((), ("continue",), ("wait",)))
    saves = SaveFiles(store)
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

    def write(name: str, content: bytes | None) -> None:
        if refusing:
            raise OSError(errno.ENOSPC, "this browser keeps nothing")

    saves = SaveFiles(MemoryStore(changed=write, place="this browser"))
    p = begin(the_mill, "miller")
    saves.autosave(p)
    refusing = True
    with pytest.raises(UnwritableFolder, match="cannot be written to this browser: this browser keeps nothing"):
        saves.autosave(p.choose("continue"))
    assert opened(saves, the_mill)[0].entries == p.entries
    refusing = False
    saves.autosave(p.choose("continue"))
    assert saves.resume(the_mill) is not None


def test_a_save_that_lost_entries_is_copied_once(store: Store, the_mill: Story, tmp_path: Path) -> None:
    old = read(the_mill, "miller", "wait", "give", "skip")
    saves = SaveFiles(store)
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
