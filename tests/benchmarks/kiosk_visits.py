"""A process in which visitors come to a kiosk in fast time: `python -m tests.benchmarks.kiosk_visits VISITS SEED`.

It prints a line of JSON after each visit, once nothing has happened for a while: what it holds. The session, its
attendant, voice and sounds and the painter on its thread are the kiosk's; the clock is moved, and the screen a surface
of 1080x1920 less the pixels by which a picture wanders.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from random import Random

from game.desktop.loop import MAX_SHIFT
from game.desktop.process_memory import trim_memory
from game.desktop.render.lazy_painter import lazy_painting
from game.desktop.render.picture_cache import PictureCache, PictureRequest, PictureWorker
from game.painter import Painting
from game.resources import story_folder
from game.story import load
from tests.benchmarks.weight import weight
from tests.kiosk import test_soak

SIZE = 1080 - MAX_SHIFT, 1920 - MAX_SHIFT
TOUCHES = 10, 40  # of one visit
PATIENT = 0.5  # how often somebody waits for the picture


class Painted:
    """Pictures as the window has them, and whether all that were wished for are there."""

    def __init__(self) -> None:
        self._wished: tuple[PictureRequest, ...] = ()
        self.failed: list[str] = []
        self._pictures = PictureWorker(lazy_painting, lambda: None, self.failed.append)

    def get(self, what: PictureRequest) -> Painting | None:
        return self._pictures.get(what)

    def request(self, *requests: PictureRequest) -> None:
        self._wished = requests
        self._pictures.request(*requests)

    def wait(self) -> None:
        end = time.monotonic() + 10
        while any(self.get(what) is None for what in self._wished) and time.monotonic() < end:
            time.sleep(0.005)


class Visits(test_soak.Day):
    """A day whose window looks ahead and waits for pictures as a real one has time to."""

    def __init__(self, pictures: Painted, chance: Random) -> None:
        self._painted, self._patience = pictures, chance
        shelf: PictureCache = pictures
        super().__init__(load(story_folder()), shelf, chance)

    def _look(self) -> None:
        super()._look()
        if self._patience.random() < PATIENT:
            self._painted.wait()
            self.look_ahead()

    def rest(self) -> None:
        """Nobody is there: what comes up has come, and the loop gives back what was freed."""
        for _ in range(3):
            self.wait(2)
            self._look()
            self._painted.wait()
        self.look_ahead()
        trim_memory()


def main(visits: int, seed: int) -> None:
    test_soak.SIZE = SIZE
    chance, pictures = Random(seed), Painted()
    day = Visits(pictures, chance)
    day.session.preload()
    for _ in range(visits):
        day.go_on(chance.randint(*TOUCHES))
        day.leave()
        day.rest()
        print(json.dumps(asdict(weight())), flush=True)
    assert not pictures.failed, pictures.failed


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
