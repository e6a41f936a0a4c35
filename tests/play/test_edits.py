"""Saves survive edits of the shipped story: each kind of edit at random places, at random points of random readings.

The test computes what must hold from the old playthrough, without restoring. `--hypothesis-profile=search` runs more.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from game.play import Entry, Note, Playthrough, RestoreError, begin, restore, save
from game.story import Story
from tests.lanes import sampled
from tests.play import edits_keeping as keeping
from tests.play import edits_losing as losing
from tests.play.editing import Edit, Kind, a_copy, built, check_readings, edited, head, substitute
from tests.play.readers import read_to_the_end

KINDS: tuple[Kind, ...] = (
    keeping.text_changed, keeping.paragraph_inserted, keeping.choice_reworded, keeping.variable_added,
    keeping.choice_inserted, keeping.node_renamed, keeping.choice_renamed, keeping.chapter_renamed,
    keeping.all_renamed, keeping.renamed_twice, keeping.choices_swapped, keeping.nodes_swapped,
    keeping.chapters_swapped, keeping.was_in_use, keeping.was_added_late, keeping.page_was_added_late,
    losing.untaken_choice_removed, losing.taken_choice_removed, losing.choice_closed, losing.id_taken_over,
    losing.page_inserted, losing.rename_forgotten, losing.fork_inserted, losing.page_to_fork,
    losing.interlude_added, losing.interlude_removed, losing.skip_withdrawn, losing.ending_moved,
    losing.chapter_moved, losing.variable_removed, losing.several,
)  # fmt: skip
QUICK = (keeping.all_renamed, losing.taken_choice_removed, losing.page_inserted)
LOST = ("stopped", "dropped")
EXAMPLES = settings().max_examples // 20  # of each kind, since each builds the whole story again
seldom = settings(max_examples=max(6, EXAMPLES), phases=[Phase.generate])  # a smaller seed is not a simpler example
seeds = st.integers(0, 2**32)


def restored(story: Story, data: dict[str, object]) -> tuple[Playthrough, tuple[Note, ...]]:
    return restore(story, json.loads(json.dumps(data)))


def by_place(entries: list[Entry]) -> dict[str, list[str]]:
    """The entries taken on each page, in order; a skip counts for its chapter, whatever its first page is."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        found.setdefault(entry.node.partition(".")[0] if entry.take == "skip" else entry.node, []).append(entry.take)
    return found


def held(old: list[Entry], new: list[Entry]) -> list[Entry]:
    """The new entries that were recorded; every other entry must be a `continue`."""
    recorded, kept = by_place(old), []
    for entry in new:
        place = entry.node.partition(".")[0] if entry.take == "skip" else entry.node
        if recorded.get(place):
            assert entry.take == recorded[place].pop(0), f"{entry} was never taken for this time"
            kept.append(entry)
        else:
            assert entry.take == "continue", f"{entry} was never taken"
    return kept


def stands_rightly(p: Playthrough, old: list[Entry], new: list[Entry]) -> bool:
    """True if no recorded entry could be taken from here on, also after pages with only `continue`."""
    recorded = by_place(old)
    for place, takes in by_place(new).items():
        recorded[place] = recorded.get(place, [])[len(takes) :]
    while not p.over and p.page.node is not None:
        skipped = recorded.get(p.page.node.partition(".")[0], ["nothing"])
        if skipped == ["skip"]:
            return "skip" not in p.page.offers
        here = recorded.get(p.page.node)
        if here:
            return here[0] not in {*(option.id for option in p.page.choices), *p.page.offers}
        if [option.id for option in p.page.choices] != ["continue"]:
            return True
        p = p.choose("continue")
    return True


def of_unread_door(note: Note, story: Story, p: Playthrough) -> bool:
    """True if the note is on a changed state behind the door that is not read, which any edit of a choice may cause."""
    roles = {chapter.role for chapter in story.chapters.values() if chapter.title == note.chapter}
    return note.kind == "changed" and p.role is not None and bool(roles - {None, p.role})


def chosen(entries: Iterable[Entry]) -> int:
    return sum(entry.take not in ("continue", "leave") for entry in entries)


def holds(edit: Edit, story: Story, p: Playthrough) -> None:
    """Restoring gives the entries that the edit leaves and no others, and notes name the losses."""
    again, notes = restored(story, save(p))
    old, new = [edit.names(entry) for entry in p.entries], list(again.entries)
    kept = held(old, new)
    assert (again.role, again.cut.id) == (p.role, p.cut.id)
    lost = len(old) - len(kept)
    losses = [note for note in notes if note.kind in LOST]
    assert sum(note.lost for note in losses) == lost
    assert len(losses) == (lost > 0)
    assert sum(note.choices for note in losses) == chosen(old) - chosen(kept)
    titles = {story.title, *(chapter.title for chapter in story.chapters.values())}
    assert {note.chapter for note in losses} <= titles
    assert stands_rightly(again, old, new)
    if any(note.kind == "stopped" for note in losses):
        assert losses[0].chapter == again.page.title
    expected, noted = edit.keeps(p), edit.says(p)
    kinds = {note.kind for note in notes if "changed" in (noted or ()) or not of_unread_door(note, story, p)} - {*LOST}
    kinds = {"other" if kind == "fate" else kind for kind in kinds}
    assert noted is None or ("other" in noted) <= ("other" in kinds)
    if expected is not None:
        assert by_place(kept) == by_place([edit.names(entry) for entry in expected])
        assert [e.take for e in kept] == [edit.names(entry).take for entry in expected]
        assert noted is None or kinds <= noted
        if noted is not None and lost == 0:
            assert kinds == noted
    once_more, more = restored(story, save(again))
    assert (once_more.entries, once_more.earlier, more) == (again.entries, again.earlier, ())


@pytest.mark.parametrize("kind", sampled(KINDS, *QUICK), ids=lambda kind: kind.__name__)
@seldom
@given(seed=seeds)
def test_a_save_survives_an_edit(kind: Kind, seed: int, book: Callable[[], Story]) -> None:
    check_readings(kind, book(), seed, holds)


def finished(story: Story, role: str, cut: str, seed: int, earlier: Playthrough | None = None) -> Playthrough:
    return read_to_the_end(begin(story, role, cut, earlier), random.Random(seed))


@seldom
@given(seed=seeds)
@pytest.mark.full
def test_a_page_that_was_passed_through_for_a_while_is_a_page_again(seed: int, book: Callable[[], Story]) -> None:
    edit, after, playthroughs = edited(losing.page_to_fork, book(), seed)
    for p in playthroughs:
        without_page, said = restored(after, save(p))
        back, notes = restored(book(), save(without_page))
        # a reader on that page, or who left there, passed it in the edited story; going back turns it for them
        left = p.entries[:-1] if p.entries and p.entries[-1].take == "leave" else p.entries
        same = min(len(back.entries), len(left))
        assert back.entries[:same] == left[:same], edit.description
        stood = p.page.node or (p.entries[-1].node if p.entries else "")
        assert back.entries[same:] in ((), (Entry(stood, "continue"),), p.entries[same:]), edit.description
        # a note names the other outcome of the other role's chapter in the edited story, and again when going back
        kinds = {note.kind for note in notes if not of_unread_door(note, book(), p)}
        assert kinds <= {"new"} | ({"other", "changed"} if any(note.kind == "other" for note in said) else set())
        assert chosen(p.entries[len(back.entries) :]) == 0


@pytest.mark.parametrize("gone", ["cut", "role"])
def test_a_save_of_a_removed_role_or_cut_is_refused(gone: str, shipped: Story) -> None:
    pack = a_copy()
    if gone == "cut":
        del head(pack)["cuts"]["kiosk"]
    else:
        head(pack)["roles"]["clerk"] = head(pack)["roles"].pop("official")
        substitute(pack, "^official$", "clerk", frozenset({"role", "tells"}))
    after = built(pack)
    assert after is not None
    for seed, (role, cut) in enumerate([("villager", "full"), ("villager", "kiosk"), ("official", "full")]):
        other_role = "official" if role == "villager" else "villager"
        p = finished(shipped, role, cut, seed, finished(shipped, other_role, "kiosk", seed))
        assert p.earlier is not None
        if (gone == "cut" and cut == "kiosk") or (gone == "role" and role == "official"):
            with pytest.raises(RestoreError) as error:
                restored(after, save(p))
            assert error.value.reason == "gone"
            assert (cut if gone == "cut" else role) in str(error.value)
            continue
        again, notes = restored(after, save(p))
        if gone == "cut":
            assert (again.entries, again.earlier, notes) == (p.entries, p.earlier, ())
        else:
            assert again.earlier is None
            said = next(note for note in notes if note.kind == "earlier")
            assert notes[0].kind in ("fate", "earlier")
            assert said.choices == chosen(p.earlier.entries)
