"""The log of a class: one SQLite file, in WAL mode and synced at each write, so that it survives a crash.

A row has an event as JSON, and its time. A second table has one row: what the class has read, as JSON. One process at a
time holds a log to write it; others can read it.
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

# In format 1 seats came only by joining, a class had one code, and timers were a time of day. Format 2 has numbered
# sessions, names of classes, and the events of seats (see events.py). A log of format 1 becomes one of 2 when it is
# written to.
_FORMAT = 2
_READABLE = frozenset({1, _FORMAT})
_TABLE = "CREATE TABLE events (number INTEGER PRIMARY KEY, at REAL NOT NULL, event TEXT NOT NULL)"
# The table is made with the first page. Logs of earlier versions have none.
_READING_TABLE = "CREATE TABLE IF NOT EXISTS reading (number INTEGER PRIMARY KEY, reading TEXT NOT NULL)"
_ENCODER = json.JSONEncoder(ensure_ascii=False)  # made once: `json.dumps` makes a new encoder for each event
_APPLICATION = 0x57474331  # the application id in the file's header, which marks our files


class DamagedLog(Exception):
    """Raised if a file is not a log of a class, or is damaged. The message is one line that names the file."""


@frozen
class LogEntries:
    """The events of a log up to the first row that cannot be read, each with its time in seconds since 1970."""

    entries: tuple[tuple[float, Event], ...]
    unread: int = 0  # how many rows come after these, including the row that cannot be read
    why: str = ""  # why that row cannot be read, as one line that names the file; "" if all can be read
    reading: Any = None  # what the class has read (`class_reader.reading_to_json`); None if the log does not have it


class Log:
    """The open log of one class; a context manager. Not thread-safe. A missing file is made with its folder.

    With `exclusive`, it holds the log until it is closed; without, it only reads. `clock` returns seconds since 1970.

    Raises AlreadyRunning if somebody else holds the log, DamagedLog if the file is damaged or no log, or OSError.
    """

    def __init__(self, path: Path, clock: Callable[[], float], *, exclusive: bool = True) -> None:
        self.path, self._clock = path, clock
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            raise OSError(f"{path} cannot be written: it is not a file")
        with ExitStack() as opened:
            if exclusive:
                opened.enter_context(hold_log(path))
            try:
                self._db = opened.enter_context(closing(Database(path)))
                _check_or_create(self._db, path)
                self._db.enable_wal()
                self._is_older = self._db.user_version != _FORMAT
            except SqliteError as error:
                if error.damaged:
                    raise DamagedLog(f"{path} is not a log of a class: {error}") from None
                raise OSError(f"{path} cannot be written: {error}") from None
            self._opened = opened.pop_all()

    def write(self, events: Sequence[Event], reading: Mapping[str, Any] | None = None) -> None:
        """Write events and, if given, what the class has read, in one transaction. Raises OSError."""
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

    def read(self) -> LogEntries:
        """Return the events up to the first unreadable row, except those that `Resumed` left out. Raises DamagedLog."""
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
    """A log in memory alone, for when the disk is full. Its events are lost when the program ends."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._events: list[tuple[float, Event]] = []

    def write(self, events: Sequence[Event], reading: Mapping[str, Any] | None = None) -> None:
        self._events += [(self._clock(), event) for event in events]

    def close(self) -> None:
        """Do nothing, because there is no file."""

    def read(self) -> LogEntries:
        return LogEntries(tuple(self._events))


def read_entries(path: Path) -> LogEntries:
    """Return what `Log.read` returns, and make no file. Raises DamagedLog, also for a missing file, or OSError."""
    if not is_log(path):
        raise DamagedLog(f"{path} is not a log of a class" if path.exists() else f"there is no file {path}")
    with Log(path, lambda: 0.0, exclusive=False) as log:
        return log.read()


def is_log(path: Path) -> bool:
    """Return whether a file has the header of a log. The rest may be damaged."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(72)
    return head.startswith(b"SQLite format 3\0") and head[68:] == _APPLICATION.to_bytes(4, "big")


def list_logs(folder: Path) -> list[Path]:
    """Return the logs in a folder, the last written first."""
    return sorted(filter(is_log, folder.glob("*.class")), key=last_written, reverse=True)


def last_written(path: Path) -> float:
    """Return the time of a log's last event, in seconds since 1970. For a damaged log, return the time of its file."""
    try:
        with closing(Database(path)) as db:
            at = db.value("SELECT max(at) FROM events")
    except SqliteError:
        at = None
    return float(at) if _is_time(at) else path.stat().st_mtime


@contextmanager
def hold_log(path: Path) -> Iterator[None]:
    """Hold a log, so that no other process writes or deletes it.

    Raises AlreadyRunning, which names the log, if somebody else holds it, or OSError if this folder supports no lock.
    """
    with ExitStack() as held:
        try:
            held.enter_context(hold_lock(Path(f"{path}-lock")))
        except AlreadyRunning:
            raise AlreadyRunning(f"a class is being held on {path}: end it first") from None
        yield


def in_use(path: Path) -> bool:
    """Return whether a running class holds the log, in this process or another."""
    if not is_log(path):
        return False
    try:
        with hold_log(path):
            return False
    except AlreadyRunning:
        return True
    except OSError:  # the folder supports no locks, so no class can run in it
        return False


def delete_log(path: Path) -> None:
    """Delete a log with the files that SQLite keeps beside it."""
    for part in (path, *(Path(f"{path}{end}") for end in BESIDE)):
        part.unlink(missing_ok=True)


def _parse(at: object, line: str | bytes) -> tuple[float, Event] | str:
    """Return the time and event of a row in the log, or a text that says why the row cannot be read."""
    if not _is_time(at):
        return "its time is missing"
    try:
        return at, from_json(json.loads(line))
    except (ValueError, TypeError, RecursionError) as error:
        return str(error)


def _is_time(at: object) -> TypeGuard[float]:
    """Return whether a value is a time in seconds since 1970 (or before) that a datetime can hold."""
    return isinstance(at, int | float) and math.isfinite(at) and abs(at) < 2e11


def _check_or_create(db: Database, path: Path) -> None:
    application, version = db.application_id, db.user_version
    if not application and not db.has_tables():
        with db.transaction():
            db.create(_APPLICATION, _FORMAT, [_TABLE])
    elif application != _APPLICATION:
        raise DamagedLog(f"{path} is not a log of a class")
    elif version not in _READABLE:
        raise DamagedLog(f"{path} was written by another version of the program (format {version})")
