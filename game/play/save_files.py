"""Save files: the current playthrough, the one that it replaced, and slots; written atomically, with one backup."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import PurePath
from typing import Any

from game.core.stores import Store, parse_stored_json
from game.core.values import frozen
from game.play.page import Picture, as_plain
from game.play.playthrough import Playthrough
from game.play.restore_notes import Note
from game.play.save_check import FORMAT, RestoreError
from game.play.save_format import restore, save
from game.story.model import Story

SLOTS = range(1, 7)
NAMES = ("current", "aside", *(f"slot-{slot}" for slot in SLOTS))
UNUSABLE = (ValueError, LookupError, TypeError, RecursionError)  # what reading JSON raises that is not a save of ours
KEPT = re.compile(rf"(?:{'|'.join(NAMES)})\.kept-\d+\.json")  # a copy beside a save, see `SaveFiles`
LARGEST = 8_000_000  # bytes of a file that is read; a save of a thousand entries has a hundredth of that


class SaveError(Exception):
    """Raised if a save cannot be read. `reason` is as in RestoreError, or "unreadable" (the file cannot be read).
    "gone" also means that a slot is empty or that a kept copy cannot be read.

    `aside` is the file's new name if it was renamed, else None.
    """

    def __init__(self, reason: str, message: str, aside: str | None = None) -> None:
        super().__init__(message)
        self.reason, self.aside = reason, aside


class UnwritableFolder(Exception):
    """Raised if the store of saves cannot be written to, because of its permissions or a full disk."""


@frozen
class SlotInfo:
    """A filled slot as a menu shows it. `when` is the time of saving, in ISO 8601; the other fields describe the page.

    `name` is the slot's number. For a copy that was kept beside a save, it is the file's name without `.json`.
    `trouble` is "" if the save can be opened, else RestoreError's "damaged", "foreign" or "newer".
    """

    name: int | str
    when: str
    role: str
    title: str
    date: str
    place: str = ""
    picture: Picture | None = None
    trouble: str = ""


class SaveFiles:
    """The saves in one store. `now` returns the time of saving.

    Saving never destroys a file that another process, program or story wrote. It first copies the file of another
    process, or renames that of another program or story, to `<name>.kept-<number>.json`. The methods that save raise
    UnwritableFolder. They return None, or, the first time that they copy another process's save, the copy's name.
    """

    def __init__(self, store: Store, now: Callable[[], datetime] = datetime.now) -> None:
        self.store, self.now = store, now
        self._ours: set[str] = set()  # the names whose files belong to this program and this story
        self._uncopied: set[str] = set()  # the files that lost entries on opening and have no copy yet
        self._known: dict[str, bytes] = {}  # a file -> a hash of its content when this process last wrote or read it
        self._elsewhere: dict[str, str] = {}  # a file -> the copy that was made of another process's save
        self._cleared = False  # whether temporary files of killed processes were removed

    def autosave(self, playthrough: Playthrough) -> str | None:
        """Save the playthrough as the current one."""
        return self._write("current", playthrough)

    def resume(self, story: Story) -> tuple[Playthrough, tuple[Note, ...]] | None:
        """Return the current playthrough and notes; None without a save. Raises SaveError if it cannot be read."""
        return self._read("current", story)

    def store_slot(self, slot: int, playthrough: Playthrough) -> str | None:
        """Save the playthrough in a slot."""
        return self._write(f"slot-{slot}", playthrough)

    def fetch(self, story: Story, slot: int | str) -> tuple[Playthrough, tuple[Note, ...]]:
        """Return the playthrough of a slot (`SlotInfo.name`), and notes. Raises SaveError, also for an empty slot."""
        if isinstance(slot, str):
            try:
                return from_save_text(story, self.store.read(f"{slot}.json", LARGEST))
            except (OSError, ValueError) as error:
                raise SaveError("gone", f"{slot}.json cannot be read") from error
        found = self._read(f"slot-{slot}", story)
        if found is None:
            raise SaveError("gone", f"slot {slot} is empty")
        return found

    def delete(self, slot: int | str) -> None:
        """Empty a slot and delete its backup, or remove a kept copy. Raises OSError if a file cannot be deleted."""
        file, backup = _files(slot if isinstance(slot, str) else f"slot-{slot}")
        for name in (file, backup):
            self.store.delete(name)
        self._known.pop(file, None)

    def keep_aside(self, playthrough: Playthrough) -> str | None:
        """Save a playthrough that is being replaced by another. The method `aside` returns it."""
        return self._write("aside", playthrough)

    def aside(self, story: Story) -> Playthrough | None:
        """Return the playthrough that was replaced last, or None. Raises SaveError if it cannot be read."""
        found = self._read("aside", story)
        return found[0] if found is not None else None

    def slots(self, story: Story) -> tuple[SlotInfo, ...]:
        """Return the filled slots, also damaged ones."""
        files = ((slot, _files(f"slot-{slot}")[0]) for slot in SLOTS)
        return tuple(self._info(slot, file, story) for slot, file in files if self.store.exists(file))

    def kept_copies(self, story: Story) -> tuple[SlotInfo, ...]:
        """Return the copies that were kept beside the saves and that can be opened, the newest first."""
        try:
            files = [name for name in self.store.names() if KEPT.fullmatch(name)]
        except OSError:
            return ()
        found = (self._info(file.removesuffix(".json"), file, story) for file in sorted(files))
        return tuple(sorted((one for one in found if not one.trouble), key=lambda one: one.when, reverse=True))

    def _info(self, slot: int | str, file: str, story: Story) -> SlotInfo:
        try:
            whole = _parsed(self.store.read(file, LARGEST))
            save, label = whole["save"], whole["label"]
            trouble = "foreign" if save["pack"] != story.pack else "newer" if save["format"] > FORMAT else ""
            if not isinstance(save["entries"], list) or not isinstance(label, dict):
                raise TypeError("no save")
        except (OSError, *UNUSABLE):
            return SlotInfo(slot, "", "", "", "", trouble="damaged")
        described = {key: str(label.get(key) or "") for key in ("when", "role", "title", "date", "place")}
        return SlotInfo(slot, **described, picture=_picture(label.get("picture")), trouble=trouble)

    def _write(self, name: str, playthrough: Playthrough) -> str | None:
        file, _ = _files(name)
        try:
            self._preserve_existing(name, playthrough.story)
            elsewhere = self._keep_elsewhere(file)
            text = save_text(playthrough, self.now())
            self.store.write(file, text, backup=True)
            self._known[file] = _hash(text.encode())
            if not self._cleared:
                self._cleared = True
                self.store.remove_litter(file, NAMES)
        except OSError as error:
            place, why = self.store.place, error.strerror or error
            raise UnwritableFolder(f"the save cannot be written to {place}: {why}") from error
        return elsewhere

    def _keep_elsewhere(self, file: str) -> str | None:
        """Copy a save that another process wrote after this process last wrote or read the file. Return the copy's
        name; None if nothing was copied, or if an earlier copy was overwritten. Raises OSError if copying fails."""
        try:
            content = self.store.read(file, LARGEST)
        except (OSError, ValueError):
            return None
        if self._known.get(file, known := _hash(content)) == known:
            return None
        if file in self._elsewhere:
            self.store.write(self._elsewhere[file], content.decode("utf-8", "replace"))
            return None
        copy = self._copy(file)
        if copy is None:
            raise OSError(f"{file} was written by another process, and cannot be copied")
        self._elsewhere[file] = copy
        return copy

    def _preserve_existing(self, name: str, story: Story) -> None:
        """Before a save, copy the old file if entries of it were lost on opening. Rename it if it is not a save of this
        program and story. Raises OSError."""
        files = _files(name)
        for lossy in files:
            if lossy in self._uncopied and self.store.exists(lossy) and self._copy(lossy) is None:
                raise OSError(f"{lossy} cannot be copied, and it holds more than the new save")
            self._uncopied.discard(lossy)
        for place in files:
            if self.store.is_obstructed(place) and self._set_aside(place) is None:
                raise OSError(f"{place} is not a file, and cannot be set aside")
        file = files[0]
        if name not in self._ours and self.store.is_file(file):
            try:
                kept = parse_stored_json(self.store.read(file, LARGEST))["save"]
                ours = kept["pack"] == story.pack and kept["format"] <= FORMAT
            except UNUSABLE:
                ours = False
            if not ours and self._set_aside(file) is None:
                raise OSError(f"{file} is not a save of this story, and cannot be set aside")
        self._ours.add(name)

    def _read(self, name: str, story: Story) -> tuple[Playthrough, tuple[Note, ...]] | None:
        """Return the playthrough in a save, or in its backup if the save cannot be read; None if both are missing."""
        file, backup = _files(name)
        there, backed = self.store.exists(file), self.store.exists(backup)
        if not there and not backed:
            return None
        try:
            return self._restored(file if there else backup, story)
        except SaveError as error:
            if error.reason == "damaged" and self.store.exists(backup):
                try:
                    playthrough, notes = self._restored(backup, story)
                except SaveError:
                    raise error from None
                return playthrough, (Note("backup", playthrough.page.title), *notes)
            raise

    def _restored(self, file: str, story: Story) -> tuple[Playthrough, tuple[Note, ...]]:
        """Return the playthrough in a file. If entries were lost, copy the file, which the next save overwrites."""
        try:
            content = self.store.read(file, LARGEST)
            self._known[file] = _hash(content)
            playthrough, notes = restore(story, _parsed(content)["save"])
            if not any(note.lost for note in notes):
                return playthrough, notes
            copy = self._copy(file)
        except OSError as error:
            raise SaveError("unreadable", f"the save {file} cannot be read: {error.strerror or error}") from error
        except RestoreError as error:
            raise SaveError(error.reason, str(error), self._set_aside(file)) from error
        except UNUSABLE as error:
            raise SaveError("damaged", f"the save {file} is damaged", self._set_aside(file)) from error
        if copy is None:
            self._uncopied.add(file)
            return playthrough, notes
        return playthrough, (*notes, Note("kept", playthrough.page.title, file=copy))

    def _set_aside(self, file: str) -> str | None:
        """Rename an unusable file, so that no save overwrites it, and return its new name. None if that fails."""
        for aside in _kept_names(file):
            if not self.store.exists(aside):
                try:
                    self.store.rename(file, aside)
                except OSError:
                    return None
                return aside
        return None

    def _copy(self, file: str) -> str | None:
        """Copy a save before it is overwritten, and return the name of the copy, which may be an older one with the
        same content. Return None if copying fails."""
        try:
            content = self.store.read(file, LARGEST)
            for copy in _kept_names(file):
                if not self.store.exists(copy):
                    self.store.write(copy, content.decode("utf-8", "replace"))
                elif not self._holds(copy, content):
                    continue
                return copy
        except (OSError, ValueError):
            return None
        return None

    def _holds(self, file: str, content: bytes) -> bool:
        try:
            return self.store.is_file(file) and self.store.read(file, len(content)) == content
        except ValueError:  # the file is longer
            return False


def save_text(playthrough: Playthrough, when: datetime) -> str:
    """Return the text of a save file: the playthrough, and the label (time, page) that a menu shows."""
    page = playthrough.page
    label = {
        "when": when.isoformat(timespec="seconds"),
        "role": playthrough.role or "",
        "title": page.title,
        "date": page.when or "",
        "place": page.place or "",
        "picture": as_plain(page.picture),
    }
    return json.dumps({"label": label, "save": save(playthrough)}, ensure_ascii=False)


def from_save_text(story: Story, text: str | bytes) -> tuple[Playthrough, tuple[Note, ...]]:
    """Return the playthrough in a save's text from another machine, and notes. Raises SaveError for other text."""
    try:
        if len(text) > LARGEST:
            raise ValueError("it is not a save of ours")
        return restore(story, _parsed(text)["save"])
    except RestoreError as error:
        raise SaveError(error.reason, str(error)) from error
    except UNUSABLE as error:
        raise SaveError("damaged", "this is not a save") from error


def _parsed(content: str | bytes) -> Any:
    """Return the data of a save's file. Raises ValueError, also if a text holds half a character (a lone surrogate)."""
    data = parse_stored_json(content)
    json.dumps(data, ensure_ascii=False).encode()
    return data


def _picture(data: Any) -> Picture | None:
    if not (isinstance(data, dict) and isinstance(data.get("scene"), str) and isinstance(data.get("params"), dict)):
        return None
    params = {name: value for name, value in data["params"].items() if isinstance(value, bool | int | str)}
    return Picture(data["scene"], params, str(data.get("alt") or ""))


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _files(name: str) -> tuple[str, str]:
    return f"{name}.json", f"{name}.bak"


def _kept_names(file: str) -> Iterator[str]:
    path = PurePath(file)
    return (f"{path.stem}.kept-{number}{path.suffix}" for number in range(1, 1000))
