"""Today's names of a save's entries, after names came, went and came back."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.lint import lint
from game.play import Entry, restore, save
from game.story import Story
from tests.play.readers import edited, read

GIVE = "{id: give, say: I gave the wok."
RENAMED = ("m-gate", GIVE, "{id: lend, was: [give], say: I gave the wok.")
NEW = "{id: give, say: I gave all I had., goto: night}\n      - "
REUSED = ("m-gate", GIVE, NEW + RENAMED[2])


def choices(story: Story, data: dict[str, object]) -> list[str]:
    return [entry.take for entry in restore(story, data)[0].entries if entry.take != "continue"]


def test_an_id_that_went_away_and_came_back_is_two_choices(the_mill: Story, tmp_path: Path) -> None:
    old = save(read(the_mill, "miller", "wait", "give", "smallest"))
    story = edited(tmp_path, REUSED)
    assert choices(story, old) == ["wait", "lend", "smallest"]
    for take in ("give", "lend"):
        assert choices(story, save(read(story, "miller", "wait", take, "smallest"))) == ["wait", take, "smallest"]


def test_in_doubt_the_id_that_is_in_use_wins(the_mill: Story, tmp_path: Path) -> None:
    """A `was` names an id in use, and both texts changed: the entry belongs to the id in use."""
    old = save(read(the_mill, "miller", "wait", "give", "smallest"))
    story = edited(tmp_path, REUSED, ("m-gate", "I gave the wok.", "I lent the wok."))
    p, notes = restore(story, old)
    assert p.entries[2] == Entry("m-gate.gate", "give")
    assert "reworded" in [note.kind for note in notes]


def test_a_was_that_names_a_living_page_takes_none_of_its_choices(the_mill: Story, tmp_path: Path) -> None:
    """The page lost a choice, and a page whose `was` names it has a choice of that id: it is another branch."""
    old = save(read(the_mill, "clerk", "double", "sign", "shut"))
    story = edited(
        tmp_path,
        ("c-gate", "{id: double, say: I doubled it., if: pledge == unsaid,", "{id: treble, say: I trebled it.,"),
        ("c-gate", "    brief: A brush.\n", "    brief: A brush.\n    was: [desk]\n"),
        ("c-gate", "{id: sign, say: I signed.", "{id: double, say: I signed twice."),
    )
    p, notes = restore(story, old)
    assert (p.page.node, [note.kind for note in notes]) == ("c-gate.desk", ["stopped"])


def test_a_page_that_only_went_on_can_become_a_choice(the_mill: Story, tmp_path: Path) -> None:
    old = save(read(the_mill, "clerk", "double", "sign", "shut", "copy"))
    burn = "{id: burn, say: I burned it., goto: desk}"
    file = "{id: file, was: [continue], say: I filed it., goto: next}"
    only_on = "brief: A stamp.\n    goto: next"
    story = edited(tmp_path, ("c-gate", only_on, f"brief: A stamp.\n    choices: [{burn}, {file}]"))
    p, notes = restore(story, old)
    assert (p.page.ending, notes) == ("copied", ())
    assert Entry("c-gate.stamp", "file") in p.entries


@pytest.mark.parametrize(("say", "kept"), [("I gave the wok.", True), ("I lent the wok.", False)])
def test_a_was_that_was_added_late_is_decided_by_the_text(say: str, kept: bool, tmp_path: Path) -> None:
    between = edited(tmp_path / "between", ("m-gate", GIVE, "{id: lend, say: I gave the wok."))
    old = read(between, "miller", "wait", "lend", "smallest")
    story = edited(tmp_path / "after", ("m-gate", GIVE, f"{{id: lend, was: [give], say: {say}"))
    p, notes = restore(story, save(old))
    assert (p.entries == old.entries, [note.kind for note in notes]) == (kept, [] if kept else ["stopped"])


HIDE = "{id: hide, say: I hid the grain.,"
SWAP = [
    ("m-gate", GIVE, "{id: hide, was: [give], say: I gave the wok."),
    ("m-gate", HIDE, "{id: give, was: [hide], say: I hid.,"),
]
CLAIM = [("m-gate", GIVE, "{id: give, was: [hide], say: I gave the wok.")]


@pytest.mark.parametrize(("edits", "codes", "take"), [(SWAP, [], "hide"), (CLAIM, ["WG312"], "give")])
def test_swapped_names_are_not_a_finding(
    edits: list[tuple[str, str, str]], codes: list[str], take: str, the_mill: Story, tmp_path: Path
) -> None:
    """Both choices have a `was`, so nothing is in doubt. A `was` that names an id in use is a finding."""
    story = edited(tmp_path, *edits)
    assert [finding.code for finding in lint(tmp_path)[1] if finding.code == "WG312"] == codes
    assert choices(story, save(read(the_mill, "miller", "give"))) == [take]


def test_a_save_follows_each_rename_once(the_mill: Story, tmp_path: Path) -> None:
    """A save that was written again lists its renames, so that its names are not read as older names."""
    first = edited(tmp_path / "1", RENAMED)
    p, _ = restore(first, save(read(the_mill, "miller", "wait", "give", "smallest")))
    data = save(p)
    assert data["renames"] == [["m-gate.gate.lend", "give"]]
    swapped = ("m-gate", GIVE, "{id: give, was: [lend], say: I gave the wok.")
    second = edited(tmp_path / "2", swapped)
    assert choices(second, data) == ["wait", "give", "smallest"]
    assert choices(first, save(restore(second, data)[0])) == ["wait", "lend", "smallest"]
