"""documents.yaml: what becomes of it, and what is reported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from game.story import Finding, check, load
from game.story.debrief import PlacingTask
from tests.story.packs import SOUND, written

LETTER = """\
documents:
  - {id: letter, title: A letter, date: 1912, by: A sister, to: A brother, kind: letter, find: An archive, seen: whole,
     text: [The boat is late., The oar is new.], simply: [The boat is late., It has a new oar.], chapters: [gate]}
tasks:
  - {id: first, title: First, skill: sourcing, documents: [letter], minutes: 5, do: DO, ask: What?, PLACES
     items: ITEMS, answer: This., rubric: [a, b, c, d], standards: [reading]}
standards: [{id: reading, of: A school, code: R1, says: Read closely.}]
"""
PLACES = "places: {yes: It is, no: It is not},"
ITEM = "{id: NAME, text: Is it?, at: [AT], why: So.}"


def findings_of(folder: Path, file: str) -> Sequence[Finding]:
    return check(written(folder, {**SOUND, "documents.yaml": file}))[1]


def placing_of(folder: Path, file: str) -> PlacingTask:
    desk = load(written(folder, {**SOUND, "documents.yaml": file})).desk
    assert desk is not None
    return desk.tasks["first"].placing


def item(name: str, at: str) -> str:
    return ITEM.replace("NAME", name).replace("AT", at)


def desk_file(do: str, items: str, places: str = "") -> str:
    return LETTER.replace("DO", do).replace("PLACES", places).replace("ITEMS", f"[{items}]")


PLACED = desk_file("place", item("one", "yes"), PLACES)
ASKED = f"""{PLACED}questionnaire:
  title: One question
  questions: [{{id: boat, about: causes, text: Is it late?, options: {{yes: It is, no: It is not}}, right: maybe}}]
"""


def test_things_in_order_are_offered_in_another(tmp_path: Path) -> None:
    """The file has them in their order, by which an author reads; a reader would have the answer."""
    placing = placing_of(tmp_path, desk_file("order", f"{item('rowed', '1')}, {item('moored', '2')}"))
    assert [decision.id for decision in placing.decisions] == ["moored", "rowed"]
    assert placing.rule == "in-order" and [*placing.places] == ["1", "2"]


def test_the_places_of_a_mark_are_the_sentences(tmp_path: Path) -> None:
    placing = placing_of(tmp_path, desk_file("mark", item("which", "2")))
    assert [*placing.places.values()] == ["The boat is late.", "The oar is new."]


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        (desk_file("choose", item("one", "yes")), "`first` needs `places`, with `do: choose`"),
        (desk_file("order", item("one", "1"), PLACES), "`first` has `places`, with `do: order`"),
        (desk_file("choose", f"{item('a', 'yes')}, {item('b', 'no')}", PLACES), "`first` has 2 questions"),
        (desk_file("choose", item("one", "maybe"), PLACES), "`maybe` is not a place of this task"),
        (desk_file("mark", item("one", "3")), "`3` is not a place of this task"),
        (PLACED.replace("[letter]", "[diary]"), "`diary` is not a document"),
        (PLACED.replace("[gate]", "[fence]"), "`fence` is not a chapter"),
        (PLACED.replace("[reading]", "[writing]"), "`writing` is not a stand"),
        (PLACED.replace("simply: [The boat is late., ", "simply: ["), "`simply` has 1 sentences, and `text` 2"),
        (desk_file("place", f"{item('a', 'yes')}, {item('a', 'no')}", PLACES), "`a` stands twice in items"),
        (PLACED.replace(", d]", "]"), "`rubric` cannot be a list: list should have at least 4 items"),
        (ASKED, "`maybe` is not an answer of this question"),
    ],
)
def test_what_does_not_fit_together_is_reported(file: str, problem: str, tmp_path: Path) -> None:
    codes = ("WG650", "WG307", "WG203")
    assert next(finding for finding in findings_of(tmp_path, file) if finding.code in codes).problem.startswith(problem)
