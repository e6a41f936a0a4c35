"""The supervisor in this process with a fake game: start, wait, end and report."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from game.core.exit_status import BY_STAFF, QUIT, RESTART
from game.kiosk.supervisor import orphan_reaper
from game.kiosk.supervisor.process_supervisor import supervise
from game.kiosk.supervisor.supervisor_policy import DEFAULT_LIMITS, TimeLimits
from tests.kiosk.supervisor_runner import PATIENCE, ROOT, KioskFolder, alive, wait_until_ended
from tests.real.screen import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux, where processes can be looked at")


class Kiosk(KioskFolder):
    def run(
        self, *behaviours: str, watch: Callable[[], object], outdated: bool = False, limits: TimeLimits = DEFAULT_LIMITS
    ) -> int:
        """Supervise a game with these behaviours until `watch`, on another thread, returns. Return the exit status."""

        def look() -> None:
            try:
                watch()
            finally:
                os.kill(os.getpid(), signal.SIGTERM)

        with ThreadPoolExecutor(1) as pool:
            looking = pool.submit(look)
            status = supervise(self.options(behaviours, lambda: outdated, limits))
            looking.result(PATIENCE)
        return status

    def waits_for(self, line: str) -> None:
        until(lambda: line in self.log(), PATIENCE, line)


@pytest.fixture
def kiosk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kiosk]:
    """A kiosk whose late stop signal never ends the tests."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    yield Kiosk(tmp_path)
    signal.signal(signal.SIGTERM, before)


def test_a_game_that_crashes_is_started_until_it_stays(kiosk: Kiosk) -> None:
    health: dict[str, Any] = {}

    def watch() -> None:
        kiosk.waits_for("started again in 0.05 s")
        until(lambda: kiosk.started("screen"), PATIENCE, "the resting screen")
        (kiosk.folder / "mended").touch()
        health.update(
            until(lambda: found if (found := kiosk.health()).get("visits_today") else None, PATIENCE, "visits")
        )

    limits = TimeLimits(restart_delays=(0.05,), splash=0.0)
    assert kiosk.run("crashes", "says", watch=watch, limits=limits) == QUIT
    shown = {"status": "well", "pid": os.getpid(), "counts": "kept", "database": "none"}
    assert health.items() >= shown.items()
    assert health["restarts"] >= 1 and health["last_trouble"].endswith("the game ended: status 3")
    said = [re.sub(r"^\S+ \S+ INFO ", "", line) for line in kiosk.log().splitlines()]
    assert said[-3:] == ["the game is asked to end", "the game has ended", "the kiosk ends"]
    assert "a line of the game" in said and "a complaint of it" in said
    assert kiosk.log().count("the game is there, after ") == 1 and "ended by staff" not in kiosk.log()
    assert kiosk.health() == {}
    wait_until_ended(*kiosk.started("game"), *kiosk.started("screen"))


def test_staff_end_the_kiosk(kiosk: Kiosk) -> None:
    assert kiosk.run("quits", watch=lambda: kiosk.waits_for("the kiosk ends")) == BY_STAFF
    assert len(kiosk.started("game")) == 1
    assert "the game was ended by staff\n" in kiosk.log() and "WARNING" not in kiosk.log()


@pytest.mark.parametrize("outdated", [False, True])
def test_a_game_that_ends_for_a_new_configuration_is_started_again(kiosk: Kiosk, outdated: bool) -> None:
    def watch() -> None:
        until(lambda: len(kiosk.started("game")) == 2 or "restarts with" in kiosk.log(), PATIENCE, "a second game")

    status = kiosk.run("restarts", watch=watch, outdated=outdated)
    assert status == (RESTART if outdated else QUIT)
    assert len(kiosk.started("game")) == 2 - outdated
    assert "ended by staff, to be started again" in kiosk.log() and "WARNING" not in kiosk.log()


def test_a_game_that_never_answers_is_killed_with_what_it_started(kiosk: Kiosk) -> None:
    def watch() -> None:
        kiosk.waits_for("the game does not answer, and is ended")
        until(lambda: len(kiosk.started("game")) == 2, PATIENCE, "a second game")

    limits = TimeLimits(start=1.0, restart_delays=(0.05,), terminate=0.1)
    assert kiosk.run("silent", "deaf", "starts", watch=watch, limits=limits) == QUIT
    assert "the game ended: SIGKILL" in kiosk.log()
    assert len(kiosk.started("other")) >= 2
    wait_until_ended(*kiosk.started("game"), *kiosk.started("other"))


def test_programs_of_an_earlier_kiosk_are_ended_first(kiosk: Kiosk) -> None:
    earlier = os.environ | {orphan_reaper.VARIABLE: str((kiosk.folder / "data").resolve())}
    sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
    with subprocess.Popen(sleep, env=earlier) as left, subprocess.Popen(sleep) as another:
        until(lambda: left.pid in orphan_reaper.orphans(earlier[orphan_reaper.VARIABLE]), PATIENCE, "its mark")
        kiosk.run("quits", watch=lambda: kiosk.waits_for("the kiosk ends"))
        assert left.wait(PATIENCE) == -signal.SIGKILL and alive(another.pid)
        another.kill()
    assert "programs of an earlier kiosk were still running, and were ended: 1\n" in kiosk.log()


def test_a_game_that_cannot_be_started_is_tried_again(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(kiosk.folder / "nothing"))
    limits = TimeLimits(restart_delays=(0.05,), splash=0.0)

    def watch() -> None:
        until(lambda: kiosk.log().count("cannot be started") >= 2, PATIENCE, "two tries")

    assert kiosk.run(watch=watch, limits=limits) == QUIT
    assert "there is no resting screen: " in kiosk.log()
