"""A kiosk's counts survive failures of process and disk, and never stop a visit."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.kiosk.counts.counts_db import Row, StoredCounts, UnusableCounts, read_counts
from game.kiosk.counts.visit_counts import RETRY, CountEvent, VisitCounts, left_key
from tests.clock import Clock
from tests.kiosk.damaged_counts import begun, run_sql

ROOT = Path(__file__).parents[3]
MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
COUNTING = (
    "import sys\nfrom datetime import date\nfrom itertools import count\nfrom pathlib import Path\n"
    "from game.kiosk.counts.visit_counts import VisitCounts\n"
    "counts = VisitCounts(Path(sys.argv[1]), count().__next__, 'mill-lane')\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.counts"


@pytest.fixture
def counts(path: Path) -> VisitCounts:
    return begun(path)


def child(program: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COUNTING + program, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def test_sums_are_kept_by_day_kind_and_key(path: Path, counts: VisitCounts) -> None:
    counts.add(MONDAY, "page", "mill.sack", seconds=12.25)
    counts.add_all([CountEvent(MONDAY, "page", "mill.sack", 2, 7.5), CountEvent(TUESDAY, "page", "mill.sack", 1, 0.25)])
    counts.add(MONDAY, "visits", "en")
    counts.close()
    counts = begun(path)
    assert counts.total("page", MONDAY) == {"mill.sack": (3, 19.75)}
    assert counts.total("page") == {"mill.sack": (4, 20.0)}
    assert counts.total("visits") == {"en": (1, 0.0)}
    assert counts.total("ending") == {}


def test_the_file_holds_days_and_sums_and_nothing_else(path: Path, counts: VisitCounts) -> None:
    counts.add(MONDAY, "choice", "mill.sack.carry")
    counts.add(MONDAY, "choice", "mill.sack.carry")
    counts.close()
    with sqlite3.connect(path) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
        assert db.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"WGK1"),)  # as in older files
    (identity,) = [value for name, value in kept["about"] if name == "id"]
    assert kept == {
        "about": [("id", identity), ("pack", "mill-lane")],
        "sums": [("choice", "mill.sack.carry", "2026-11-02", 2, 0, 0, 0)],
        "batches": [], "batched": [], "sqlite_sequence": [],
    }  # fmt: skip


def test_how_others_chose(counts: VisitCounts) -> None:
    for key in ("mill.sack.carry", "mill.sack.leave", "mill.sack-two.carry", "mill.sac.carry", "mill.sack.carry"):
        counts.add(MONDAY, "choice", key)
        counts.add(TUESDAY, "page", key)
    assert counts.choice_counts("mill.sack") == {"carry": 2, "leave": 1}
    assert counts.choice_counts("mill.none") == {}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([MONDAY, TUESDAY]),
            st.sampled_from(["visits", "page", "choice"]),
            st.sampled_from(["en", "a.b", "a.b.c", "a.b.d", "a.b2.c"]),
            st.integers(0, 3),
            st.integers(0, 86_400_000),
            st.sampled_from(["add", "restart", "full"]),
        ),
        max_size=30,
    )
)
def test_sums_are_those_of_a_plain_counter(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[date, str, str, int, int, str]]
) -> None:
    path = tmp_path_factory.mktemp("counts") / "a.counts"
    clock, n, ms = Clock(), Counter[tuple[date, str, str]](), Counter[tuple[date, str, str]]()
    counts = begun(path, clock)
    for day, kind, key, times, took, event in steps:
        if event == "restart":
            counts.close()
            counts = begun(path, clock)
        elif event == "full":
            assert counts._db is not None
            counts._db.execute("PRAGMA max_page_count = 1")  # no more than there are: nothing can be added
        counts.add(day, kind, key, times, took / 1000)
        n[day, kind, key] += times
        ms[day, kind, key] += took
        for each in ("visits", "page", "choice"):
            known = {at for at in n if at[1] == each and at[0] == day}
            assert counts.total(each, day) == {key: (n[day, each, key], ms[day, each, key] / 1000) for *_, key in known}
        clock.now += RETRY
    counts.close()
    assert {(row.day, row.kind, row.key): (row.n, row.ms) for row in read_counts(path).rows} == {
        at: (n[at], ms[at]) for at in n
    }


def test_a_killed_program_leaves_all_that_it_counted(path: Path) -> None:
    """After `kill -9` at any moment, every count from a finished `add` is there."""
    running = child("while True:\n    counts.add(date(2026, 11, 2), 'visits', 'en')\n    print(1, flush=True)\n", path)
    assert running.stdout is not None
    counted = sum(int(running.stdout.readline()) for _ in range(25))
    os.kill(running.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    counted += sum(map(int, running.stdout.read().split()))
    running.wait(30)
    assert begun(path).total("visits")["en"][0] in (counted, counted + 1)


def test_several_processes_count_in_one_file(path: Path) -> None:
    program = (
        "for i in range(40):\n    counts.add(date(2026, 11, 2), 'visits', 'en')\n"
        "while not counts.flush():\n    pass\n"  # a busy disk may delay a write for longer than a visitor waits
        "counts.close()\nprint(counts.trouble, *counts.set_aside)\n"
    )
    running = [child(program, path) for _ in range(3)]
    assert [writer.communicate(timeout=60)[0] for writer in running] == [" \n".lstrip(" ")] * 3
    assert begun(path).total("visits") == {"en": (120, 0.0)}
    assert list(path.parent.glob("*damaged*")) == []


def test_another_writer_costs_a_visitor_little_and_nothing_is_lost(path: Path) -> None:
    clock, logged = Clock(), list[str]()
    counts = begun(path, clock, logged)
    counts.add(MONDAY, "visits", "en")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    counts.add(MONDAY, "visits", "en")
    assert "locked" in counts.trouble
    assert counts.total("visits") == {"en": (2, 0.0)}
    other.execute("COMMIT")
    counts.add(MONDAY, "visits", "en")
    assert read_counts(counts.path).rows == (Row(MONDAY, "visits", "en", 1),), "it waits first"
    clock.now += RETRY
    assert counts.flush() and counts.trouble == ""
    assert read_counts(counts.path).rows == (Row(MONDAY, "visits", "en", 3),)
    assert logged[0].endswith("; counting goes on in memory") and logged[1:] == [f"{counts.path} is written again"]


def test_a_disk_that_is_mended_is_noticed_though_nothing_is_counted(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    clock, logged = Clock(), list[str]()
    counts = begun(tmp_path / "data" / "a.counts", clock, logged)
    (tmp_path / "data").unlink()
    assert counts.flush() and counts.trouble, "it was tried just now"
    clock.now += RETRY
    assert counts.flush() and counts.trouble == ""
    assert len(logged) == 2 and logged[1].endswith("a.counts is written again")


def of_a_newer_program(path: Path) -> None:
    begun(path).close()
    run_sql(path, "PRAGMA user_version = 99")


Spoil = dict[str, Callable[[Path], object]]
UNREADABLE: Spoil = {
    "of another program": lambda path: run_sql(path, "PRAGMA application_id = 7", "CREATE TABLE poems (line)"),
    "of nobody": lambda path: run_sql(path, "CREATE TABLE poems (line)"),
    "of a newer program": of_a_newer_program,
    "of no database": lambda path: path.write_text("x" * 9000),
}
UNUSABLE: Spoil = {**UNREADABLE, "of another story": lambda path: VisitCounts(path, Clock(), "another").close()}


@pytest.mark.parametrize("whose", UNUSABLE)
def test_unusable_file_is_set_aside(whose: str, path: Path, tmp_path: Path) -> None:
    logged = list[str]()
    (tmp_path / "a.counts.damaged-1").write_text("an earlier one")
    UNUSABLE[whose](path)
    content = path.read_bytes()
    counts = begun(path, logged=logged)
    counts.add(MONDAY, "visits", "en")
    assert counts.set_aside == (tmp_path / "a.counts.damaged-2",)
    assert counts.set_aside[0].read_bytes() == content
    assert len(logged) == 1 and "put aside as a.counts.damaged-2" in logged[0]
    assert (counts.trouble, read_counts(path).rows) == ("", (Row(MONDAY, "visits", "en", 1),))


def test_a_file_that_was_taken_away_is_made_again(path: Path, counts: VisitCounts) -> None:
    counts.add(MONDAY, "visits", "en")
    for part in path.parent.glob("a.counts*"):
        part.unlink()
    counts.add(MONDAY, "visits", "en")
    assert read_counts(path).rows == (Row(MONDAY, "visits", "en", 1),)


@pytest.mark.parametrize(
    "wrong",
    [
        CountEvent(MONDAY, "Visits", "en"),
        CountEvent(MONDAY, "", "en"),
        CountEvent(MONDAY, "v" * 33, "en"),
        CountEvent(MONDAY, "visits", ""),
        CountEvent(MONDAY, "visits", "=1+1"),
        CountEvent(MONDAY, "visits", "e\nn"),
        CountEvent(MONDAY, "visits", "e" * 129),
        CountEvent(MONDAY, "visits", "名"),
        CountEvent(MONDAY, "visits", "en", -1),
        CountEvent(MONDAY, "page", "a.b", 1, float("nan")),
        CountEvent(MONDAY, "page", "a.b", 1, -0.1),
        CountEvent(MONDAY, "page", "a.b", 1, 86_401.0),
    ],
)
def test_what_is_no_count_is_left_out_and_reported(wrong: CountEvent, path: Path) -> None:
    logged: list[str] = []
    counts = begun(path, logged=logged)
    counts.add_all([wrong, CountEvent(MONDAY, "visits", "zh-Hans")])
    assert len(logged) == 1 and logged[0].startswith("not counted: ")
    assert [row.key for row in read_counts(path).rows] == ["zh-Hans"]


def test_a_file_is_read_while_it_is_written(path: Path, counts: VisitCounts) -> None:
    counts.add(MONDAY, "left", left_key("timeout", "mill.sack"))
    found = read_counts(path)
    assert found == StoredCounts(found.id, "mill-lane", (Row(MONDAY, "left", "timeout.mill.sack", 1),))
    begun(path.with_name("b.counts")).close()
    assert read_counts(path.with_name("b.counts")).id != found.id
    counts.add(MONDAY, "left", left_key("finished"))
    assert counts.trouble == ""


@pytest.mark.parametrize("whose", UNREADABLE)
def test_what_holds_no_counts_is_not_read(whose: str, path: Path) -> None:
    UNREADABLE[whose](path)
    content = path.read_bytes()
    with pytest.raises(UnusableCounts, match=r"a\.counts"):
        read_counts(path)
    assert path.read_bytes() == content


def test_a_power_cut_leaves_all_that_it_counted(path: Path, counts: VisitCounts) -> None:
    """The content of the disk, without memory, has every count of an open file; each write is synced."""
    after = path.with_name("after.counts")
    for n in range(1, 20):
        counts.add(MONDAY, "visits", "en")
        for end in ("", "-wal"):
            Path(f"{after}{end}").write_bytes(Path(f"{path}{end}").read_bytes())
        found = begun(after)
        assert (found.total("visits"), found.set_aside) == ({"en": (n, 0.0)}, ())
        found.close()
    assert counts._db is not None
    settings = [counts._db.value(f"PRAGMA {name}") for name in ("synchronous", "journal_mode")]
    assert settings == [2, "wal"]


def test_a_write_cut_short_is_as_if_it_had_not_been(path: Path, counts: VisitCounts) -> None:
    """A log that ends anywhere, as after a power cut, holds only whole writes, and is not damaged."""
    after = path.with_name("after.counts")
    for _ in range(4):
        counts.add_all([CountEvent(MONDAY, "visits", "en"), CountEvent(MONDAY, "role", "miller")])
    log = Path(f"{path}-wal").read_bytes()
    seen = set()
    for length in range(0, len(log) + 1, 2061):
        after.write_bytes(path.read_bytes())
        Path(f"{after}-wal").write_bytes(log[:length])
        found = begun(after)
        visits, roles = found.total("visits").get("en"), found.total("role").get("miller")
        assert visits == roles and found.set_aside == ()
        seen.add(visits)
        found.close()
    assert len(seen) >= 4
