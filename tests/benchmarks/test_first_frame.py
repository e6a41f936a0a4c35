"""The time to the first frame, for whole processes."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from game.resources import assets_folder
from tests.benchmarks.harness import Say
from tests.real.screen import MISSING, screen

ROUNDS = 15
BARE = [
    sys.executable,
    str(Path(__file__).with_name("bare.py")),
    str(assets_folder() / "fonts" / "GentiumBookPlus-Regular.ttf"),
]
GAME = [sys.executable, "-m", "game", "play", "--size", "1280x720", "--first-frame"]


@pytest.mark.skipif("Xvfb" in MISSING, reason="needs Xvfb")
@pytest.mark.parametrize("where", ["title", "page"])
def test_first_frame_against_a_bare_program(benchmark: Any, say: Say, home: Path, where: str) -> None:
    took: dict[str, list[float]] = {"bare": [], "game": []}
    game = GAME if where == "title" else [*GAME, "--role", "villager"]
    with screen() as shown:

        def both() -> None:
            for name, command in (("bare", BARE), ("game", game)):
                start = time.perf_counter()
                subprocess.run(command, env=shown.environment(), check=True, capture_output=True, timeout=60)
                took[name].append(time.perf_counter() - start)

        benchmark.pedantic(both, rounds=ROUNDS, warmup_rounds=1)
    bare, whole = (statistics.median(took[name][1:]) for name in ("bare", "game"))
    ratios = sorted(game / bare for game, bare in zip(took["game"][1:], took["bare"][1:], strict=True))
    benchmark.extra_info["ratio"] = whole / bare
    say(
        f"\nfirst frame ({where}): {whole / bare:.2f} times a bare program, promised 1.5"
        f" ({whole * 1000:.0f} ms to {bare * 1000:.0f} ms; pairs {ratios[0]:.2f} to {ratios[-1]:.2f};"
        f" the very first, with nothing cached, {took['game'][0] / took['bare'][0]:.2f})"
    )
