"""The time to a kiosk's first frame, for whole processes, beside `play`."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from game.kiosk.supervisor import heartbeat
from tests.benchmarks.harness import Say, in_milliseconds
from tests.benchmarks.soak import held, shares
from tests.real.kiosks import kiosk_on
from tests.real.screen import MISSING, Screen, screen, until

ROUNDS = 15
SECONDS = 30.0
KIOSK = [sys.executable, "-m", "game", "kiosk"]
PLAY = [sys.executable, "-m", "game", "play", "--fullscreen", "--first-frame"]
NOBODY = "postgresql+psycopg://museum@127.0.0.1:9/counts"  # a port at which nothing listens


@pytest.mark.skipif(bool(MISSING) or sys.platform != "linux", reason="needs Xvfb, xdotool, /proc")
def test_first_frame_of_a_kiosk(
    benchmark: Any, say: Say, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # as an installed game has it
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "bytecode"))
    with screen(1080, 1920) as shown:
        starts: dict[str, Callable[[], float]] = {
            "play": lambda: _played(shown),
            "game": lambda: _beaten(shown, _configured(tmp_path / "game")),
            "game and database": lambda: _beaten(shown, _configured(tmp_path / "database", database=NOBODY)),
            "supervisor and game": lambda: _well(shown, _configured(tmp_path / "whole")),
        }
        took: dict[str, list[float]] = {name: [] for name in starts}

        def each() -> None:
            for name, start in starts.items():
                took[name].append(start())

        benchmark.pedantic(each, rounds=ROUNDS, warmup_rounds=1)
    middle = {name: statistics.median(times[1:]) for name, times in took.items()}
    ratio = middle["game"] / middle["play"]
    say(f"\nfirst frame of a kiosk: {in_milliseconds(middle)}; the game to play {ratio:.2f}")


@pytest.mark.skipif(bool(MISSING) or sys.platform != "linux", reason="needs Xvfb, xdotool, /proc")
def test_a_kiosk_at_rest(benchmark: Any, say: Say, home: Path, tmp_path: Path) -> None:
    with screen(1080, 1920) as shown:
        for time_of_day in ("first", "later"):  # the first start reads the story from its sources
            (tmp_path / time_of_day).mkdir()
            with kiosk_on(shown, tmp_path / time_of_day) as kiosk:
                time.sleep(5)
                if time_of_day == "first":
                    continue
                taken = benchmark.pedantic(shares, args=(kiosk.process.pid, SECONDS), rounds=1)
                sizes = held(kiosk.process.pid)
    use = ", ".join(f"{kind} {sizes[kind] / 1e6:.1f} MB and {share:.2%}" for kind, share in taken.items())
    say(f"\na kiosk at rest: {use} of a core")


def _configured(folder: Path, **keys: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "kiosk.yaml"
    given = {"data_folder": folder / "data", "log_folder": folder / "log", "health_port": 28766, **keys}
    file.write_text("".join(f"{key}: {value}\n" for key, value in given.items()), encoding="utf-8")
    return file


def _kiosk(
    file: Path, environment: dict[str, str], *options: str, pass_fds: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    command, nothing = [*KIOSK, *options, "--config", str(file)], subprocess.DEVNULL
    return subprocess.Popen(command, env=environment, pass_fds=pass_fds, stdout=nothing, stderr=nothing)


def _played(shown: Screen) -> float:
    start = time.perf_counter()
    subprocess.run(PLAY, env=shown.environment(), check=True, capture_output=True, timeout=60)
    return time.perf_counter() - start


def _beaten(shown: Screen, file: Path) -> float:
    """Seconds to the first heartbeat, which comes after the first frame; without a supervisor."""
    read, write = os.pipe()
    environment = {**shown.environment(), heartbeat.VARIABLE: str(write)}
    start = time.perf_counter()
    game = _kiosk(file, environment, "--visits", pass_fds=[write])
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        assert heartbeat.parse_heartbeat(pipe.readline()) is not None
        took = time.perf_counter() - start
        game.terminate()
        game.wait(20)
    return took


def _well(shown: Screen, file: Path) -> float:
    def well() -> bool:
        with suppress(OSError, ValueError):
            health = json.loads((file.parent / "data" / "health.json").read_text(encoding="utf-8"))
            return bool(health["status"] == "well")
        return False

    start = time.perf_counter()
    kiosk = _kiosk(file, shown.environment())
    until(well, 60, "the kiosk")
    took = time.perf_counter() - start
    kiosk.terminate()
    kiosk.wait(20)
    return took
