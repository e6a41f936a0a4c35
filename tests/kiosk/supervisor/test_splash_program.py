"""The resting screen's words and its end."""

from __future__ import annotations

import os
import subprocess
import sys

from game.kiosk.supervisor import splash_program
from game.ui.i18n import Catalogue


def test_one_line_for_each_language(words: Catalogue) -> None:
    line = words("resting.line")
    assert splash_program.splash_lines(["en", "en"]) == [line]
    assert splash_program.splash_lines(["en", "xx"]) == [line]
    assert splash_program.splash_lines(["xx"]) == [line]
    assert splash_program.splash_lines([]) == [line]


def test_it_ends_with_its_input() -> None:
    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy"}
    with subprocess.Popen(splash_program.splash_command(["en"]), stdin=subprocess.PIPE, env=environment) as screen:
        assert screen.stdin is not None
        try:
            screen.wait(1.5)
        except subprocess.TimeoutExpired:
            screen.stdin.close()
        assert screen.wait(30) == 0


def test_without_a_display_it_says_so() -> None:
    environment = {**os.environ, "SDL_VIDEODRIVER": "nothing-like-it"}
    ended = subprocess.run(
        splash_program.splash_command(["en"]),
        stdin=subprocess.DEVNULL,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("weight-of-grain: no resting screen: ")
    assert splash_program.splash_command(["en"])[0] == sys.executable
