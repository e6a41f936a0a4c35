"""The other role's chapters follow the earlier record entry by entry, and become their `skip` where it ends."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest

from game.play import Note, Playthrough, begin, restore, save
from game.play.recorded_chapters import NO_PART, resolve_chapter
from game.play.share_code import from_code, to_code
from game.story import Story
from game.story.loader import load
from tests.play.readers import edited, read, read_to_the_end, value
from tests.small_stories.packs import THE_MILL

OFFICE = """
chapter: c-gate
role: clerk
title: The Desk
when: October 1958
place: hall
skip:
  text: I wrote down what I was told.
  do: [pledge = modest, crop = 1]
  because: [invented]
  as: [desk.modest, seal.keep]
nodes:
  desk:
    text: The paper.
    choices:
      - {id: modest, say: I read it out., do: [pledge = modest], because: [invented], goto: walk}
      - {id: double, say: I doubled it., do: [pledge = doubled], because: [fever], goto: walk}
  walk: {text: A walk., goto: seal}
  seal:
    text: The seal.
    choices:
      - {id: lend, say: I lent it., do: [crop = 7], because: [invented], goto: home}
      - {id: keep, say: I kept it., do: [crop = 3], because: [invented], goto: home}
  home: {text: Home., goto: next}
"""  # fmt: skip


def with_chapter(folder: Path, text: str, edits: Iterable[tuple[str, str]], *more_edits: tuple[str, str, str]) -> Story:
    """The Mill with this text, after its edits, in place of the clerk's first chapter."""
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    folder.mkdir(parents=True)
    return edited(folder, ("c-gate", (THE_MILL / "c-gate.yaml").read_text("utf-8"), text), *more_edits)


def office(folder: Path, *edits: tuple[str, str]) -> Story:
    """The Mill with another chapter in the clerk's hall, with two decisions that both change something."""
    return with_chapter(folder, OFFICE, edits)


@pytest.fixture
def second(tmp_path: Path) -> Playthrough:
    """The miller at the gate after a clerk who doubled the number and lent the seal."""
    clerk = read(office(tmp_path / "before"), "clerk", "double", "lend", "shut", "copy")
    p = read(clerk.story, "miller", "give", "smallest", earlier=clerk)
    assert (value(p, "pledge"), value(p, "crop")) == ("doubled", 4868)
    return p


def at_the_desk(p: Playthrough) -> tuple[str, int]:
    """The pledge and the crop after the clerk's chapter."""
    assert p.earlier is not None
    chapter = next(chapter for at in p.history for chapter in at.position.resolved if chapter.chapter == "c-gate")
    index = p.story.index
    return str(chapter.after[index["pledge"]]), int(chapter.after[index["crop"]])


WALK = "  walk: {text: A walk., goto: seal}\n"
PAGE = "  walk: {text: A walk., goto: fresh}\n  fresh: {text: Something new., goto: seal}\n"
ASKS = """  walk:
    text: A walk.
    choices:
      - {id: left, say: I went left., goto: seal}
      - {id: right, say: I went right., goto: seal}
"""
DOES = ASKS.replace("goto: seal", "do: [hunger = 9], because: [invented], goto: seal")
SHOUT = "- {id: shout, say: I shouted., goto: walk}\n      - {id: modest"
SWAP = [("{id: lend", "{id: swap"), ("{id: keep", "{id: lend"), ("{id: swap", "{id: keep")]
TO_HOME = "[crop = 7], because: [invented], goto: home"
NUMBER = (Note("other", "The Desk", recorded="a double number", holds="a modest number"),)
SEAL = (Note("other", "The Desk", recorded="I lent it."),)
SWAPPED = (Note("swapped", "The Desk"),)
Kind = tuple[list[tuple[str, str]], tuple[str, int], tuple[Note, ...]]
KINDS: dict[str, Kind] = {
    "nothing": ([], ("doubled", 7), ()),
    "a page inserted": ([(WALK, PAGE)], ("doubled", 7), ()),
    "a page asks what does nothing": ([(WALK, ASKS)], ("doubled", 7), ()),
    "a choice inserted": ([("- {id: modest", SHOUT)], ("doubled", 7), ()),
    "a page asks what does something": ([(WALK, DOES)], ("modest", 1), NUMBER),
    "a later choice closed": ([("I lent it.,", "I lent it., if: hunger > 8,")], ("doubled", 3), SEAL),
    "the first choice closed": ([("I doubled it.,", "I doubled it., if: hunger > 8,")], ("modest", 1), NUMBER),
    "a page passed by": ([(TO_HOME, TO_HOME.replace("home", "next"))], ("doubled", 7), ()),
    "a decision passed by": ([("because: [fever], goto: walk", "because: [fever], goto: home")], ("doubled", 0), SEAL),
    "an effect changed": ([("[crop = 7]", "[crop = 8]")], ("doubled", 8), (Note("other", "The Desk"),)),
    "ids swapped": (SWAP, ("doubled", 7), SWAPPED),
    "an id changed": ([("{id: lend", "{id: give")], ("doubled", 7), SWAPPED),
}


@pytest.mark.parametrize(("edits", "left", "notes"), KINDS.values(), ids=KINDS.keys())
def test_an_edited_chapter_is_replayed_as_far_as_the_record_fits(
    edits: list[tuple[str, str]], left: tuple[str, int], notes: tuple[Note, ...], second: Playthrough, tmp_path: Path
) -> None:
    story = office(tmp_path / "after", *edits)
    again, said = restore(story, json.loads(json.dumps(save(second))))
    assert (at_the_desk(again), said) == (left, notes)
    once_more, more = restore(story, save(again))
    assert (more, once_more.position) == ((), again.position)
    if again.earlier == second.earlier:
        assert from_code(story, to_code(again))[0].position == again.position


def test_a_chapter_still_to_come_that_cannot_be_replayed_has_a_note(second: Playthrough, tmp_path: Path) -> None:
    assert second.earlier is not None
    p = begin(second.story, "miller", "full", second.earlier)
    story = office(tmp_path / "after", ("say: I lent it.,", "say: I lent it., if: hunger > 8,"))
    assert restore(story, save(p))[1] == (Note("other", "The Desk", recorded="I lent it."),)


def test_a_fate_note_comes_first(second: Playthrough, tmp_path: Path) -> None:
    story = office(tmp_path / "after", ("[crop = 7]", "[crop = 8]"), ("pledge = doubled", "pledge = modest"))
    pack = tmp_path / "after" / "pack.yaml"
    pack.write_text(pack.read_text("utf-8") + "fates: [crop > 7]\n", "utf-8")
    fated = load(tmp_path / "after")
    assert restore(story, save(second))[1][0].kind == "other"
    notes = restore(fated, save(second))[1]
    assert notes[0] == Note("fate", "The Desk", recorded="a double number", holds="a modest number")


def test_a_difference_is_noted_only_for_the_chapter_that_makes_it(second: Playthrough, tmp_path: Path) -> None:
    story = office(tmp_path / "after", ("pledge = doubled", "pledge = modest"))
    assert [note.chapter for note in restore(story, save(second))[1]] == ["The Desk"]


def test_a_new_page_that_a_condition_asks_for_has_a_note(second: Playthrough, tmp_path: Path) -> None:
    """The passed page counts as seen, though nobody read it; without a condition nothing differs."""
    fresh = ASKS.replace("  walk:", "  fresh:").replace("A walk.", "Something new.")
    story = office(tmp_path / "after", (WALK, WALK.replace("goto: seal", "goto: fresh") + fresh))
    assert restore(story, save(second))[1] == ()
    end = tmp_path / "after" / "m-end.yaml"
    end.write_text(end.read_text("utf-8").replace("seen(m-heavy.ladle)", "seen(c-gate.fresh)"), "utf-8")
    assert restore(load(tmp_path / "after"), save(second))[1] == (Note("other", "The Desk"),)


def test_new_pages_that_lead_in_a_circle_come_to_an_end(second: Playthrough, tmp_path: Path) -> None:
    """A choice without effects that leads back is taken once; then the chapter becomes its `skip`, with a note."""
    circle = "  walk: {text: A walk., choices: [{id: on, say: I went., goto: one}]}\n  one: {text: One., goto: walk}\n"
    story = office(tmp_path / "after", (WALK, circle))
    again, notes = restore(story, save(second))
    assert (at_the_desk(again), notes) == (("modest", 1), NUMBER)


def test_a_chapter_without_recorded_entries_is_skipped(the_mill: Story) -> None:
    state = begin(the_mill, "clerk").position.state
    resolved = resolve_chapter(the_mill, the_mill.chapters["c-gate"], state, {}, NO_PART)
    assert (resolved.fits, resolved.untaken, resolved.after[the_mill.index["pledge"]]) == (False, "", "modest")


Edits = tuple[list[tuple[str, str]], list[tuple[str, str]]]
PAGES = """
chapter: c-gate
role: clerk
title: The Desk
place: hall
skip: {text: It was told., do: [crop = 1], because: [invented]}
nodes:
  one: {text: One., do: [crop = 5], because: [invented], goto: two}
  two: {text: Two., goto: next}
"""
LAST = "two: {text: Two., goto: next}"
ASKED = "two: {text: Two., choices: [{id: on, say: I went on., goto: three}]}\n  three: {text: Three., goto: next}"
TAKEN = "choices: [{id: on, say: On., do: [crop = 5], because: [invented], goto: two}]"
NEW = f"{LAST}\n  new: {{text: New., goto: next}}"
PARTLY: dict[str, Edits] = {
    "a page gone, none new": ([], [("goto: two}", "goto: next}")]),
    "a new page at the end": ([], [(LAST, "two: {text: Two., goto: three}\n  three: {text: Three., goto: next}")]),
    "a new page for the last, after a choice": (
        [("do: [crop = 5], because: [invented], goto: two", TAKEN)],
        [("do: [crop = 5], because: [invented], goto: two", TAKEN.replace("two", "new")), (LAST, NEW)],
    ),
    "the last page asks, and leads to a new one": ([], [(LAST, ASKED)]),
}
REPLACED: Edits = ([], [("  two", "  new"), ("goto: two", "goto: new"), ("  one:", "  old:")])


def of_pages(folder: Path, edits: list[tuple[str, str]]) -> Story:
    """The mill with a chapter of two pages in the clerk's hall."""
    return with_chapter(folder, PAGES, edits, ("m-end", "chose(c-gate.desk.modest)", "wok"))


@pytest.mark.parametrize(
    ("before", "after", "crop"),
    [*((*both, 5) for both in PARTLY.values()), (*REPLACED, 1)],
    ids=[*PARTLY.keys(), "both pages are new ones"],
)
def test_pages_that_only_go_on_are_passed_as_far_as_the_record_leads(
    before: list[tuple[str, str]], after: list[tuple[str, str]], crop: int, tmp_path: Path
) -> None:
    """New pages are passed after a choice or at the end; a chapter without any read page becomes its `skip`."""
    old = of_pages(tmp_path / "before", before)
    clerk = read(old, "clerk", *(["on"] if before else []), "shut", "copy")
    again, _ = restore(of_pages(tmp_path / "after", after), save(begin(old, "miller", "full", clerk)))
    assert at_the_desk(read_to_the_end(again, Random(1), 8))[1] == crop


def test_a_chapter_that_lost_its_pages_has_a_note_though_its_effect_is_the_same(tmp_path: Path) -> None:
    clerk = read(of_pages(tmp_path / "before", []), "clerk", "shut", "copy")
    first = PAGES.partition("nodes:\n")[2]
    after = of_pages(tmp_path / "after", [(first, "  new: {do: [crop = 5], because: [invented], goto: next}\n")])
    again, notes = restore(after, save(begin(clerk.story, "miller", "full", clerk)))
    assert at_the_desk(read_to_the_end(again, Random(1), 8))[1] == 5
    assert [(note.kind, note.chapter, note.lost) for note in notes] == [("other", "The Desk", 2)]
