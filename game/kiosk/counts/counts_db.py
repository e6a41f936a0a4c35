"""The file of a kiosk's counts: one SQLite file that knows itself, in WAL mode, synced at each write.

It holds sums by day, kind and key: nothing of a person, and no time finer than a day. `sums` says beside each sum how
much of it went into a batch for the museum's database; the difference is what has yet to go. Ten years are some 40 MB,
and 150 where each day meets every page of the story: read through in half a second, so no day is ever dropped.
"""

from __future__ import annotations

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
_APPLICATION = 0x57474B31  # so that another program's file is known for what it is
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
KIND = re.compile(r"[a-z][a-z-]{0,31}")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
_LARGEST = 2**53  # of a number: a damaged one is often far larger, and sums of such do not fit into 64 bits
_IN_BOUNDS = "typeof({0}) = 'integer' AND {0} BETWEEN 0 AND {1}"
_ROWS = (  # what each row of a table fulfils
    ("sums", " AND ".join(
        _IN_BOUNDS.format(*one) for one in (("n", _LARGEST), ("ms", _LARGEST), ("n_taken", "n"), ("ms_taken", "ms"))
    )),
    ("batched", " AND ".join((
        _IN_BOUNDS.format("n", _LARGEST), _IN_BOUNDS.format("ms", _LARGEST), "number IN (SELECT number FROM batches)",
    ))),
    ("batches", "typeof(token) = 'text' AND length(token) = 16 AND token NOT GLOB '*[^0-9a-f]*'"),
    ("sqlite_sequence", _IN_BOUNDS.format("seq", _LARGEST)),
)  # fmt: skip
_ID = re.compile("[0-9a-f]{16}")


class UnusableCounts(SqliteError):
    """A file is damaged, or holds something else than these counts: one clear line, with its name."""

    def __init__(self, line: str) -> None:
        super().__init__(line, damaged=True)


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
class StoredCounts:
    """All that a file holds. `id` is its own, made by chance; `pack` is the story it was counted of."""

    id: str
    pack: str
    rows: tuple[Row, ...]


def counts_file(folder: Path, pack: str) -> Path:
    """Where the counts of a story stand in a kiosk's data folder."""
    return folder / f"{pack}.counts"


def opened(path: Path, pack: str, timeout: float, checked: bool = False) -> Database:
    """The file, made where it is not there. `timeout`: seconds to wait for another writer. `checked`: read through.

    Raises Unusable, or SqliteError where a file cannot be made, read or written now.
    """
    with told(path):
        db = Database(path, timeout=timeout)
        try:
            if _application(db) != _APPLICATION and _tables(db):
                raise UnusableCounts(f"{path} is another program's file")  # before anything is written to it
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            if not _tables(db):
                with db.transaction():
                    _make(db, pack)
            own = _about(db, path)["pack"]
            if own != pack:
                raise UnusableCounts(f"{path} holds counts of the story `{own}`")
            if checked:
                _look_through(db, path)
        except BaseException:
            db.close()
            raise
    return db


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Damage that is met on the way is Unusable; whatever else SQLite meets is raised as it is."""
    try:
        yield
    except UnusableCounts:
        raise
    except SqliteError as error:
        if error.damaged:
            raise UnusableCounts(f"{path} is damaged: {error}") from error
        raise


def put_aside(path: Path) -> Path:
    """Give a file another name with a number, with all that SQLite keeps beside it. Raises OSError."""
    aside = next(new for n in count(1) if not os.path.lexists(new := path.with_name(f"{path.name}.damaged-{n}")))
    for end in (*BESIDE, ""):  # the file itself last: what is left of a WAL would be read into a new file
        part = Path(f"{path}{end}")
        if os.path.lexists(part):
            part.rename(f"{aside}{end}")
    return aside


def all_aside(path: Path) -> tuple[Path, ...]:
    """The files that were ever put aside for this one, and that nobody has taken away. Raises OSError."""
    name = re.compile(re.escape(path.name) + r"\.damaged-[0-9]+")
    return tuple(sorted(one for one in path.parent.iterdir() if name.fullmatch(one.name)))


def read(path: Path) -> StoredCounts:
    """All that a file holds, also while a kiosk writes to it; nothing is changed. Raises Unusable, or OSError."""
    if not path.is_file():
        what = "it is no file" if path.exists() else "there is no such file"
        raise FileNotFoundError(2, what, str(path))
    with told(path):
        try:
            return _read(path, "ro")
        except SqliteError as error:
            if error.damaged:
                raise
        # what a folder that takes no file answers, since SQLite wants to keep its lock beside the file
        try:
            return _read(path, "immutable")
        except SqliteError as error:
            if error.damaged:
                raise
            raise OSError(5, str(error), str(path)) from error


def row_of(path: Path, day: Any, kind: Any, key: Any, n: Any, ms: Any) -> Row:
    """A sum as it stands in a file. Raises Unusable where it is none."""
    try:
        row = Row(date.fromisoformat(day), kind, key, n, ms)
    except (ValueError, TypeError) as error:
        raise UnusableCounts(f"{path} is damaged: {error}") from error
    if (type(kind), type(key), type(n), type(ms)) != (str, str, int, int):
        raise UnusableCounts(f"{path} is damaged: a sum is {n!r:.40} and {ms!r:.40}")
    return row


def about(db: Database, path: Path) -> dict[str, str]:
    """What a file says of itself: its `id`, and the `pack` that it counts. Raises Unusable, or SqliteError."""
    told = dict(db.execute("SELECT name, value FROM about"))
    if not isinstance(told.get("id"), str) or not _ID.fullmatch(told["id"]) or not isinstance(told.get("pack"), str):
        raise UnusableCounts(f"{path} is damaged: it does not say whose it is")
    return told


def _read(path: Path, mode: str) -> StoredCounts:
    with closing(Database(path, mode=mode)) as db:
        db.execute("BEGIN")  # one moment of the file, whoever writes meanwhile
        if _application(db) != _APPLICATION:
            raise UnusableCounts(f"{path} holds no counts of a kiosk")
        told = _about(db, path)
        _look_through(db, path)
        each = db.execute("SELECT day, kind, key, n, ms FROM sums ORDER BY day, kind, key")
        return StoredCounts(told["id"], told["pack"], tuple(row_of(path, *row) for row in each))


def _application(db: Database) -> int:
    """Whose file it says it is; 0 for nobody's yet."""
    return int(db.value("PRAGMA application_id"))


def _tables(db: Database) -> int:
    return int(db.value("SELECT count(*) FROM sqlite_master"))


def _make(db: Database, pack: str) -> None:
    """Begin a file, unless another process was faster."""
    if _tables(db):
        return
    db.execute(f"PRAGMA application_id = {_APPLICATION}")
    db.execute(f"PRAGMA user_version = {_FORMAT}")
    for table in _TABLES:
        db.execute(table)
    db.execute_many("INSERT INTO about VALUES (?, ?)", [("id", secrets.token_hex(8)), ("pack", pack)])


def _about(db: Database, path: Path) -> dict[str, str]:
    """What a file says of itself. Raises Unusable for one of something else, or of another version."""
    if _application(db) != _APPLICATION:
        raise UnusableCounts(f"{path} is another program's file")
    version = db.value("PRAGMA user_version")
    if version != _FORMAT:
        raise UnusableCounts(f"{path} was written by another version of the program (format {version})")
    there = {" ".join(str(sql).split()) for (sql,) in db.execute("SELECT sql FROM sqlite_master")}
    if not there.issuperset(_TABLES):
        raise UnusableCounts(f"{path} is damaged: it lacks tables that it was made with")
    return about(db, path)


def _look_through(db: Database, path: Path) -> None:
    """Raises Unusable where a page of the file is damaged, or a row can be none of ours; or SqliteError.

    Of ten years' sums that takes a third of a second: names and days are looked at once each, numbers by SQLite itself.
    """
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
    return all(isinstance(one, str) and form.fullmatch(one) for form, one in ((KIND, kind), (KEY, key)))


def _is_day(day: Any) -> bool:
    try:
        return bool(date.fromisoformat(day).isoformat() == day)
    except (ValueError, TypeError):
        return False
