"""Golden playthroughs: a folder each, choices in, pages out.

`choices.txt` says how it begins (`role:`, `cut:`, `earlier:` another folder) and what is taken, an id a line;
`continue` may be left out. `pages.txt` lists what a reader meets, and the one beside this file says how that reads.
Where the story was meant to change, `pytest tests/golden --golden-update` writes both anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from game.play import Playthrough, begin, follow
from game.story import Story
from tests.golden.transcript import Met, bound, difference, met_on, read_book, read_way, transcript, write

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/choices.txt"))


def played(story: Story, folder: Path) -> Playthrough:
    """The playthrough of a folder's choices, turned on to its last page."""
    lines = [line.split("#")[0].strip() for line in (folder / "choices.txt").read_text(encoding="utf-8").splitlines()]
    head = dict(line.split(": ") for line in lines if ": " in line)
    earlier = played(story, folder.parent / head["earlier"]) if "earlier" in head else None
    p = begin(story, head.get("role"), head["cut"], earlier)
    for take in (line for line in lines if line and ": " not in line):
        *_, p = follow(p, take)
    while not p.over and [option.id for option in p.page.choices] == ["continue"]:
        p = p.choose("continue")
    return p


@pytest.fixture(scope="module")
def ways(shipped: Story, pytestconfig: pytest.Config) -> dict[Path, list[Met]]:
    """What is met on each way now; where it was asked for, that is kept from now on."""
    ways = {folder: list(met_on(played(shipped, folder))) for folder in FOLDERS}
    if pytestconfig.getoption("golden_update", default=False):
        write(ways)
    return ways


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_playthrough_s_pages_are_golden(folder: Path, ways: dict[Path, list[Met]]) -> None:
    """The same choices give the same pages, word for word."""
    changed = difference(transcript(read_way(folder, read_book())), transcript(ways[folder]))
    assert not changed, f"if this is meant, renew it with --golden-update\n{changed}"


def test_each_page_of_the_golden_playthroughs_is_kept_once(ways: dict[Path, list[Met]]) -> None:
    """Nothing stands in the book twice, and nothing that nobody meets."""
    assert read_book() == bound(ways)


def test_the_golden_playthroughs_come_to_every_ending(shipped: Story) -> None:
    """Each ending of each role is the last page of a whole playthrough, and each cut is read by each who can."""
    ends, cuts_and_roles = set(), set()
    for folder in FOLDERS:
        p = played(shipped, folder)
        assert p.over, folder.name
        ends.add((p.cut.id, p.page.ending))
        cuts_and_roles.add((p.cut.id, p.role))
    nodes = shipped.nodes.values()
    assert {ending for cut, ending in ends if cut == "full"} >= {node.end for node in nodes if node.end}
    for cut in shipped.cuts.values():
        assert cuts_and_roles >= {(cut.id, role) for role in ([None] if cut.both_roles else shipped.roles)}


def test_a_golden_playthrough_skips_a_heavy_chapter(shipped: Story) -> None:
    """Among them are readers of each role who skip, one who steps outside, and one who reads after another."""
    all_played = [played(shipped, folder) for folder in FOLDERS]
    skipping = {p.role for p in all_played if any(entry.take == "skip" for entry in p.entries)}
    assert skipping >= set(shipped.roles)
    assert any(p.left for p in all_played)
    assert any(p.earlier for p in all_played)
