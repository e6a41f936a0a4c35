"""The log of a class: one SQLite file, in WAL mode and synced at each write, so that it survives a crash.

A row is an event as JSON, and when it was written; beside them is what the class has read, as JSON, which is replaced
whenever it reads on. One process at a time holds a log: it alone writes to it, or deletes
it. Others may read it meanwhile.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeGuard

from game.classroom.events import Event, Resumed, from_json, to_json
from game.core.instance_lock import AlreadyRunning, hold_lock
from game.core.sqlite import BESIDE, Database, SqliteError
from game.core.values import frozen

# 1 knew no seat but by joining, one code for a class, and timers as a time of day; it is read, and becomes 2 when it is
# written to. 2 has numbered sessions, names of classes, and the events of seats (see events.py).
_FORMAT = 2
_READABLE = frozenset({1, _FORMAT})
_TABLE = "CREATE TABLE events (number INTEGER PRIMARY KEY, at REAL NOT NULL, event TEXT NOT NULL)"
# Made with the first thing that is read: logs of earlier versions have none.
_READING_TABLE = "CREATE TABLE IF NOT EXISTS reading (number INTEGER PRIMARY KEY, reading TEXT NOT NULL)"
_ENCODER = json.JSONEncoder(ensure_ascii=False)  # made once: `json.dumps` makes one anew for each event
_APPLICATION = 0x57474331  # in the file's header, which tells it from another program's


class DamagedLog(Exception):
    """The file is no log of a class, or cannot be read any further: one line that names it."""


@frozen
class LogEntries:
    """The events of a log as far as they can be read.

    Attributes:
        entries: Each event with when it was written, in seconds since 1970, oldest first.
        unread: How many lines come after these, from the first one that cannot be read.
        why: Why that cannot be read, as one line that names the file; "" where all can.
        reading: What the class has read (`class_reader.reading_to_json`); None where the log does not have it.
    """

    entries: tuple[tuple[float, Event], ...]
    unread: int = 0
    why: str = ""
    reading: Any = None


class Log:
    """The open log of one class; a context manager. Not thread-safe.

    Args:
        path: the file, which is made with its folder where it is not there.
        clock: gives seconds since 1970.
        exclusive: hold the log until it is closed; False to read it only.

    Raises:
        AlreadyRunning: somebody else holds it.
        DamagedLog: the file is damaged, or no log.
        OSError: it cannot be written.
    """

    def __init__(self, path: Path, clock: Callable[[], float], *, exclusive: bool = True) -> None:
        self.path, self._clock = path, clock
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            raise OSError(f"{path} cannot be written: it is no file")
        with ExitStack() as opened:
            if exclusive:
                opened.enter_context(hold_log(path))
            with _translate_errors(path, f"{path} is no log of a class"):
                self._db = opened.enter_context(closing(Database(path)))
                _check_or_create(self._db, path)
                self._db.enable_wal()
                self._is_older = self._db.user_version != _FORMAT
            self._opened = opened.pop_all()

    def write(self, events: Sequence[Event], reading: Mapping[str, Any] | None = None) -> None:
        """Write events in one transaction: all of them, or none; and what was read, where that is given.

        Raises OSError where the disk is full.
        """
        lines = [(self._clock(), _ENCODER.encode(to_json(event))) for event in events]
        try:
            with self._db.transaction():
                if self._is_older:
                    self._db.execute(f"PRAGMA user_version = {_FORMAT}")
                self._db.execute_many("INSERT INTO events (at, event) VALUES (?, ?)", lines)
                if reading is not None:
                    self._db.execute(_READING_TABLE)
                    self._db.execute("INSERT OR REPLACE INTO reading VALUES (1, ?)", [_ENCODER.encode(reading)])
        except SqliteError as error:
            raise OSError(f"{self.path} cannot be written: {error}") from None
        self._is_older = False

    def close(self) -> None:
        self._opened.close()

    def __enter__(self) -> Log:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[tuple[float, Event]]:
        """Each event with when it was written, in seconds since 1970, oldest first. Raises DamagedLog."""
        found = self.read()
        yield from found.entries
        if found.why:
            raise DamagedLog(found.why)

    def read(self) -> LogEntries:
        """The events up to the first line that cannot be read. Raises DamagedLog where no line can.

        Where the class went on without its last events (`Resumed.left_out`), these are not among them.
        """
        try:
            lines = self._db.execute("SELECT number, at, event FROM events ORDER BY number")
        except SqliteError as error:
            raise DamagedLog(f"{self.path} cannot be read: {error}") from None
        found: list[tuple[float, Event] | str] = []
        for number, at, line in lines:
            entry = _parse(at, line)
            if isinstance(entry, str):
                found.append(f"{self.path}, line {number}: {entry}")
                continue
            if isinstance(entry[1], Resumed) and entry[1].left_out:
                del found[-entry[1].left_out :]
            found.append(entry)
        entries: list[tuple[float, Event]] = []
        for item in found:
            if isinstance(item, str):
                return LogEntries(tuple(entries), len(found) - len(entries), item)
            entries.append(item)
        return LogEntries(tuple(entries), reading=self._reading())

    def _reading(self) -> Any:
        with suppress(SqliteError, ValueError, RecursionError, TypeError):
            return json.loads(self._db.value("SELECT reading FROM reading"))
        return None


class UnsavedLog:
    """The events of a class in memory alone, where the disk takes nothing; they are gone with the program.

    Args:
        clock: gives seconds since 1970.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._events: list[tuple[float, Event]] = []

    def write(self, events: Sequence[Event], reading: Mapping[str, Any] | None = None) -> None:
        self._events += [(self._clock(), event) for event in events]

    def close(self) -> None:
        """There is nothing to close."""

    def read(self) -> LogEntries:
        return LogEntries(tuple(self._events))


def read_log(path: Path) -> list[tuple[float, Event]]:
    """All events of a log with their times, as `Log` gives them. Makes no file. Raises DamagedLog, or OSError."""
    found = read_entries(path)
    if found.why:
        raise DamagedLog(found.why)
    return list(found.entries)


def read_entries(path: Path) -> LogEntries:
    """The events of a log as far as they can be read, as `Log.read` gives them. Makes no file.

    Raises DamagedLog where no line can be read, or OSError.
    """
    if not is_log(path):
        raise DamagedLog(f"{path} is no log of a class" if path.exists() else f"there is no file {path}")
    with Log(path, lambda: 0.0, exclusive=False) as log:
        return log.read()


def is_log(path: Path) -> bool:
    """Whether a file has the header of a log, be it damaged or not."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(72)
    return head.startswith(b"SQLite format 3\0") and head[68:] == _APPLICATION.to_bytes(4, "big")


def list_logs(folder: Path) -> list[Path]:
    """The logs in a folder, the last written first."""
    return sorted(filter(is_log, folder.glob("*.class")), key=last_written, reverse=True)


def last_written(path: Path) -> float:
    """When the last event was written, in seconds since 1970; of a damaged log, when its file was."""
    try:
        with closing(Database(path)) as db:
            at = db.value("SELECT max(at) FROM events")
    except SqliteError:
        at = None
    return float(at) if _is_time(at) else path.stat().st_mtime


@contextmanager
def hold_log(path: Path) -> Iterator[None]:
    """Hold a log, so that nobody else writes to it or deletes it.

    Raises:
        AlreadyRunning: somebody else holds it; the message names it.
        OSError: this folder takes no lock.
    """
    with ExitStack() as held:
        try:
            held.enter_context(hold_lock(Path(f"{path}-lock")))
        except AlreadyRunning:
            raise AlreadyRunning(f"a class is being held on {path}: end that one first") from None
        yield


def in_use(path: Path) -> bool:
    """Whether a running class holds the log, in this process or another."""
    if not is_log(path):
        return False
    try:
        with hold_log(path):
            return False
    except AlreadyRunning:
        return True
    except OSError:  # a folder that takes no lock has no running class
        return False


def delete_log(path: Path) -> None:
    """Delete a log with the files that SQLite keeps beside it."""
    for part in (path, *(Path(f"{path}{end}") for end in BESIDE)):
        part.unlink(missing_ok=True)


@contextmanager
def _translate_errors(path: Path, damaged: str) -> Iterator[None]:
    """Raise damage as a DamagedLog whose message begins with `damaged`, other errors of SQLite as OSError."""
    try:
        yield
    except SqliteError as error:
        if error.damaged:
            raise DamagedLog(f"{damaged}: {error}") from None
        raise OSError(f"{path} cannot be written: {error}") from None


def _parse(at: object, line: str | bytes) -> tuple[float, Event] | str:
    """A line of the log, or why it cannot be read."""
    if not _is_time(at):
        return "it was written at no time"
    try:
        return at, from_json(json.loads(line))
    except (ValueError, TypeError, RecursionError) as error:
        return str(error)


def _is_time(at: object) -> TypeGuard[float]:
    """Whether it is seconds since 1970, or before, that a datetime can hold."""
    return isinstance(at, int | float) and math.isfinite(at) and abs(at) < 2e11


def _check_or_create(db: Database, path: Path) -> None:
    """Create the table in a new file; raise DamagedLog for one that is something else."""
    application, version = db.application_id, db.user_version
    if not application and not db.has_tables():
        with db.transaction():
            db.create(_APPLICATION, _FORMAT, [_TABLE])
    elif application != _APPLICATION:
        raise DamagedLog(f"{path} is no log of a class")
    elif version not in _READABLE:
        raise DamagedLog(f"{path} was written by another version of the program (format {version})")
