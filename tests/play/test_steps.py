"""The steps of a playthrough: each entry leads to the page that the story names."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.play import Change, Entry, NothingToUndo, Record, UnavailableChoice, UnknownChoice, begin, follow
from game.story import Story
from tests.play.readers import edited, ids, read, texts, value


def test_the_first_page_is_a_page(the_mill: Story) -> None:
    p = begin(the_mill, "miller")
    page = p.page
    assert (page.chapter, page.node, page.role) == ("reel", "reel.reel", None)
    assert (page.title, page.place) == ("A Film", "the lane")
    assert [(paragraph.by, paragraph.text) for paragraph in page.paragraphs] == [
        (None, "A sheet between two poplars."), ("the film", "Every furnace is a flower!"),
    ]  # fmt: skip
    assert ids(p) == ["continue"]
    assert (page.offers, page.changes, page.told, page.ledger, page.ending) == (("leave",), (), (), None, None)
    assert (p.entries, p.past, p.over, p.finished, p.entry) == ((), (), False, False, None)


def test_a_page_has_its_fields_by_name(the_mill: Story) -> None:
    page = read(the_mill, "miller", "continue").page.as_json()
    single = [page[name] for name in ("hanzi", "when", "discuss", "tally")]
    assert single == ["大炼钢铁", "October 1958", "Who knew what?", False]
    assert page["paragraphs"][0]["text"] == "There was a handful, and a wok."
    spans = [span["text"] for span in page["paragraphs"][0]["spans"]]
    assert spans == ["There was ", "a handful", ", and ", "a wok", "."]
    assert page["choices"][0] == {"id": "give", "say": "I gave the wok.", "reason": ""}
    assert page["picture"] == {
        "scene": "village",
        "params": {"season": "autumn", "jar": 2, "thin": False},
        "alt": "A lane in autumn, a handful.",
    }
    named = "chapter node role title hanzi when place note object paragraphs brief shows_brief told choices onward"
    around = "offers answer changes lines shows_brief_lines sources people progress ledger picture discuss tally ending"
    assert list(page) == [*named.split(), *around.split()]


@pytest.mark.parametrize(
    ("role", "cut", "message"),
    [
        ("nobody", "full", "there is no role `nobody`; roles are miller, clerk"),
        ("miler", "full", "Did you mean `miller`?"),
        (None, "full", "there is no role"),
        ("", "full", "there is no role"),
        ("miller", "fulll", "there is no cut `fulll`; cuts are full, short, kiosk, class. Did you mean `full`?"),
        ("miller", "", "there is no cut"),
    ],
)
def test_an_unknown_role_or_cut_is_a_value_error(the_mill: Story, role: str | None, cut: str, message: str) -> None:
    with pytest.raises(ValueError, match="there is no") as error:
        begin(the_mill, role, cut)
    assert message in str(error.value)


def test_an_earlier_record_must_fit(the_mill: Story, tmp_path: Path) -> None:
    clerk = read(the_mill, "clerk", "modest", "sign", "shut", "copy")
    miller = read(the_mill, "miller", "wait", "give", "smallest", "stay")
    both = read(the_mill, None, "give", "modest", "sign", "shut", "smallest", "stay", "copy", cut="class")
    another = edited(tmp_path, ("pack", "pack: the-mill", "pack: another"))
    foreign = read(another, "clerk", "modest", "sign", "shut", "copy")
    assert all(p.finished for p in (clerk, miller, both, foreign))
    for unfit in (miller, clerk.undo(), clerk.undo().leave(), both, foreign):
        with pytest.raises(ValueError, match="an earlier playthrough must"):
            begin(the_mill, "miller", earlier=unfit)
    with pytest.raises(ValueError, match="an earlier playthrough must"):
        begin(the_mill, None, "class", earlier=clerk)
    assert begin(the_mill, "miller", "kiosk", earlier=clerk).earlier == Record("clerk", clerk.entries)


def test_a_step_is_the_choice_then_the_way_then_the_node(the_mill: Story) -> None:
    p = read(the_mill, "miller", "give")
    assert p.page.node == "m-gate.night"
    assert texts(p) == ["Night, and no grain.", "The hook was bare.", "I had stood at the gate."]
    assert (value(p, "jar"), value(p, "hunger")) == (0, 1)


def test_a_node_without_text_runs_its_effects(the_mill: Story) -> None:
    p = read(the_mill, "miller", "give", "continue")
    assert (p.page.chapter, value(p, "hunger")) == ("weighing", 2)


def test_changes_have_words_and_facts(the_mill: Story) -> None:
    assert read(the_mill, "miller", "give").page.changes == (
        Change("jar", "a handful", "no grain", ("scrap", "invented", "fever")),
        Change("wok", "a wok", "a bare hook", ("scrap", "invented")),
    )
    assert read(the_mill, "clerk", "double").page.changes == (
        Change("pledge", "nothing", "a double number", ("fever",)),
    )


def test_variables_without_words_or_change_are_not_listed(the_mill: Story) -> None:
    gate = read(the_mill, "miller", "continue")
    assert (value(gate, "hunger"), gate.page.changes) == (1, ())
    assert read(the_mill, "miller", "hide").page.changes == (
        Change("jar", "a handful", "a full jar", ("invented", "fever")),
    )
    waited = read(the_mill, "miller", "wait")
    assert (value(waited, "hunger"), waited.page.changes) == (2, ())
    assert read(the_mill, "clerk", "wait").page.changes == ()


def test_changes_of_the_other_role_are_not_listed(the_mill: Story) -> None:
    p = read(the_mill, "miller", "wait", "give", "continue", "continue")
    assert (p.page.chapter, value(p, "pledge"), value(p, "crop")) == ("m-heavy", "modest", 77)
    assert ([change.variable for change in p.page.changes], p.page.told) == (["jar"], ())


def test_a_ledger_shows_numbers(the_mill: Story) -> None:
    p = read(the_mill, "clerk", "double", "sign", "continue")
    assert p.page.ledger is not None
    assert [(row.kind, row.amount) for row in p.page.ledger.rows] == [("brought_in", 4868), ("reported", 9736)]


def test_a_page_visited_again_runs_its_effects_again(the_mill: Story) -> None:
    p = read(the_mill, "miller", "wait", "wait", "wait")
    assert (p.page.node, value(p, "hunger")) == ("m-gate.gate", 4)


def test_a_closed_or_unknown_choice_is_refused_with_the_open_choices(the_mill: Story) -> None:
    gate = read(the_mill, "miller", "continue")
    with pytest.raises(UnavailableChoice, match=r"`boast` is not open on `.*`; open are give, hide, wait"):
        gate.choose("boast")
    with pytest.raises(UnknownChoice, match=r"there is no choice `gve` on `.*Did you mean `give`"):
        gate.choose("gve")
    for unknown in ("continue", "skip", "leave", "", "m-gate.gate.give"):
        with pytest.raises(UnknownChoice):
            gate.choose(unknown)
    assert gate.page.node == "m-gate.gate"
    with pytest.raises(UnknownChoice, match="open are continue"):
        begin(the_mill, "miller").choose("give")


def test_an_ending_is_the_last_page(the_mill: Story) -> None:
    p = read(the_mill, "miller", "hide", "smallest", "stay")
    assert (p.page.ending, p.page.choices, p.page.offers, p.over, p.finished) == ("the-bowls", (), (), True, True)
    for entry in ("continue", "stay", "skip", "leave"):
        with pytest.raises(UnavailableChoice):
            p.take(entry)


def test_leave_ends_the_playthrough_on_the_same_page(the_mill: Story) -> None:
    inside = read(the_mill, "miller", "continue")
    p = inside.leave()
    assert (p.over, p.left, p.finished) == (True, True, False)
    assert (p.page.node, p.page.choices, p.page.offers) == (inside.page.node, (), ())
    assert p.entries == (*inside.entries, Entry("m-gate.gate", "leave"))
    assert len(p.pages) == len(inside.pages)
    for entry in ("give", "leave"):
        with pytest.raises(UnavailableChoice):
            p.take(entry)
    assert p.undo() is inside


def test_undo_on_the_first_page_raises(the_mill: Story) -> None:
    p = begin(the_mill, "miller")
    with pytest.raises(NothingToUndo):
        p.undo()
    assert p.choose("continue").undo() is p


def test_a_playthrough_is_never_changed(the_mill: Story) -> None:
    gate = read(the_mill, "miller", "continue")
    before = gate.page.as_json()
    assert texts(gate.choose("give")) != texts(gate.choose("hide"))
    assert gate.page.as_json() == before
    assert len(gate.entries) == 1


def test_looking_back_shows_every_page(the_mill: Story) -> None:
    p = read(the_mill, "miller", "wait", "give")
    assert [page.node for page in p.pages] == ["reel.reel", "m-gate.gate", "m-gate.gate", "m-gate.night"]
    assert [page.node for page in p.past] == [page.node for page in p.pages[:-1]]
    assert p.entries == (Entry("reel.reel", "continue"), Entry("m-gate.gate", "wait"), Entry("m-gate.gate", "give"))


def test_following_continue_goes_on_by_one_page(the_mill: Story) -> None:
    start = begin(the_mill, "miller")
    assert [p.page.node for p in follow(start, "continue")] == ["m-gate.gate"]
    with pytest.raises(UnknownChoice, match="open are"):
        list(follow(start.choose("continue"), "continue"))
    *_, given = follow(start, "give")
    assert len(list(follow(given, "continue"))) == 1


def test_following_takes_local_and_full_ids_and_turns_pages(the_mill: Story) -> None:
    start = begin(the_mill, "miller")
    for entry in ("give", "m-gate.gate.give"):
        assert [p.page.node for p in follow(start, entry)] == ["m-gate.gate", "m-gate.night"]
    (left,) = follow(start, "reel.reel.leave")  # every page has this entry, also a page with only `continue`
    assert left.left
    with pytest.raises(UnknownChoice, match="another page"):
        list(follow(start, "m-gate.night.give"))
    with pytest.raises(UnknownChoice):
        list(follow(start, "nothing"))
