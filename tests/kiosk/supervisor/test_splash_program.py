"""The resting screen's words and its end."""

from __future__ import annotations

import subprocess
import sys

import pytest

from game.kiosk.supervisor import splash_program
from game.ui.i18n import Catalogue


@pytest.mark.parametrize(
    "languages", [["en", "en"], ["en", "xx"], ["xx"], []], ids=["twice", "half unknown", "unknown", "none"]
)
def test_one_line_for_each_language(languages: list[str], words: Catalogue) -> None:
    assert splash_program.splash_lines(languages) == [words("resting.line")]


def test_it_ends_with_its_input() -> None:
    with subprocess.Popen(splash_program.splash_command(["en"]), stdin=subprocess.PIPE) as screen:
        assert screen.stdin is not None
        try:
            screen.wait(1.5)
        except subprocess.TimeoutExpired:
            screen.stdin.close()
        assert screen.wait(30) == 0


def test_without_a_display_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "nothing-like-it")
    command = splash_program.splash_command(["en"])
    assert command[0] == sys.executable
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30)
    assert ended.returncode == 1
    assert ended.stderr.startswith("weight-of-grain: no resting screen: ")
