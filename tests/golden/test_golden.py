"""Golden playthroughs: a folder for each, with its choices and its pages.

`choices.txt` has the start (`role:`, `cut:`, `earlier:` another folder) and the ids of the choices, one a line;
`continue` may be left out. `pages.txt` lists the met pages, and the `pages.txt` beside this module has their texts.
After an intended change of the story `pytest tests/golden --golden-update` writes both again.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from game.play import Playthrough, begin, follow
from game.story import Story
from tests.golden.transcript import Met, bound, difference, met_on, read_book, read_met, transcript, write

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/choices.txt"))


def played(story: Story, folder: Path) -> Playthrough:
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
def met_by_folder(shipped: Story, pytestconfig: pytest.Config) -> dict[Path, list[Met]]:
    """The pages met in each folder's playthrough; `--golden-update` also writes them."""
    met_by_folder = {folder: list(met_on(played(shipped, folder))) for folder in FOLDERS}
    if pytestconfig.getoption("golden_update", default=False):
        write(met_by_folder)
    return met_by_folder


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_playthrough_s_pages_are_golden(folder: Path, met_by_folder: dict[Path, list[Met]]) -> None:
    changed = difference(transcript(read_met(folder, read_book())), transcript(met_by_folder[folder]))
    assert not changed, f"if this is intended, write it again with --golden-update\n{changed}"


def test_each_page_of_the_golden_playthroughs_is_kept_once(met_by_folder: dict[Path, list[Met]]) -> None:
    assert read_book() == bound(met_by_folder)


def test_the_golden_playthroughs_reach_every_ending(shipped: Story) -> None:
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
    all_played = [played(shipped, folder) for folder in FOLDERS]
    skipping = {p.role for p in all_played if any(entry.take == "skip" for entry in p.entries)}
    assert skipping >= set(shipped.roles)
    assert any(p.left for p in all_played)
    assert any(p.earlier for p in all_played)
