"""The supervisor as a process of its own: it and its game are killed or stopped, and a kiosk comes back or ends whole.

What needs no process of its own is in tests/kiosk/supervisor/test_process_supervisor.py, with the same fake game.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from game.kiosk.supervisor import splash_program
from tests.kiosk.supervisor_runner import PATIENCE, alive, run_supervisor, wait_until_ended
from tests.real.screen import MISSING, screen, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux, where processes can be looked at")

SHORT = {"restart_delays": [0.05, 0.1, 0.2, 0.4], "splash": 0.3, "terminate": 0.3}


def test_a_game_that_is_killed_is_back(tmp_path: Path) -> None:
    with run_supervisor(tmp_path) as kiosk:
        first = kiosk.game()
        os.kill(first, signal.SIGKILL)
        killed = time.monotonic()
        second = kiosk.game(2)
        assert time.monotonic() - killed < 5
        assert second != first
        until(lambda: kiosk.health()["restarts"] == 1, PATIENCE, "the restart in the health file")
        assert "the game ended: SIGKILL" in kiosk.log()
        assert kiosk.health()["last_trouble"].endswith("the game ended: SIGKILL")
        assert kiosk.end() == 0
    assert not alive(second)


def test_a_game_that_hangs_is_replaced(tmp_path: Path) -> None:
    with run_supervisor(tmp_path, "starts", limits={**SHORT, "heartbeat": 1.0}) as kiosk:
        first = kiosk.game()
        others = kiosk.started("other")
        os.kill(first, signal.SIGSTOP)
        kiosk.game(2)
        wait_until_ended(first, *others)
        assert "does not answer" in kiosk.log()


@pytest.mark.parametrize("hung", [False, True], ids=["well", "stopped"])
def test_without_its_supervisor_no_game_holds_the_screen(tmp_path: Path, hung: bool) -> None:
    """After `kill -9` of the supervisor its game ends too, even if it hangs; the next supervisor ends the rest."""
    with run_supervisor(tmp_path, "starts") as kiosk:
        game = kiosk.game()
        if hung:
            os.kill(game, signal.SIGSTOP)
        kiosk.process.kill()
        wait_until_ended(game)
        others = kiosk.started("other")
        with run_supervisor(tmp_path) as after:
            after.game(2)
            assert not any(map(alive, others))
            assert "programs of an earlier kiosk" in after.log()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_supervisor_ends_with_all_its_processes(tmp_path: Path, number: int) -> None:
    with run_supervisor(tmp_path, "starts") as kiosk:
        game = kiosk.game()
        kiosk.process.send_signal(number)
        assert kiosk.process.wait(PATIENCE) == 0
        assert not any(map(alive, [game, *kiosk.started("other")]))
        assert kiosk.health() == {}
        assert kiosk.log().endswith("the kiosk ends\n")


def test_a_crash_restarts_only_the_game(tmp_path: Path) -> None:
    (tmp_path / "outdated").touch()
    with run_supervisor(tmp_path, limits=SHORT) as kiosk:
        os.kill(kiosk.game(), signal.SIGKILL)
        kiosk.game(2)


def test_the_resting_screen_goes_with_its_supervisor(tmp_path: Path) -> None:
    with run_supervisor(tmp_path, "crashes", limits={**SHORT, "restart_delays": [600]}) as kiosk:
        until(lambda: kiosk.started("screen"), PATIENCE, "the resting screen")
        kiosk.process.kill()
        wait_until_ended(*kiosk.started("screen"))


def test_what_cannot_be_started_is_tried_again(tmp_path: Path) -> None:
    """Without a resting screen or a readable folder, the game runs all the same."""
    (tmp_path / "log").write_text("in the way")
    (tmp_path / "data").write_text("in the way")
    limits = {**SHORT, "splash": 0.0}
    with run_supervisor(tmp_path, limits=limits, splash_command=["/nowhere/at/all"]) as kiosk:
        until(kiosk.started, PATIENCE, "the game")
        assert kiosk.end() == 0
        said = kiosk.said()
    assert "there is no log" in said
    assert "nothing can be kept" in said
    assert "there is no resting screen" in said
    assert said.count("the health file is not written") == 1


def test_two_without_a_lock_do_not_end_each_other(tmp_path: Path) -> None:
    """Without locks, a second kiosk does not take the first one's processes for its own."""
    (tmp_path / "data").write_text("in the way")
    with run_supervisor(tmp_path) as first:
        until(first.started, PATIENCE, "the first game")
        (game,) = first.started()
        with run_supervisor(tmp_path) as second:
            until(lambda: len(second.started()) == 2, PATIENCE, "the second game")
            assert alive(game)
            assert second.end() == 0
        assert first.end() == 0


@pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}")
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
