"""The second door: what the first one told stands, in either order of reading."""

from __future__ import annotations

import random

import pytest

from game.play import Playthrough, begin
from game.play.page import LedgerRow
from game.story import Story

Rows = dict[str | None, tuple[object, ...]]


def read_by_chance(
    story: Story, role: str, chance: random.Random, earlier: Playthrough | None, cut: str = "full"
) -> tuple[Playthrough, Rows]:
    """A whole playthrough of a cut, and the rows of each ledger page that it met."""
    rows: Rows = {}
    p = begin(story, role, cut, earlier)
    while not p.over:
        page = p.page
        if page.ledger:
            rows[page.node] = page.ledger.rows
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
    """By the hands that he leaves in the fields, and by one show field or one in each hamlet."""
    seeds = (random.Random(f"director {seed}") for seed in range(40))
    autumns = {read_by_chance(shipped, "official", chance, None)[1]["weighing-1958.rows"][1] for chance in seeds}
    assert autumns == {LedgerRow("brought_in", sacks) for sacks in (7708, 7380, 6560, 6232, 5986, 5658)}


def pages_of(p: Playthrough, *takes: str) -> Rows:
    """What stands on each page of a reading on that takes these where it can, and elsewhere the first."""
    pages: Rows = {}
    while not p.over:
        page = p.page
        weighed = page.ledger.rows if page.ledger else ()
        pages[page.node] = (*(each.text for each in page.brief or page.paragraphs), *weighed)
        open_here = [option.id for option in page.choices]
        p = p.choose(next((take for take in takes if take in open_here), open_here[0]))
    return pages


@pytest.mark.parametrize("cut", ["full", "kiosk"])
def test_her_playthrough_closes_his_answers_at_a_kiosk_too(shipped: Story, cut: str) -> None:
    """Read after hers, he says 11,000 at the kiosk as ever, and what was loaded is what she knows of."""
    hers, _ = read_by_chance(shipped, "villager", random.Random(cut), None, cut)
    alone = pages_of(begin(shipped, "official", "kiosk"), "sit-down")
    after = pages_of(begin(shipped, "official", "kiosk", hers), "sit-down")
    assert "The county took 1,760 sacks, more than the usual fifth." in alone["o-the-number.carts"]
    known = "The county took more than two thousand sacks: by the sheet less than a sixth, by the barn about a third."
    assert known in after["o-the-number.carts"]


def test_what_he_said_at_a_kiosk_stands_in_her_village(shipped: Story) -> None:
    """Her playthrough after his leaves his answers open: the number that he said is the one in her ledger."""
    his = begin(shipped, "official", "kiosk")
    while not his.over:
        open_here = [option.id for option in his.page.choices]
        his = his.choose("sit-down" if "sit-down" in open_here else open_here[0])
    rows = pages_of(begin(shipped, "villager", "full", his))["weighing-1958.rows"]
    assert LedgerRow("reported", 11000) in rows
