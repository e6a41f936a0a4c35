"""The supervisor with real processes: whatever happens to the game or to itself, a kiosk comes back or ends whole."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from game.core.exit_status import BY_STAFF
from tests.kiosk.supervisor_runner import PATIENCE, alive, run_supervisor, wait_until_ended
from tests.real.screen import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux, where processes can be looked at")

SHORT = {"restart_delays": [0.05, 0.1, 0.2, 0.4], "splash": 0.3, "terminate": 0.3}


def test_a_game_that_is_killed_is_back(tmp_path: Path) -> None:
    """After `kill -9` of the game there is another within five seconds, with the pauses that a museum has."""
    with run_supervisor(tmp_path) as kiosk:
        first = kiosk.game()
        os.kill(first, signal.SIGKILL)
        killed = time.monotonic()
        second = kiosk.game(2)
        assert time.monotonic() - killed < 5
        assert second != first
        until(lambda: kiosk.health()["restarts"] == 1, PATIENCE, "the restart to be told")
        assert "the game ended: SIGKILL" in kiosk.log()
        assert kiosk.health()["last_trouble"].endswith("the game ended: SIGKILL")
        assert kiosk.end() == 0
    assert not alive(second)


def test_a_game_that_hangs_is_replaced(tmp_path: Path) -> None:
    """A stopped game, which neither ends nor answers, is killed with all that it started, and replaced."""
    with run_supervisor(tmp_path, "starts", limits={**SHORT, "heartbeat": 1.0}) as kiosk:
        first = kiosk.game()
        others = kiosk.started("other")
        os.kill(first, signal.SIGSTOP)
        kiosk.game(2)
        wait_until_ended(first, *others)
        assert "does not answer" in kiosk.log()


def test_a_game_that_never_begins_is_replaced(tmp_path: Path) -> None:
    """One that starts but is not heard is killed after its longer patience."""
    with run_supervisor(tmp_path, "silent", limits={**SHORT, "start": 0.5}) as kiosk:
        until(lambda: len(kiosk.started()) >= 2, PATIENCE, "another game")
        wait_until_ended(kiosk.started()[0])


@pytest.mark.parametrize("hung", [False, True], ids=["well", "stopped"])
def test_without_its_supervisor_no_game_holds_the_screen(tmp_path: Path, hung: bool) -> None:
    """After `kill -9` of the supervisor its game ends too, also one that hangs; the next supervisor ends the rest."""
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


def test_what_a_game_started_does_not_outlive_it(tmp_path: Path) -> None:
    """Where the game crashes, the voice and the mixer that it started are ended before there is another."""
    with run_supervisor(tmp_path, "starts", limits=SHORT) as kiosk:
        game = kiosk.game()
        others = kiosk.started("other")
        assert len(others) == 2
        assert all(map(alive, others))
        os.kill(game, signal.SIGKILL)
        kiosk.game(2)
        wait_until_ended(*others)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_ends_whole(tmp_path: Path, number: int) -> None:
    """Asked to end, it ends with 0, and with it the game and all that this started; no health is told any more."""
    with run_supervisor(tmp_path, "starts") as kiosk:
        game = kiosk.game()
        kiosk.process.send_signal(number)
        assert kiosk.process.wait(PATIENCE) == 0
        assert not any(map(alive, [game, *kiosk.started("other")]))
        assert kiosk.health() == {}
        assert kiosk.log().endswith("the kiosk ends\n")


def test_a_game_that_does_not_listen_is_ended_all_the_same(tmp_path: Path) -> None:
    """A game that ignores the wish to end is killed after a while."""
    with run_supervisor(tmp_path, "deaf", limits=SHORT) as kiosk:
        game = kiosk.game()
        assert kiosk.end() == 0
        assert not alive(game)


def test_staff_end_it(tmp_path: Path) -> None:
    """A game that staff quit ends the kiosk, with a status that says so: nothing is to start it again by itself."""
    with run_supervisor(tmp_path, "quits") as kiosk:
        assert kiosk.process.wait(PATIENCE) == BY_STAFF
        assert len(kiosk.started()) == 1
        assert "ended by staff\n" in kiosk.log()


def test_staff_start_it_again(tmp_path: Path) -> None:
    """A game that staff want afresh is there again, and no crash is written down."""
    with run_supervisor(tmp_path, "restarts") as kiosk:
        kiosk.game(2)
        assert "to be started again" in kiosk.log()
        assert "WARNING" not in kiosk.log()


def test_a_supervisor_whose_own_values_changed_begins_anew(tmp_path: Path) -> None:
    """Once its game ends to be started again: it ends whole, and asks to be begun with the new ones."""
    (tmp_path / "outdated").touch()
    with run_supervisor(tmp_path, "restarts", "starts") as kiosk:
        assert kiosk.process.wait(PATIENCE) == 75
        assert not any(map(alive, kiosk.started() + kiosk.started("other")))
        assert kiosk.health() == {}
        assert "the kiosk begins anew, with its new configuration" in kiosk.log()


def test_a_crash_makes_nothing_anew(tmp_path: Path) -> None:
    """A new configuration is taken up between two visitors, and a game that was killed is only started again."""
    (tmp_path / "outdated").touch()
    with run_supervisor(tmp_path, limits=SHORT) as kiosk:
        os.kill(kiosk.game(), signal.SIGKILL)
        kiosk.game(2)


def test_a_wrong_configuration_is_told_as_long_as_it_is(tmp_path: Path) -> None:
    """Its first line stands in the health file from the moment that it is noticed."""
    with run_supervisor(tmp_path) as kiosk:
        kiosk.game()
        assert kiosk.health()["configuration"] == ""
        (tmp_path / "wrong").write_text("kiosk.yaml:1:7: no")
        until(lambda: kiosk.health()["configuration"] == "kiosk.yaml:1:7: no", PATIENCE, "the trouble")
        (tmp_path / "wrong").unlink()
        until(lambda: kiosk.health()["configuration"] == "", PATIENCE, "its end")


def test_a_crash_loop_backs_off_and_rests(tmp_path: Path) -> None:
    """While the game only crashes, the pauses grow and the resting screen stands; both end once it is mended."""
    with run_supervisor(tmp_path, "crashes", limits=SHORT) as kiosk:
        until(lambda: kiosk.started("screen"), PATIENCE, "the resting screen")
        (screen,) = kiosk.started("screen")
        until(lambda: "started again in 0.4 s" in kiosk.log(), PATIENCE, "the longest pause")
        until(lambda: kiosk.health().get("status") == "resting", PATIENCE, "the resting screen to be told")
        (tmp_path / "mended").touch()
        kiosk.game(5)
        wait_until_ended(screen)
        pauses = re.findall(r"started again in (\S+) s", kiosk.log())
        assert pauses == ["0.05", "0.1", "0.2", *["0.4"] * (len(pauses) - 3)]


def test_the_resting_screen_goes_with_its_supervisor(tmp_path: Path) -> None:
    """After `kill -9` of the supervisor the resting screen ends by itself."""
    with run_supervisor(tmp_path, "crashes", limits={**SHORT, "restart_delays": [600]}) as kiosk:
        until(lambda: kiosk.started("screen"), PATIENCE, "the resting screen")
        kiosk.process.kill()
        wait_until_ended(*kiosk.started("screen"))


def test_what_cannot_be_started_is_tried_again(tmp_path: Path) -> None:
    """Where there is neither a resting screen nor a readable folder, the game runs all the same."""
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
    """Where no lock can be had, a second kiosk takes nothing of the first one's for its own."""
    (tmp_path / "data").write_text("in the way")
    with run_supervisor(tmp_path) as first:
        until(first.started, PATIENCE, "the first game")
        (game,) = first.started()
        with run_supervisor(tmp_path) as second:
            until(lambda: len(second.started()) == 2, PATIENCE, "the second game")
            assert alive(game)
            assert second.end() == 0
        assert first.end() == 0


def test_the_second_kiosk_says_so(tmp_path: Path) -> None:
    """A second kiosk on the same folder says so in a line and ends with 2, and the first one goes on."""
    with run_supervisor(tmp_path) as first:
        game = first.game()
        with run_supervisor(tmp_path) as second:
            assert second.process.wait(PATIENCE) == 2
            who = f"another kiosk, process {first.process.pid}, is running on {tmp_path / 'data'}, and"
            assert second.said().startswith(f"weight-of-grain: {who}") and second.said().count("\n") == 1
            assert alive(game)
            assert first.started() == [game]


def test_its_health_is_told(tmp_path: Path) -> None:
    """The page tells what is so: the kiosk's process, its game's visits, its last beat."""
    with run_supervisor(tmp_path) as kiosk:
        kiosk.game()
        found = until(lambda: re.search(r"http://127.0.0.1:(\d+)/health", kiosk.log()), PATIENCE, "the page's address")

        def told() -> dict[str, object]:
            connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=10)
            connection.request("GET", "/health")
            answer: dict[str, object] = json.loads(connection.getresponse().read())
            connection.close()
            return answer

        health = until(lambda: health if (health := told())["visits_today"] else None, PATIENCE, "a visit")
        assert health["status"] == "well"
        assert health["pid"] == kiosk.process.pid
        assert isinstance(health["last_beat_seconds"], float)
        assert health["restarts"] == 0


def test_what_the_game_prints_is_in_the_log(tmp_path: Path) -> None:
    """Lines and complaints of the game stand in the log as they are."""
    with run_supervisor(tmp_path, "says") as kiosk:
        kiosk.game()
        assert kiosk.end() == 0
        lines = kiosk.log().splitlines()
    assert "a line of the game" in lines
    assert "a complaint of it" in lines
