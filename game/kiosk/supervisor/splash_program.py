"""Splash program: the resting screen as a program of its own, so that the supervisor need not import pygame.

    python -m game.kiosk.supervisor.splash_program LANGUAGE… [--dark]

It ends when its standard input ends. It imports little of the game, because it is shown when the game is broken.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence

from game.desktop.errors import WindowError
from game.kiosk.pixel_shift import pixel_shift
from game.kiosk.supervisor.child_process import DARK
from game.resources import assets_folder
from game.ui.i18n import Catalogue


def splash_command(languages: Sequence[str]) -> list[str]:
    """Return the command that starts the resting screen from this installation."""
    return [sys.executable, "-m", "game.kiosk.supervisor.splash_program", *languages]


def splash_lines(languages: Sequence[str]) -> list[str]:
    """Return the text of the screen in each language that has a catalogue; in English if none has."""
    lines = [words("resting.line") for words in map(_catalogue, languages) if words is not None]
    return list(dict.fromkeys(lines)) or [Catalogue(assets_folder() / "locale")("resting.line")]


def main(arguments: Sequence[str]) -> int:
    """Show the screen until the input ends. Return the exit status: 1 if there is no display, else 0."""
    from game.desktop import api as desktop  # the supervisor imports this module for its command, without pygame

    input_ended = threading.Event()

    def read_input() -> None:
        sys.stdin.buffer.read()
        input_ended.set()

    threading.Thread(target=read_input, daemon=True).start()
    languages = [argument for argument in arguments if argument != DARK]
    try:
        desktop.show_splash([] if DARK in arguments else splash_lines(languages), input_ended, pixel_shift)
    except WindowError as error:
        sys.stderr.write(f"weight-of-grain: no resting screen: {error}\n")
        return 1
    return 0


def _catalogue(language: str) -> Catalogue | None:
    try:
        return Catalogue(assets_folder() / "locale", language)
    except OSError:
        return None


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
