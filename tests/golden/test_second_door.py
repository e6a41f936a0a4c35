"""The second door: what the first one told stands, in either order of reading."""

from __future__ import annotations

import random

import pytest

from game.play import Playthrough, begin
from game.story import Story

Rows = dict[str, tuple[object, ...]]


def read_by_chance(
    story: Story, role: str, chance: random.Random, earlier: Playthrough | None
) -> tuple[Playthrough, Rows]:
    """A whole playthrough of the full cut, and the rows of each ledger page that it met."""
    p, rows = begin(story, role, "full", earlier), {}
    while not p.over:
        page = p.page
        if page.ledger:
            rows[page.node] = tuple(page.ledger)
        p = p.choose(chance.choice(page.choices).id)
    return p, rows


@pytest.mark.parametrize("first", ["villager", "official"])
@pytest.mark.parametrize("seed", range(12))
def test_both_doors_meet_the_same_weighings(shipped: Story, first: str, seed: int) -> None:
    """Whichever door is read first, and however, the other one is shown the same harvests and the same carts."""
    chance = random.Random(f"{first} {seed}")
    (second,) = set(shipped.roles) - {first}
    earlier, told = read_by_chance(shipped, first, chance, None)
    _, again = read_by_chance(shipped, second, chance, earlier)
    assert told and again == {page: told.get(page, rows) for page, rows in again.items()}


def test_his_harvests_differ_when_he_is_read_first(shipped: Story) -> None:
    """A cautious, an obedient and a zealous director do not weigh the same, and each of them has too little."""
    seeds = (random.Random(f"director {seed}") for seed in range(30))
    autumns = {read_by_chance(shipped, "official", chance, None)[1]["weighing-1958.rows"][0] for chance in seeds}
    assert len(autumns) == 3
