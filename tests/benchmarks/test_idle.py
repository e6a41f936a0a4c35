"""What does a page cost while it is being read?"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.real.screen import MISSING, Screen, screen
from tests.real.test_window import game_on, open_first_page

SECONDS = 10
TICKS = os.sysconf("SC_CLK_TCK")


def cpu(pid: int) -> float:
    """Seconds of a core that a process has taken so far, with those of its threads."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / TICKS


@pytest.mark.skipif(bool(MISSING) or not Path("/proc/self/stat").exists(), reason="needs Xvfb, xdotool, /proc")
def test_a_still_page_rests(benchmark: Any, capsys: pytest.CaptureFixture[str], home: Path) -> None:
    """A page that nobody touches takes less than a hundredth of a core."""
    with screen(1920, 1080) as shown:
        share = measured(shown, home, benchmark)
    with capsys.disabled():
        print(f"\nidle on a still page: {share:.2%} of a core over {SECONDS} s, promised under 1 %")


def measured(shown: Screen, home: Path, benchmark: Any) -> float:
    """The share of a core that `play` takes on its second page."""
    with game_on(shown, "--size", "1920x1080") as (playing, _):
        open_first_page(shown, home)
        time.sleep(3)  # until the page has turned and its painting stands
        before, start = cpu(playing.pid), time.monotonic()
        benchmark.pedantic(time.sleep, args=(SECONDS,), rounds=1)
        return (cpu(playing.pid) - before) / (time.monotonic() - start)
