"""The file of a kiosk's counts: one SQLite file that knows itself, in WAL mode, synced at each write.

It holds sums by day, kind and key: nothing of a person, and no time finer than a day. `sums` says beside each sum how
much of it went into a batch for the museum's database; the difference is what has yet to go. Ten years are some 40 MB,
and 150 where each day meets every page of the story: read through in half a second, so no day is ever dropped.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from itertools import count
from pathlib import Path

from game.values import frozen

_FORMAT = 1
_APPLICATION = 0x57474B31  # so that another program's file is known for what it is
_BESIDE = ("-wal", "-shm", "")  # the file itself last: what is left of a WAL would be read into a new file
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_TABLES = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE sums (kind TEXT, key TEXT, day TEXT, n INTEGER NOT NULL, ms INTEGER NOT NULL,"
    " n_taken INTEGER NOT NULL DEFAULT 0, ms_taken INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (kind, key, day))"
    " WITHOUT ROWID",
    "CREATE INDEX untaken ON sums (kind, key, day) WHERE n <> n_taken OR ms <> ms_taken",
    # a number is never given twice, also after its batch is gone
    "CREATE TABLE batches (number INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL)",
    "CREATE TABLE batched (number INTEGER, kind TEXT, key TEXT, day TEXT, n INTEGER NOT NULL, ms INTEGER NOT NULL,"
    " PRIMARY KEY (number, kind, key, day)) WITHOUT ROWID",
)


class Unusable(Exception):
    """A file is damaged, or holds something else than these counts: one clear line."""


@frozen
class Row:
    """A sum: how often on a day, and for how many milliseconds in all."""

    day: date
    kind: str
    key: str
    n: int
    ms: int = 0

    @property
    def seconds(self) -> float:
        return self.ms / 1000


@frozen
class Counted:
    """All that a file holds. `id` is its own, made by chance; `pack` is the story it was counted of."""

    id: str
    pack: str
    rows: tuple[Row, ...]


def counts_file(folder: Path, pack: str) -> Path:
    """Where the counts of a story stand in a kiosk's data folder."""
    return folder / f"{pack}.counts"


def opened(path: Path, pack: str, timeout: float, checked: bool = False) -> sqlite3.Connection:
    """The file, made where it is not there. `timeout`: seconds to wait for another writer. `checked`: read through.

    Raises Unusable, or what `sqlite3` raises where a file cannot be made, read or written now.
    """
    db = sqlite3.connect(path, timeout=timeout, isolation_level=None, check_same_thread=False)
    try:
        with told(path):
            if application(db) != _APPLICATION and _tables(db):
                raise Unusable(f"{path} is another program's file")  # before anything is written to it
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            if not _tables(db):
                with transaction(db):
                    _make(db, pack)
            _known(db, path, pack)
            if checked and (found := db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                raise Unusable(f"{path} is damaged: {found.splitlines()[-1]}")
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of it is kept, or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Damage that is met on the way is Unusable; whatever else SQLite raises is raised as it is."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE:
            raise Unusable(f"{path} is damaged: {error}") from error
        raise


def put_aside(path: Path) -> Path:
    """Give a file another name with a number, with all that SQLite keeps beside it. Raises OSError."""
    aside = next(new for n in count(1) if not (new := path.with_name(f"{path.name}.damaged-{n}")).exists())
    for end in _BESIDE:
        part = Path(f"{path}{end}")
        if part.exists():
            part.rename(f"{aside}{end}")
    return aside


def read(path: Path) -> Counted:
    """All that a file holds, also while a kiosk writes to it; nothing is changed. Raises Unusable, or OSError."""
    if not path.is_file():
        raise FileNotFoundError(2, "there is no such file", str(path))
    try:
        with told(path):
            return _read(path, "mode=ro")
    except sqlite3.OperationalError:
        pass  # what a folder that takes no file answers, since SQLite wants to keep its lock beside the file
    try:
        with told(path):
            return _read(path, "immutable=1")
    except sqlite3.Error as error:
        raise OSError(5, str(error), str(path)) from error


def _read(path: Path, how: str) -> Counted:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)) as db:
        db.execute("BEGIN")  # one moment of the file, whoever writes meanwhile
        if application(db) != _APPLICATION:
            raise Unusable(f"{path} holds no counts of a kiosk")
        _known(db, path)
        about = dict(db.execute("SELECT name, value FROM about"))
        each = db.execute("SELECT day, kind, key, n, ms FROM sums ORDER BY day, kind, key")
        try:
            return Counted(about["id"], about["pack"], tuple(Row(date.fromisoformat(day), *row) for day, *row in each))
        except (KeyError, ValueError, TypeError) as error:
            raise Unusable(f"{path} is damaged: {error}") from error


def application(db: sqlite3.Connection) -> int:
    """Whose file it says it is; 0 for nobody's yet."""
    return int(db.execute("PRAGMA application_id").fetchone()[0])


def _tables(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _make(db: sqlite3.Connection, pack: str) -> None:
    """Begin a file, unless another process was faster."""
    if _tables(db):
        return
    db.execute(f"PRAGMA application_id = {_APPLICATION}")
    db.execute(f"PRAGMA user_version = {_FORMAT}")
    for table in _TABLES:
        db.execute(table)
    about = [("id", secrets.token_hex(8)), ("pack", pack)]
    db.executemany("INSERT INTO about VALUES (?, ?)", about)


def _known(db: sqlite3.Connection, path: Path, pack: str | None = None) -> None:
    """Refuse a file of something else, of another version, or of another story."""
    if application(db) != _APPLICATION:
        raise Unusable(f"{path} is another program's file")
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version != _FORMAT:
        raise Unusable(f"{path} was written by another version of the program (format {version})")
    if pack is None:
        return
    (own,) = db.execute("SELECT value FROM about WHERE name = 'pack'").fetchone() or ("",)
    if own != pack:
        raise Unusable(f"{path} holds counts of the story `{own}`")
