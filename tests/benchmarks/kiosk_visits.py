"""A process in which visitors come to a kiosk in fast time.

`python -m tests.benchmarks.kiosk_visits VISITS SEED [WIDTH HEIGHT]`

It prints a line of JSON after each visit: what it holds, once nothing has happened for a while, and the most that it
held. The session, its attendant, voice and sounds and the painter on its thread are the kiosk's; the clock is moved,
and the screen a surface of 1080x1920 less the pixels by which a picture wanders. After half of the visits the
invitation shows all its pictures, as it does where the next visitor is half a minute late.
"""

from __future__ import annotations

import json
import sys
from random import Random

from game.desktop.loop import MAX_SHIFT
from game.desktop.process_memory import map_large_blocks, trim_memory
from game.desktop.render.picture_cache import PictureRequest, PictureWorker, budget_for
from game.kiosk.app import INVITATION_SECONDS, aging_pictures
from game.resources import story_folder
from game.story import load
from game.story.model import Story
from tests.benchmarks.harness import within
from tests.benchmarks.weight import weight
from tests.kiosk import test_soak

SIZE = 1080 - MAX_SHIFT, 1920 - MAX_SHIFT
TOUCHES = 10, 40  # of one visit
PATIENT = 0.5  # how often somebody waits for the picture


class Painted(PictureWorker):
    """The window's pictures, and whether all requested ones are ready."""

    def __init__(self, budget: int) -> None:
        self._wished: tuple[PictureRequest, ...] = ()
        self.failed: list[str] = []
        super().__init__(lambda: None, self.failed.append, budget)

    def request(self, *requests: PictureRequest) -> None:
        self._wished = requests
        super().request(*requests)

    def wait(self) -> None:
        within(10, lambda: all(map(self.get, self._wished)))


class Visits(test_soak.Day):
    """A day with a window that prefetches and waits for pictures, as a real one has time for."""

    def __init__(self, story: Story, pictures: Painted, chance: Random) -> None:
        self._painted, self._patience = pictures, chance
        super().__init__(story, pictures, chance)

    def _look(self) -> None:
        super()._look()
        if self._patience.random() < PATIENT:
            self._painted.wait()
            self.look_ahead()

    def rest(self) -> None:
        """A pause between visitors: the invitation goes on, and the loop gives freed memory back."""
        while self.where != "attract":  # the visitor before the doors leaves
            self.wait(2)
            self._look()
        for _ in range(self._patience.choice((3, round(INVITATION_SECONDS / 2) + 1))):
            self.wait(2)
            self._look()
            self._painted.wait()
        self.look_ahead()
        trim_memory()

    def come_in(self) -> None:
        self.wait(2)
        self.touch(*self._beside_the_tools())
        assert self.where == "visit-door", self.where


def main(visits: int, seed: int, size: tuple[int, int] = SIZE) -> None:
    test_soak.SIZE = size
    map_large_blocks()
    story, chance = load(story_folder()), Random(seed)
    pictures = Painted(budget_for(len(aging_pictures(story)) + 1, size))
    day = Visits(story, pictures, chance)
    day.session.preload()
    for _ in range(visits):
        day.go_on(chance.randint(*TOUCHES))
        day.leave()
        day.rest()
        day.come_in()
        print(json.dumps(weight()._asdict()), flush=True)
    assert not pictures.failed, pictures.failed


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(given[0], given[1], (given[2], given[3]) if given[2:] else SIZE)
