"""Each decision up to the ninth date is met again on two later pages, whatever else is chosen.

`explore --felt` finds the same over every state, in some minutes; here random readings are read again with one other
option each.
"""

from __future__ import annotations

from random import Random

import pytest

from game.play import Playthrough, begin
from game.story import Story

READINGS = 12
Read = list[tuple[str, str, tuple[object, ...]]]  # of each page its node, what was taken there, and what it shows


def read_on(p: Playthrough, chance: Random, taken: dict[str, str]) -> Read:
    """The pages to the end: at each the option that was taken there before, where it is open, else any."""
    pages: Read = []
    while True:
        page = p.page
        options = [choice.id for choice in page.choices]
        take = taken.get(str(page.node), "")
        if take not in options:
            take = chance.choice(options) if options else ""
        shown = (*(text.text for text in page.paragraphs), *options, page.ledger)
        pages.append((str(page.node), take, shown))
        if not take:
            return pages
        p = p.choose(take)


def differing(pages: Read, others: Read) -> set[str]:
    """The nodes, but for the page right after the choice, that one reading lacks or shows otherwise."""
    one, other = ({node: shown for node, _, shown in some[1:]} for some in (pages, others))
    return {node for node in one.keys() | other.keys() if one.get(node) != other.get(node)}


@pytest.mark.parametrize("role", ["villager", "official"])
def test_each_early_decision_changes_two_later_pages(role: str, shipped: Story) -> None:
    tenth = shipped.date_of["v-the-quota"]
    met: dict[str, int] = {}
    for seed in range(READINGS):
        p, way = begin(shipped, role, "full"), read_on(begin(shipped, role, "full"), Random(seed), {})
        taken = {node: take for node, take, _ in way}
        for at, (node, take, _) in enumerate(way[:-1]):
            for choice in p.page.choices if shipped.date_of[str(p.page.chapter)] < tenth else ():
                if choice.id != take:
                    others = read_on(p.choose(choice.id), Random(seed), taken)
                    found = len(differing(way[at + 1 :], others))
                    met[node] = min(found, met.get(node, found))
            p = p.choose(take)
    assert len(met) == 9
    assert {node: found for node, found in met.items() if found < 2} == {}
