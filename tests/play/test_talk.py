"""The talk's screens and its appendix: what stands beside what, and the date and kind of each entry."""

from __future__ import annotations

from pathlib import Path

from game.play.debrief_sections import facts_met
from game.play.talk import appendix_entries, has_appendix, last_picture, talk_screens
from game.story.model import Story
from tests.play.readers import edited, read

BOOK = "guide: [{id: one, title: One, text: [a]}]\nbooks: {becker: {title: Hungry Ghosts, why: It asks.}}\n"


def with_appendix(folder: Path) -> Story:
    """The mill with its facts and inventions in the appendix, a book, and the path on the screen of the feelings."""
    folder.mkdir()
    (folder / "guide.yaml").write_text(BOOK, encoding="utf-8")
    return edited(
        folder,
        ("debrief", "fill: path}", "fill: path, beside: feelings}"),
        ("debrief", "fill: facts}", "fill: facts, appendix: all}"),
        ("debrief", "fill: invented}", "fill: invented, text: [Made up.], appendix: list}\n"
         "  - {id: unmet, title: Not met, fill: unmet, appendix: all}\n"
         "  - {id: books, title: Books, fill: books, appendix: all}"),
        ("facts", "- {id: halls,", "- {id: halls, essential: true, date: Summer 1959,"),
    )  # fmt: skip


def test_a_part_without_a_place_beside_another_has_its_own_screen(the_mill: Story) -> None:
    """As many screens as parts, with everything on them, and no appendix."""
    p = read(the_mill, "miller", "give")
    assert [[one.id for one in screen.sections] for screen in talk_screens(p)] == [
        ["feelings"], ["path"], ["facts"], ["invented"],
    ]  # fmt: skip
    assert not has_appendix(p) and appendix_entries(p) == ()


def test_parts_stand_beside_others_or_in_the_appendix(tmp_path: Path) -> None:
    """A part beside another is on its screen; a whole part or only its list is left to the appendix."""
    p = read(with_appendix(tmp_path / "mill"), "miller", "wait", "give")
    screens = talk_screens(p)
    assert [[one.id for one in screen.sections] for screen in screens] == [["feelings", "path"], ["invented"]]
    assert [screen.title for screen in screens] == ["First of all", "What was invented"]
    (invented,) = screens[1].sections
    assert invented.paragraphs == ("Made up.",) and invented.items == ()
    assert has_appendix(p)


def test_the_appendix_has_every_fact_once_with_the_page_that_it_was_first_met_on(tmp_path: Path) -> None:
    """Facts met in the order of meeting; those not met with their own year; the inventions chosen; the books."""
    p = read(with_appendix(tmp_path / "mill"), "miller", "wait", "give")
    entries = appendix_entries(p)
    met = [one for one in entries if one.kind == "met"]
    assert tuple(one.fact for one in met) == facts_met(p)
    scrap = next(one for one in met if one.fact == "scrap")
    assert scrap.when == "October 1958 · The Gate"
    assert [(one.fact, one.year) for one in entries if one.kind == "unmet"] == [("halls", 1959)]
    assert [one.text for one in entries if one.kind == "invented"] == ["I gave the wok."]
    assert [(one.text, one.detail) for one in entries if one.kind == "book"] == [("Hungry Ghosts", "It asks.")]


def test_the_last_picture_is_of_a_scene_that_is_asked_for(shipped: Story) -> None:
    """The last page that shows one; where none does, the last picture there is."""
    p = read(shipped, "official")
    while not p.over:
        p = p.choose(p.page.choices[0].id)
    pictures = [page.picture for page in p.pages if page.picture]
    village = last_picture(p, ["village"])
    assert village is not None and village.scene == "village"
    assert last_picture(p, []) == pictures[-1] != village
