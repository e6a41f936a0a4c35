"""A random walk through a class, shorter than `tests/benchmarks/class_walk.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.story.model import Story
from game.ui.i18n import Catalogue
from tests.classroom.class_walk import ClassWalk


@pytest.mark.parametrize(
    ("seed", "steps"), [(1, 120), (2, 120), *(pytest.param(seed, 600, marks=pytest.mark.full) for seed in (3, 4))]
)
def test_random_presses_and_phones_end_no_class_and_lose_no_vote(
    mill: Story, words: Catalogue, tmp_path: Path, seed: int, steps: int
) -> None:
    walk = ClassWalk(mill, words, tmp_path / "a.class", seed)
    for _ in range(steps):
        walk.step()
    walk.resume()
    walk.close()
