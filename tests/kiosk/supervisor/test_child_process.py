"""The resting screen as a process: shown, hidden, and missing."""

from __future__ import annotations

import sys
from pathlib import Path

from game.kiosk.supervisor.child_process import SplashProcess
from tests.kiosk.supervisor_runner import PATIENCE
from tests.real.screen import until

NOTING = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text(' '.join(sys.argv[2:])); sys.stdin.read()"


def splash(note: Path, said: list[str], program: str = NOTING) -> SplashProcess:
    return SplashProcess([sys.executable, "-c", program, str(note), "en"], said.append)


def test_it_is_shown_and_taken_away(tmp_path: Path) -> None:
    said: list[str] = []
    screen = splash(tmp_path / "note", said)
    for dark, noted in ((False, "en"), (True, "en --dark")):
        (tmp_path / "note").unlink(missing_ok=True)
        screen.show(dark)
        until(lambda: (tmp_path / "note").exists() and (tmp_path / "note").read_text(), PATIENCE, "the screen")
        assert (tmp_path / "note").read_text() == noted
        screen.hide()
    screen.hide()
    assert said == []


def test_missing_or_ended_splash_is_logged(tmp_path: Path) -> None:
    said: list[str] = []
    absent = SplashProcess([str(tmp_path / "nothing")], said.append)
    absent.show(False)
    absent.hide()
    short = splash(tmp_path / "note", said, f"{NOTING}; sys.exit(1)".replace("sys.stdin.read()", "pass"))
    short.show(False)
    assert short._process is not None
    short._process.wait(PATIENCE)
    short.hide()
    first, second = said
    assert first.startswith("there is no resting screen: ")
    assert second == "the resting screen ended by itself, with status 1"
