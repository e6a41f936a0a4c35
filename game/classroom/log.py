"""The log of a class on disk: what was written survives a crash and a flat battery, and nothing else is kept.

One SQLite file a class, in WAL mode and synced at each write; a line is an event as JSON and when it was written.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType

from game.classroom.events import Event, from_json, to_json

_FORMAT = 1
_APPLICATION = 0x57474331  # so that another program's file is known for what it is


class DamagedLog(Exception):
    """The file is no log of a class, or cannot be read any further: one clear line."""


class Log:
    """Open on one class. Writes of several events are one: all of them are kept, or none.

    `clock` gives seconds since 1970. Not for several threads at once. Raises DamagedLog, or OSError where the
    folder takes no file.
    """

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self.path, self._clock = path, clock
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            _known(self._db, path)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA user_version").fetchone()  # from the first read on, others see that it is in use
        except sqlite3.OperationalError as error:
            raise OSError(f"{path} cannot be written: {error}") from None
        except sqlite3.DatabaseError as error:
            raise DamagedLog(f"{path} is no log of a class: {error}") from None

    def write(self, events: Sequence[Event]) -> None:
        """Keep events, in their order, before anybody is told of them. Raises OSError where the disk is full."""
        lines = [(self._clock(), json.dumps(to_json(event), ensure_ascii=False)) for event in events]
        try:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT INTO events (at, event) VALUES (?, ?)", lines)
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise OSError(f"{self.path} cannot be written: {error}") from None

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[tuple[float, Event]]:
        """Each event with when it was written, in seconds since 1970, oldest first. Raises DamagedLog."""
        try:
            for number, at, line in self._db.execute("SELECT number, at, event FROM events ORDER BY number"):
                try:
                    yield at, from_json(json.loads(line))
                except ValueError as error:
                    raise DamagedLog(f"{self.path}, line {number}: {error}") from None
        except sqlite3.DatabaseError as error:
            raise DamagedLog(f"{self.path} cannot be read: {error}") from None


def read(path: Path) -> list[tuple[float, Event]]:
    """All that a log holds, as `Log` gives it. Raises DamagedLog, or OSError; a file that is not there is not made."""
    if not is_log(path):
        raise DamagedLog(f"{path} is no log of a class" if path.exists() else f"there is no file {path}")
    with Log(path, lambda: 0.0) as log:
        return list(log)


def is_log(path: Path) -> bool:
    """Whether a file says of itself that it is a log of a class, be it damaged or not."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(72)
    return head.startswith(b"SQLite format 3\0") and head[68:] == _APPLICATION.to_bytes(4, "big")


def logs(folder: Path) -> list[Path]:
    """The logs in a folder, the last written first."""
    return sorted(filter(is_log, folder.glob("*.class")), key=written, reverse=True)


def written(path: Path) -> float:
    """When the last event of a log was written, in seconds since 1970; of one that cannot be read, its file."""
    try:
        with closing(sqlite3.connect(path)) as db:
            (at,) = db.execute("SELECT max(at) FROM events").fetchone()
    except sqlite3.DatabaseError:
        at = None
    return path.stat().st_mtime if at is None else float(at)


def in_use(path: Path) -> bool:
    """Whether a class is being held on a log, by this program or another running copy of it."""
    if not is_log(path):
        return False
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as db:
            # only whoever is alone with a file may take it out of WAL mode; the next `Log` puts it back
            (mode,) = db.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False  # too damaged for anybody to be writing it
    return bool(mode != "delete")


def delete(path: Path) -> None:
    """Remove a log with all that SQLite keeps beside it."""
    for part in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        part.unlink(missing_ok=True)


def _known(db: sqlite3.Connection, path: Path) -> None:
    """Make a new file a log, and refuse one that is something else."""
    with closing(db.cursor()) as cursor:
        (application,) = cursor.execute("PRAGMA application_id").fetchone()
        (version,) = cursor.execute("PRAGMA user_version").fetchone()
        (tables,) = cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables:
            cursor.execute(f"PRAGMA application_id = {_APPLICATION}")
            cursor.execute(f"PRAGMA user_version = {_FORMAT}")
            cursor.execute("CREATE TABLE events (number INTEGER PRIMARY KEY, at REAL NOT NULL, event TEXT NOT NULL)")
        elif application != _APPLICATION:
            raise DamagedLog(f"{path} is no log of a class")
        elif version != _FORMAT:
            raise DamagedLog(f"{path} was written by another version of the program (format {version})")
