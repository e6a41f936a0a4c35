"""The real kiosk: supervisor, game and counts on a real display, with a visitor who tries to get out, and kills."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from game.core.exit_status import BY_STAFF
from game.kiosk.staff.pin import hash_pin
from tests.real.kiosks import PATIENCE, display, gone, kiosk_on
from tests.real.screen import MISSING, Screen, until

__all__ = ["display"]
pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}"),
    pytest.mark.usefixtures("home"),
]


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
        before, window = kiosk.child(), kiosk.window()
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
        until(lambda: gone(child), 10, "the game's end")
