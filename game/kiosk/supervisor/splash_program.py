"""The resting screen, a program of its own, so that the supervisor needs no window.

    python -m game.kiosk.supervisor.splash_program LANGUAGE… [--dark]

It ends with its standard input: when the game is back, or its supervisor gone. It needs as little of the game as it
can, since it is shown when something in the game is broken.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence

from game.desktop.errors import WindowError
from game.kiosk.pixel_shift import pixel_shift
from game.kiosk.supervisor.splash_process import DARK
from game.resources import assets_folder
from game.ui.i18n import Catalogue


def command(languages: Sequence[str]) -> list[str]:
    """What starts it from this installation."""
    return [sys.executable, "-m", "game.kiosk.supervisor.splash_program", *languages]


def sentences(languages: Sequence[str]) -> list[str]:
    """What it says, once for each language that there are words in; English where there are none."""
    said = [words("resting.line") for words in map(_words, languages) if words is not None]
    return list(dict.fromkeys(said)) or [Catalogue(assets_folder() / "locale")("resting.line")]


def main(arguments: Sequence[str]) -> int:
    """Show it until the input ends; 1 where there is no display to show it on."""
    from game.desktop import api as desktop

    gone = threading.Event()
    threading.Thread(target=_until_alone, args=(gone,), daemon=True).start()
    languages = [one for one in arguments if one != DARK]
    try:
        desktop.show_splash([] if DARK in arguments else sentences(languages), gone, pixel_shift)
    except WindowError as error:
        sys.stderr.write(f"weight-of-grain: no resting screen: {error}\n")
        return 1
    return 0


def _words(language: str) -> Catalogue | None:
    try:
        return Catalogue(assets_folder() / "locale", language)
    except OSError:
        return None


def _until_alone(gone: threading.Event) -> None:
    sys.stdin.buffer.read()
    gone.set()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
