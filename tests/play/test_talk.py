"""The talk's screens and its appendix: the sections of each screen, and the date and kind of each entry."""

from __future__ import annotations

from pathlib import Path

from game.play.debrief_sections import facts_met
from game.play.talk import appendix_entries, has_appendix, last_picture, talk_screens
from game.story.model import Story
from tests.play.readers import edited, read, read_on

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


def test_a_section_without_beside_has_its_own_screen(the_mill: Story) -> None:
    p = read(the_mill, "miller", "give")
    assert [[section.id for section in screen.sections] for screen in talk_screens(p)] == [
        ["feelings"], ["path"], ["facts"], ["invented"],
    ]  # fmt: skip
    assert not has_appendix(p) and appendix_entries(p) == ()


def test_sections_are_beside_others_or_in_the_appendix(tmp_path: Path) -> None:
    p = read(with_appendix(tmp_path / "mill"), "miller", "wait", "give")
    screens = talk_screens(p)
    assert [[section.id for section in screen.sections] for screen in screens] == [["feelings", "path"], ["invented"]]
    assert [screen.title for screen in screens] == ["First of all", "What was invented"]
    (invented,) = screens[1].sections
    assert invented.paragraphs == ("Made up.",) and invented.items == ()
    assert has_appendix(p)


def test_the_appendix_has_every_fact_once_with_its_first_page(tmp_path: Path) -> None:
    p = read(with_appendix(tmp_path / "mill"), "miller", "wait", "give")
    entries = appendix_entries(p)
    met = [(entry.fact, entry.when) for entry in entries if entry.kind == "met"]
    assert tuple(fact for fact, _ in met) == facts_met(p)
    assert dict(met)["scrap"] == "October 1958 · The Gate"
    assert [(entry.fact, entry.year) for entry in entries if entry.kind == "unmet"] == [("halls", 1959)]
    assert [entry.text for entry in entries if entry.kind == "invented"] == ["I gave the wok."]
    assert [(entry.text, entry.detail) for entry in entries if entry.kind == "book"] == [("Hungry Ghosts", "It asks.")]


def test_the_last_picture_is_of_a_wanted_scene(shipped: Story) -> None:
    p = read_on(read(shipped, "official"))
    pictures = [page.picture for page in p.pages if page.picture]
    village = last_picture(p, ["village"])
    assert village is not None and village.scene == "village"
    assert last_picture(p, []) == pictures[-1] != village
