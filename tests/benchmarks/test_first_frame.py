"""The time to the first frame of `play` and of a kiosk, for whole processes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from game.kiosk.supervisor import heartbeat
from game.resources import assets_folder
from tests.benchmarks.harness import Say, in_milliseconds
from tests.real.kiosks import Kiosk, configuration, started
from tests.real.screen import MISSING, Screen, screen, until

ROUNDS = 15
FONT = assets_folder() / "fonts" / "GentiumBookPlus-Regular.ttf"
BARE = [sys.executable, str(Path(__file__).with_name("bare.py")), str(FONT)]
GAME = [sys.executable, "-m", "game"]
NOBODY = "postgresql+psycopg://museum@127.0.0.1:9/counts"  # a port at which nothing listens


def in_turn(benchmark: Any, starts: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    """The seconds of each start, round by round; the first round, with nothing cached, is the warm-up."""
    took: dict[str, list[float]] = {name: [] for name in starts}

    def each() -> None:
        for name, start in starts.items():
            took[name].append(start())

    benchmark.pedantic(each, rounds=ROUNDS, warmup_rounds=1)
    return took


def middle_of(took: Mapping[str, list[float]]) -> dict[str, float]:
    return {name: statistics.median(times[1:]) for name, times in took.items()}


def ended(shown: Screen, command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=shown.environment(), check=True, capture_output=True, timeout=60)
    return time.perf_counter() - start


@pytest.mark.skipif("Xvfb" in MISSING, reason="needs Xvfb")
@pytest.mark.parametrize("where", ["title", "page"])
def test_first_frame_against_a_bare_program(benchmark: Any, say: Say, home: Path, where: str) -> None:
    game = [*GAME, "play", "--size", "1280x720", "--first-frame", *(["--role", "villager"] if where == "page" else [])]
    with screen() as shown:
        took = in_turn(benchmark, {"bare": partial(ended, shown, BARE), "game": partial(ended, shown, game)})
    bare, whole = middle_of(took).values()
    first, *ratios = (game / bare for game, bare in zip(took["game"], took["bare"], strict=True))
    benchmark.extra_info["ratio"] = whole / bare
    say(
        f"\nfirst frame ({where}): {whole / bare:.2f} times a bare program, promised 1.5"
        f" ({whole * 1000:.0f} ms to {bare * 1000:.0f} ms; pairs {min(ratios):.2f} to {max(ratios):.2f};"
        f" the very first, with nothing cached, {first:.2f})"
    )


@pytest.mark.skipif(bool(MISSING) or sys.platform != "linux", reason="needs Xvfb, xdotool, /proc")
def test_first_frame_of_a_kiosk(
    benchmark: Any, say: Say, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # as an installed game has it
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "bytecode"))
    folders = [tmp_path / name for name in ("game", "database", "whole")]
    for folder in folders:
        folder.mkdir()
    with screen(1080, 1920) as shown:
        took = in_turn(benchmark, {
            "play": partial(ended, shown, [*GAME, "play", "--fullscreen", "--first-frame"]),
            "game": partial(beaten, shown, folders[0]),
            "game and database": partial(beaten, shown, folders[1], database=NOBODY),
            "supervisor and game": partial(well, shown, folders[2]),
        })  # fmt: skip
    middle = middle_of(took)
    say(f"\nfirst frame of a kiosk: {in_milliseconds(middle)}; the game to play {middle['game'] / middle['play']:.2f}")


def beaten(shown: Screen, folder: Path, **keys: str) -> float:
    """Seconds to the first heartbeat, which comes after the first frame; without a supervisor."""
    read, write = os.pipe()
    command = [*GAME, "kiosk", "--visits", "--config", str(configuration(folder, **keys)[0])]
    environment, nothing = {**shown.environment(), heartbeat.VARIABLE: str(write)}, subprocess.DEVNULL
    start = time.perf_counter()
    game = subprocess.Popen(command, env=environment, pass_fds=[write], stdout=nothing, stderr=nothing)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        assert heartbeat.parse_heartbeat(pipe.readline()) is not None
        took = time.perf_counter() - start
        game.terminate()
        game.wait(20)
    return took


def well(shown: Screen, folder: Path) -> float:
    """Seconds until the supervisor's health page says that its game is well."""
    file, port = configuration(folder)
    start = time.perf_counter()
    process = started(shown, file)
    until(Kiosk(process, shown, port, folder).well, 60, "the kiosk")
    took = time.perf_counter() - start
    process.terminate()
    process.wait(20)
    return took
