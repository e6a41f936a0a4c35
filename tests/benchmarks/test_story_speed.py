"""Speed of the story language on the shipped story: choices a second, loading, saving and restoring.

The README beside this file says what other engines took on the machine where they were compared.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game.play import Playthrough, begin, restore, save
from game.resources import story_folder
from game.story import load
from game.story.model import Story

CHOICES, ROUNDS = 20_000, 5


def median(done: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of the milliseconds that something takes, after a first time."""
    spent = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        done()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent[1:]) * 1000


def walked(story: Story, choices: int, chance: Random) -> Playthrough:
    """A playthrough after so many random choices; each page is read, and one that is over begins again."""
    p = begin(story, chance.choice(list(story.roles)))
    for _ in range(choices):
        if p.over:
            p = begin(story, chance.choice(list(story.roles)))
        for paragraph in p.page.paragraphs:
            assert paragraph.text
        p = p.choose(chance.choice([option.id for option in p.page.choices]))
    return p


def test_choices_load_save_and_restore(benchmark: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Each is printed; a save and a restore are of the longest of some readings."""
    cold = median(lambda: load(story_folder()), 1)
    ready = median(lambda: load(story_folder(), tmp_path))
    story = load(story_folder(), tmp_path)
    benchmark.pedantic(lambda: walked(story, CHOICES, Random(1958)), rounds=ROUNDS)
    deep = max((walked(story, choices, Random(choices)) for choices in range(20, 60)), key=lambda p: len(p.entries))
    data = json.loads(json.dumps(save(deep)))
    saving, restoring = median(lambda: save(deep), 200), median(lambda: restore(story, data), 200)
    rate = CHOICES / benchmark.stats.stats.median
    with capsys.disabled():
        print(f"\n{rate:,.0f} choices a second; cold {cold:.0f} ms, ready {ready:.0f} ms; {len(deep.entries)} entries: "
              f"save {saving:.3f} ms, restore {restoring:.3f} ms")  # fmt: skip
