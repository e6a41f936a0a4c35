"""The log of a class on disk: what was written survives a crash and a flat battery, and nothing else is kept.

One SQLite file a class, in WAL mode and synced at each write; a line is an event as JSON and when it was written.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType

from game.classroom.events import Event, from_json, to_json
from game.core.sqlite import BESIDE, Database, SqliteError

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
        if path.exists() and not path.is_file():
            raise OSError(f"{path} cannot be written: it is no file")
        with _told(path, f"{path} is no log of a class"):
            self._db = Database(path)
            try:
                _known(self._db, path)
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = FULL")
                self._db.execute("PRAGMA user_version")  # from the first read on, others see that it is in use
            except BaseException:
                self._db.close()
                raise

    def write(self, events: Sequence[Event]) -> None:
        """Keep events, in their order, before anybody is told of them. Raises OSError where the disk is full."""
        lines = [(self._clock(), json.dumps(to_json(event), ensure_ascii=False)) for event in events]
        try:
            with self._db.transaction():
                self._db.execute_many("INSERT INTO events (at, event) VALUES (?, ?)", lines)
        except SqliteError as error:
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
            lines = self._db.execute("SELECT number, at, event FROM events ORDER BY number")
        except SqliteError as error:
            raise DamagedLog(f"{self.path} cannot be read: {error}") from None
        for number, at, line in lines:
            if not _is_time(at):
                raise DamagedLog(f"{self.path}, line {number}: it was written at no time")
            try:
                yield at, from_json(json.loads(line))
            except (ValueError, TypeError, RecursionError) as error:
                raise DamagedLog(f"{self.path}, line {number}: {error}") from None


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
        with closing(Database(path)) as db:
            at = db.value("SELECT max(at) FROM events")
    except SqliteError:
        at = None
    return float(at) if _is_time(at) else path.stat().st_mtime


def in_use(path: Path) -> bool:
    """Whether a class is being held on a log, by this program or another running copy of it."""
    if not is_log(path):
        return False
    try:
        with closing(Database(path, timeout=0)) as db:
            # only whoever is alone with a file may take it out of WAL mode; the next `Log` puts it back
            return bool(db.value("PRAGMA journal_mode = DELETE") != "delete")
    except SqliteError as error:
        return not error.damaged  # what is, is too damaged for anybody to be writing it


def delete(path: Path) -> None:
    """Remove a log with all that SQLite keeps beside it."""
    for part in (path, *(Path(f"{path}{end}") for end in BESIDE)):
        part.unlink(missing_ok=True)


@contextmanager
def _told(path: Path, damaged: str) -> Iterator[None]:
    """Damage that is met on the way is a DamagedLog that begins so; what else SQLite meets is an OSError."""
    try:
        yield
    except SqliteError as error:
        if error.damaged:
            raise DamagedLog(f"{damaged}: {error}") from None
        raise OSError(f"{path} cannot be written: {error}") from None


def _is_time(at: object) -> bool:
    """Whether it is seconds since 1970 (or before), of a day that a calendar has."""
    return isinstance(at, int | float) and math.isfinite(at) and abs(at) < 2e11


def _known(db: Database, path: Path) -> None:
    """Make a new file a log, and refuse one that is something else."""
    application, version = db.value("PRAGMA application_id"), db.value("PRAGMA user_version")
    if not application and not db.value("SELECT count(*) FROM sqlite_master"):
        with db.transaction():
            db.execute(f"PRAGMA application_id = {_APPLICATION}")
            db.execute(f"PRAGMA user_version = {_FORMAT}")
            db.execute("CREATE TABLE events (number INTEGER PRIMARY KEY, at REAL NOT NULL, event TEXT NOT NULL)")
    elif application != _APPLICATION:
        raise DamagedLog(f"{path} is no log of a class")
    elif version != _FORMAT:
        raise DamagedLog(f"{path} was written by another version of the program (format {version})")
