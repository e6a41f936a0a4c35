"""The cost of a page at rest, and with smoke and snow beside it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from game.core.paths import data_folder
from tests.benchmarks.harness import Say, shares_of_a_core
from tests.real.screen import MISSING, game_on, screen

SECONDS = 20
PLACES = ["v-reservoir", "v-two-fires", "v-the-ladle", "o-counting", "o-one-pot"]
PROMISED = {"reduced": "1 %", "full": "15 %"}


@pytest.mark.skipif(bool(MISSING) or not Path("/proc/self/stat").exists(), reason="needs Xvfb, xdotool, /proc")
@pytest.mark.parametrize(
    ("motion", "place"), [("reduced", PLACES[0]), *(("full", place) for place in PLACES)], ids="-".join
)
def test_a_page_that_nobody_touches(benchmark: Any, say: Say, home: Path, motion: str, place: str) -> None:
    data_folder().mkdir(parents=True, exist_ok=True)
    (data_folder() / "settings.json").write_text(json.dumps({"motion": motion}), encoding="utf-8")
    with screen(1920, 1080) as shown, game_on(shown, "--size", "1920x1080", "--at", place) as (playing, _):
        time.sleep(4)  # until the page has turned, its painting stands, and the next ones are ready
        (share,) = shares_of_a_core([playing.pid], lambda: benchmark.pedantic(time.sleep, args=(SECONDS,), rounds=1))
    say(f"\n{motion} motion, {place}: {share:.2%} of a core over {SECONDS} s, promised {PROMISED[motion]}")
