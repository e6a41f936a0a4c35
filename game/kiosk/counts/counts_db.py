"""Counts database: the file of a kiosk's counts, one SQLite file in WAL mode, synced at each write.

It has sums by day, kind and key: no person, and no time finer than a day. The table `sums` also says how much of each
sum was put into a batch for the museum's database. Ten years take some 40 MB, or 150 if every page is read every day,
and a check takes half a second, so no day is ever dropped.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from game.core.sqlite import BESIDE, Database, SqliteError
from game.core.values import frozen

_FORMAT = 1
_APPLICATION = 0x57474B31  # in the file's header, by which our files are recognized
_TABLES = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE sums (kind TEXT, key TEXT, day TEXT, n INTEGER NOT NULL, ms INTEGER NOT NULL,"
    " n_taken INTEGER NOT NULL DEFAULT 0, ms_taken INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (kind, key, day))"
    " WITHOUT ROWID",
    "CREATE INDEX untaken ON sums (kind, key, day) WHERE n <> n_taken OR ms <> ms_taken",
    # AUTOINCREMENT: a number is never used twice, not even after its batch is deleted
    "CREATE TABLE batches (number INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL)",
    "CREATE TABLE batched (number INTEGER, kind TEXT, key TEXT, day TEXT, n INTEGER NOT NULL, ms INTEGER NOT NULL,"
    " PRIMARY KEY (number, kind, key, day)) WITHOUT ROWID",
)
KIND = re.compile(r"[a-z][a-z-]{0,31}")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
_LARGEST = 2**53  # damaged numbers are often far larger, and their sums overflow 64 bits
_IN_BOUNDS = "typeof({0}) = 'integer' AND {0} BETWEEN 0 AND {1}"
_ROWS = (  # what must be true of each row of a table
    ("sums", " AND ".join(
        _IN_BOUNDS.format(column, most)
        for column, most in (("n", _LARGEST), ("ms", _LARGEST), ("n_taken", "n"), ("ms_taken", "ms"))
    )),
    ("batched", " AND ".join((
        _IN_BOUNDS.format("n", _LARGEST), _IN_BOUNDS.format("ms", _LARGEST), "number IN (SELECT number FROM batches)",
    ))),
    ("batches", "typeof(token) = 'text' AND length(token) = 16 AND token NOT GLOB '*[^0-9a-f]*'"),
    ("sqlite_sequence", _IN_BOUNDS.format("seq", _LARGEST)),
)  # fmt: skip
_ID = re.compile("[0-9a-f]{16}")


class UnusableCounts(SqliteError):
    """Raised if a file is damaged or is not a file of counts. The message is one line, with the file's name."""

    def __init__(self, line: str) -> None:
        super().__init__(line, damaged=True)


@frozen
class Row:
    """How often something happened on a day, and how many milliseconds it took altogether."""

    day: date
    kind: str
    key: str
    n: int
    ms: int = 0

    @property
    def seconds(self) -> float:
        return self.ms / 1000


@frozen
class StoredCounts:
    """The content of a file of counts."""

    id: str  # random
    pack: str  # the story that was counted
    rows: tuple[Row, ...]


def counts_file(folder: Path, pack: str) -> Path:
    """Return the path of a story's counts in a kiosk's data folder."""
    return folder / f"{pack}.counts"


def open_counts(path: Path, pack: str, timeout: float, check: bool = False) -> Database:
    """Open the file of counts for the story `pack`, or make it if it is missing. While another process writes, wait at
    most `timeout` seconds. With `check`, check every page and row of the file.

    Raises:
        UnusableCounts: the file is damaged, or is not a file of counts.
        SqliteError: the file cannot be made, read or written now.
    """
    with damage_as_unusable(path):
        db = Database(path, timeout=timeout)
        try:
            # look for tables first: another process may be making them, in one transaction with the application id
            if db.has_tables() and db.application_id != _APPLICATION:
                raise UnusableCounts(f"{path} is another program's file")  # before anything is written to it
            db.enable_wal()
            if not db.has_tables():
                with db.transaction():
                    _create_tables(db, pack)
            own = _checked_about(db, path)["pack"]
            if own != pack:
                raise UnusableCounts(f"{path} holds counts of the story `{own}`")
            if check:
                _check_integrity(db, path)
        except BaseException:
            db.close()
            raise
    return db


@contextmanager
def damage_as_unusable(path: Path) -> Iterator[None]:
    """Within the `with` block, turn SqliteErrors about damage into UnusableCounts with the file's name."""
    try:
        yield
    except UnusableCounts:
        raise
    except SqliteError as error:
        if error.damaged:
            raise UnusableCounts(f"{path} is damaged: {error}") from error
        raise


def set_aside(path: Path) -> Path:
    """Rename a file, and the files that SQLite keeps beside it, to `….damaged-N`. Return the new path. Raises
    OSError."""
    aside = next(new for n in count(1) if not os.path.lexists(new := path.with_name(f"{path.name}.damaged-{n}")))
    for end in (*BESIDE, ""):  # the file itself last, because SQLite would read a leftover WAL into a new file
        part = Path(f"{path}{end}")
        if os.path.lexists(part):
            part.rename(f"{aside}{end}")
    return aside


def files_set_aside(path: Path) -> tuple[Path, ...]:
    """Return the files that were set aside from this path and still exist. Raises OSError."""
    name = re.compile(re.escape(path.name) + r"\.damaged-[0-9]+")
    return tuple(sorted(sibling for sibling in path.parent.iterdir() if name.fullmatch(sibling.name)))


def read_counts(path: Path) -> StoredCounts:
    """Read the content of a file of counts, even while a kiosk writes to it, and change nothing. Raises UnusableCounts,
    or OSError if the file cannot be read."""
    if not path.is_file():
        what = "it is not a file" if path.exists() else "there is no such file"
        raise FileNotFoundError(errno.ENOENT, what, str(path))
    with damage_as_unusable(path):
        for mode in ("ro", "immutable"):  # in a read-only folder, SQLite cannot make its files beside this one
            try:
                return _read(path, mode)
            except SqliteError as error:
                if error.damaged:
                    raise
                cause = error
        raise OSError(errno.EIO, str(cause), str(path)) from cause


def checked_row(path: Path, day: Any, kind: Any, key: Any, n: Any, ms: Any) -> Row:
    """Return a row read from a file. Raises UnusableCounts if a value has the wrong type or `day` is not a date."""
    try:
        row = Row(date.fromisoformat(day), kind, key, n, ms)
    except (ValueError, TypeError) as error:
        raise UnusableCounts(f"{path} is damaged: {error}") from error
    if (type(kind), type(key), type(n), type(ms)) != (str, str, int, int):
        raise UnusableCounts(f"{path} is damaged: a sum is {n!r:.40} and {ms!r:.40}")
    return row


def read_about(db: Database, path: Path) -> dict[str, str]:
    """Return a dict with a file's `id` and its story, `pack`. Raises UnusableCounts or another SqliteError."""
    about = dict(db.execute("SELECT name, value FROM about"))
    if not isinstance(about.get("id"), str) or not _ID.fullmatch(about["id"]) or not isinstance(about.get("pack"), str):
        raise UnusableCounts(f"{path} is damaged: it does not say whose it is")
    return about


def _read(path: Path, mode: str) -> StoredCounts:
    with closing(Database(path, mode=mode)) as db:
        db.execute("BEGIN")  # a snapshot, in case another process writes meanwhile
        if db.application_id != _APPLICATION:
            raise UnusableCounts(f"{path} holds no counts of a kiosk")
        about = _checked_about(db, path)
        _check_integrity(db, path)
        each = db.execute("SELECT day, kind, key, n, ms FROM sums ORDER BY day, kind, key")
        return StoredCounts(about["id"], about["pack"], tuple(checked_row(path, *row) for row in each))


def _create_tables(db: Database, pack: str) -> None:
    if db.has_tables():
        return
    db.create(_APPLICATION, _FORMAT, _TABLES)
    db.execute_many("INSERT INTO about VALUES (?, ?)", [("id", secrets.token_hex(8)), ("pack", pack)])


def _checked_about(db: Database, path: Path) -> dict[str, str]:
    """Check header, version and tables of a file, then return the result of `read_about`. Raises UnusableCounts."""
    if db.application_id != _APPLICATION:
        raise UnusableCounts(f"{path} is another program's file")
    if db.user_version != _FORMAT:
        raise UnusableCounts(f"{path} was written by another version of the program (format {db.user_version})")
    tables = {" ".join(str(sql).split()) for (sql,) in db.execute("SELECT sql FROM sqlite_master")}
    if not tables.issuperset(_TABLES):
        raise UnusableCounts(f"{path} is damaged: it lacks tables that it was made with")
    return read_about(db, path)


def _check_integrity(db: Database, path: Path) -> None:
    """Raise UnusableCounts if a page is damaged, or a row cannot come from this program. Ten years' sums take a third
    of a second: Python checks each name and day once, SQLite checks the numbers."""
    found = db.value("PRAGMA integrity_check(1)")
    if found != "ok":
        raise UnusableCounts(f"{path} is damaged: {(str(found).splitlines() or [''])[-1]}")
    for table in ("sums", "batched"):
        names = db.execute(f"SELECT DISTINCT kind, key FROM {table}")
        days = db.execute(f"SELECT DISTINCT day FROM {table}")
        if not all(map(_is_name, names)) or not all(_is_day(day) for (day,) in days):
            raise UnusableCounts(f"{path} is damaged: a row in `{table}` names nothing that is counted, or no day")
    for table, condition in _ROWS:
        if db.value(f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE NOT ({condition}) LIMIT 1)"):
            raise UnusableCounts(f"{path} is damaged: a row in `{table}` has numbers that are none")


def _is_name(row: tuple[Any, ...]) -> bool:
    kind, key = row
    return all(isinstance(text, str) and form.fullmatch(text) for form, text in ((KIND, kind), (KEY, key)))


def _is_day(day: Any) -> bool:
    try:
        return bool(date.fromisoformat(day).isoformat() == day)
    except (ValueError, TypeError):
        return False
