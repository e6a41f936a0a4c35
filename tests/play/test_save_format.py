"""The save format: a list of entries, which survives edits of the story and is refused when damaged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import Entry, Note, Playthrough, RestoreError, begin, restore, save
from game.play.save_check import with_checksums
from game.resources import story_folder
from game.story import Story
from game.story.loader import load
from tests.play.readers import edited, read, read_to_the_end, texts, value
from tests.small_stories.packs import load_the_mill


def test_a_save_has_all_keys_as_plain_json(the_mill: Story) -> None:
    clerk = read(the_mill, "clerk", "modest", "sign", "shut", "copy")
    data = save(read(the_mill, "miller", "give", earlier=clerk))
    head = [data[key] for key in ("format", "pack", "version", "role", "cut", "renames")]
    assert head == [2, "the-mill", 3, "miller", "full", []]
    taken = [(entry["at"], entry["take"]) for entry in data["entries"]]
    assert taken == [("reel.reel", "continue"), ("m-gate.gate", "give")]
    marks = [entry["mark"] for entry in data["entries"]]
    assert marks[0] == "" and marks[1]
    assert (data["earlier"]["role"], data["earlier"]["entries"][-1]["take"]) == ("clerk", "copy")
    assert json.loads(json.dumps(data)) == data


def test_saves_share_no_mutable_data(the_mill: Story) -> None:
    p = read(the_mill, "miller", "wait")
    whole, spoilt = json.loads(json.dumps(save(p))), save(p)
    spoilt["entries"][0]["take"] = "gone"
    spoilt["entries"].clear()
    assert save(p) == whole
    assert save(p.choose(p.page.choices[0].id))["entries"][:-1] == whole["entries"]


def walked(story: Story) -> Playthrough:
    """A playthrough with a page read twice, a fork, a chapter without pages and a skipped chapter."""
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
def test_a_save_follows_edits_of_the_story(edit: str, the_mill: Story, tmp_path: Path) -> None:
    old = walked(the_mill)
    p, notes = restore(edited(tmp_path, *EDITS[edit]), save(old))
    assert (notes, len(p.entries)) == ((), len(old.entries))
    assert p.page.node == old.page.node == "m-end.eve"
    assert texts(p)[0] == texts(old)[0]


def test_a_save_under_new_ids_is_the_same_again(the_mill: Story, tmp_path: Path) -> None:
    story = edited(tmp_path, *EDITS["all of them renamed"])
    p, _ = restore(story, save(walked(the_mill)))
    assert p.entries[1:3] == (Entry("m-door.door", "wait"), Entry("m-door.door", "hand-over"))
    assert restore(story, save(p))[0].entries == p.entries


def test_a_reworded_choice_is_taken_with_a_note(the_mill: Story, tmp_path: Path) -> None:
    story = edited(tmp_path, ("m-gate", "say: I gave the wok.", "say: I gave them the wok."))
    p, notes = restore(story, save(walked(the_mill)))
    assert (p.entries, notes) == (walked(the_mill).entries, (Note("reworded", "The Gate"),))


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
def test_the_replay_stops_if_no_recorded_entry_fits(
    edit: tuple[str, str, str], at: str, lost: int, choices: int, the_mill: Story, tmp_path: Path
) -> None:
    p, notes = restore(edited(tmp_path, edit), save(walked(the_mill)))
    assert (p.page.node, p.entries) == (at, walked(the_mill).entries[:-lost])
    assert notes == (Note("stopped", p.page.title, lost, choices),)


def test_a_removed_choice_of_the_record_is_noted_with_the_outcome(the_mill: Story, tmp_path: Path) -> None:
    """A removed choice of the earlier record makes its chapter a `skip`, with one note; other choices hold.

    The record keeps the choice, so it holds again if it comes back, with another note.
    """
    clerk = read(the_mill, "clerk", "double", "sign", "shut", "copy")
    p = read(the_mill, "miller", "give", "smallest", earlier=clerk)
    assert texts(p)[0] == "a full jar, a bare hook, a double number, 4,868 sacks."
    story = edited(tmp_path, ("c-gate", "{id: sign, say: I signed.", "{id: stamp, say: I stamped it."))
    again, notes = restore(story, save(p))
    assert notes == (Note("other", "The Desk", recorded="a double number", holds="a modest number"),)
    assert again.entries == p.entries
    assert again.earlier == p.earlier is not None
    assert texts(again)[0] == "a full jar, a bare hook, a modest number, 4,868 sacks."
    assert restore(story, save(again))[1] == ()
    back, notes = restore(the_mill, save(again))
    assert notes == (Note("other", "The Desk", recorded="a modest number", holds="a double number"),)
    assert (back.entries, back.earlier, back.position) == (p.entries, p.earlier, p.position)


NO_CLERK = [
    ("pack", "clerk: {name: Clerk Yao}", "smith: {name: A Smith}"),
    *((f"c-{chapter}", "role: clerk", "role: smith") for chapter in ("gate", "mid", "end")),
]


@pytest.mark.parametrize("edits", [NO_CLERK, [("pack", "full: {play: one role}", "full: {play: both roles}")]])
def test_a_record_that_cannot_be_used_is_dropped_with_a_note(
    edits: list[tuple[str, str, str]], the_mill: Story, tmp_path: Path
) -> None:
    clerk = read(the_mill, "clerk", "double", "sign", "shut", "copy")
    p = read(the_mill, "miller", earlier=clerk)
    again, notes = restore(edited(tmp_path, *edits), save(p))
    assert (again.earlier, again.page.node) == (None, p.page.node)
    assert notes == (Note("earlier", p.page.title, 4, 4),)


def test_a_save_of_an_ending_and_of_leaving_stays_over(the_mill: Story) -> None:
    for p in (read(the_mill, "miller", "give", "walk"), read(the_mill, "miller", "continue").leave()):
        again, notes = restore(the_mill, save(p))
        assert (notes, again.over, again.left, again.finished) == ((), True, p.left, p.finished)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"pack": "another"}, "foreign"),
        ({"pack": None}, "foreign"),
        ({"format": 3}, "newer"),
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
def test_data_that_is_not_a_save_of_this_story_is_refused_with_a_reason(
    change: dict[str, Any], reason: str, the_mill: Story
) -> None:
    with pytest.raises(RestoreError) as error:
        restore(the_mill, with_checksums({**save(walked(the_mill)), **change}))
    assert error.value.reason == reason
    assert str(error.value)


def test_a_record_has_no_record_of_its_own(the_mill: Story) -> None:
    """Saves of a reader who reads the roles in turn many times do not grow, and can be opened."""
    p = read(the_mill, "clerk", "modest", "sign", "shut", "copy")
    sizes = []
    for _ in range(300):
        p = read(the_mill, "miller", "give", "smallest", "stay", earlier=p)
        p = read(the_mill, "clerk", "modest", "sign", "shut", "copy", earlier=p)
        sizes.append(len(json.dumps(save(p))))
    assert len(set(sizes)) == 1
    again, notes = restore(the_mill, save(p))
    assert (again.entries, again.earlier, notes) == (p.entries, p.earlier, ())


def test_a_playthrough_that_skips_the_last_chapter_can_be_a_record(the_mill: Story, tmp_path: Path) -> None:
    story = edited(tmp_path, ("m-end", "when: April 1962", "when: April 1962\nnote: Names are called."))
    miller = read(story, "miller", "give", "smallest", "skip")
    assert (miller.page.node, miller.finished) == (None, True)
    clerk = read(story, "clerk", "modest", "sign", earlier=miller)
    again, notes = restore(story, json.loads(json.dumps(save(clerk))))
    assert (again.earlier, notes) == (clerk.earlier, ())
    assert not miller.undo().leave().finished


def other_kinds(value: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        yield from (value + "x", value[:-1] + "~") if value else ("x",)
    elif value is None:
        yield "x"


def changed_somewhere(data: Any) -> Iterator[Any]:
    """The data with a changed value or a missing part, at each place in turn."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, item in parts:
        for changed in (*other_kinds(item), *changed_somewhere(item)):
            copy = data.copy()
            copy[key] = changed
            yield copy
        copy = data.copy()
        del copy[key]
        yield copy


def test_any_changed_value_of_a_save_is_detected(the_mill: Story) -> None:
    clerk = read(the_mill, "clerk", "wait", "double", "sign", "open", "keep", "copy")
    whole = save(read(the_mill, "miller", "wait", "give", earlier=clerk))
    spoilt = list(changed_somewhere(whole))
    assert len(spoilt) > 150
    for data in spoilt:
        with pytest.raises(RestoreError) as error:
            restore(the_mill, data)
        assert error.value.reason in ("damaged", "foreign", "newer")


def test_a_flipped_bit_in_the_earlier_record_is_detected(the_mill: Story) -> None:
    """After each flipped bit the text is not JSON, is damaged, or writes the same data in another way."""
    clerk = read(the_mill, "clerk", "double", "sign", "open", "keep", "copy")
    whole = save(read(the_mill, "miller", "give", earlier=clerk))
    text = json.dumps(whole).encode()
    begins, unnoticed = text.index(b'"earlier"'), 0
    for at in range(begins, len(text)):
        for bit in range(8):
            spoilt = bytes([*text[:at], text[at] ^ 1 << bit, *text[at + 1 :]])
            try:
                data = json.loads(spoilt)
            except ValueError:
                continue
            if data != whole:
                with pytest.raises(RestoreError):
                    restore(the_mill, data)
            else:
                unnoticed += 1
    assert unnoticed < 100  # a space that became another blank


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
    the_mill = load_the_mill()
    clerk = read(the_mill, "clerk", "double", "sign", "open", "keep", "copy")
    whole = save(read(the_mill, "miller", "wait", "give", "work", "stay", earlier=clerk))
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
    if data.draw(st.booleans()):
        whole = with_checksums(whole)
    try:
        p, notes = restore(the_mill, whole)
    except RestoreError as error:
        assert error.reason in ("damaged", "foreign", "newer", "gone")
    else:
        p.page.as_json()
        assert all(isinstance(note, Note) for note in notes)
        again, after = restore(the_mill, save(p))
        assert (again.entries, after) == (p.entries, ())


@given(plain)
def test_any_other_data_is_refused(data: Any) -> None:
    odd: list[Any] = [None, [], {}, "", "save", 1, [[]], {"entries": []}, data]
    for unfit in odd:
        with pytest.raises(RestoreError) as error:
            restore(load_the_mill(), unfit)
        assert error.value.reason in ("damaged", "foreign")


def test_a_save_of_one_language_is_opened_in_another(shipped: Story) -> None:
    """Marks are of the original's words, so neither direction gives a note on changed words."""
    chinese = load(story_folder(), "zh-Hans")
    for saved_in, opened_in in ((chinese, shipped), (shipped, chinese)):
        first = read_to_the_end(begin(saved_in, "official", "kiosk"), Random(1))
        p = read_to_the_end(begin(saved_in, "villager", "full", first), Random(2))
        again, notes = restore(opened_in, save(p))
        assert (again.entries, again.earlier, notes) == (p.entries, p.earlier, ())
        assert save(again) == save(p)


def test_choices_with_the_same_text_are_distinguished_by_their_ids(tmp_path: Path) -> None:
    both = ("m-gate", "say: I hid the grain.", "say: I gave the wok.")
    old = read(edited(tmp_path / "before", both), "miller", "give")
    renamed = ("m-gate", "{id: give,", "{id: lend,"), ("m-gate", "{id: hide,", "{id: keep,")
    story = edited(tmp_path / "after", both, *renamed)
    p, (note,) = restore(story, save(old))
    assert (note.kind, p.page.node) == ("stopped", "m-gate.gate")


def test_swapped_ids_of_own_entries_follow_the_text(the_mill: Story, tmp_path: Path) -> None:
    give, hide = "{id: give, say: I gave the wok.", "{id: hide, say: I hid the grain."
    swap = ("m-gate", give, "{id: hide , say: I gave the wok."), ("m-gate", hide, "{id: give, say: I hid the grain.")
    story = edited(tmp_path, *swap)
    p, notes = restore(story, save(read(the_mill, "miller", "wait", "give")))
    assert (p.entries[-1], value(p, "wok")) == (Entry("m-gate.gate", "hide"), False)
    assert notes == (Note("swapped", "The Gate"),)
    assert restore(story, save(p))[1] == ()


def test_a_changed_fate_on_the_own_entries_has_a_note(the_mill: Story, tmp_path: Path) -> None:
    fated = ("pack", "calendar:", "always: [wok or jar > 3]\ncalendar:")
    old = read(edited(tmp_path / "before", fated), "miller", "wait", "give")
    story = edited(tmp_path / "after", fated, ("m-gate", "do: [wok = false, jar -= 1]", "do: [jar -= 1]"))
    assert restore(story, save(old))[1][0].kind == "fate"
