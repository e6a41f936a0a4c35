"""The splash screen on a real display, shown and ended by a real supervisor."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.kiosk.supervisor import splash_program
from tests.kiosk.supervisor_runner import PATIENCE, run_supervisor
from tests.real.screen import MISSING, screen, until

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}")


def test_splash_fills_the_screen_until_the_game_is_back(tmp_path: Path) -> None:
    with screen(540, 960) as display:
        limits = {"restart_delays": [1.5], "splash": 1.0}
        command, own = splash_program.splash_command(["en"]), display.environment()
        with run_supervisor(tmp_path, "crashes", limits=limits, splash_command=command, environment=own) as kiosk:
            bare = display.pixels()[0]
            display.shows()
            until(lambda: bare not in display.pixels().tolist(), PATIENCE, "paper from edge to edge")
            (tmp_path / "mended").touch()
            until(lambda: display.colours() < 5, PATIENCE, "a screen that is the game's again")
            kiosk.game(2)
