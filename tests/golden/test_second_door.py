"""The second door has the same facts as the first, in either order of reading."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from game.play import Playthrough, begin
from game.play.page import LedgerRow
from game.story import Story

Rows = dict[str | None, tuple[object, ...]]


def read_by_chance(
    story: Story, role: str, chance: random.Random, earlier: Playthrough | None, cut: str = "full"
) -> tuple[Playthrough, Rows]:
    rows: Rows = {}
    p = begin(story, role, cut, earlier)
    while not p.over:
        page = p.page
        if page.ledger:
            rows[page.node] = page.ledger.rows
        p = p.choose(chance.choice(page.choices).id)
    return p, rows


@pytest.mark.parametrize("first_role", ["villager", "official"])
@pytest.mark.parametrize("seed", range(12))
def test_both_doors_have_the_same_weighings(shipped: Story, first_role: str, seed: int) -> None:
    chance = random.Random(f"{first_role} {seed}")
    (second_role,) = set(shipped.roles) - {first_role}
    earlier, rows_before = read_by_chance(shipped, first_role, chance, None)
    _, rows_after = read_by_chance(shipped, second_role, chance, earlier)
    assert rows_before and rows_after == {page: rows_before.get(page, rows) for page, rows in rows_after.items()}


def test_harvests_depend_on_the_official_s_choices_when_he_is_read_first(shipped: Story) -> None:
    """They depend on the hands that he leaves in the fields, and on the number of show fields."""
    seeds = (random.Random(f"director {seed}") for seed in range(40))
    autumns = {read_by_chance(shipped, "official", chance, None)[1]["weighing-1958.rows"][1] for chance in seeds}
    assert autumns == {LedgerRow("brought_in", sacks) for sacks in (7708, 7380, 6560, 6232, 5986, 5658)}


def steps_of(p: Playthrough, *takes: str) -> Iterator[Playthrough]:
    """The playthrough at each page to its end, with these choices where possible and else the first choice."""
    yield p
    while not p.over:
        open_here = [option.id for option in p.page.choices]
        p = p.choose(next((take for take in takes if take in open_here), open_here[0]))
        yield p


def finished(p: Playthrough, *takes: str) -> Playthrough:
    *_, last = steps_of(p, *takes)
    return last


def pages_of(p: Playthrough, *takes: str) -> Rows:
    pages: Rows = {}
    for page in (step.page for step in steps_of(p, *takes) if not step.over):
        weighed = page.ledger.rows if page.ledger else ()
        pages[page.node] = (*(paragraph.text for paragraph in page.brief or page.paragraphs), *weighed)
    return pages


@pytest.mark.parametrize("cut", ["full", "kiosk"])
def test_the_villager_s_record_fixes_the_official_s_numbers_at_a_kiosk_too(shipped: Story, cut: str) -> None:
    hers, _ = read_by_chance(shipped, "villager", random.Random(cut), None, cut)
    alone = pages_of(begin(shipped, "official", "kiosk"), "sit-down")
    after = pages_of(begin(shipped, "official", "kiosk", hers), "sit-down")
    assert "The county took 1,760 sacks, more than the usual fifth." in alone["o-the-number.carts"]
    known = "The county took more than two thousand sacks: by the sheet less than a sixth, by the barn about a third."
    assert known in after["o-the-number.carts"]


def test_the_number_of_an_official_s_kiosk_visit_is_in_the_villager_s_ledger(shipped: Story) -> None:
    his = finished(begin(shipped, "official", "kiosk"), "sit-down")
    rows = pages_of(begin(shipped, "villager", "full", his))["weighing-1958.rows"]
    assert LedgerRow("reported", 11000) in rows


def test_only_she_is_told_what_she_never_heard(shipped: Story) -> None:
    """Where Guilan left, her last weighings say that they were at home. His, read after hers, say nothing of her."""

    def told_of_her(pages: Rows) -> list[str]:
        last = ("weighing-1960.six-hundred", "weighing-1961.carts")
        return [text for page in last for text in map(str, pages[page]) if text.startswith("At home")]

    hers, his = begin(shipped, "villager", "full"), begin(shipped, "official", "full")
    after_his = begin(shipped, "villager", "full", finished(his))
    for her_door in (hers, after_his):
        assert len(told_of_her(pages_of(her_door, "alone"))) == 2
    assert told_of_her(pages_of(begin(shipped, "official", "full", finished(hers, "alone")))) == []
