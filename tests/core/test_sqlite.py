"""SQLite behind one error type."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from game.core.sqlite import BESIDE, Database, SqliteError


@pytest.fixture
def db(tmp_path: Path) -> Database:
    db = Database(tmp_path / "a.db", timeout=0)
    db.execute("CREATE TABLE t (n INTEGER)")
    return db


def test_rows_and_values_come_as_they_were_written(db: Database) -> None:
    db.execute_many("INSERT INTO t VALUES (?)", [(1,), (2,)])
    assert db.execute("SELECT n FROM t ORDER BY n") == [(1,), (2,)]
    assert (db.value("SELECT max(n) FROM t"), db.value("SELECT n FROM t WHERE n = 7")) == (2, None)


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("SELEKT", ()), ("SELECT * FROM nothing", ()), ("SELECT ?", ()), ("SELECT ?", (2**70,)),
        ("SELECT ?", (object(),)), ("SELECT 1; SELECT 2", ()), ("SELECT '\ud800'", ()),
        ("SELECT CAST(x'b4' AS TEXT)", ()),
        ("SELECT max(a, b) FROM (SELECT abs(-9223372036854775808) AS a, 1 AS b)", ()),
    ],
)  # fmt: skip
def test_every_driver_error_is_a_sqlite_error(db: Database, statement: str, values: tuple[object, ...]) -> None:
    with pytest.raises(SqliteError) as caught:
        db.execute(statement, values)  # type: ignore[arg-type]
    assert caught.value.damaged and str(caught.value) and "\n" not in str(caught.value)


def test_a_transaction_is_atomic(db: Database) -> None:
    with suppress(SqliteError), db.transaction():
        db.execute("INSERT INTO t VALUES (1)")
        db.execute("SELEKT")
    with db.transaction():
        db.execute("INSERT INTO t VALUES (2)")
    assert db.execute("SELECT n FROM t") == [(2,)]


def test_another_writer_is_no_damage(db: Database, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(SqliteError, match="locked") as caught:
            db.execute("INSERT INTO t VALUES (1)")
    assert not caught.value.damaged


def test_a_full_disk_is_no_damage(db: Database) -> None:
    db.execute("PRAGMA max_page_count = 2")
    with pytest.raises(SqliteError, match="full") as caught, db.transaction():
        db.execute_many("INSERT INTO t VALUES (?)", [(n,) for n in range(5000)])
    assert not caught.value.damaged


def test_a_folder_that_is_not_there_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(SqliteError) as caught:
        Database(tmp_path / "none" / "a.db")
    assert not caught.value.damaged


@pytest.mark.parametrize("end", ["", *BESIDE])
def test_a_folder_in_the_place_of_a_file_is_damage(end: str, tmp_path: Path) -> None:
    (tmp_path / f"a.db{end}").mkdir()
    with pytest.raises(SqliteError, match="is not a file") as caught:
        Database(tmp_path / "a.db")
    assert caught.value.damaged


def test_closing_twice_is_closing_once(db: Database) -> None:
    db.close()
    db.close()
    with pytest.raises(SqliteError):
        db.execute("SELECT 1")


def test_no_other_module_imports_sqlite3() -> None:
    """Only one module knows the driver, so that no other error escapes."""
    import game

    source = Path(game.__file__).parent
    knowing = [file.name for file in source.rglob("*.py") if "sqlite3" in file.read_text(encoding="utf-8")]
    assert knowing == ["sqlite.py"]
