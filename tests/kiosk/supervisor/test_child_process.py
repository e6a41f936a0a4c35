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
    note, said = tmp_path / "note", list[str]()
    screen = splash(note, said)
    for dark, noted in ((False, "en"), (True, "en --dark")):
        screen.show(dark)
        until(note.exists, PATIENCE, "the screen")
        assert until(note.read_text, PATIENCE, "its options") == noted
        note.unlink()
        screen.hide()
    screen.hide()
    assert said == []


def test_missing_or_ended_splash_is_logged(tmp_path: Path) -> None:
    said: list[str] = []
    absent = SplashProcess([str(tmp_path / "nothing")], said.append)
    absent.show(False)
    absent.hide()
    short = splash(tmp_path / "note", said, "raise SystemExit(1)")
    short.show(False)
    assert short._process is not None
    short._process.wait(PATIENCE)
    short.hide()
    first, second = said
    assert first.startswith("there is no resting screen: ")
    assert second == "the resting screen ended by itself, with status 1"
