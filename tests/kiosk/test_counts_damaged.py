"""An unusable file of counts is set aside, and the kiosk continues in a new file."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest

from game.kiosk.counts.counts_db import Row, UnusableCounts, read_counts
from game.kiosk.counts.outbox import Outbox, count_unsent
from game.kiosk.counts.visit_counts import LIST_INTERVAL, MAX_SET_ASIDE, RETRY
from tests.clock import Clock
from tests.kiosk.damaged_counts import INVALID_ROWS, PACK, begun, corrupt_table_name, damage, make_counts, run_sql

TODAY = date(2026, 11, 3)
NOBODY = 65534  # a user without files


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_counts(tmp_path_factory.mktemp("whole") / "a.counts")


@pytest.fixture
def path(tmp_path: Path, whole: bytes) -> Path:
    """A file of counts that no process has open."""
    (tmp_path / "a.counts").write_bytes(whole)
    return tmp_path / "a.counts"


def counts_whatever_it_meets(path: Path) -> bool:
    """A kiosk's day with a file: read, count and send everything. Return whether the file was set aside."""
    counts = begun(path)
    before = counts.total("visits", TODAY), counts.total("page"), counts.choice_counts("mill.n3")
    counts.add(TODAY, "visits", "en")
    counts.add(TODAY, "page", "mill.n3.c0", seconds=2)
    assert (counts.trouble, counts.flush()) == ("", True)
    if counts.set_aside:
        assert before == ({}, {}, {}) and counts.total("page") == {"mill.n3.c0": (1, 2.0)}
    counts.close()
    assert Row(TODAY, "visits", "en", 1) in read_counts(path).rows
    with closing(Outbox(path, PACK)) as outbox:
        while batch := outbox.next_batch():
            outbox.acknowledge(batch)
    assert count_unsent(path, PACK) == 0
    return bool(counts.set_aside)


@pytest.mark.parametrize("first", range(0, 100, 25))
def test_a_kiosk_counts_on_whatever_a_disk_did_to_its_file(first: int, path: Path, whole: bytes) -> None:
    aside = 0
    for seed in range(first, first + 25):
        for part in path.parent.glob("a.counts*"):
            part.unlink()
        path.write_bytes(damage(Random(seed), whole))
        aside += counts_whatever_it_meets(path)
    assert aside > 5


def test_a_damage_whose_message_is_no_text_sets_the_file_aside(path: Path) -> None:
    """If SQLite names a table that is not UTF-8, the driver's error is not one of SQLite's."""
    corrupt_table_name(path)
    with pytest.raises(UnusableCounts, match=r"a\.counts is damaged: malformed database schema \(ab\\xb4ut\)"):
        read_counts(path)
    assert counts_whatever_it_meets(path)


@pytest.mark.parametrize("wrong", INVALID_ROWS)
def test_invalid_rows_set_the_file_aside(wrong: str, path: Path) -> None:
    run_sql(path, INVALID_ROWS[wrong])
    with pytest.raises(UnusableCounts, match=r"a\.counts"):
        read_counts(path)
    assert counts_whatever_it_meets(path)


@pytest.mark.parametrize("wrong", INVALID_ROWS)
def test_rows_made_invalid_while_counting_stop_nothing(wrong: str, path: Path) -> None:
    counts = begun(path)
    run_sql(path, INVALID_ROWS[wrong])
    for _ in range(2):
        counts.total("page")
        counts.choice_counts("mill.n1")
        counts.add(TODAY, "visits", "en")
    assert counts.flush() and counts.trouble == ""
    counts.close()
    assert begun(path).total("visits", TODAY) in ({"en": (2, 0.0)}, {})


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
@pytest.mark.parametrize("kind", ["folder", "full folder", "pipe", "socket"])
def test_what_is_no_file_is_set_aside(end: str, kind: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name == "nt" and "folder" not in kind:
        pytest.skip("Windows has no such files")
    if not end:
        path.unlink()
    place = Path(f"{path}{end}")
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "socket":
        monkeypatch.chdir(place.parent)  # a socket's path must be short
        with closing(socket.socket(socket.AF_UNIX)) as end_of_it:
            end_of_it.bind(place.name)
    else:
        place.mkdir()
        if kind == "full folder":
            (place / "something").touch()
    assert counts_whatever_it_meets(path)
    assert os.path.lexists(path.with_name(f"a.counts.damaged-1{end}"))


@pytest.mark.parametrize("damage", [b"", b"\xa5" * 5000, bytes(40000)])
@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_garbage_beside_the_file_stops_nothing(end: str, damage: bytes, path: Path) -> None:
    Path(f"{path}{end}").write_bytes(damage)
    assert not counts_whatever_it_meets(path)
    assert len(read_counts(path).rows) > 500


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can be somebody else for a while")
def test_a_file_that_may_only_be_read_is_set_aside(whole: bytes) -> None:
    """As after a technician's copy: in the kiosk's own folder, a new file is begun."""
    with tempfile.TemporaryDirectory(prefix="kiosk-") as folder:
        path = Path(folder) / "a.counts"
        path.write_bytes(whole)
        path.chmod(0o444)
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            assert counts_whatever_it_meets(path)
            assert path.with_name("a.counts.damaged-1").read_bytes() == whole
        finally:
            os.seteuid(0)


def test_a_disk_that_spoils_whatever_is_written_is_not_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unusable(path: Path, *given: object, **named: object) -> None:
        path.write_bytes(b"\xa5" * 5000)
        raise UnusableCounts(f"{path} is damaged")

    monkeypatch.setattr("game.kiosk.counts.visit_counts.open_counts", unusable)
    clock, logged = Clock(), list[str]()
    counts = begun(tmp_path / "a.counts", clock, logged)
    for _ in range(20):
        counts.add(TODAY, "visits", "en")
        clock.now += RETRY
    assert len(list(tmp_path.glob("*damaged*"))) == MAX_SET_ASIDE
    assert "is damaged" in counts.trouble and counts.total("visits") == {"en": (20, 0.0)}
    assert len(logged) == MAX_SET_ASIDE + 1, "nothing is said twice"


def test_what_was_set_aside_is_told_until_it_is_taken_away(path: Path) -> None:
    clock = Clock()
    path.write_bytes(b"\xa5" * 5000)
    Path(f"{path}-wal").write_bytes(b"\xa5" * 100)
    begun(path).close()
    counts = begun(path, clock=clock)
    assert (counts.set_aside_count, counts.set_aside) == (1, ())
    for part in path.parent.glob("*damaged*"):
        part.unlink()
    clock.now += LIST_INTERVAL
    counts.flush()
    assert counts.set_aside_count == 0


def test_damage_found_by_outbox_sets_the_file_aside(path: Path) -> None:
    logged = list[str]()
    counts = begun(path, logged=logged)
    run_sql(path, INVALID_ROWS["a batch without a token"])
    with pytest.raises(UnusableCounts), closing(Outbox(path, PACK)) as outbox:
        outbox.next_batch()
    counts.request_check()
    assert counts.flush() and len(counts.set_aside) == 1 and "put aside" in logged[0]
    counts.request_check()
    assert counts.flush() and len(counts.set_aside) == 1, "the new one is sound"
