"""The log of a class on disk: kept whole, read back in order, and recognised among other files."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest

from game.classroom import events as ev
from game.classroom.log import DamagedLog, Log, delete_log, in_use, last_written, list_logs, read_entries
from game.core.instance_lock import AlreadyRunning
from game.core.sqlite import Database, SqliteError
from tests.classroom.logged_class import logged_events
from tests.kiosk.damaged_counts import damage

SOME: list[ev.Event] = [
    ev.Begun("a-story", 1, "class", None),
    ev.Joined("s1", "villager"),
    ev.Opened(1),
    ev.Voted(1, "s1", "stay"),
]


def write_log(path: Path, *events: ev.Event, at: float = 7.0) -> Path:
    with Log(path, lambda: at) as log:
        log.write(events)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A log of some events."""
    return write_log(tmp_path / "a.class", *SOME)


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(statement)


def child_process(path: Path, program: str) -> subprocess.Popen[str]:
    """Start a process that opens `log` at a path and runs a program."""
    start = (
        "import sys, time\nfrom pathlib import Path\nfrom game.classroom import events as ev\n"
        "from game.classroom.log import Log\nlog = Log(Path(sys.argv[1]), time.time)\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", start + program, str(path)],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip


def test_events_are_read_back_in_order(path: Path) -> None:
    with Log(path, lambda: 9.0) as log:
        log.write([ev.Closed(1)])
        assert log.read().entries == (*((7.0, event) for event in SOME), (9.0, ev.Closed(1)))


def test_a_killed_program_loses_no_written_event(tmp_path: Path) -> None:
    path = tmp_path / "a.class"
    loop = "n = 0\nwhile True:\n    n += 1\n    log.write([ev.Opened(n)])\n    print(n, flush=True)\n"
    child = child_process(path, loop)
    assert child.stdout is not None
    printed = [int(child.stdout.readline()) for _ in range(25)]
    os.kill(child.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    printed += [int(line) for line in child.stdout.read().split() if line]
    child.wait(30)
    kept = [event.number for event in logged_events(path) if isinstance(event, ev.Opened)]
    assert kept[: len(printed)] == printed and kept == list(range(1, len(kept) + 1))


@pytest.mark.parametrize("content", [b"not a database at all, and long enough to be looked at" * 40, None])
def test_another_programs_file_is_refused_by_name(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other.class"
    if content is not None:
        path.write_bytes(content)
    else:
        execute(path, "CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(DamagedLog, match=r"other\.class"):
        Log(path, lambda: 0.0)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE events SET event = '{}' WHERE number = 3", "line 3"), ("PRAGMA user_version = 3", "format 3"),
        ("UPDATE events SET event = '[]'", ""), ("UPDATE events SET event = x'b4'", ""),
        ("UPDATE events SET event = CAST(x'b4' AS TEXT)", ""), ("UPDATE events SET at = 'long ago'", ""),
        ("UPDATE events SET at = 9e999", ""), ("DROP TABLE events", ""),
        (f"UPDATE events SET event = '{'[' * 100_000}'", ""),
    ],
)  # fmt: skip
def test_any_content_of_a_log_gives_the_same_error(statement: str, reason: str, path: Path) -> None:
    execute(path, statement)
    with pytest.raises(DamagedLog, match=rf"a\.class.*{reason}"):
        logged_events(path)
    assert list_logs(path.parent) == [path] and last_written(path) > 0 and not in_use(path)


def test_a_log_with_a_name_that_is_not_text_is_damaged(path: Path) -> None:
    """SQLite names the table in its message, and its driver then raises another kind of error."""
    data = path.read_bytes()
    assert data.count(b"tableevents") == 1
    path.write_bytes(data.replace(b"tableevents", b"tableeve\xb4ts"))
    with pytest.raises(DamagedLog, match=r"a\.class"):
        logged_events(path)
    assert list_logs(path.parent) == [path] and not in_use(path)


@pytest.mark.parametrize("first", [0, 20])
def test_any_damage_of_a_log_gives_the_same_error(first: int, tmp_path: Path) -> None:
    path = write_log(tmp_path / "a.class", *SOME, *(ev.Opened(n) for n in range(800)))
    whole = path.read_bytes()
    for seed in range(first, first + 20):
        for part in tmp_path.iterdir():
            part.unlink()
        path.write_bytes(damage(Random(seed), whole))
        with suppress(DamagedLog, OSError):
            assert all(isinstance(event, ev.Event) for event in logged_events(path))
        assert last_written(path) and in_use(path) in (True, False)


def test_a_folder_in_the_place_of_a_log_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.class").mkdir()
    with pytest.raises(OSError, match=r"a\.class"):
        Log(tmp_path / "a.class", lambda: 0.0)


def test_logs_are_listed_by_their_last_event_and_are_deleted_whole(tmp_path: Path) -> None:
    old, new = write_log(tmp_path / "old.class", *SOME), write_log(tmp_path / "new.class", *SOME, at=9.0)
    (tmp_path / "theirs.class").write_text("no log")
    assert not in_use(old) and len(logged_events(old)) == len(SOME)
    assert list_logs(tmp_path) == [new, old]
    with Log(old, lambda: 11.0) as log:
        log.write([ev.Closed(1)])
        assert list_logs(tmp_path) == [old, new]
    delete_log(old)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.class", "theirs.class"]


def test_a_log_is_in_use_while_its_class_runs(tmp_path: Path) -> None:
    path = tmp_path / "a.class"
    child = child_process(path, "log.write([ev.Opened(1)])\nprint('open', flush=True)\ntime.sleep(60)\n")
    assert child.stdout is not None
    child.stdout.readline()
    assert in_use(path) and logged_events(path) == [ev.Opened(1)]
    with pytest.raises(AlreadyRunning, match=r"a class is being held on .*a\.class"):
        Log(path, lambda: 0.0)
    child.kill()
    child.wait(30)
    assert not in_use(path)
    with Log(path, lambda: 0.0):
        assert in_use(path)


def test_a_log_can_be_opened_while_it_is_read(path: Path) -> None:
    """A class can be resumed while its record is written or the classes are listed."""
    with Log(path, lambda: 0.0, exclusive=False) as first, Log(path, lambda: 0.0, exclusive=False) as second:
        assert first.read() == second.read() and not in_use(path)
        with Log(path, lambda: 0.0):
            assert in_use(path)
    assert [*path.parent.iterdir()] == [path]


def test_reading_creates_no_file_and_refuses_other_files(tmp_path: Path) -> None:
    with pytest.raises(DamagedLog, match="there is no file"):
        logged_events(tmp_path / "none.class")
    (tmp_path / "empty.class").touch()
    with pytest.raises(DamagedLog, match="not a log of a class"):
        logged_events(tmp_path / "empty.class")
    assert [(path.name, path.stat().st_size) for path in tmp_path.iterdir()] == [("empty.class", 0)]


FORMAT_1 = (
    '{"event": "begun", "pack": "a-story", "version": 1, "cut": "class", "role": null, "code": "K7QP"}',
    '{"event": "joined", "seat": "s1", "door": "villager"}',
    '{"event": "opened", "number": 1}',
    '{"event": "timed", "until": 1764061980.5}',
    '{"event": "paused", "on": true, "left": 31.5}',
)


def test_log_of_format_1_is_read_and_becomes_format_2_when_written(tmp_path: Path) -> None:
    path = tmp_path / "old.class"
    execute(
        path, "PRAGMA application_id = 1464288049", "PRAGMA user_version = 1",
        "CREATE TABLE events (number INTEGER PRIMARY KEY, at REAL NOT NULL, event TEXT NOT NULL)",
        *(f"INSERT INTO events (at, event) VALUES (5.0, '{line}')" for line in FORMAT_1),
    )  # fmt: skip

    def version() -> int:
        with closing(sqlite3.connect(path)) as found:
            return int(found.execute("PRAGMA user_version").fetchone()[0])

    begun, _, _, timed, _ = logged_events(path)
    assert begun == ev.Begun("a-story", 1, "class", None, "K7QP")
    assert isinstance(timed, ev.Timed) and timed.left is None and version() == 1
    write_log(path, ev.Locked(True), at=6.0)
    assert version() == 2 and read_entries(path).entries[-1] == (6.0, ev.Locked(True))


def test_full_disk_does_not_make_a_log_in_use(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Database, statement: str, values: object = ()) -> object:
        raise SqliteError("database or disk is full", damaged=False)

    monkeypatch.setattr(Database, "execute", full)
    assert not in_use(path)
