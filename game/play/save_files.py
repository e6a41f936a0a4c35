"""Save files: the current playthrough, the replaced one, and slots. Writes are atomic and keep one backup."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from game.core.files import read_bytes, remove_temporary_files, write_atomic
from game.core.values import frozen
from game.play.page import Picture
from game.play.playthrough import Playthrough
from game.play.restore_notes import Note
from game.play.save_format import FORMAT, RestoreError, restore, save
from game.story.model import Story

SLOTS = range(1, 7)
NAMES = ("current", "aside", *(f"slot-{slot}" for slot in SLOTS))
UNUSABLE = (ValueError, LookupError, TypeError, RecursionError)  # what JSON that is no save of ours raises
LARGEST = 8_000_000  # bytes; a save of a thousand entries takes a hundredth of it


class SaveError(Exception):
    """A save cannot be read.

    `reason` is RestoreError's, "unreadable" or "gone"; `aside` is the path to which the file was renamed, if it was.
    """

    def __init__(self, reason: str, message: str, aside: Path | None = None) -> None:
        super().__init__(message)
        self.reason, self.aside = reason, aside


class UnwritableFolder(Exception):
    """The folder of saves cannot be written to: its permissions, or a full disk."""


@frozen
class SlotInfo:
    """A filled slot as a menu shows it. `name` is its number, `when` the ISO 8601 time of saving.

    `role`, `title`, `date`, `place` and `picture` are the page's. `trouble` is "" where it can be opened, or
    RestoreError's "damaged", "foreign" or "newer".
    """

    name: int
    when: str
    role: str
    title: str
    date: str
    place: str = ""
    picture: Picture | None = None
    trouble: str = ""


class SaveFiles:
    """The saves of one folder. `now` gives the time of saving.

    A save overwrites nothing of another process, program or story: that is first copied or renamed to
    `<name>.kept-<number>.json`.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime] = datetime.now) -> None:
        self.folder, self.now = folder, now
        self._ours: set[str] = set()  # names whose files are known to be this program's and this story's
        self._uncopied: set[Path] = set()  # saves that lost entries when they were opened, and have no copy yet
        self._known: dict[str, bytes] = {}  # a name -> a hash of its file as this process wrote or read it last
        self._elsewhere: dict[str, Path] = {}  # a name -> the copy of another process's save
        self._cleared = False

    def autosave(self, playthrough: Playthrough) -> Path | None:
        """Save the playthrough as the current one. Raises UnwritableFolder.

        Returns:
            The copy of another process's save that was found in its place, the first time only; else None.
        """
        return self._write("current", playthrough)

    def resume(self, story: Story) -> tuple[Playthrough, tuple[Note, ...]] | None:
        """The current playthrough, None where there is none. Raises SaveError."""
        return self._read("current", story)

    def store(self, slot: int, playthrough: Playthrough) -> Path | None:
        """Save the playthrough in a slot. Raises UnwritableFolder. Returns what `autosave` does."""
        return self._write(f"slot-{slot}", playthrough)

    def fetch(self, story: Story, slot: int) -> tuple[Playthrough, tuple[Note, ...]]:
        """The playthrough of a slot. Raises SaveError, also where the slot is empty."""
        found = self._read(f"slot-{slot}", story)
        if found is None:
            raise SaveError("gone", f"slot {slot} is empty")
        return found

    def delete(self, slot: int) -> None:
        """Empty a slot, its backup too. Raises OSError."""
        path = self._path(f"slot-{slot}")
        for file in (path, path.with_suffix(".bak")):
            file.unlink(missing_ok=True)
        self._known.pop(f"slot-{slot}", None)

    def keep_aside(self, playthrough: Playthrough) -> Path | None:
        """Save a playthrough that another one replaced. Raises UnwritableFolder. Returns what `autosave` does."""
        return self._write("aside", playthrough)

    def aside(self, story: Story) -> Playthrough | None:
        """The playthrough that was replaced last, None where there is none. Raises SaveError."""
        found = self._read("aside", story)
        return found[0] if found is not None else None

    def slots(self, story: Story) -> tuple[SlotInfo, ...]:
        """The filled slots, also those that cannot be opened."""
        paths = ((slot, self._path(f"slot-{slot}")) for slot in SLOTS)
        return tuple(self._info(slot, path, story) for slot, path in paths if path.exists())

    def _info(self, slot: int, path: Path, story: Story) -> SlotInfo:
        try:
            whole = json.loads(read_bytes(path, LARGEST))
            save, label = whole["save"], whole["label"]
            trouble = "foreign" if save["pack"] != story.pack else "newer" if save["format"] > FORMAT else ""
            if not isinstance(save["entries"], list) or not isinstance(label, dict):
                raise TypeError("no save")
        except (OSError, *UNUSABLE):
            return SlotInfo(slot, "", "", "", "", trouble="damaged")
        when, role, title, date, place = (
            str(label.get(key) or "") for key in ("when", "role", "title", "date", "place")
        )
        return SlotInfo(slot, when, role, title, date, place, _picture(label.get("picture")), trouble)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    def _write(self, name: str, playthrough: Playthrough) -> Path | None:
        page = playthrough.page
        label = {
            "when": self.now().isoformat(timespec="seconds"),
            "role": playthrough.role or "",
            "title": page.title,
            "date": page.when or "",
            "place": page.place or "",
            "picture": _picture_json(page.picture),
        }
        path = self._path(name)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._preserve_existing(name, playthrough.story)
            elsewhere = self._keep_elsewhere(name)
            text = json.dumps({"label": label, "save": save(playthrough)}, ensure_ascii=False)
            write_atomic(path, text, backup=True)
            self._known[name] = _hash(text.encode())
            self._clear_litter(path)
        except OSError as error:
            raise UnwritableFolder(f"the save cannot be written to {self.folder}: {error.strerror or error}") from error
        return elsewhere

    def _keep_elsewhere(self, name: str) -> Path | None:
        """Copy the last save that another process wrote in a save's place since this one wrote or read it.

        Returns the copy the first time. Raises OSError where it cannot be copied.
        """
        path = self._path(name)
        try:
            content = read_bytes(path, LARGEST)
        except (OSError, ValueError):
            return None
        if self._known.get(name, known := _hash(content)) == known:
            return None
        if name in self._elsewhere:
            write_atomic(self._elsewhere[name], content.decode("utf-8", "replace"))
            return None
        copy = _copy(path)
        if copy is None:
            raise OSError(f"{path.name} was written by another process, and cannot be copied")
        self._elsewhere[name] = copy
        return copy

    def _clear_litter(self, written: Path) -> None:
        """Once, remove temporary files of killed processes: those older than a minute."""
        if not self._cleared:
            self._cleared = True
            remove_temporary_files(self.folder, NAMES, written.stat().st_mtime - 60)

    def _preserve_existing(self, name: str, story: Story) -> None:
        """Copy or rename a file in a save's place that is no save of this story, or has more entries than were opened.

        Raises OSError where it can be neither.
        """
        path = self._path(name)
        for lossy in (path, path.with_suffix(".bak")):
            if lossy in self._uncopied and lossy.exists() and _copy(lossy) is None:
                raise OSError(f"{lossy.name} cannot be copied, and it holds more than what would take its place")
            self._uncopied.discard(lossy)
        for place in (path, path.with_suffix(".bak")):
            odd = place.is_symlink() or place.exists()
            if odd and not place.is_file() and not place.is_dir() and _set_aside(place) is None:
                raise OSError(f"{place.name} is no file, and cannot be set aside")
        if name not in self._ours and path.is_file():
            try:
                kept = json.loads(read_bytes(path, LARGEST))["save"]
                ours = kept["pack"] == story.pack and kept["format"] <= FORMAT
            except UNUSABLE:
                ours = False
            if not ours and _set_aside(path) is None:
                raise OSError(f"{path.name} is no save of this story, and cannot be set aside")
        self._ours.add(name)

    def _read(self, name: str, story: Story) -> tuple[Playthrough, tuple[Note, ...]] | None:
        """The save of a name; its backup where the file is missing or damaged."""
        path = self._path(name)
        backup = path.with_suffix(".bak")
        if not path.exists() and not backup.exists():
            return None
        try:
            return self._restored(path if path.exists() else backup, story)
        except SaveError as error:
            if error.reason == "damaged" and backup.exists():
                try:
                    playthrough, notes = self._restored(backup, story)
                except SaveError:
                    raise error from None
                return playthrough, (Note("backup", playthrough.page.title), *notes)
            raise

    def _restored(self, path: Path, story: Story) -> tuple[Playthrough, tuple[Note, ...]]:
        """A file's playthrough. If entries were lost, the file is copied: the next save overwrites it."""
        try:
            content = read_bytes(path, LARGEST)
            if path.suffix == ".json":
                self._known[path.stem] = _hash(content)
            playthrough, notes = restore(story, json.loads(content)["save"])
            if not any(note.lost for note in notes):
                return playthrough, notes
            copy = _copy(path)
        except OSError as error:
            raise SaveError("unreadable", f"the save {path.name} cannot be read: {error.strerror or error}") from error
        except RestoreError as error:
            raise SaveError(error.reason, str(error), _set_aside(path)) from error
        except UNUSABLE as error:
            raise SaveError("damaged", f"the save {path.name} is damaged", _set_aside(path)) from error
        if copy is None:
            self._uncopied.add(path)
            return playthrough, notes
        return playthrough, (*notes, Note("kept", playthrough.page.title, file=copy.name))


def _picture_json(picture: Picture | None) -> dict[str, Any] | None:
    if picture is None:
        return None
    return {"scene": picture.scene, "params": dict(picture.params), "alt": picture.alt}


def _picture(data: Any) -> Picture | None:
    """The picture of a label; None where it has no valid one."""
    if not (isinstance(data, dict) and isinstance(data.get("scene"), str) and isinstance(data.get("params"), dict)):
        return None
    params = {name: value for name, value in data["params"].items() if isinstance(value, bool | int | str)}
    return Picture(data["scene"], params, str(data.get("alt") or ""))


def _set_aside(path: Path) -> Path | None:
    """Rename a file that cannot be used, so that no save overwrites it; None where that fails."""
    for aside in _kept_names(path):
        if not aside.exists():
            try:
                return path.rename(aside)
            except OSError:
                return None
    return None


def _copy(path: Path) -> Path | None:
    """Copy a save, once however often it is opened, so that no save overwrites it; None where that fails."""
    try:
        content = read_bytes(path, LARGEST)
        for copy in _kept_names(path):
            if not copy.exists():
                write_atomic(copy, content.decode("utf-8", "replace"))
            elif not copy.is_file() or copy.stat().st_size != len(content) or read_bytes(copy, LARGEST) != content:
                continue
            return copy
    except (OSError, ValueError):
        return None
    return None


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _kept_names(path: Path) -> Iterator[Path]:
    return (path.with_name(f"{path.stem}.kept-{number}{path.suffix}") for number in range(1, 1000))
