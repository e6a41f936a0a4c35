"""The kiosk's log is bounded, contains the game's own lines, and never stops the kiosk."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from game.kiosk.supervisor.log_file import NAME, LogFile


def test_lines_have_their_time_and_level(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "new" / "log")
    log.info("the kiosk begins, 100% of it")
    log.warning("the game ended")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d the game ended", log.trouble)
    log.game("  pygame: %s 村")
    log.info("the game is started")
    assert log.trouble.endswith("the game ended")
    log.close()
    first, second, third, _ = (tmp_path / "new" / "log" / NAME).read_text("utf-8").splitlines()
    moment = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}"
    assert re.fullmatch(f"{moment} INFO the kiosk begins, 100% of it", first)
    assert re.fullmatch(f"{moment} WARNING the game ended", second)
    assert third == "  pygame: %s 村"


def test_it_never_grows_past_its_bounds(tmp_path: Path) -> None:
    log = LogFile(tmp_path, size=1000, count=3)
    for i in range(2000):
        log.game(f"line {i}")
    log.close()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [NAME, *(f"{NAME}.{i}" for i in (1, 2, 3))]
    assert all(file.stat().st_size <= 1000 for file in files)
    assert files[0].read_text().splitlines()[-1] == "line 1999"


def test_without_a_folder_it_speaks_on_stderr(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    stderr = io.StringIO()
    log = LogFile(tmp_path / "file" / "log", stderr)
    log.info("one")
    log.game("two")
    log.close()
    said, first, two = stderr.getvalue().splitlines()
    assert said.startswith("weight-of-grain: there is no log")
    assert first.endswith("INFO one")
    assert two == "two"


def test_a_full_disk_is_said_once(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    stderr = io.StringIO()
    (tmp_path / NAME).symlink_to("/dev/full")
    log = LogFile(tmp_path, stderr)
    for line in ("one", "two", "three"):
        log.game(line)
    said, *lines = stderr.getvalue().splitlines()
    assert "No space left" in said
    assert lines == ["one", "two", "three"]
