"""Memory of a real kiosk in real time: `python -m tests.benchmarks.kiosk_hour SECONDS SEED`.

A kiosk at 1080x1920 in two languages, on an X server of its own. Visitors touch it at random places; most stop by the
page's button, the others go away. After each visit a line says the most that the game's process held since the visit
before (VmHWM, which the kernel keeps: no look comes too late), and what it held then. It fails where a later visit held
5 MB more than the first ten.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from random import Random

from game.kiosk.counts.counts_db import counts_file
from game.resources import story_folder
from game.story import load
from tests.benchmarks.harness import within
from tests.benchmarks.soak import Visitor, counts_of, processes
from tests.benchmarks.weight import memory_of
from tests.real.kiosks import Kiosk, configuration, running
from tests.real.screen import screen

SIZE = 1080, 1920
KEYS = {"languages": ["en", "zh-Hans"], "longer_cut": "one-door", "idle": 20, "warn": 20}
TOUCHES = 10, 40  # of one visit
PATIENCE = 100.0  # seconds in which a visit ends where nobody touches anything, unless it is read aloud
PAUSES = 0.0, 0.0, 1.0, 5.0, 25.0  # seconds until the next visitor; in 25 the invitation shows all its pictures
FIRST = 10  # visits in which what is kept may still fill up
GROWTH = 5_000_000  # bytes


class Hour:
    """Visitors at one kiosk. `peaks`: the most bytes in its game, by visit."""

    def __init__(self, kiosk: Kiosk, chance: Random) -> None:
        self.peaks: list[int] = []
        self._counts = counts_file(kiosk.folder / "data", load(story_folder()).pack)
        self._game = next(pid for pid, kind in processes(kiosk.process.pid) if kind == "game")
        self._visitor, self._chance = Visitor(kiosk.display, SIZE, chance), chance
        self._start = time.monotonic()

    def live(self, seconds: float) -> None:
        while time.monotonic() - self._start < seconds:
            while self._over():
                self._touch(0.3)
            for _ in range(self._chance.randint(*TOUCHES)):
                self._touch(0.1)
            self._stop()
            time.sleep(self._chance.choice(PAUSES))

    def _touch(self, least: float) -> None:
        width, height = SIZE
        top = 0 if self._chance.random() < 0.4 else height * 6 // 10
        self._visitor.tap(self._chance.randrange(width), self._chance.randrange(top, height))
        time.sleep(self._chance.uniform(least, 1.0))

    def _stop(self) -> None:
        """Stop by the page's button, or by doing nothing more; if that takes long, the next visitor continues."""
        if not any(self._over() for _ in range(2) for _ in self._visitor.goodbye()):
            within(PATIENCE, self._over, every=1)

    def _over(self) -> bool:
        counted = counts_of(self._counts)
        if counted.left > len(self.peaks):
            resident, highest = memory_of(self._game)
            self.peaks += [highest] * (counted.left - len(self.peaks))
            print(
                f"{len(self.peaks):4d} visits, {time.monotonic() - self._start:5.0f} s, {counted.timeouts} left alone:"
                f" at most {highest / 1e6:.1f} MB, now {resident / 1e6:.1f}",
                flush=True,
            )
        return counted.open == 0


def main(seconds: float, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder, screen(*SIZE) as display:
        file, port = configuration(Path(folder), **KEYS)
        with running(display, file, port) as kiosk:
            hour = Hour(kiosk, Random(seed))
            hour.live(seconds)
    first, later = max(hour.peaks[:FIRST]), max(hour.peaks[FIRST:])
    print(f"first {FIRST}: {first / 1e6:.1f} MB, later: {later / 1e6:.1f}, last: {hour.peaks[-1] / 1e6:.1f}")
    assert later - first <= GROWTH


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
