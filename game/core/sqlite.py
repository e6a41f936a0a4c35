"""SQLite files. Each error is raised as a SqliteError.

Python's driver raises not only `sqlite3.Error`. It raises UnicodeDecodeError if its message names a damaged table whose
name is not UTF-8, OverflowError for a number that is too large, and MemoryError.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

Value = int | float | str | bytes | None
BESIDE = ("-journal", "-wal", "-shm")  # suffixes of SQLite's own files beside a database

# Errors that do not mean a damaged file: another process is writing to it, the disk is full or gone, memory is short.
_NOT_THE_FILE = (
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL,
)  # fmt: skip
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
# Disk errors that do not pass: a sector cannot be read.
_LOST = (
    sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ,
    sqlite3.SQLITE_IOERR_DATA, sqlite3.SQLITE_IOERR_CORRUPTFS,
)  # fmt: skip
_LONGEST = 200  # the most characters of a message: a damaged file may hold very long names


class SqliteError(Exception):
    """Raised when a database cannot be read or written. The message is one line, without the file's name.

    With `damaged`, the file itself cannot be used, so trying again is useless. A read-only file that should be written
    counts as damaged. With `busy`, another connection has locked the file.
    """

    def __init__(self, reason: str, damaged: bool, busy: bool = False) -> None:
        super().__init__(reason)
        self.damaged, self.busy = damaged, busy


class Database:
    """A connection to one SQLite file. Each error is raised as a SqliteError.

    Several threads may use it, one at a time. Most damage shows only at the first read.

    Args:
        path: the file.
        timeout: seconds to wait for another process that is writing.
        mode: "rwc" writes, and makes the file; "ro" reads; "immutable" reads a file that nobody writes, even in a
            folder where SQLite cannot make its own files.
    """

    def __init__(self, path: Path, *, timeout: float = 5.0, mode: str = "rwc") -> None:
        how = "immutable=1" if mode == "immutable" else f"mode={mode}"
        with _as_sqlite_error():
            if mode == "rwc":
                _writable(path)
            self._db = sqlite3.connect(
                f"{path.absolute().as_uri()}?{how}", uri=True, timeout=timeout, isolation_level=None,
                check_same_thread=False,
            )  # fmt: skip

    def execute(self, statement: str, values: Sequence[Value] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows."""
        with _as_sqlite_error():
            return self._db.execute(statement, values).fetchall()

    def execute_many(self, statement: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each row of values."""
        with _as_sqlite_error():
            self._db.executemany(statement, rows)

    @property
    def application_id(self) -> int:
        """The application id in the file's header; 0 in a new file."""
        return int(self.value("PRAGMA application_id"))

    @property
    def user_version(self) -> int:
        """The user version in the file's header; 0 in a new file."""
        return int(self.value("PRAGMA user_version"))

    def has_tables(self) -> bool:
        """Return whether the file holds any table."""
        return bool(self.value("SELECT count(*) FROM sqlite_master"))

    def create(self, application_id: int, version: int, statements: Iterable[str]) -> None:
        """Write a new file's header and create its tables. Call it in a transaction."""
        self.execute(f"PRAGMA application_id = {application_id}")
        self.execute(f"PRAGMA user_version = {version}")
        for statement in statements:
            self.execute(statement)

    def enable_wal(self) -> None:
        """Enable write-ahead logging, synced at each commit, so that committed data survives a crash."""
        self.execute("PRAGMA journal_mode = WAL")
        self.execute("PRAGMA synchronous = FULL")

    def value(self, statement: str, values: Sequence[Value] = ()) -> Any:
        """Return the first column of the first row; None if there is no row."""
        rows = self.execute(statement, values)
        return rows[0][0] if rows else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Context manager of one transaction. It commits at the end, or rolls back on any exception."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                with suppress(SqliteError):  # the error that caused the rollback is the one to raise
                    self.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close the connection. Ignore errors: by now everything is committed."""
        with suppress(SqliteError), _as_sqlite_error():
            self._db.close()


@contextmanager
def _as_sqlite_error() -> Iterator[None]:
    try:
        yield
    except SqliteError:
        raise
    except (OSError, MemoryError) as error:
        raise SqliteError(_line(str(error) or "there is too little memory"), damaged=False) from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        busy = code is not None and code & 0xFF in _BUSY
        raise SqliteError(_line(str(error)), _is_damage(code), busy) from error
    except UnicodeDecodeError as error:  # the message of SQLite quotes a name from the damaged file
        raise SqliteError(_line(bytes(error.object).decode("utf-8", "backslashreplace")), damaged=True) from error
    except Exception as error:
        raise SqliteError(_line(f"{type(error).__name__}: {error}"), damaged=True) from error


def _is_damage(code: int | None) -> bool:
    """Return whether an error code means a damaged file. None means an error of the driver, which counts as damage."""
    return code is None or code in _LOST or code & 0xFF not in _NOT_THE_FILE


def _line(message: str) -> str:
    return "".join(char if char.isprintable() else " " for char in message)[:_LONGEST].strip()


def _writable(path: Path) -> None:
    """Raise SqliteError unless the database, and each file that SQLite keeps beside it, can be read and written."""
    for part in (path, *(Path(f"{path}{end}") for end in BESIDE)):
        if part.exists() and not part.is_file():
            raise SqliteError(f"{part.name} is not a file", damaged=True)
        own = os.access in os.supports_effective_ids
        if part.exists() and not os.access(part, os.R_OK | os.W_OK, effective_ids=own):
            raise SqliteError(f"{part.name} may not be read or written", damaged=True)
