"""The cost of sound on a page: the window and its audio process, audible and muted."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from game.core.paths import data_folder
from tests.benchmarks.harness import Say, shares_of_a_core
from tests.real.screen import MISSING, game_on, screen
from tests.real.test_sound import children

SECONDS = 20


@pytest.mark.skipif(bool(MISSING) or not Path("/proc/self/stat").exists(), reason="needs Xvfb, xdotool, /proc")
@pytest.mark.parametrize("volume", [75, 0])
def test_a_page_with_sound(benchmark: Any, say: Say, home: Path, volume: int) -> None:
    data_folder().mkdir(parents=True, exist_ok=True)
    settings = json.dumps({"motion": "reduced", "volume": volume})
    (data_folder() / "settings.json").write_text(settings, encoding="utf-8")
    with screen() as shown, game_on(shown, "--at", "v-two-fires") as (playing, _):
        time.sleep(4)  # until the page has turned and its place has come up
        mixers = children(playing.pid)
        assert len(mixers) == (1 if volume else 0)
        shares = shares_of_a_core(
            [playing.pid, *mixers], lambda: benchmark.pedantic(time.sleep, args=(SECONDS,), rounds=1)
        )
    use = " + ".join(f"{share:.2%}" for share in shares)
    say(f"\nvolume {volume} %: window and mixer take {use} of a core, promised 1 %")
