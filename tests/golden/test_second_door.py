"""The second door has the same facts as the first, in either order of reading."""

from __future__ import annotations

import random

import pytest

from game.play import Playthrough, begin
from game.play.page import LedgerRow
from game.story import Story
from tests.play.readers import read_by_chance, read_on

Rows = dict[str | None, tuple[object, ...]]


def rows_of(p: Playthrough) -> Rows:
    return {page.node: page.ledger.rows for page in p.pages if page.ledger}


@pytest.mark.parametrize("first_role", ["villager", "official"])
@pytest.mark.parametrize("seed", range(12))
def test_both_doors_have_the_same_weighings(shipped: Story, first_role: str, seed: int) -> None:
    chance = random.Random(f"{first_role} {seed}")
    (second_role,) = set(shipped.roles) - {first_role}
    earlier = read_by_chance(begin(shipped, first_role, "full"), chance)
    rows_before = rows_of(earlier)
    rows_after = rows_of(read_by_chance(begin(shipped, second_role, "full", earlier), chance))
    assert rows_before and rows_after == {page: rows_before.get(page, rows) for page, rows in rows_after.items()}


def test_harvests_depend_on_the_official_s_choices_when_he_is_read_first(shipped: Story) -> None:
    seeds = (random.Random(f"director {seed}") for seed in range(40))
    whole = (read_by_chance(begin(shipped, "official", "full"), chance) for chance in seeds)
    autumns = {rows_of(p)["weighing-1958.rows"][1] for p in whole}
    assert autumns == {LedgerRow("brought_in", sacks) for sacks in (7708, 7380, 6560, 6232, 5986, 5658)}


def pages_of(p: Playthrough, *takes: str) -> Rows:
    pages: Rows = {}
    for page in read_on(p, *takes).pages:
        weighed = page.ledger.rows if page.ledger else ()
        pages[page.node] = (*(paragraph.text for paragraph in page.brief or page.paragraphs), *weighed)
    return pages


@pytest.mark.parametrize("cut", ["full", "kiosk"])
def test_the_villager_s_record_fixes_the_official_s_numbers_at_a_kiosk_too(shipped: Story, cut: str) -> None:
    hers = read_by_chance(begin(shipped, "villager", cut), random.Random(cut))
    alone = pages_of(begin(shipped, "official", "kiosk"), "sit-down")
    after = pages_of(begin(shipped, "official", "kiosk", hers), "sit-down")
    assert "The county took 1,760 sacks, more than the usual fifth." in alone["o-the-number.carts"]
    known = "The county took more than two thousand sacks: by the sheet less than a sixth, by the barn about a third."
    assert known in after["o-the-number.carts"]


def test_the_number_of_an_official_s_kiosk_visit_is_in_the_villager_s_ledger(shipped: Story) -> None:
    his = read_on(begin(shipped, "official", "kiosk"), "sit-down")
    rows = pages_of(begin(shipped, "villager", "full", his))["weighing-1958.rows"]
    assert LedgerRow("reported", 11000) in rows


def test_only_she_is_told_what_she_never_heard(shipped: Story) -> None:
    """Where Guilan left, her last weighings say that they were at home. His, read after hers, say nothing of her."""

    def told_of_her(pages: Rows) -> list[str]:
        last = ("weighing-1960.six-hundred", "weighing-1961.carts")
        return [text for page in last for text in map(str, pages[page]) if text.startswith("At home")]

    hers, his = begin(shipped, "villager", "full"), begin(shipped, "official", "full")
    after_his = begin(shipped, "villager", "full", read_on(his))
    for her_door in (hers, after_his):
        assert len(told_of_her(pages_of(her_door, "alone"))) == 2
    assert told_of_her(pages_of(begin(shipped, "official", "full", read_on(hers, "alone")))) == []
