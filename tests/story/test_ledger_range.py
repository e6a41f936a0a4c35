"""The range of a story's ledgers: the one length to which all its weighings are drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.story import Story
from tests.story.packs import CHAPTER, PACK, playable
from tests.ui.stand_ins import wandered

RANGES = PACK.replace("variables:\n", "variables:\n  sacks: {start: 5, min: 0, max: 60}\n  debt: {start: 0}\n")


def story_with(folder: Path, value: str) -> Story:
    """A story with a ledger of one row."""
    ledger = f'    ledger: {{year: 1958, reported: "{value}"}}\n'
    return playable(folder, pack=RANGES, chapter=CHAPTER.replace("    end:", ledger + "    end:"))


@pytest.mark.parametrize(
    ("value", "most"),
    [
        ("sacks", 60), ("sacks + grain", 64), ("60 - sacks", 60), ("sacks * 3 // 2", 90), ("3", 3), ("0 - sacks", 0),
        ("sacks if wok else 200", 200), ("min(sacks, 4)", 4), ("sacks * grain - grain", 236),
        ("70 if said == praise else sacks", 70), ("50 if seen(knock) else sacks", 60),
    ],
)  # fmt: skip
def test_the_greatest_value_of_a_row_is_found(tmp_path: Path, value: str, most: int) -> None:
    """Whatever sum stands in a ledger: the most that it can come to within its variables' ranges."""
    assert story_with(tmp_path, value).ledger_max == most


def test_a_row_without_bounds_gives_no_scale(tmp_path: Path) -> None:
    """A number that may grow for ever is left out."""
    assert story_with(tmp_path, "debt + sacks").ledger_max == 0


def test_no_reading_weighs_more_than_was_foreseen(shipped: Story) -> None:
    """In the shipped story, whatever is chosen, every row fits the scale."""
    pages = (p.page.ledger for seed in range(2) for p in wandered(shipped, seed))
    rows = [row for weighed in pages if weighed for row in weighed.rows]
    assert rows and max(row.amount for row in rows) <= shipped.ledger_max
