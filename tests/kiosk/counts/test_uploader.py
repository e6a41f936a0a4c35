"""Counts reach the museum's PostgreSQL exactly once, whatever happens to either side."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import Mock, patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.kiosk.counts import uploader
from game.kiosk.counts.counts_db import read_counts
from game.kiosk.counts.outbox import MAX_ROWS, Outbox
from game.kiosk.counts.uploader import STOP_TIMEOUT, Uploader, send_next
from game.kiosk.counts.visit_counts import CountEvent, VisitCounts
from tests.kiosk.damaged_counts import PACK, begun, run_sql
from tests.real import screen

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.kiosk.postgres import Server

postgres = pytest.importorskip("tests.kiosk.postgres", reason="needs sqlalchemy and psycopg")
museum = pytest.importorskip("game.kiosk.counts.postgres", reason="needs sqlalchemy and psycopg")

ROOT = Path(__file__).parents[3]
MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
Sums = dict[tuple[date, str, str], tuple[int, float]]
until = partial(screen.until, seconds=60, what="the uploader")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """An uploader that waits for milliseconds where a kiosk's waits for seconds."""
    for name, seconds in (("START_DELAY", 0), ("INTERVAL", 0.001), ("FIRST_BACKOFF", 0.01), ("LONGEST_BACKOFF", 0.05)):
        monkeypatch.setattr(uploader, name, seconds)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres.running() as server:
        yield server


@pytest.fixture
def database(server: Server) -> Engine:
    database: Engine = museum.engine_for(server.address)
    museum._TABLES.drop_all(database)
    return database


def counts_in(path: Path, visits: int = 0) -> VisitCounts:
    """The counts of a kiosk, with so many visits more."""
    counts = begun(path)
    if visits:
        counts.add(MONDAY, "visits", "en", visits)
    return counts


def send(path: Path, database: Engine, name: str, tell: Callable[[str], None] = print) -> None:
    museum.make_tables(database)
    while send_next(path, PACK, database, name, tell):
        pass


def arrived(database: Engine, *kiosks: str) -> Sums:
    """The museum's sums, of all kiosks or of some; empty without tables."""
    from sqlalchemy import func, inspect, select

    table = museum.COUNTS
    query = select(table.c.day, table.c.kind, table.c.key, func.sum(table.c.n), func.sum(table.c.seconds))
    if kiosks:
        query = query.where(table.c.kiosk.in_(kiosks))
    with database.connect() as db:
        if not inspect(db).has_table(table.name):
            return {}
        each = db.execute(query.group_by(table.c.day, table.c.kind, table.c.key))
        return {(day, kind, key): (int(n), float(seconds)) for day, kind, key, n, seconds in each}


def kept(*paths: Path) -> Sums:
    sums: Sums = {}
    for row in (row for path in paths for row in read_counts(path).rows):
        n, seconds = sums.get((row.day, row.kind, row.key), (0, 0.0))
        sums[row.day, row.kind, row.key] = n + row.n, seconds + row.seconds
    return sums


@contextmanager
def sending(*senders: Uploader) -> Iterator[None]:
    for sender in senders:
        sender.start()
    try:
        yield
    finally:
        for sender in senders:
            sender.stop()
    until(lambda: all(map(stopped, senders)))


def stopped(sender: Uploader) -> bool:
    return not sender._thread.is_alive()


@pytest.mark.full
def test_everything_goes_over_in_batches(database: Engine, tmp_path: Path) -> None:
    from sqlalchemy import select

    counts = counts_in(tmp_path / "a.counts")
    counts.add_all(CountEvent(MONDAY, "page", f"mill.n{i}", 2, 1.125) for i in range(MAX_ROWS + 1))
    send(counts.path, database, "the hall")
    counts.add(MONDAY, "page", "mill.n0", seconds=0.001)
    send(counts.path, database, "the stairs")
    send(counts.path, database, "the stairs")
    assert arrived(database) == kept(counts.path)
    assert arrived(database)[MONDAY, "page", "mill.n0"] == (3, 1.126)
    with database.connect() as db:
        kiosks = [tuple(row) for row in db.execute(select(museum.KIOSKS))]
        batches = db.execute(select(museum.BATCHES.c.number).order_by(museum.BATCHES.c.number)).scalars().all()
    assert kiosks == [(read_counts(counts.path).id, "the stairs", PACK)] and batches == [1, 2, 3]


class _LostLine(Exception):
    """The driver's error for a lost connection."""


@settings(max_examples=25)
@given(
    st.lists(
        st.one_of(
            st.tuples(
                st.just("add"), st.sampled_from([MONDAY, TUESDAY]), st.sampled_from(["a.b", "a.c", "en"]),
                st.integers(0, 3), st.integers(0, 5000),
            ),
            st.sampled_from(["send", "fail before commit", "fail after commit", "restart", "forget the answer"]),
        ),
        max_size=14,
    )
)  # fmt: skip
@pytest.mark.full
def test_any_order_of_events_ends_in_the_same_sums(
    server: Server, tmp_path_factory: pytest.TempPathFactory, events: list[str | tuple[str, date, str, int, int]]
) -> None:
    database: Engine = museum.engine_for(server.address)
    path = tmp_path_factory.mktemp("sending") / "a.counts"
    counts = counts_in(path)
    n, ms = Counter[tuple[date, str, str]](), Counter[tuple[date, str, str]]()
    commit = database.dialect.do_commit

    def lose(connection: object) -> None:
        raise _LostLine

    def commit_and_lose(connection: object) -> None:
        commit(connection)  # type: ignore[arg-type]
        raise _LostLine

    for event in events:
        if isinstance(event, tuple):
            _, day, key, times, took = event
            counts.add(day, "page", key, times, took / 1000)
            n[day, "page", key] += times
            ms[day, "page", key] += took
        elif event == "restart":
            counts.close()
            counts = counts_in(path)
        elif event == "forget the answer":
            with closing(Outbox(path, PACK)) as outbox:
                if batch := outbox.next_batch():
                    museum.make_tables(database)
                    museum.upsert_batch(database, batch, "hall")
        else:
            museum.make_tables(database)
            losing = {"fail before commit": lose, "fail after commit": commit_and_lose}.get(event, commit)
            database.dialect.do_commit = losing  # type: ignore[method-assign, assignment]
            with suppress(_LostLine):
                send_next(path, PACK, database, "hall", print)
            database.dialect.do_commit = commit  # type: ignore[method-assign]
    send(path, database, "hall")
    expected = {at: (n[at], ms[at] / 1000) for at in n if n[at] or ms[at]}
    assert arrived(database, read_counts(path).id) == expected
    counts.close()


@pytest.mark.full
def test_a_server_that_goes_and_comes_back(server: Server, database: Engine, tmp_path: Path) -> None:
    logged: dict[str, list[str]] = {"hall": [], "stairs": []}
    counting = {name: counts_in(tmp_path / f"{name}.counts") for name in logged}
    senders = [
        Uploader(counts.path, PACK, server.address, name, logged[name].append) for name, counts in counting.items()
    ]
    going = threading.Event()

    def visit() -> None:
        i = 0
        while not going.wait(0.003):
            i += 1
            for counts in counting.values():
                page = CountEvent(MONDAY, "page", f"mill.n{i % 40}", 1, 0.5)
                counts.add_all([page, CountEvent(MONDAY, "visits", "en")])

    paths = [counts.path for counts in counting.values()]
    visiting = threading.Thread(target=visit)
    with sending(*senders):
        visiting.start()
        try:
            for times in range(1, 4):
                until(lambda times=times: sum(n for n, _ in kept(*paths).values()) > 70 * times)  # type: ignore[misc]
                server.stop()
                until(lambda: all(sender.trouble for sender in senders))
                server.start()
                until(lambda: not any(sender.trouble for sender in senders))
        finally:
            going.set()
            visiting.join()
        until(lambda: arrived(database) == kept(*paths))
    assert not any(counts.trouble for counts in counting.values())
    assert sum(n for n, _ in kept(*paths).values()) > 200
    for lines in logged.values():
        assert len(lines) == 6 and all("counts are not sent to" in line for line in lines[::2])
        assert lines[1::2] == ["counts are sent again"] * 3
        assert "a-secret" not in "".join(lines), "no password stands in a log"


@pytest.mark.full
def test_connections_that_are_cut(server: Server, database: Engine, tmp_path: Path) -> None:
    from sqlalchemy import text

    counts = counts_in(tmp_path / "a.counts")
    sender = Uploader(counts.path, PACK, server.address, "hall", print)
    cut, i, end = 0, 0, time.monotonic() + 60
    kill = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND application_name = 'weight-of-grain'"
    )
    with sending(sender):
        with database.connect() as db:
            while i < 300 or (cut <= 5 and time.monotonic() < end):
                i += 1
                counts.add_all(CountEvent(MONDAY, "page", f"mill.n{i % 7}-{j}", 1, 0.1) for j in range(20))
                cut += db.execute(kill).scalar_one()
                db.commit()
        assert cut > 5, "too few connections were there to be cut"
        until(lambda: arrived(database) == kept(counts.path))


@pytest.mark.full
def test_killed_between_commit_and_acknowledgement(server: Server, database: Engine, tmp_path: Path) -> None:
    """The museum has the batch and the kiosk does not know: sending it again changes nothing."""
    counts = counts_in(tmp_path / "a.counts", 3)
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom game.kiosk.counts import outbox, postgres, uploader\n"
        "outbox.Outbox.acknowledge = lambda self, batch: os.kill(os.getpid(), signal.SIGKILL)\n"
        "database = postgres.engine_for(sys.argv[2])\npostgres.make_tables(database)\n"
        f"uploader.send_next(Path(sys.argv[1]), {PACK!r}, database, 'hall', print)\n"
    )
    command = [sys.executable, "-c", program, str(counts.path), server.address]
    assert subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode == -signal.SIGKILL
    assert arrived(database) == {(MONDAY, "visits", "en"): (3, 0.0)}
    counts.add(MONDAY, "visits", "en", 2)
    send(counts.path, database, "hall")
    assert arrived(database) == {(MONDAY, "visits", "en"): (5, 0.0)}


@pytest.mark.full
def test_two_kiosks_begin_at_once(server: Server, database: Engine, tmp_path: Path) -> None:
    paths = [tmp_path / f"{i}.counts" for i in range(3)]
    for path in paths:
        counts_in(path, 7).close()
    senders = [Uploader(path, PACK, server.address, "hall", print) for path in (*paths, paths[0])]
    with sending(*senders):
        until(lambda: arrived(database) == {(MONDAY, "visits", "en"): (21, 0.0)})
    assert arrived(database) == kept(*paths)


@pytest.mark.full
def test_a_copied_file_takes_an_id_of_its_own(database: Engine, tmp_path: Path) -> None:
    first, second, logged = tmp_path / "a.counts", tmp_path / "b.counts", list[str]()
    counts_in(first, 5).close()
    send(first, database, "hall")
    shutil.copy(first, second)
    for path, n in ((first, 1), (second, 10)):
        counts_in(path, n).close()
        send(path, database, path.stem, logged.append)
    assert arrived(database) == {(MONDAY, "visits", "en"): (16, 0.0)}
    assert len(logged) == 1 and "is a copy" in logged[0]
    assert read_counts(first).id != read_counts(second).id


def test_each_batch_is_sent_until_the_museum_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    logged = list[str]()
    errors = OSError("the museum is away"), museum.DuplicateFile("another file has sent batch 1")
    upsert_batch = Mock(side_effect=[*errors, None])
    monkeypatch.setattr(museum, "upsert_batch", upsert_batch)
    counts = counts_in(tmp_path / "a.counts", 5)
    database = museum.engine_for("postgresql+psycopg://museum@h/d")
    with pytest.raises(OSError, match="away"):
        send_next(counts.path, PACK, database, "hall", logged.append)
    assert [send_next(counts.path, PACK, database, "hall", logged.append) for _ in range(3)] == [True, True, False]
    first, second, third = (batch for (_, batch, _), _ in upsert_batch.call_args_list)
    assert first == second and third.rows == first.rows and third.file != first.file
    assert len(logged) == 1 and "one of them is a copy" in logged[0]


def test_outbox_does_not_grow_without_a_database(tmp_path: Path) -> None:
    counts = counts_in(tmp_path / "a.counts", 1)
    with closing(Outbox(counts.path, PACK)) as outbox:
        first = outbox.next_batch()
        assert first is not None and outbox.next_batch() == first, "a batch stays as it is until it is acknowledged"
        for _ in range(100):
            counts.add_all(CountEvent(MONDAY, "visits", "en") for _ in range(100))
            assert outbox.next_batch() == first
        outbox.acknowledge(first)
        outbox.acknowledge(first)
        second = outbox.next_batch()
        assert second is not None and [row.n for row in second.rows] == [10_000]


def test_it_stops_within_a_second(tmp_path: Path) -> None:
    """Even if a server accepts the connection and never answers: the thread is then abandoned."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql+psycopg://museum@127.0.0.1:{silent.getsockname()[1]}/postgres"
        counts_in(tmp_path / "a.counts", 1)
        sender = Uploader(tmp_path / "a.counts", PACK, address, "hall", lambda line: None)
        sender.start()
        silent.settimeout(10)
        connection, _ = silent.accept()
        with connection, patch.object(sender._thread, "join", wraps=sender._thread.join) as join:
            assert not sender.stop(), "it still waits for an answer"
            join.assert_called_once_with(STOP_TIMEOUT)
            assert STOP_TIMEOUT < 1
        until(lambda: stopped(sender))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "not the address"),
        ("mysql://a@b/c", "`mysql` is not a database"),
        ("postgresql+asyncpg://a/b", "asyncpg"),
    ],
)
def test_invalid_address_is_logged_once(address: str, said: str, tmp_path: Path) -> None:
    logged: list[str] = []
    sender = Uploader(tmp_path / "a.counts", PACK, address, "hall", logged.append)
    sender.start()
    until(lambda: stopped(sender))
    assert len(logged) == 1 and said in logged[0] and sender.trouble == logged[0]


@pytest.mark.parametrize("error", [UnicodeDecodeError("utf-8", b"x", 0, 1, "no"), ValueError("a NUL"), OverflowError()])
def test_any_error_is_logged_and_retried(error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    logged = list[str]()
    monkeypatch.setattr(museum, "make_tables", Mock(side_effect=chain([error, error], repeat(None))))
    monkeypatch.setattr(uploader, "send_next", lambda *given: False)
    sender = Uploader(tmp_path / "a.counts", PACK, "postgresql+psycopg://h/d", "hall", logged.append)
    with sending(sender):
        until(lambda: len(logged) == 2)
    assert logged[0].startswith("counts are not sent to") and logged[1] == "counts are sent again"


@pytest.mark.full
def test_damage_found_by_uploader_is_reported_to_counts(server: Server, database: Engine, tmp_path: Path) -> None:
    counts, logged = counts_in(tmp_path / "a.counts", 4), list[str]()
    run_sql(counts.path, "DROP TABLE batched")
    sender = Uploader(counts.path, PACK, server.address, "hall", logged.append, counts.request_check)
    with sending(sender):
        until(lambda: counts.flush() and bool(counts.set_aside))
        counts.add(MONDAY, "visits", "en", 3)
        until(lambda: arrived(database) == {(MONDAY, "visits", "en"): (3, 0.0)})
    assert "it lacks tables" in logged[0] and logged[-1] == "counts are sent again"


def test_upload_starts_after_start_delay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    logged: list[str] = []
    monkeypatch.setattr(uploader, "START_DELAY", 60)
    sender = Uploader(tmp_path / "a.counts", PACK, "nonsense", "hall", logged.append)
    sender.start()
    sender.stop()
    until(lambda: stopped(sender), seconds=30)
    assert not logged
    monkeypatch.setattr(uploader, "START_DELAY", 0.05)
    late = Uploader(tmp_path / "a.counts", PACK, "nonsense", "hall", logged.append)
    late.start()
    until(lambda: bool(logged) and stopped(late))
