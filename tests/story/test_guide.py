"""guide.yaml is read completely, its names are resolved, and a wrong name is only a warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.story import load
from game.story.guide import length_names
from tests.story.packs import STANDARD, checked, codes, written

GUIDE = """\
guide:
  - id: first
    title: First
    text: |
      It takes {minutes_full} minutes, *really*.

      And that is all.
    points: [A plain one., {name: A name, text: A named one.}]
    lasts: 45
    steps:
      - {minutes: 40, title: Read, text: Aloud.}
      - {minutes: 5, title: Talk}
    table:
      columns: [a, b]
      rows: [[one], [one, two]]
  - id: second
    title: Second
    plan: first
    fill: content-map
    marks: [{what: noise, where: [gate, gate.knock]}]
    notes: [{topic: Gates, text: They open., books: [gates]}]
    apart: true
    outside: true
books:
  gates: {author: A. Gate, title: On Gates, details: "1958"}
words:
  grain: {0: empty, 3: more than two}
  wok: {true: it hangs there}
"""


def test_a_guide_keeps_all_its_parts(tmp_path: Path) -> None:
    story, findings = checked(tmp_path, guide=GUIDE)
    assert findings == ()
    assert story is not None and story.guide is not None
    first, second = story.guide.parts
    assert [len(first.text), len(first.points), len(first.steps)] == [2, 2, 2]
    assert first.points[1].name == "A name"
    assert first.table is not None and [len(row) for row in first.table.rows] == [1, 2]
    assert (second.plan, second.fill, second.apart, second.outside) == ("first", "content-map", True, True)
    assert second.marks[0].where == ("gate", "gate.knock")
    assert story.guide.books["gates"].author == "A. Gate"
    assert story.guide.words == {"grain": {0: "empty", 3: "more than two"}, "wok": {True: "it hangs there"}}


def test_a_cached_story_has_its_guide(tmp_path: Path) -> None:
    folder = written(tmp_path / "pack", {**STANDARD, "guide.yaml": GUIDE})
    fresh, ready = load(folder, tmp_path / "cache"), load(folder, tmp_path / "cache")
    assert fresh.guide is not None
    assert ready.guide == fresh.guide


@pytest.mark.parametrize(
    ("old", "new", "wrong", "near"),
    [
        ("gate.knock]", "gate.knok]", "gate.knok", "gate.knock"),
        ("where: [gate,", "where: [gat,", "gat,", "gate"),
        ("plan: first", "plan: frist", "frist", "first"),
        ("books: [gates]", "books: [gate]", "gate]", "gates"),
        ("{minutes_full}", "{minutes_ful}", "{minutes_ful}", "minutes_full"),
    ],
)
def test_an_unknown_name_is_reported_at_its_place(old: str, new: str, wrong: str, near: str, tmp_path: Path) -> None:
    assert old in GUIDE
    text = GUIDE.replace(old, new)
    story, findings = checked(tmp_path, guide=text)
    assert story is not None and story.guide is not None
    (found,) = findings
    assert (found.code, found.severity) == ("WG615", "warning")
    before = text[: text.index(new) + new.index(wrong)].split("\n")
    assert (found.file, found.line, found.column) == ("guide.yaml", len(before), len(before[-1]) + 1)
    assert f"Did you mean `{near}`?" in found.remedy


@pytest.mark.parametrize(("old", "new"), [("  grain: {0", "  grane: {0"), ("{true: it", "{yes: it")])
def test_words_for_unknown_values_are_reported(old: str, new: str, tmp_path: Path) -> None:
    text = GUIDE.replace(old, new)
    story, (found,) = checked(tmp_path, guide=text)
    assert (found.code, found.line) == ("WG615", len(text[: text.index(new)].split("\n")))
    assert story is not None and story.guide is not None
    assert len(story.guide.words) == 1


def test_two_parts_of_one_name_are_an_error(tmp_path: Path) -> None:
    """Links could not distinguish them."""
    assert codes(checked(tmp_path, guide=GUIDE.replace("id: second", "id: first"))[1]) == ["WG307"]


def test_an_unclosed_mark_is_reported_at_its_place(tmp_path: Path) -> None:
    (found,) = checked(tmp_path, guide=GUIDE.replace("*really*", "*really"))[1]
    assert (found.code, found.line) == ("WG206", 5)


def test_a_length_of_a_cut_is_named_by_its_unit_and_the_cut() -> None:
    assert length_names(["the-short-one"]) == {f"{unit}_the_short_one" for unit in ("minutes", "words", "choices")}
