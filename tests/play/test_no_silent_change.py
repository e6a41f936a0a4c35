"""No edit of the shipped story sends a reader another way without a note, over seeded edits and playthroughs.

The test compares the playthroughs before and after the edit. `--hypothesis-profile=search` runs more.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from game.play import Entry, Note, Playthrough, restore, save
from game.play.engine import Position
from game.play.save_check import with_checksums
from game.story import Story
from tests.lanes import sampled
from tests.play import edits_losing as losing
from tests.play import edits_parting as parting
from tests.play.editing import Edit, Kind, Names, chapter_of, check_readings
from tests.play.readers import edited as the_mill_edited
from tests.play.readers import read
from tests.small_stories.packs import THE_MILL

KINDS: tuple[Kind, ...] = (
    parting.nodes_merged, parting.calendar_reordered, parting.chapter_removed, parting.chapter_rename_forgotten,
    parting.skip_changed, parting.effect_removed, parting.way_changed, parting.role_changed, parting.cut_changed,
    losing.chapter_moved, losing.several,
)  # fmt: skip
QUICK = (parting.nodes_merged, parting.calendar_reordered)
EXAMPLES = settings().max_examples // 50  # of each kind, since each builds the whole story again
seldom = settings(max_examples=max(2, EXAMPLES), phases=[Phase.generate], deadline=None)
ASIDE = ("reworded", "swapped", "kept", "backup", "retold")  # kinds of notes that name no change of way


def pages(p: Playthrough, names: Names = lambda entry: entry) -> dict[str, list[str]]:
    """The pages of each chapter, by their new names."""
    met = [Entry(at.position.node.full_id, "continue") for at in p.history if at.position.node and not at.left]
    found: dict[str, list[str]] = {}
    for node in (names(entry).node for entry in met):
        found.setdefault(chapter_of(node), []).append(node)
    return found


def known(position: Position, story: Story, other_story: Story) -> dict[str, object]:
    return {name: position.state[slot] for name, slot in story.index.items() if name in other_story.index}


def says_where_it_parts(edit: Edit, story: Story, p: Playthrough) -> None:
    """Each chapter has the same pages and the state is the same, or a note names a chapter with a difference."""
    again, notes = restore(story, json.loads(json.dumps(save(p))))
    losses = [note for note in notes if note.kind not in ASIDE]
    before, after = pages(p, edit.names), pages(again)
    chapter_ids = [*before]
    for i, id in enumerate(chapter_ids):
        if before[id] == after.get(id):
            continue
        following = next((chapter for chapter in chapter_ids[i:] if chapter in story.chapters), None)
        names = {again.page.title, *([story.chapters[following].title] if following else [])}
        assert any(note.chapter in names for note in losses), f"{id}: {before[id]} -> {after.get(id)}; {notes}"
        if any(note.kind == "stopped" for note in losses):
            break
    for id in after:
        assert id in before or losses, f"{id} is new; {notes}"
    old, new = known(p.position, p.story, story), known(again.position, story, p.story)
    different = {name: (old[name], new[name]) for name in old if old[name] != new[name]}
    assert not different or losses, f"{different}; {notes}"
    assert restore(story, json.loads(json.dumps(save(again))))[1] == ()


@pytest.mark.parametrize("kind", sampled(KINDS, *QUICK), ids=lambda kind: kind.__name__)
@seldom
@given(seed=st.integers(0, 2**32))
def test_a_changed_way_has_a_note_with_its_chapter(kind: Kind, seed: int, book: Callable[[], Story]) -> None:
    check_readings(kind, book(), seed, says_where_it_parts)


KEPT = {
    "another value in the skip of an unread chapter": (
        [("c-gate", "was told., do: [pledge = modest]", "was told., do: [pledge = doubled]")],
        [Note("changed", "The Desk", recorded="a modest number", holds="a double number")],
    ),
    "an effect of an own choice": (
        [("m-gate", "do: [jar = 4]", "do: [jar = 1]")],
        [Note("changed", "The Gate", recorded="a full jar", holds="no grain")],
    ),
    "an unread chapter removed": (
        [("pack", " c-mid,", ""), ("c-mid", "chapter: c-mid", "chapter: c-new"), ("pack", "c-end]]", "c-end], c-new]")],
        [Note("gone", "The Ladle")],
    ),
    "the last page read twice": (
        [("m-end", "  eve:\n", "  dawn: {text: Dawn., brief: Dawn., goto: eve}\n  eve:\n")],
        [Note("new", "Counting")],
    ),
    "another page in place of the last": (
        [("m-end", "  eve:\n", "  dusk:\n")],
        [Note("moved", "Counting")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "notes"), KEPT.values(), ids=KEPT.keys())
def test_a_changed_state_names_its_chapter(
    edits: list[tuple[str, str, str]], notes: list[Note], the_mill: Story, tmp_path: Path
) -> None:
    p = read(the_mill, "miller", "hide", "skip")
    again, found = restore(the_mill_edited(tmp_path, *edits), save(p))
    assert again.entries[: len(p.entries)] == p.entries
    assert [*found] == notes


def test_a_skipped_chapter_that_begins_with_another_page_is_named(the_mill: Story, tmp_path: Path) -> None:
    before = ("m-heavy", "nodes:\n", "nodes:\n  dawn: {text: Dawn., brief: Dawn., goto: ladle}\n")
    notes = restore(the_mill_edited(tmp_path, before), save(read(the_mill, "miller", "hide", "skip")))[1]
    assert notes == (Note("changed", "The Ladle"),)


def test_a_chapter_read_in_part_is_not_compared_if_the_reader_moved(the_mill: Story, tmp_path: Path) -> None:
    renamed = [("m-gate", "  night:\n", "  dusk:\n"), ("m-gate", "goto: night", "goto: dusk")]
    renamed += [("m-gate", "{to: night}", "{to: dusk}"), ("m-gate", "seen(night)", "seen(dusk)")]
    notes = restore(the_mill_edited(tmp_path, *renamed), save(read(the_mill, "miller", "hide")))[1]
    assert notes == (Note("moved", "The Gate"),)


def test_an_older_save_without_outcomes_is_opened(the_mill: Story) -> None:
    """An older program wrote saves of this format without the page and the outcomes."""
    p = read(the_mill, "miller", "wait", "give", earlier=read(the_mill, "clerk", "modest", "sign", "shut", "copy"))
    data = {key: value for key, value in save(p).items() if key not in ("at", "outcomes", "variables")}
    again, notes = restore(the_mill, with_checksums(data))
    assert (again.entries, again.position, notes) == (p.entries, p.position, ())


REEL = (THE_MILL / "reel.yaml").read_text("utf-8")
BARE = "chapter: reel\ntitle: A Film\nplace: lane\nnodes:\n  reel: {goto: next}\n"
BEHIND = {
    "earlier pages moved": (
        ["hide", "skip"], [("pack", "calendar: [reel, ", "calendar: ["), ("pack", "c-end]]", "c-end], reel]")],
    ),
    "the page of the last entry lost its text": (["continue"], [("reel", REEL, BARE)]),
}  # fmt: skip


@pytest.mark.parametrize(("takes", "edits"), BEHIND.values(), ids=BEHIND.keys())
def test_entries_that_are_left_behind_the_reader_are_dropped_not_stopped(
    takes: list[str], edits: list[tuple[str, str, str]], the_mill: Story, tmp_path: Path
) -> None:
    """The last entry was taken, or its page passed, so the reader is where they were."""
    p = read(the_mill, "miller", *takes)
    again, notes = restore(the_mill_edited(tmp_path, *edits), save(p))
    assert again.page.node == p.page.node
    assert [(note.kind, note.chapter) for note in notes] == [("dropped", "A Film")]


def test_a_chapter_that_is_still_to_come_after_a_stop_has_no_note(the_mill: Story, tmp_path: Path) -> None:
    clerk = read(the_mill, "clerk", "modest", "sign", "open", "burn", "copy")
    p = read(the_mill, "miller", "give", "smallest", earlier=clerk)
    story = the_mill_edited(tmp_path, ("m-gate", "{id: give, say: I gave the wok.", "{id: lend, say: I lent the wok."))
    assert [note.kind for note in restore(story, save(p))[1]] == ["stopped"]


ASKS = [
    ("m-end", "chose(m-heavy.ladle.smallest)", "chose(c-mid.drawer.open)"),
    ("m-end", "seen(m-heavy.ladle)", "chose(c-mid.drawer.shut)"),
]
SWAPPED = [
    ("m-end", "chose(m-heavy.ladle.smallest)", "chose(c-mid.drawer.shut)"),
    ("m-end", "seen(m-heavy.ladle)", "chose(c-mid.drawer.open)"),
    ("c-mid", "{id: open,", "{id: held, was: [open],"),
    ("c-mid", "{id: shut,", "{id: open, was: [shut],"),
    ("c-mid", "{id: held, was: [open],", "{id: shut, was: [open],"),
]
STAYS = {
    "nobody asked before": ([], ASKS, []),
    "the ids are swapped, and said to be": (ASKS, SWAPPED, []),
    "nothing": (ASKS, ASKS, []),
    "the choice does not lead there": (
        [("m-end", "seen(m-heavy.ladle)", "seen(c-mid.inside)")],
        [("m-end", "seen(m-heavy.ladle)", "seen(c-mid.inside)"), ("c-mid", "goto: inside", "goto: next")],
        ["The Drawer"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "chapters"), STAYS.values(), ids=STAYS.keys())
def test_a_change_behind_the_other_door_has_a_note_only_if_it_is_certain(
    before: list[tuple[str, str, str]], after: list[tuple[str, str, str]], chapters: list[str], tmp_path: Path
) -> None:
    old = the_mill_edited(tmp_path / "before", *before)
    takes = ["open", "keep"] if chapters else ["shut"]
    p = read(old, "miller", "hide", "skip", earlier=read(old, "clerk", "modest", "sign", *takes, "copy"))
    assert [note.chapter for note in restore(the_mill_edited(tmp_path / "after", *after), save(p))[1]] == chapters


@pytest.mark.parametrize("moved_back", [True, False])
def test_a_chapter_of_the_other_door_that_passes_the_reader_is_named(
    moved_back: bool, the_mill: Story, tmp_path: Path
) -> None:
    """A coming chapter is behind the reader now, or the other way round: its changes begin or cease to hold."""
    early = ("pack", "weighing, c-mid, m-heavy, [m-end", "c-mid, weighing, m-heavy, [m-end")
    late = ("pack", "weighing, c-mid, m-heavy, [m-end", "weighing, m-heavy, c-mid, [m-end")
    before, after = (late, early) if moved_back else (early, late)
    old = the_mill_edited(tmp_path / "before", before)
    clerk = read(old, "clerk", "modest", "sign", "open", "keep", "copy")
    p = read(old, "miller", "hide", "continue", earlier=clerk)
    notes = restore(the_mill_edited(tmp_path / "after", after), save(p))[1]
    assert "The Drawer" in [note.chapter for note in notes], notes
    words = next((note.recorded, note.holds) for note in notes if note.chapter == "The Drawer")
    assert words == (("a modest number", "a double number") if moved_back else ("", ""))
