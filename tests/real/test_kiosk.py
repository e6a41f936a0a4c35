"""The real kiosk: supervisor, game and counts on a real display, with a hand that tries the ways out and a killer."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from game.kiosk.pin import hash_pin
from tests.real.screen import MISSING, Screen, screen, until

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}"),
    pytest.mark.usefixtures("home"),
]

PATIENCE = 30  # seconds; a busy machine may be slow


class Kiosk:
    """A running kiosk, watched from outside."""

    def __init__(self, process: subprocess.Popen[bytes], display: Screen, port: int) -> None:
        self.process, self.display, self.port = process, display, port

    def health(self) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except (urllib.error.URLError, OSError):
            return {}

    def well(self, restarts: int = 0) -> bool:
        health = self.health()
        return health.get("status") == "well" and health.get("restarts") == restarts

    def child(self) -> int:
        """The process of the game itself."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True)
        return int(found.stdout.split()[0])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.display.press(key)
            time.sleep(0.5)


@pytest.fixture
def display() -> Iterator[Screen]:
    with screen(1080, 1920) as started:
        yield started


@contextmanager
def kiosk_on(display: Screen, folder: Path, **keys: object) -> Iterator[Kiosk]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    file = folder / "kiosk.yaml"
    given = {"data_folder": folder / "data", "log_folder": folder / "log", "health_port": port, **keys}
    file.write_text("".join(f"{key}: {value}\n" for key, value in given.items()), encoding="utf-8")
    command = [sys.executable, "-m", "game", "kiosk", "--config", str(file)]
    with subprocess.Popen(command, env=display.environment()) as process:
        kiosk = Kiosk(process, display, port)
        try:
            until(kiosk.well, PATIENCE, "the kiosk")
            yield kiosk
        finally:
            process.terminate()
            process.wait(20)


def test_a_killed_game_is_back_and_nothing_counted_is_lost(display: Screen, tmp_path: Path) -> None:
    """A visitor comes in, the game is killed, and within five seconds there is another; the visit stays counted."""
    with kiosk_on(display, tmp_path) as kiosk:
        kiosk.press("Return", "Return")
        until(lambda: kiosk.health().get("visits_today") == 1, PATIENCE, "a visit")
        os.kill(kiosk.child(), signal.SIGKILL)
        until(lambda: kiosk.well(restarts=1), 5, "the game again")
        assert kiosk.health()["visits_today"] == 1
    told = subprocess.run(
        [sys.executable, "-m", "game", "stats", "--config", str(tmp_path / "kiosk.yaml"), "--format", "csv"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert "visits" in told.stdout and told.returncode == 0, told.stderr


def test_the_log_holds_what_befell_the_kiosk_and_nothing_else(display: Screen, tmp_path: Path) -> None:
    """From its start to its end each line has its time and its weight: no library talks of itself."""
    with kiosk_on(display, tmp_path) as kiosk:
        kiosk.press("Return")
    lines = (tmp_path / "log" / "kiosk.log").read_text(encoding="utf-8").splitlines()
    assert lines and all(" INFO " in line for line in lines), lines


def test_nobody_gets_out_by_the_keyboard(display: Screen, tmp_path: Path) -> None:
    """Close, Escape, Alt-F4, full screen, quit: the game is the same process afterwards, and well."""
    with kiosk_on(display, tmp_path) as kiosk:
        before, window = kiosk.child(), display.hand("search", "--onlyvisible", "--pid", str(kiosk.child()))
        kiosk.press("Escape", "alt+F4", "ctrl+q", "F11", "Return", "Escape", "BackSpace")
        display.close(window.partition("\n")[0])
        kiosk.press("Escape")
        assert kiosk.child() == before and kiosk.well()


def test_the_staff_ends_it_with_its_pin(display: Screen, tmp_path: Path) -> None:
    """The key held for some seconds, the PIN, and down to the last line of the page."""
    with kiosk_on(display, tmp_path, pin=hash_pin("4711", b"0123456789abcdef")) as kiosk:
        display.hand("keydown", "F12")
        time.sleep(4)
        display.hand("keyup", "F12")
        kiosk.press("4", "7", "1", "1", "Return", "3")
        assert kiosk.process.wait(20) == 0


def test_a_stopped_supervisor_takes_the_game_along(display: Screen, tmp_path: Path) -> None:
    """Killed without a word, it leaves no game behind that nobody looks after."""
    with kiosk_on(display, tmp_path) as kiosk:
        child = kiosk.child()
        kiosk.process.kill()
        kiosk.process.wait(10)
        until(lambda: _gone(child), 10, "the game's end")


def _gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
