"""A random walk of a teacher's and pupils' steps through classes, each resumed from its file again and again.

    python -m tests.benchmarks.class_walk [STEPS] [SEED]

A class is left after some thousand steps, and the next one begins: in turn the shipped story behind both doors and
behind one, and a small one. What goes wrong is printed with the last steps. A folder in memory (TMPDIR=/dev/shm) saves
most of the time.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from game.resources import assets_folder, story_folder
from game.story import load
from game.ui.i18n import Catalogue
from tests.classroom.class_walk import ClassWalk
from tests.small_stories.packs import MILL_LANE

EACH = 2_500  # steps of one class


def main(steps: int = 100_000, seed: int = 1) -> int:
    words, stories = Catalogue(assets_folder() / "locale"), (load(story_folder()), load(MILL_LANE))
    began, done, events = time.monotonic(), 0, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(-(-steps // EACH)):
            story = stories[number % 2]
            role = next(iter(story.roles)) if number % 6 == 4 else None
            walk = ClassWalk(story, words, Path(folder) / f"{number}.class", seed * 1_000_000 + number, role)
            try:
                for _ in range(min(EACH, steps - done)):
                    walk.step()
                    done += 1
                walk.resume()
            except BaseException:
                print(f"seed {seed}, class {number}, step {done}:", *walk.steps, sep="\n", flush=True)
                raise
            events.update(type(event).__name__ for _, event in walk.log.read().entries)
            walk.close()
            print(f"{done} steps in {time.monotonic() - began:.0f} s", flush=True)
    print(dict(events.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
