"""The cost of an open page that nobody touches, still, moving, audible and muted, and that of a kiosk at rest."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from game.core.paths import data_folder
from tests.benchmarks.harness import Say, shares_of_a_core
from tests.benchmarks.soak import held, shares
from tests.real.kiosks import kiosk_on
from tests.real.screen import MISSING, game_on, screen
from tests.real.test_sound import children

SECONDS, KIOSK_SECONDS = 20, 30.0
STILL, MOVING = {"motion": "reduced"}, {"motion": "full"}
FULL_HD, SMALL = (1920, 1080), (1280, 720)

pytestmark = pytest.mark.skipif(
    bool(MISSING) or not Path("/proc/self/stat").exists(), reason="needs Xvfb, xdotool, /proc"
)


@pytest.mark.parametrize(
    ("settings", "size", "place", "promised"),
    [
        pytest.param(STILL, FULL_HD, "v-reservoir", "1 %", id="still"),
        *(
            pytest.param(MOVING, FULL_HD, place, "15 %", id=f"moving, {place}")
            for place in ("v-reservoir", "v-two-fires", "v-the-ladle", "o-counting", "o-one-pot")
        ),
        pytest.param({**STILL, "volume": 75}, SMALL, "v-two-fires", "1 % for both", id="audible"),
        pytest.param({**STILL, "volume": 0}, SMALL, "v-two-fires", "1 %", id="muted"),
    ],
)
def test_a_page_that_nobody_touches(
    benchmark: Any, say: Say, home: Path, settings: dict[str, Any], size: tuple[int, int], place: str, promised: str
) -> None:
    data_folder().mkdir(parents=True, exist_ok=True)
    (data_folder() / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    with screen(*size) as shown, game_on(shown, "--size", "{}x{}".format(*size), "--at", place) as (playing, _):
        time.sleep(4)  # until the page has turned, its painting and sound have come up, and the next ones are ready
        mixers = children(playing.pid)
        assert len(mixers) == (settings.get("volume") != 0)
        use = shares_of_a_core(
            [playing.pid, *mixers], lambda: benchmark.pedantic(time.sleep, args=(SECONDS,), rounds=1)
        )
    parts = " + ".join(f"{share:.2%}" for share in use)
    say(f"\n{settings}, {place}: the window and its mixer take {parts} of a core over {SECONDS} s, promised {promised}")


def test_a_kiosk_at_rest(benchmark: Any, say: Say, home: Path, tmp_path: Path) -> None:
    with screen(1080, 1920) as shown:
        for time_of_day in ("first", "later"):  # the first start reads the story from its sources
            (tmp_path / time_of_day).mkdir()
            with kiosk_on(shown, tmp_path / time_of_day) as kiosk:
                time.sleep(5)
                if time_of_day == "first":
                    continue
                taken = benchmark.pedantic(shares, args=(kiosk.process.pid, KIOSK_SECONDS), rounds=1)
                sizes = held(kiosk.process.pid)
    use = ", ".join(f"{kind} {sizes[kind] / 1e6:.1f} MB and {share:.2%}" for kind, share in taken.items())
    say(f"\na kiosk at rest: {use} of a core")
