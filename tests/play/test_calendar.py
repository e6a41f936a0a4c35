"""The calendar: played, skipped, resolved and omitted chapters, in each cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.play import Change, Entry, Record, UnavailableChoice, begin, restore, save
from game.story import Story
from tests.play.readers import edited, ids, read, read_on, skip_texts, texts, value


def nodes(story: Story, role: str | None, *takes: str, cut: str = "full") -> list[str | None]:
    return [page.node for page in read(story, role, *takes, cut=cut).pages]


def test_a_role_plays_its_own_chapters_and_the_interludes(the_mill: Story) -> None:
    assert nodes(the_mill, "miller", "give", "smallest", "go") == [
        "reel.reel", "m-gate.gate", "m-gate.night", "weighing.scales", "m-heavy.ladle", "m-end.eve", "m-end.bowls",
    ]  # fmt: skip
    assert nodes(the_mill, "clerk", "modest", "sign", "shut", "burn") == [
        "reel.reel", "c-gate.desk", "c-gate.second", "c-gate.stamp", "weighing.scales", "c-mid.drawer", "c-end.leaves",
        "c-end.ashes",
    ]  # fmt: skip


def test_a_skipped_chapter_heads_the_next_page_and_takes_effect(the_mill: Story) -> None:
    p = read(the_mill, "miller", "hide", "continue")
    assert (p.page.node, skip_texts(p)) == ("weighing.scales", ["In November we ate together."])
    assert value(p, "jar") == 0
    assert p.page.changes == (Change("jar", "a full jar", "no grain", ("halls",)),)
    assert skip_texts(read(the_mill, "clerk", "modest", "sign", "continue")) == []


def test_chapters_outside_of_the_cut_have_a_summary(the_mill: Story) -> None:
    p = begin(the_mill, "miller", "short")
    assert (p.page.node, skip_texts(p)) == ("m-gate.gate", ["There had been a film."])
    p = read(the_mill, "miller", "give", "continue", cut="short")
    assert p.page.node == "m-end.eve"
    assert [(told.chapter, told.title, told.when, told.paragraphs[0].text) for told in p.page.told] == [
        ("m-told", "The Hall", None, "In November we ate together."),
        ("weighing", "The Weighing", "December 1958", "It was weighed without me."),
        ("m-heavy", "The Ladle", "February 1960", "The old man did not see the spring."),
    ]
    assert texts(p) == ["no grain, a bare hook, a modest number, 77 sacks.", "The smallest bowl came first.",
                        "I had held the ladle.", "The number was modest."]  # fmt: skip


def test_an_interlude_without_a_skip_leaves_no_trace_outside_of_the_cut(the_mill: Story, tmp_path: Path) -> None:
    skip = "skip: {text: It was weighed without me., do: [crop = 100], because: [invented]}\n"
    story = edited(tmp_path, ("weighing", skip, ""))
    p = read(story, "miller", "give", "continue", cut="short")
    assert "It was weighed without me." not in skip_texts(p)
    assert value(begin(story, "clerk", "short"), "crop") == 0


def test_a_brief_cut_shows_brief_texts_everywhere(the_mill: Story) -> None:
    p = begin(the_mill, "miller", "kiosk")
    assert (p.page.node, skip_texts(p)) == ("m-heavy.ladle", ["They came.", "We ate together."])
    assert (p.page.shows_brief, [paragraph.text for paragraph in p.page.brief]) == (True, ["A sum."])
    assert texts(p) == ["I have done that sum many times."]
    assert skip_texts(p.skip()) == ["He died."]
    assert value(p, "crop") == 77
    assert not begin(the_mill, "miller").page.shows_brief


def test_a_page_without_a_brief_text_shows_its_paragraphs_in_a_brief_cut(the_mill: Story, tmp_path: Path) -> None:
    story = edited(tmp_path, ("m-heavy", "    brief: A sum.\n", ""))
    page = begin(story, "miller", "kiosk").page
    assert (page.shows_brief, page.brief) == (False, ())


BEGUN = "nodes:\n  dusk: {text: It was dusk., in_brief: false, do: [crop = 12], because: [halls], goto: ladle}\n"


def test_a_brief_cut_passes_nodes_that_are_not_in_brief(tmp_path: Path) -> None:
    """The node makes no page and no entry, but its effects apply and it counts as seen.

    The next page is the chapter's first, with its note and its skip. In other cuts the node is a page."""
    seen = "  second:\n    text:\n      - The ladle again.\n      - {if: seen(dusk), text: After dusk.}\n"
    second = "  second:\n    text: The ladle again.\n"
    story = edited(tmp_path, ("m-heavy", "nodes:\n", BEGUN), ("m-heavy", second, seen))
    p = begin(story, "miller", "kiosk")
    assert (p.page.node, p.entries, value(p, "crop")) == ("m-heavy.ladle", (), 12)
    assert (p.page.note, p.page.offers) == ("Someone is hungry.", ("skip", "leave"))
    assert value(p.skip(), "crop") == 77
    assert "After dusk." in texts(p.choose("work"))
    assert "m-heavy.dusk" in [page.node for page in read(story, "miller", "give", "continue", "continue").pages]


def test_a_playthrough_of_a_brief_cut_can_be_the_earlier_record(tmp_path: Path) -> None:
    story = edited(tmp_path, ("m-heavy", "nodes:\n", BEGUN))
    for cut, takes in (("kiosk", ("smallest",)), ("full", ("give", "smallest"))):
        p = read_on(read(story, "miller", *takes, cut=cut))
        clerk = read_on(begin(story, "clerk", "full", earlier=p))
        assert (clerk.page.chapter, value(clerk, "crop")) == ("c-end", 12), cut


def test_a_cut_of_both_roles_plays_chapters_in_calendar_order(the_mill: Story) -> None:
    p = read(the_mill, None, "give", "double", "sign", "shut", "smallest", cut="class")
    assert p.role is None
    assert [page.chapter for page in p.pages] == [
        "reel", "m-gate", "m-gate", "c-gate", "c-gate", "c-gate", "weighing", "c-mid", "m-heavy", "m-end",
    ]  # fmt: skip
    assert texts(p)[0] == "a full jar, a bare hook, a double number, 4,868 sacks."


def test_a_cut_of_both_roles_ignores_the_role(the_mill: Story) -> None:
    assert begin(the_mill, "clerk", "class").role is None
    assert begin(the_mill, "nobody", "class").page.node == "reel.reel"


def test_an_ending_ends_its_own_role_only(the_mill: Story) -> None:
    """An ending's page goes on while the other door is open; later chapters of the ended door leave no trace."""
    p = read(the_mill, None, "give", "double", "sign", "shut", "walk", cut="class")
    assert (p.page.ending, ids(p), p.over, p.finished) == ("the-road", ["continue"], False, False)
    assert p.page.offers == ("leave",)
    p = p.choose("continue")
    assert (p.page.node, skip_texts(p)) == ("c-end.leaves", [])
    p = p.choose("burn")
    assert (p.page.ending, ids(p), p.over, p.finished) == ("ashes", [], True, True)
    last_date = read(the_mill, None, "give", "double", "sign", "shut", "smallest", "go", cut="class")
    assert (last_date.page.ending, ids(last_date)) == ("the-bowls", ["continue"])
    assert last_date.choose("continue").choose("copy").over


def test_a_heavy_chapter_has_a_note_and_a_skip_on_its_first_page(the_mill: Story) -> None:
    p = read(the_mill, "miller", "give", "continue", "continue")
    assert (p.page.note, p.page.offers) == ("Someone is hungry.", ("skip", "leave"))
    later = p.choose("work")
    assert (later.page.note, later.page.offers) == (None, ("leave",))
    assert (p.page.object, later.page.object) == ("rice-bowl", None)
    for elsewhere in (later, read(the_mill, "miller", "continue")):
        with pytest.raises(UnavailableChoice, match="`skip` is not offered"):
            elsewhere.skip()


def test_a_skip_starts_from_the_state_before_the_chapter(the_mill: Story) -> None:
    """The first page's effects are undone, the `skip` text is shown, and the nodes and choices of `as` hold."""
    before = read(the_mill, "miller", "give", "continue", "continue")
    assert value(before, "jar") == 3
    p = before.skip()
    assert p.entry == Entry("m-heavy.ladle", "skip")
    assert (value(p, "jar"), value(p, "hunger")) == (0, 5)
    assert skip_texts(p) == ["The old man did not see the spring."]
    assert texts(p)[1:3] == ["The smallest bowl came first.", "I had held the ladle."]
    assert p.undo() is before


def test_every_page_of_a_heavy_chapter_has_the_text_of_its_skip(the_mill: Story, tmp_path: Path) -> None:
    first = read(the_mill, "miller", "give", "continue", "continue")
    assert first.page.telling == first.skip().page.told[0]
    assert first.choose("work").page.telling == first.page.telling
    assert read(the_mill, "miller", "continue").page.telling is None
    text = "text: The old man did not see the spring."
    for condition, holds in (("hunger == 5", True), ("hunger < 5", False)):
        folder = tmp_path / str(holds)
        story = edited(folder, ("m-heavy", text, f"text: [{{if: {condition}, {text}}}]"))
        at = read(story, "miller", "give", "continue", "continue")
        assert value(at, "hunger") < 5
        assert (at.page.telling is not None) == holds


BURNED = ["modest", "sign", "open", "burn", "copy"]
RECORDS: dict[str, tuple[str, list[str], str, str, bool]] = {
    "no record": ("full", [], "give", "a bare hook, a modest number, 77", True),
    "replayed node by node": (
        "full", ["wait", "double", "strike", "wait", "double", "sign", "open", "keep", "copy"],
        "give", "a bare hook, a double number, 2", False,
    ),
    "a choice that is open again": ("full", BURNED, "hide", "a wok, a double number, 1", True),
    # without a wok the list cannot be burned: neither the drawer's effect nor the fire happened
    "a choice that is closed now": ("full", BURNED, "give", "a bare hook, a modest number, 77", True),
    "a kiosk visit, without some of the chapters": (
        "kiosk", ["open", "keep", "copy"], "give", "a bare hook, a double number, 2", True,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("cut", "hers", "mine", "line", "told"), RECORDS.values(), ids=RECORDS.keys())
def test_an_earlier_record_is_replayed_and_falls_back_to_the_skip(
    cut: str, hers: list[str], mine: str, line: str, told: bool, the_mill: Story
) -> None:
    clerk = read(the_mill, "clerk", *hers, cut=cut) if hers else None
    shown = texts(read(the_mill, "miller", mine, "smallest", earlier=clerk))
    assert (shown[0], "The number was modest." in shown) == (f"a full jar, {line} sacks.", told)


def test_a_record_without_a_new_decision_falls_back_to_the_skip(the_mill: Story, tmp_path: Path) -> None:
    clerk = read(the_mill, "clerk", "double", "sign", "open", "keep", "copy")
    asks = "  new: {text: A page., choices: [{id: yes, say: Yes., do: [crop = 9], because: [fever], goto: stamp}]}\n"
    to_new = ("c-gate", "say: I signed., goto: stamp", "say: I signed., goto: new")
    story = edited(tmp_path, to_new, ("c-gate", "  stamp:\n", f"{asks}  stamp:\n"))
    p = read(story, "miller", "give", "smallest", earlier=clerk)
    assert texts(p)[0] == "a full jar, a bare hook, a double number, 2 sacks."
    shut = read(the_mill, "clerk", "double", "sign", "shut", "copy")
    assert texts(read(story, "miller", "give", "smallest", earlier=shut))[0].endswith("a modest number, 4,868 sacks.")


def test_a_recorded_skip_stays_a_skip(the_mill: Story) -> None:
    for take, hunger in [("skip", 5), ("work", 2)]:
        miller = read(the_mill, "miller", "give", take, "go")
        assert value(read(the_mill, "clerk", "modest", "sign", "shut", earlier=miller), "hunger") == hunger


def test_an_earlier_record_may_have_its_own_record(the_mill: Story) -> None:
    first = read(the_mill, "miller", "hide", "smallest", "go")
    second = read(the_mill, "clerk", "modest", "sign", "open", "burn", "copy", earlier=first)
    third = read(the_mill, "miller", "hide", "smallest", earlier=second)
    assert value(second, "crop") == value(third, "crop") == 1
    again, notes = restore(the_mill, save(third))
    assert (again.page.as_json(), notes) == (third.page.as_json(), ())
    assert again.earlier == Record("clerk", second.entries)


def test_an_early_ending_of_the_record_leaves_its_later_chapters_to_their_skip(the_mill: Story) -> None:
    miller = read(the_mill, "miller", "give", "walk")
    p = read(the_mill, "clerk", "modest", "sign", "shut", earlier=miller)
    assert texts(p) == ["a modest number, a bare hook, 4,868 sacks."]
    assert value(p, "jar") == 3
