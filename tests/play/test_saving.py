"""A save is the list of entries: what it carries, what it survives, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import Entry, Note, Playthrough, RestoreError, restore, save
from game.story import Story
from tests.play.readers import edited, read, texts, the_mill


def test_a_save_is_plain_and_names_all_it_needs(mill: Story) -> None:
    """Format, pack, version, role, cut, entries with their marks, and the earlier record inside."""
    clerk = read(mill, "clerk", "modest", "sign", "shut", "copy")
    data = save(read(mill, "miller", "give", earlier=clerk))
    assert (data["format"], data["pack"], data["version"], data["role"], data["cut"]) == (
        1,
        "the-mill",
        3,
        "miller",
        "full",
    )
    assert [(one["at"], one["take"]) for one in data["entries"]] == [("reel.reel", "continue"), ("m-gate.gate", "give")]
    assert data["entries"][0]["mark"] == ""
    assert data["entries"][1]["mark"]
    assert (data["renames"], data["earlier"]["role"]) == ([], "clerk")
    assert [one["take"] for one in data["earlier"]["entries"]][-1] == "copy"
    assert json.loads(json.dumps(data)) == data


def test_what_is_done_to_a_save_changes_no_other_save(mill: Story) -> None:
    """Two saves of one playthrough share nothing that can be changed, and a longer one holds the shorter."""
    p = read(mill, "miller", "wait")
    whole, spoilt = json.loads(json.dumps(save(p))), save(p)
    spoilt["entries"][0]["take"] = "gone"
    spoilt["entries"].clear()
    assert save(p) == whole
    assert save(p.choose(p.page.choices[0].id))["entries"][:-1] == whole["entries"]


def walked(story: Story) -> Playthrough:
    """A playthrough that meets pages twice, a fork, a told and a skipped chapter."""
    return read(story, "miller", "wait", "give", "skip")


RENAMED_CHAPTER = [("m-gate", "chapter: m-gate", "chapter: m-door\nwas: [old, m-gate]"), ("pack", "m-gate", "m-door")]
RENAMED_NODE = [
    ("m-gate", "  gate:", "  door:\n    was: [older, gate]"),
    ("m-gate", "goto: gate}", "goto: door}"),
    ("m-gate", "seen(gate)", "seen(door)"),
]
RENAMED_CHOICE = [("m-gate", "{id: give,", "{id: hand-over, was: [oldest, give],")]
MOVED = ("calendar: [reel, [m-gate, c-gate], m-told, weighing,", "calendar: [weighing, [m-gate, c-gate], reel, m-told,")
EDITS = {
    "a chapter renamed": RENAMED_CHAPTER,
    "a node renamed": RENAMED_NODE,
    "a choice renamed": RENAMED_CHOICE,
    "all of them renamed": RENAMED_CHAPTER + RENAMED_NODE + RENAMED_CHOICE,
    "a chapter moved": [("pack", *MOVED)],
    "a variable added": [("pack", "  wok: {start: true", "  more: {start: 3, min: 0, max: 5}\n  wok: {start: true")],
    "a choice inserted before": [("m-gate", "- {id: give,", "- {id: run, say: Ran., goto: night}\n      - {id: give,")],
    "a paragraph inserted before": [("m-gate", "      - Night, and", "      - It was late.\n      - Night, and")],
    "another choice removed": [("m-gate", "      - {id: boast, say: I boasted., if: jar > 3, goto: night}\n", "")],
}


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_a_save_follows_edits_of_the_story(edit: str, mill: Story, tmp_path: Path) -> None:
    """Ids that were renamed with `was`, chapters that moved, and whatever was added: every choice is still taken."""
    old = walked(mill)
    p, notes = restore(edited(tmp_path, *EDITS[edit]), save(old))
    assert notes == ()
    assert len(p.entries) == len(old.entries)
    assert p.page.node == old.page.node == "m-end.eve"
    assert texts(p)[0] == texts(old)[0]


def test_a_save_under_new_ids_is_the_same_again(mill: Story, tmp_path: Path) -> None:
    """What was restored under today's ids is saved under them."""
    story = edited(tmp_path, *EDITS["all of them renamed"])
    p, _ = restore(story, save(walked(mill)))
    assert p.entries[1:3] == (Entry("m-door.door", "wait"), Entry("m-door.door", "hand-over"))
    assert restore(story, save(p))[0].entries == p.entries


def test_changed_words_give_a_note_and_the_same_branch(mill: Story, tmp_path: Path) -> None:
    """A choice that says something else now is still the one that was taken, and the reader is told where."""
    story = edited(tmp_path, ("m-gate", "say: I gave the wok.", "say: I gave them the wok."))
    p, notes = restore(story, save(walked(mill)))
    assert notes == (Note("reworded", "The Gate"),)
    assert p.entries == walked(mill).entries


GIVE = "{id: give, say: I gave the wok."


@pytest.mark.parametrize(
    ("edit", "at", "lost", "choices"),
    [
        (("m-gate", GIVE, "{id: lend, say: I lent the wok."), "m-gate.gate", 4, 2),
        (("m-gate", GIVE, "{id: give, if: jar > 9, say: I gave the wok."), "m-gate.gate", 4, 2),
        (("m-heavy", "note: Someone is hungry.\n", ""), "m-heavy.ladle", 1, 1),
        (("weighing", "    goto: next\n", "    choices: [{id: on, say: On., goto: next}]\n"), "weighing.scales", 2, 1),
    ],
)
def test_where_nothing_recorded_fits_the_replay_stops(
    edit: tuple[str, str, str], at: str, lost: int, choices: int, mill: Story, tmp_path: Path
) -> None:
    """A taken choice that is gone or closed ends the replay on its page, never on another branch, and that is said."""
    p, notes = restore(edited(tmp_path, edit), save(walked(mill)))
    assert p.page.node == at
    assert notes == (Note("stopped", p.page.title, lost, choices),)
    assert p.entries == walked(mill).entries[:-lost]


def test_a_chapter_of_the_record_that_does_not_hold_any_more_is_let_go_with_a_note(mill: Story, tmp_path: Path) -> None:
    """Where a choice of the earlier record is gone, its chapter is told plainly; the others hold, and that is said."""
    clerk = read(mill, "clerk", "double", "sign", "open", "keep", "copy")
    p = read(mill, "miller", "give", "smallest", earlier=clerk)
    story = edited(tmp_path, ("c-gate", "{id: sign,", "{id: stamp,"))
    again, notes = restore(story, save(p))
    assert notes == (Note("earlier", "Counting", 2, 2),)
    assert again.entries == p.entries
    assert texts(again)[0] == "a full jar, a bare hook, a double number, 2 sacks."
    assert again.earlier is not None
    assert [entry.take for entry in again.earlier.entries if entry.take != "continue"] == ["open", "keep", "copy"]
    assert restore(story, save(again))[1] == ()


NO_CLERK = [
    ("pack", "clerk: {name: Clerk Yao}", "smith: {name: A Smith}"),
    *((f"c-{chapter}", "role: clerk", "role: smith") for chapter in ("gate", "mid", "end")),
]


@pytest.mark.parametrize("edits", [NO_CLERK, [("pack", "full: {play: one role}", "full: {play: both roles}")]])
def test_a_record_of_no_use_any_more_is_let_go_with_a_note(
    edits: list[tuple[str, str, str]], mill: Story, tmp_path: Path
) -> None:
    """Its role is gone, or the cut plays both roles now: the playthrough itself is kept, and that is said."""
    clerk = read(mill, "clerk", "double", "sign", "shut", "copy")
    p = read(mill, "miller", earlier=clerk)
    again, notes = restore(edited(tmp_path, *edits), save(p))
    assert again.earlier is None
    assert notes == (Note("earlier", p.page.title, 4, 4),)
    assert again.page.node == p.page.node


def test_a_save_of_an_ending_and_of_leaving_stays_over(mill: Story) -> None:
    """What was over is over."""
    for p in (read(mill, "miller", "give", "walk"), read(mill, "miller", "continue").leave()):
        again, notes = restore(mill, save(p))
        assert (notes, again.over, again.left, again.finished) == ((), True, p.left, p.finished)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"pack": "another"}, "foreign"),
        ({"pack": None}, "foreign"),
        ({"format": 2}, "newer"),
        ({"format": "1"}, "damaged"),
        ({"format": None}, "damaged"),
        ({"format": 0}, "damaged"),
        ({"entries": None}, "damaged"),
        ({"entries": {}}, "damaged"),
        ({"entries": ["give"]}, "damaged"),
        ({"entries": [{"at": "reel.reel"}]}, "damaged"),
        ({"entries": [{"at": 1, "take": "give", "mark": ""}]}, "damaged"),
        ({"entries": [{"at": "reel.reel", "take": "continue", "mark": 3}]}, "damaged"),
        ({"role": 3}, "damaged"),
        ({"cut": ["full"]}, "damaged"),
        ({"role": "nobody"}, "gone"),
        ({"role": None}, "gone"),
        ({"cut": "nothing"}, "gone"),
        ({"earlier": "clerk"}, "damaged"),
        ({"earlier": {"entries": []}}, "damaged"),
        ({"earlier": {"role": "clerk", "entries": [3]}}, "damaged"),
        ({"renames": "m-gate"}, "damaged"),
        ({"renames": [["m-gate"]]}, "damaged"),
        ({"renames": [["m-gate", 3]]}, "damaged"),
    ],
)
def test_what_is_no_save_of_this_story_is_refused_with_a_reason(
    change: dict[str, Any], reason: str, mill: Story
) -> None:
    """Foreign, newer, damaged, or of a role or cut that is gone: each is told apart, in a sentence."""
    with pytest.raises(RestoreError) as error:
        restore(mill, {**save(walked(mill)), **change})
    assert error.value.reason == reason
    assert str(error.value)


@pytest.mark.parametrize("data", [None, [], {}, "", "save", 1, [[]], {"entries": []}])
def test_any_other_data_is_refused(data: Any, mill: Story) -> None:
    """What has nothing of a save is damaged or another story's."""
    with pytest.raises(RestoreError) as error:
        restore(mill, data)
    assert error.value.reason in ("damaged", "foreign")


def test_a_record_holds_no_record_of_its_own(mill: Story) -> None:
    """Who reads one role after the other, again and again, has saves that do not grow, and each can be opened."""
    p = read(mill, "clerk", "modest", "sign", "shut", "copy")
    sizes = []
    for _ in range(300):
        p = read(mill, "miller", "give", "smallest", "stay", earlier=p)
        p = read(mill, "clerk", "modest", "sign", "shut", "copy", earlier=p)
        sizes.append(len(json.dumps(save(p))))
    assert len(set(sizes)) == 1
    again, notes = restore(mill, save(p))
    assert (again.entries, again.earlier, notes) == (p.entries, p.earlier, ())


def test_a_last_chapter_that_was_skipped_is_an_end_for_the_record(mill: Story, tmp_path: Path) -> None:
    """Who had the last chapter told instead has read to the end: the other role can be read after it."""
    story = edited(tmp_path, ("m-end", "when: April 1962", "when: April 1962\nnote: Names are called."))
    miller = read(story, "miller", "give", "smallest", "skip")
    assert (miller.page.node, miller.finished) == (None, True)
    clerk = read(story, "clerk", "modest", "sign", earlier=miller)
    again, notes = restore(story, json.loads(json.dumps(save(clerk))))
    assert (again.earlier, notes) == (clerk.earlier, ())
    assert not miller.undo().leave().finished


KNOWN = ["miller", "clerk", "full", "class", "give", "continue", "leave", "skip", "reel.reel", "m-gate.gate"]
atoms = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=9))
plain = st.recursive(
    atoms | st.sampled_from(KNOWN),
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(st.text(max_size=6), below, max_size=3)),
    max_leaves=6,
)
KEYS = ["format", "pack", "version", "renames", "role", "cut", "entries", "earlier"]


@given(st.data())
def test_a_mangled_save_is_a_playthrough_or_an_error(data: st.DataObject) -> None:
    """Parts changed, lost, doubled or in another order: what fits is played, all else is a reason, never a fault."""
    mill = the_mill()
    clerk = read(mill, "clerk", "double", "sign", "open", "keep", "copy")
    whole = save(read(mill, "miller", "wait", "give", "work", "stay", earlier=clerk))
    for _ in range(data.draw(st.integers(1, 3))):
        part = data.draw(st.sampled_from([whole, whole["earlier"]] if isinstance(whole["earlier"], dict) else [whole]))
        entries = part.get("entries")
        kind = data.draw(st.sampled_from(["key", "gone", "entry", "entries"]))
        if kind == "key":
            part[data.draw(st.sampled_from(KEYS))] = data.draw(plain)
        elif kind == "gone":
            part.pop(data.draw(st.sampled_from(KEYS)), None)
        elif isinstance(entries, list) and entries:
            i = data.draw(st.integers(0, len(entries) - 1))
            if kind == "entry":
                entries[i] = data.draw(
                    st.one_of(plain, st.fixed_dictionaries({"at": plain, "take": plain}), st.sampled_from(entries))
                )
            else:
                part["entries"] = data.draw(st.sampled_from([entries[i:], entries[:i], entries[::-1], entries * 2]))
        whole.setdefault("earlier", None)
    try:
        p, notes = restore(mill, whole)
    except RestoreError as error:
        assert error.reason in ("damaged", "foreign", "newer", "gone")
    else:
        p.page.as_json()
        assert all(isinstance(note, Note) for note in notes)
        again, after = restore(mill, save(p))
        assert (again.entries, after) == (p.entries, ())


@given(plain)
def test_any_data_at_all_is_refused(data: Any) -> None:
    """No data, however odd, is a fault."""
    with pytest.raises(RestoreError):
        restore(the_mill(), data)
