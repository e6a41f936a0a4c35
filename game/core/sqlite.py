"""SQLite files behind one error type: whatever the driver raises on them is a SqliteError, and nothing else uses it.

The driver raises more than `sqlite3.Error`: where SQLite names a damaged table in its message, and that name is no
UTF-8, a UnicodeDecodeError; of a number that is too large an OverflowError; of memory that it cannot have MemoryError.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

Value = int | float | str | bytes | None
BESIDE = ("-journal", "-wal", "-shm")  # what SQLite keeps beside a file, by what is added to its name

# What says nothing of the file itself: another process writes to it, the disk is full or gone, memory is short.
_NOT_THE_FILE = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL,
    }
)  # fmt: skip
# Of the errors of a disk those that will be there at the next read as well: a sector that is gone.
_LOST = frozenset(
    {
        sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ,
        sqlite3.SQLITE_IOERR_DATA, sqlite3.SQLITE_IOERR_CORRUPTFS,
    }
)  # fmt: skip
_LONGEST = 200  # characters of a message: a damaged file may have a page of them in a name


class SqliteError(Exception):
    """A file cannot be read or written: one line that says why, without the file's name.

    `damaged`: it is the file itself that cannot be used, also later; else it may be otherwise in a moment. A file
    that may only be read counts as damaged where it is to be written.
    """

    def __init__(self, reason: str, damaged: bool) -> None:
        super().__init__(reason)
        self.damaged = damaged


class Database:
    """A connection to one SQLite file, on which every error is a SqliteError. Usable by several threads in turn.

    Args:
        path: the file; it is made where there is none, unless it is opened to be read.
        timeout: seconds to wait for another process that is writing.
        mode: "rwc" to write and make it, "ro" to read it, "immutable" to read what nobody else writes to, also in a
            folder that takes no file.

    Raises:
        SqliteError: it cannot be opened. Much is noticed only as it is first read.
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
        """Run one statement; all rows that it answers with. Raises SqliteError."""
        with _as_sqlite_error():
            return self._db.execute(statement, values).fetchall()

    def execute_many(self, statement: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each row of values. Raises SqliteError."""
        with _as_sqlite_error():
            self._db.executemany(statement, rows)

    def value(self, statement: str, values: Sequence[Value] = ()) -> Any:
        """The first value of the first row; None where there is no row. Raises SqliteError."""
        rows = self.execute(statement, values)
        return rows[0][0] if rows else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything in it is kept, or nothing. Raises SqliteError."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                with suppress(SqliteError):  # what made it necessary is what is to be told
                    self.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close it. What goes wrong meanwhile is of no account: all that was to be kept is."""
        with suppress(SqliteError), _as_sqlite_error():
            self._db.close()


@contextmanager
def _as_sqlite_error() -> Iterator[None]:
    """Everything that goes wrong meanwhile is a SqliteError."""
    try:
        yield
    except SqliteError:
        raise
    except (OSError, MemoryError) as error:
        raise SqliteError(_line(str(error) or "there is too little memory"), damaged=False) from error
    except sqlite3.Error as error:
        raise SqliteError(_line(str(error)), _is_damage(getattr(error, "sqlite_errorcode", None))) from error
    except UnicodeDecodeError as error:  # SQLite's own message, with a name out of the damaged file
        raise SqliteError(_line(bytes(error.object).decode("utf-8", "backslashreplace")), damaged=True) from error
    except Exception as error:
        raise SqliteError(_line(f"{type(error).__name__}: {error}"), damaged=True) from error


def _is_damage(code: int | None) -> bool:
    """Whether it is the file that is to blame; without a code it is the driver that met something impossible."""
    return code is None or code in _LOST or code & 0xFF not in _NOT_THE_FILE


def _line(message: str) -> str:
    """A message as one line that a log and a terminal can take."""
    return "".join(char if char.isprintable() else " " for char in message)[:_LONGEST].strip()


def _writable(path: Path) -> None:
    """Raises SqliteError where something that is no file, or that may not be written, has the place of a file."""
    for part in (path, *(Path(f"{path}{end}") for end in BESIDE)):
        if part.exists() and not part.is_file():
            raise SqliteError(f"{part.name} is no file", damaged=True)
        own = os.access in os.supports_effective_ids
        if part.exists() and not os.access(part, os.R_OK | os.W_OK, effective_ids=own):
            raise SqliteError(f"{part.name} may not be read or written", damaged=True)
