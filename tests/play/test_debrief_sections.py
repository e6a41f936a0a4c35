"""The talk after the story: its sections, filled from what this reader met."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from game.play import Item, Playthrough, Section, begin, debrief
from game.play.debrief_sections import MAX_QUESTIONS, facts_met
from game.story import Story, load
from tests.play.readers import edited, read, read_to_the_end
from tests.small_stories.packs import THE_MILL


def sections(p: Playthrough) -> dict[str, Section]:
    return {section.id: section for section in debrief(p)}


def lines(section: Section) -> list[str]:
    return [item.text for item in section.items]


@pytest.mark.parametrize(
    "takes",
    [(), ("continue",), ("give",), ("give", "skip"), ("leave",), ("give", "leave"), ("hide", "smallest", "stay")],
)
def test_every_section_is_there_at_any_point_of_a_playthrough(takes: tuple[str, ...], the_mill: Story) -> None:
    found = debrief(read(the_mill, "miller", *takes))
    assert [section.id for section in found] == ["feelings", "path", "facts", "invented"]
    assert [section.title for section in found][:2] == ["First of all", "What you chose"]
    assert (found[0].paragraphs, found[0].items) == (("Take a moment.", "What stays with you?"), ())


def test_the_path_is_the_reader_s_own_choices(the_mill: Story) -> None:
    p, changes = read(the_mill, "miller", "wait", "give", "skip", "go"), read(the_mill, "miller", "give").page.changes
    assert sections(p)["path"].items == (
        Item("I waited.", "October 1958 · The Gate", ()),
        Item("I gave the wok.", "October 1958 · The Gate", ("scrap",), changes),
        Item("I went.", "April 1962 · Counting", ("fever",)),
    )
    last = sections(read(the_mill, "clerk", "modest", "sign", "shut"))["path"].items[-1]
    assert (last.text, last.detail) == ("I left it.", "The Drawer")


def test_the_other_role_s_choices_are_not_in_the_path(the_mill: Story) -> None:
    clerk = read(the_mill, "clerk", "double", "sign", "shut", "copy")
    assert lines(sections(read(the_mill, "miller", "give", earlier=clerk))["path"]) == ["I gave the wok."]
    both = read(the_mill, None, "give", "double", "sign", cut="class")
    assert lines(sections(both)["path"]) == ["I gave the wok.", "I doubled it.", "I signed."]


def test_facts_come_in_the_order_of_meeting(the_mill: Story) -> None:
    p = read(the_mill, "miller", "give")
    met = [facts_met(at) for at in (p.history[0], p, p.choose("continue"))]
    assert met == [("fever",), ("fever", "scrap"), ("fever", "scrap", "halls")]
    assert sections(p)["facts"].items[1] == Item("Scrap was to be smelted.", "P18", ("scrap",))


def test_facts_of_resolved_chapters_are_not_met(the_mill: Story) -> None:
    assert not {"scrap", "halls"} & {*facts_met(read(the_mill, "clerk", "modest", "sign", "continue"))}


def test_choices_that_rest_on_inventions_are_listed(the_mill: Story) -> None:
    p = read(the_mill, "miller", "wait", "give", "smallest", "go")
    assert lines(sections(p)["invented"]) == ["I gave the wok."]
    assert "invented" not in facts_met(p)


@pytest.mark.parametrize("takes", [("continue",), ("give",), ("give", "continue")])
def test_leaving_does_not_change_the_debrief(takes: tuple[str, ...], the_mill: Story) -> None:
    p = read(the_mill, "miller", *takes)
    assert debrief(p.leave()) == debrief(p)
    assert facts_met(p.leave()) == facts_met(p)


def test_a_story_without_a_debrief_still_gives_the_path(tmp_path: Path) -> None:
    shutil.copytree(THE_MILL, tmp_path / "mill")
    (tmp_path / "mill" / "debrief.yaml").unlink()
    found = debrief(read(load(tmp_path / "mill"), "miller", "give"))
    assert [(section.title, lines(section)) for section in found] == [("The Mill", ["I gave the wok."])]


# Optional sections: essential facts not met, questions, books, a task. ---------------------------------------------


def with_sections(folder: Path, yaml: str, *edits: tuple[str, str, str]) -> Story:
    """The mill with more sections in its debrief, and scrap and halls as essential facts."""
    return edited(
        folder,
        ("debrief", "  - {id: facts,", f"{yaml}  - {{id: facts,"),
        ("facts", "- {id: scrap,", "- {id: scrap, essential: true,"),
        ("facts", "- {id: halls,", "- {id: halls, essential: true,"),
        *edits,
    )


UNMET = "  - {id: unmet, title: Not met, text: [These were not met.], fill: unmet}\n"


def test_the_essential_facts_that_were_not_met_are_named(tmp_path: Path) -> None:
    story = with_sections(tmp_path, UNMET)
    assert [item.facts for item in sections(begin(story, "miller"))["unmet"].items] == [("scrap",), ("halls",)]
    unmet = sections(read(story, "miller", "give"))["unmet"]
    assert unmet.items == (Item("People ate together.", "P21", ("halls",)),)
    assert unmet.paragraphs == ("These were not met.",)


def test_an_empty_section_has_its_own_text_or_is_left_out(tmp_path: Path) -> None:
    assert "unmet" not in sections(read(with_sections(tmp_path / "one", UNMET), "miller", "give", "continue"))
    story = with_sections(tmp_path / "two", UNMET.replace("fill: unmet", "otherwise: [All were met.], fill: unmet"))
    found = sections(read(story, "miller", "give", "continue"))["unmet"]
    assert (found.paragraphs, found.items) == (("All were met.",), ())
    path = ("debrief", "fill: path", "otherwise: [You chose nothing.], fill: path")
    story = with_sections(tmp_path / "three", UNMET, path)
    assert sections(begin(story, "miller"))["path"].paragraphs == ("You chose nothing.",)
    assert sections(read(story, "miller", "wait"))["path"].paragraphs == ("These were your choices.",)


UNKNOWN = """\
  - id: unknown
    title: What the miller never learned
    text:
      - {if: not seen(c-gate.second), text: The clerk had wet his brush.}
      - {if: chose(m-gate.gate.give), text: The wok went to the county.}
      - {if: hunger == 5, text: Others ate that winter.}
"""


def test_a_text_with_a_condition_is_shown_if_it_holds_at_the_end(tmp_path: Path) -> None:
    story = with_sections(tmp_path, UNKNOWN)
    brush, wok, winter = ("The clerk had wet his brush.", "The wok went to the county.", "Others ate that winter.")
    first = read(story, "miller", "give", "work", "go")
    assert first.finished and sections(first)["unknown"].paragraphs == (brush, wok)
    left = read(story, "miller", "leave")
    assert left.position.state[story.index["hunger"]] != 5 and sections(left)["unknown"].paragraphs == (brush, winter)
    clerk = read_to_the_end(begin(story, "clerk", earlier=first), random.Random(1))
    second = read(story, "miller", "give", "work", "go", earlier=clerk)
    assert sections(second)["unknown"].paragraphs == (wok,)


def test_a_section_of_texts_is_left_out_if_no_text_holds(tmp_path: Path) -> None:
    never = "text: [{if: chose(m-gate.gate.boast), text: I had boasted.}]"
    story = with_sections(tmp_path / "one", f"  - {{id: boast, title: Boast, {never}}}\n",
                          ("debrief", "text: [These were your choices.]", never))  # fmt: skip
    p = read(story, "miller", "wait")
    assert "boast" not in sections(p) and sections(p)["path"].paragraphs == ()
    (tmp_path / "one" / "debrief.yaml").write_text(f"debrief: [{{id: boast, title: Boast, {never}}}]", encoding="utf-8")
    assert [lines(section) for section in debrief(read(load(tmp_path / "one"), "miller", "give"))] == [
        ["I gave the wok."]
    ]


QUESTIONS = "  - {id: questions, title: To talk about, text: [Talk.], fill: questions}\n"


def test_the_questions_are_those_of_the_read_pages(tmp_path: Path) -> None:
    story = with_sections(tmp_path, QUESTIONS)
    asked = sections(read(story, "miller", "wait", "wait", "give"))["questions"].items
    assert asked == (Item("Who knew what?", "October 1958 · The Gate"),)
    assert "questions" not in sections(read(story, "clerk", "modest"))


@pytest.mark.parametrize("role", ["villager", "official"])
def test_many_questions_are_thinned_evenly(role: str, shipped: Story) -> None:
    p = read_to_the_end(begin(shipped, role), random.Random(3))
    asked = [page.discuss for page in p.pages if page.discuss]
    offered = lines(sections(p)["questions"])
    assert len(asked) > MAX_QUESTIONS == len(offered)
    assert (offered[0], offered[-1]) == (asked[0], asked[-1])
    assert [question for question in asked if question in offered] == offered


def test_the_books_are_those_of_the_guide_with_a_reason(tmp_path: Path) -> None:
    part = "  - {id: books, title: Further, text: [Read on.], fill: books, outside: true}\n"
    (tmp_path / "mill").mkdir()
    (tmp_path / "mill" / "guide.yaml").write_text(
        "guide: [{id: one, title: One, text: [a]}]\nbooks:\n"
        "  becker: {author: Jasper Becker, title: Hungry Ghosts, details: '1996', why: It asks.}\n"
        "  weekly: {title: A Weekly, why: It said so.}\n"
        "  other: {title: Another, details: '1984'}\n",
        encoding="utf-8",
    )
    found = sections(begin(with_sections(tmp_path / "mill", part), "miller"))["books"]
    assert found.items == (Item("Jasper Becker, Hungry Ghosts (1996)", "It asks."), Item("A Weekly", "It said so."))
    assert found.outside


TASK = """\
  - id: where
    title: Where was it decided?
    text: [Put each in its place.]
    placing:
      places: {gate: At the gate, hall: In the hall}
      decisions:
        - {id: list, text: What is on the list., view: {at: [gate, hall], text: Both had a hand in it., facts: scrap}}
        - {id: bowl, text: Whose bowl is filled., view: {at: gate, text: It was ladled there.}}
    after: [Then choose one.]
"""


def test_a_task_is_the_same_for_every_reader(tmp_path: Path) -> None:
    story = with_sections(tmp_path, TASK)
    task = sections(begin(story, "miller"))["where"]
    assert task == sections(read(story, "clerk", "modest", "sign").leave())["where"]
    assert task.after == ("Then choose one.",)
    assert task.placing is not None
    assert dict(task.placing.places) == {"gate": "At the gate", "hall": "In the hall"}
    first, second = task.placing.decisions
    assert (first.at, first.why, first.facts) == (("gate", "hall"), "Both had a hand in it.", ("scrap",))
    assert (second.id, second.text, second.at) == ("bowl", "Whose bowl is filled.", ("gate",))


def test_the_shipped_debrief_has_all_of_its_parts(shipped: Story) -> None:
    found = sections(read_to_the_end(begin(shipped, "villager"), random.Random(1)))
    placing = found["seven-decisions"].placing
    assert placing is not None and len(placing.decisions) == 7
    assert [*placing.places] == ["household", "commune", "county", "centre"]
    assert all(decision.at and decision.why and decision.facts for decision in placing.decisions)
    assert found["further-reading"].outside
    books = found["further-reading"].items
    assert all(item.detail and any(part.isdigit() for part in item.text.split("(")[1]) for item in books)
    essential = {fact.id for fact in shipped.facts.values() if fact.essential}
    assert 12 <= len(essential) <= 24
    met = {fact for item in found["evidence"].items for fact in item.facts}
    unmet = {fact for item in found["not-met"].items for fact in item.facts} if "not-met" in found else set()
    assert unmet == essential - met


PEOPLE = """\
people:
  old-man:
    name: Old Wen
    is: the miller's father
    fate:
      - {if: hunger == 5, text: He died of hunger.}
      - He lived.
"""


def with_fates(folder: Path, people: str = PEOPLE) -> Story:
    """The Mill with an old man who is on the reel's page, and a section of fates before the facts."""
    (folder / "people.yaml").write_text(people, encoding="utf-8")
    section = "  - {id: people, title: What became of them, fill: people}\n  - {id: facts,"
    return edited(folder, ("debrief", "  - {id: facts,", section), ("reel", "A sheet between", "Old Wen saw"))


def test_a_playthrough_left_early_shows_fates_as_if_the_rest_were_skipped(tmp_path: Path) -> None:
    story = with_fates(tmp_path)
    left = read(story, "miller", "leave")
    assert left.position.state[story.index["hunger"]] != 5
    assert lines(sections(left)["people"]) == ["He died of hunger."]
    assert [item.detail for item in sections(left)["people"].items] == ["Old Wen · the miller’s father"]
    fed = read(story, "miller", "give", "work", "go")
    assert (fed.finished, lines(sections(fed)["people"])) == (True, ["He lived."])


def test_a_fate_depends_on_the_last_chapters_of_both_doors(tmp_path: Path) -> None:
    died = "      - {if: hunger == 5, text: He died of hunger.}\n"
    ends = """\
      - {if: chose(c-end.leaves.burn), text: He is forgotten.}
      - {if: chose(m-end.eve.go), text: He stayed alone.}
"""
    story = with_fates(tmp_path, PEOPLE.replace(died, ends))
    for hers, his, fate in [
        ("burn", "go", "He is forgotten."), ("copy", "go", "He stayed alone."), ("copy", "stay", "He lived.")
    ]:  # fmt: skip
        clerk = read(story, "clerk", "double", "sign", "shut", hers)
        p = read(story, "miller", "give", "work", his, earlier=clerk)
        assert p.finished
        assert lines(sections(p)["people"]) == [fate]


def test_a_playthrough_left_early_shows_fates_last(tmp_path: Path) -> None:
    story = with_fates(tmp_path)
    left, fed = (list(sections(read(story, "miller", *way))) for way in (["leave"], ["give", "work", "go"]))
    assert left[-1] == "people"
    assert fed.index("people") + 1 == fed.index("facts")
