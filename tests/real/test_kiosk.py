"""The real kiosk: a visitor who tries to get out, kills, and a museum's faults. Each time it goes on, or is back."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from game.core.exit_status import BY_STAFF
from game.kiosk.counts.counts_db import counts_file, read_counts
from game.kiosk.counts.visit_counts import VisitCounts
from game.kiosk.staff.pin import hash_pin
from tests.kiosk.damaged_counts import corrupt_table_name
from tests.kiosk.supervisor_runner import alive
from tests.ports import free_port
from tests.real.kiosks import Kiosk, configuration, kiosk_on, running, started
from tests.real.screen import PATIENCE, Screen, game_on, screen, until
from tests.real.test_sound import children

resource = pytest.importorskip("resource", reason="needs Linux, where a process can be held to a limit")

SIZE = (1080, 1920)


def stats(folder: Path) -> str:
    command = [sys.executable, "-m", "game", "stats", "--config", str(folder / "kiosk.yaml"), "--format", "csv"]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=60, check=True).stdout


def test_a_killed_game_is_back_and_nothing_counted_is_lost(display: Screen, tmp_path: Path) -> None:
    with kiosk_on(display, tmp_path) as kiosk:
        kiosk.visit()
        os.kill(kiosk.child(), signal.SIGKILL)
        until(lambda: kiosk.well(restarts=1), 5, "the game again")
        assert kiosk.health()["visits_today"] == 1
    assert "visits" in stats(tmp_path)


def test_a_visitor_reads_in_chinese(display: Screen, tmp_path: Path) -> None:
    with kiosk_on(display, tmp_path, languages="[en, zh-Hans]") as kiosk:
        kiosk.press("Return", "2", "1")
        until(lambda: kiosk.health().get("visits_today") == 1, PATIENCE, "a visit")
    assert re.search("visits.*zh-Hans", stats(tmp_path))


def test_the_log_has_only_the_kiosk_s_own_lines(display: Screen, tmp_path: Path) -> None:
    with kiosk_on(display, tmp_path) as kiosk:
        kiosk.press("Return")
    lines = (tmp_path / "log" / "kiosk.log").read_text(encoding="utf-8").splitlines()
    assert lines and all(" INFO " in line for line in lines), lines


def test_nobody_gets_out_by_the_keyboard(display: Screen, tmp_path: Path) -> None:
    with kiosk_on(display, tmp_path) as kiosk:
        before, window = kiosk.child(), display.window_of(kiosk.child)
        kiosk.press("Escape", "alt+F4", "ctrl+q", "F11", "Return", "Escape", "BackSpace")
        display.close(window)
        kiosk.press("Escape")
        assert kiosk.child() == before and kiosk.well()


def test_the_staff_ends_it_with_its_pin(display: Screen, tmp_path: Path) -> None:
    with kiosk_on(display, tmp_path, pin=hash_pin("4711", b"0123456789abcdef")) as kiosk:
        display.hand("keydown", "F12")
        time.sleep(4)
        display.hand("keyup", "F12")
        kiosk.press("4", "7", "1", "1", "Return", "Down", "Down", "Return")
        assert kiosk.process.wait(20) == BY_STAFF


def test_a_stopped_supervisor_takes_the_game_along(display: Screen, tmp_path: Path) -> None:
    with kiosk_on(display, tmp_path) as kiosk:
        child = kiosk.child()
        kiosk.process.kill()
        kiosk.process.wait(10)
        until(lambda: not alive(child), 10, "the game's end")


def visits(kiosk: Kiosk) -> int:
    """The number of visits on the disk."""
    rows = read_counts(counts_file(kiosk.folder / "data", "weight-of-grain")).rows
    return sum(row.n for row in rows if row.kind == "visits")


def test_a_configuration_that_breaks_over_night(display: Screen, tmp_path: Path) -> None:
    """The last good one is used meanwhile. Once it is fixed, the kiosk takes it up without a restart."""
    file, port = configuration(tmp_path, idle=30)
    with running(display, file, port):
        pass
    file.write_text("idle: thirty\n")
    with running(display, file, port) as kiosk:
        wrong = f"{file}:1:7: `idle` cannot be `thirty`"
        assert kiosk.health()["configuration"].startswith(wrong)
        assert f"the last configuration that was sound is used: {wrong}" in kiosk.log()
        assert (tmp_path / "said").read_text() == ""
        file.write_text("idle: 60\n- 70\n")  # once it ended the kiosk that ran
        until(lambda: "a list's line" in kiosk.health()["configuration"], PATIENCE, "what is wrong with the stray line")
        assert kiosk.well()
        kiosk.port = free_port()
        new = tmp_path / "new"
        file.write_text(f"health_port: {kiosk.port}\ndata_folder: {new}\nlog_folder: {new}\n")
        until(kiosk.well, PATIENCE, "the kiosk at its new port")
        assert kiosk.health()["configuration"] == ""
        assert (new / "health.json").exists() and (new / "kiosk.log").exists()
        assert not (tmp_path / "data" / "health.json").exists()


def test_a_first_start_with_a_bad_configuration_says_what_is_wrong(display: Screen, tmp_path: Path) -> None:
    file, _ = configuration(tmp_path, idle="thirty")
    with started(display, file) as process:
        assert process.wait(PATIENCE) == 2
    assert (tmp_path / "said").read_text().count("\n") == 1


def test_a_game_that_is_asked_to_end_ends_whole(display: Screen, tmp_path: Path) -> None:
    """Its status differs from the staff's, and no voice, mixer or open counts are left."""
    file, _ = configuration(tmp_path)
    with game_on(display, "--windowed", "--config", str(file), mode="kiosk") as (game, _):
        display.press("v")
        others = until(lambda: found if len(found := children(game.pid)) >= 2 else None, PATIENCE, "voice and mixer")
        display.press("Return")
        time.sleep(0.5)
        display.press("Return")
        log = tmp_path / "data" / "weight-of-grain.counts-wal"
        until(lambda: log.exists() and log.stat().st_size, PATIENCE, "a visit")
        game.send_signal(signal.SIGTERM)
        assert game.wait(PATIENCE) == -signal.SIGTERM
        until(lambda: not any(map(alive, others)), 2, "their ends")
        assert not log.exists()


def test_a_full_disk(display: Screen, tmp_path: Path) -> None:
    """No file may grow: counting goes on in memory, and is written once there is room."""
    with kiosk_on(display, tmp_path) as kiosk:
        before = resource.prlimit(kiosk.child(), resource.RLIMIT_FSIZE)
        resource.prlimit(kiosk.child(), resource.RLIMIT_FSIZE, (0, before[1]))
        kiosk.visit()
        until(lambda: "counting goes on in memory" in kiosk.log(), PATIENCE, "the trouble")
        until(lambda: kiosk.health()["counts"] == "waiting", PATIENCE, "the health page to say so")
        assert visits(kiosk) == 0
        resource.prlimit(kiosk.child(), resource.RLIMIT_FSIZE, before)
    assert visits(kiosk) == 1


def test_a_damaged_file_of_counts(display: Screen, tmp_path: Path) -> None:
    """SQLite's driver fails on it: it is put aside, and a new file counts. The database is missing too."""
    (tmp_path / "data").mkdir()
    file = counts_file(tmp_path / "data", "weight-of-grain")
    with closing(VisitCounts(file, time.monotonic, "weight-of-grain")) as counts:
        counts.add(date(2026, 11, 2), "visits", "en", 7)
    corrupt_table_name(file)
    nowhere = f"postgresql+psycopg://museum@127.0.0.1:{free_port()}/counts"
    with kiosk_on(display, tmp_path, database=nowhere) as kiosk:
        assert "put aside as weight-of-grain.counts.damaged-1, and new counts were begun" in kiosk.log()
        until(lambda: kiosk.health()["counts_set_aside"] == 1, PATIENCE, "the health page to say so")
        kiosk.visit()
        until(lambda: visits(kiosk) == 1, PATIENCE, "the visit")
        until(lambda: kiosk.health()["database"] == "trouble", PATIENCE, "the health page to miss the database")
        assert kiosk.well()


def test_two_kiosks_started_at_once(display: Screen, tmp_path: Path) -> None:
    """On one configuration the second ends with 2. One with folders of its own runs beside the first."""
    file, port = configuration(tmp_path)
    (tmp_path / "other").mkdir()
    other, _ = configuration(tmp_path / "other", health_port=port)
    both = [started(display, file), started(display, file)]
    try:
        late = until(lambda: next((run for run in both if run.poll() is not None), None), PATIENCE, "the second's end")
        assert late.returncode == 2
        said = (tmp_path / "said").read_text()
        assert re.match(rf"weight-of-grain: another kiosk(, process \d+,)? is running on {tmp_path}/data, and", said)
        assert said.count("\n") == 1
        kiosk = Kiosk(next(process for process in both if process is not late), display, port, tmp_path)
        until(kiosk.well, PATIENCE, "the first")
        both.append(started(display, other))
        health = tmp_path / "other" / "data" / "health.json"
        until(lambda: health.exists() and json.loads(health.read_text())["status"] == "well", PATIENCE, "the other")
        assert kiosk.well() and kiosk.health()["pid"] == kiosk.process.pid
        assert f"no health page at port {port}" in (tmp_path / "other" / "log" / "kiosk.log").read_text()
    finally:
        for process in both:
            process.terminate()
            process.wait(PATIENCE)


def test_a_second_kiosk_on_a_file_that_was_changed_for_it(display: Screen, tmp_path: Path) -> None:
    """The running kiosk takes the change up, and the second says so in one line."""
    file, port = configuration(tmp_path)
    with running(display, file, port) as kiosk:
        new = tmp_path / "new"
        file.write_text(f"health_port: {port}\ndata_folder: {new}\nlog_folder: {tmp_path / 'log'}\n")
        until((new / "health.json").exists, PATIENCE, "the first in its new folder")
        until(kiosk.well, PATIENCE, "the first")
        with started(display, file) as second:
            assert second.wait(PATIENCE) == 2
        said = (tmp_path / "said").read_text()
        assert f"another kiosk, process {kiosk.process.pid}, is running on {new}, and takes up a changed" in said
        assert said.count("\n") == 1 and kiosk.well()


def test_a_blocked_data_folder_is_used_once_it_is_free(display: Screen, tmp_path: Path) -> None:
    file, port = configuration(tmp_path)
    with running(display, file, port) as kiosk:
        place = tmp_path / "disk"
        place.write_text("in the way")
        file.write_text(f"health_port: {port}\ndata_folder: {place / 'counts'}\nlog_folder: {tmp_path / 'log'}\n")
        until(lambda: "is a file, and no folder" in kiosk.health().get("configuration", ""), PATIENCE, "the fault")
        place.unlink()
        until((place / "counts" / "health.json").exists, PATIENCE, "the kiosk in its new folder")
        until(kiosk.well, PATIENCE, "the kiosk")
        assert kiosk.health()["configuration"] == ""


def test_a_turned_screen_and_a_hang_without_a_loudspeaker(home: Path, tmp_path: Path) -> None:
    """Visits go on, and a game that stops answering is replaced within 20 seconds."""
    with screen(1920, 1920) as display:
        file, port = configuration(tmp_path)
        with running(display, file, port, {"SDL_AUDIODRIVER": "no-such-driver"}) as kiosk:
            kiosk.visit()
            window = display.window_of(kiosk.child)
            until(lambda: len(right(display)) > 1000, PATIENCE, "a picture from edge to edge")
            display.hand("windowsize", window, "1080", "1920")
            until(lambda: len(right(display)) == 1, PATIENCE, "a window that is narrower")
            time.sleep(1)
            before = bytes(display.pixels())
            kiosk.press("Return")
            until(lambda: bytes(display.pixels()) != before, PATIENCE, "the next page")
            assert len(right(display)) == 1
            os.kill(kiosk.child(), signal.SIGSTOP)
            stopped = time.monotonic()
            until(lambda: kiosk.well(restarts=1), PATIENCE, "another game")
            assert time.monotonic() - stopped < 20
            assert kiosk.health()["visits_today"] == 1, "of the game before"
            assert "the game does not answer" in kiosk.log() and "Traceback" not in kiosk.log()
    assert visits(kiosk) == 1


def right(display: Screen) -> set[int]:
    """The colours beside an upright picture on a screen of 1920 by 1920: one, or thousands if it reaches the edge."""
    shown = display.pixels().tolist()
    return {colour for row in range(0, 1920, 4) for colour in shown[1920 * row + 1100 : 1920 * (row + 1)]}


def test_the_museums_database_goes_away_and_comes_back(display: Screen, tmp_path: Path) -> None:
    """A visitor comes meanwhile, and the game is killed, too: in the end each visit is there once."""
    postgres = pytest.importorskip("tests.kiosk.postgres", reason="needs PostgreSQL and its driver")
    with postgres.running() as server, kiosk_on(display, tmp_path, database=server.address, kiosk="hall") as kiosk:
        until(lambda: sent(server.address) == 0, PATIENCE, "its tables")
        server.stop()
        kiosk.visit()
        os.kill(kiosk.child(), signal.SIGKILL)
        until(lambda: kiosk.well(restarts=1), PATIENCE, "the game again")
        until(lambda: "counts are not sent to" in kiosk.log(), PATIENCE, "the trouble")
        server.start()
        until(lambda: sent(server.address) == 1, PATIENCE, "the visit")
        until(lambda: "counts are sent again" in kiosk.log(), PATIENCE, "the trouble's end")
        assert "a-secret" not in kiosk.log()


def sent(address: str) -> int | None:
    """The number of visits in a database; None before it has tables."""
    from sqlalchemy import func, select
    from sqlalchemy.exc import SQLAlchemyError

    from game.kiosk.counts import postgres

    try:
        with postgres.engine_for(address).connect() as db:
            query = select(func.coalesce(func.sum(postgres.COUNTS.c.n), 0)).where(postgres.COUNTS.c.kind == "visits")
            return int(db.scalar(query) or 0)
    except SQLAlchemyError:
        return None
