"""No edit of the story sends a reader another way in silence: seeded edits of the shipped story, and every reading.

What must be said is told from both readings, never by restoring. `--hypothesis-profile=search` looks further.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
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
from tests.play.editing import Edit, Kind, chapter_of, edited
from tests.play.readers import edited as the_mill_edited
from tests.play.readers import read

KINDS: tuple[Kind, ...] = (
    parting.nodes_merged, parting.calendar_reordered, parting.chapter_removed, parting.chapter_rename_forgotten,
    parting.skip_changed, parting.effect_removed, parting.way_changed, parting.role_changed, parting.cut_changed,
    losing.chapter_moved, losing.several,
)  # fmt: skip
QUICK = (parting.nodes_merged, parting.calendar_reordered)
EXAMPLES = settings().max_examples // 50  # of each kind, since each builds the whole story anew
seldom = settings(max_examples=max(2, EXAMPLES), phases=[Phase.generate], deadline=None)
ASIDE = ("reworded", "swapped", "kept", "backup", "retold")  # kinds of notes that name no change of way


def pages(edit: Edit | None, p: Playthrough) -> list[str]:
    """The pages that were met, that of the reader last, by their names in the edited story."""
    met = [Entry(at.position.node.full_id, "continue") for at in p.history if at.position.node and not at.left]
    return [entry.node for entry in met] if edit is None else [edit.names(entry).node for entry in met]


def by_chapter(nodes: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in nodes:
        found.setdefault(chapter_of(node), []).append(node)
    return found


def known(position: Position, story: Story, other: Story) -> dict[str, object]:
    """The variables that both stories have."""
    return {name: position.state[slot] for name, slot in story.index.items() if name in other.index}


def says_where_it_parts(edit: Edit, story: Story, p: Playthrough) -> None:
    """The pages of each chapter are those met before, or a note names a chapter where they part; so with the state."""
    again, notes = restore(story, json.loads(json.dumps(save(p))))
    told = [note for note in notes if note.kind not in ASIDE]
    before, after = by_chapter(pages(edit, p)), by_chapter(pages(None, again))
    ids = [*before]
    for i, id in enumerate(ids):
        if before[id] == after.get(id):
            continue
        following = next((one for one in ids[i:] if one in story.chapters), None)
        names = {again.page.title, *([story.chapters[following].title] if following else [])}
        assert any(note.chapter in names for note in told), f"{id}: {before[id]} -> {after.get(id)}; {notes}"
        if any(note.kind == "stopped" for note in told):
            break
    for id in after:
        assert id in before or told, f"{id} is new; {notes}"
    there, now = known(p.position, p.story, story), known(again.position, story, p.story)
    different = {name: (there[name], now[name]) for name in there if there[name] != now[name]}
    assert not different or told, f"{different}; {notes}"
    assert restore(story, json.loads(json.dumps(save(again))))[1] == ()


@pytest.mark.parametrize("kind", sampled(KINDS, *QUICK), ids=lambda kind: kind.__name__)
@seldom
@given(seed=st.integers(0, 2**32))
def test_a_changed_way_is_said_by_chapter(kind: Kind, seed: int, book: Callable[[], Story]) -> None:
    """Every reading of the story before, restored in the story after, is the same or says where it is not."""
    edit, after, ways = edited(kind, book(), seed)
    for p in ways:
        try:
            says_where_it_parts(edit, after, p)
        except BaseException as error:
            error.add_note(f"edit: {edit.what}; reading: {p!r} at {pages(None, p)[-1:]}")
            raise


@pytest.fixture(scope="module")
def book(shipped: Story) -> Callable[[], Story]:
    """The shipped story, which a failing example's report need not hold."""
    return lambda: shipped


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
    """Every entry holds, but the state or the reader's page does not: a note says where, and what it was."""
    p = read(the_mill, "miller", "hide", "skip")
    again, found = restore(the_mill_edited(tmp_path, *edits), save(p))
    assert again.entries[: len(p.entries)] == p.entries
    assert [*found] == notes


def test_an_older_save_without_outcomes_is_opened(the_mill: Story) -> None:
    """A save of the same format that has neither page nor outcomes, as an older program wrote it."""
    p = read(the_mill, "miller", "wait", "give", earlier=read(the_mill, "clerk", "modest", "sign", "shut", "copy"))
    data = {key: value for key, value in save(p).items() if key not in ("at", "outcomes", "variables")}
    again, notes = restore(the_mill, with_checksums(data))
    assert (again.entries, again.position, notes) == (p.entries, p.position, ())
