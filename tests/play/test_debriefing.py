"""The talk after the story: every section, in every state, filled from what this reader met."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.play import Item, Playthrough, Section, begin, debrief, facts_met
from game.story import Story, load
from tests.play.readers import MILL, read


def sections(p: Playthrough) -> dict[str, Section]:
    """The debrief's sections by their ids."""
    return {section.id: section for section in debrief(p)}


def said(section: Section) -> list[str]:
    """The lines of a section."""
    return [item.text for item in section.items]


@pytest.mark.parametrize(
    "takes",
    [(), ("continue",), ("give",), ("give", "skip"), ("leave",), ("give", "leave"), ("hide", "smallest", "stay")],
)
def test_every_section_comes_in_every_state(takes: tuple[str, ...], mill: Story) -> None:
    """On the first page, in the middle, at an ending and outside, all sections are there in the story's order."""
    found = debrief(read(mill, "miller", *takes))
    assert [(one.id, one.title) for one in found] == [
        ("feelings", "First of all"),
        ("path", "What you chose"),
        ("facts", "What is known"),
        ("invented", "What was invented"),
    ]
    assert found[0].paragraphs == ("Take a moment.", "What stays with you?")
    assert found[0].items == ()


def test_the_path_is_the_reader_s_own_choices(mill: Story) -> None:
    """Each choice with its date, its chapter and its facts; continue, skip and leave are no choices."""
    p = read(mill, "miller", "wait", "give", "skip", "go")
    assert sections(p)["path"].items == (
        Item("I waited.", "October 1958 · The Gate", ()),
        Item("I gave the wok.", "October 1958 · The Gate", ("scrap",)),
        Item("I went.", "April 1962 · Counting", ("fever",)),
    )
    assert said(sections(read(mill, "clerk", "modest", "sign", "shut"))["path"])[-1] == "I left it."
    assert sections(read(mill, "clerk", "modest", "sign", "shut"))["path"].items[-1].detail == "The Drawer"


def test_the_other_door_is_no_part_of_the_path(mill: Story) -> None:
    """What an earlier reader chose is theirs; both doors read together are one path."""
    clerk = read(mill, "clerk", "double", "sign", "shut", "copy")
    assert said(sections(read(mill, "miller", "give", earlier=clerk))["path"]) == ["I gave the wok."]
    both = read(mill, None, "give", "double", "sign", cut="class")
    assert said(sections(both)["path"]) == ["I gave the wok.", "I doubled it.", "I signed."]


def test_the_facts_are_those_met_in_the_order_of_meeting(mill: Story) -> None:
    """What stood beside choices, pages, forks and told chapters, each once; what was never met is not shown."""
    assert facts_met(begin(mill, "miller")) == ("fever",)
    p = read(mill, "miller", "give")
    assert facts_met(p) == ("fever", "scrap")
    assert facts_met(p.choose("continue")) == ("fever", "scrap", "halls")
    assert sections(p)["facts"].items[1] == Item("Scrap was to be smelted.", "P18", ("scrap",))


def test_the_other_door_s_facts_were_not_met(mill: Story) -> None:
    """A chapter that was resolved made no page, so nothing of it was met."""
    p = read(mill, "clerk", "modest", "sign", "continue", cut="full")
    assert "scrap" not in facts_met(p)
    assert "halls" not in facts_met(p)


def test_what_rests_on_the_story_s_inventions_says_so(mill: Story) -> None:
    """The reader's choices with an invented device are listed, those on facts alone are not."""
    p = read(mill, "miller", "wait", "give", "smallest", "go")
    assert said(sections(p)["invented"]) == ["I gave the wok."]
    assert "invented" not in facts_met(p)


@pytest.mark.parametrize("takes", [("continue",), ("give",), ("give", "continue")])
def test_leaving_changes_nothing_of_what_was_met(takes: tuple[str, ...], mill: Story) -> None:
    """Stepping outside gives the debrief of what was read so far."""
    p = read(mill, "miller", *takes)
    assert debrief(p.leave()) == debrief(p)
    assert facts_met(p.leave()) == facts_met(p)


def test_undo_takes_back_what_was_met(mill: Story) -> None:
    """The debrief is computed from the entries, so what was undone was never chosen."""
    p = read(mill, "miller", "give").undo().choose("wait")
    assert said(sections(p)["path"]) == ["I waited."]
    assert facts_met(p) == ("fever",)


def test_a_story_without_a_debrief_still_gives_the_path(tmp_path: Path) -> None:
    """No reading ends without what was chosen."""
    shutil.copytree(MILL, tmp_path / "mill")
    (tmp_path / "mill" / "debrief.yaml").unlink()
    found = debrief(read(load(tmp_path / "mill"), "miller", "give"))
    assert [(one.title, said(one)) for one in found] == [("The Mill", ["I gave the wok."])]
