"""The rules on weighings, measures, sources and the map."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.test_lint import advised, pages
from tests.story.packs import PACK, SOUND

CROPS = PACK.replace(
    "  grain:", "  crop: {start: 100, min: 0, max: 800}\n  taken: {start: 0, min: 0, max: 900}\n  grain:"
)
MEASURES = (
    "measures: {people: 100, sack_kg: 100, husked_percent: 70, bowl_g: 200, days: 240, seed_sacks: 20,\n"
    "  ordinary: {crop: 190, taken: 38}}\n"
)


def ledger(*rows: str) -> str:
    """A chapter with a weighing of these rows."""
    lines = "".join(f"      - {{label: Row, {row}}}\n" for row in rows)
    return pages(f"  knock:\n    text: The beam came to rest.\n    ledger:\n{lines}    goto: inside\n")


@pytest.mark.parametrize(
    ("taken", "left", "sound"),
    [
        ("taken", "crop - taken", True),
        ("taken", "max(0, crop - taken)", True),
        ("taken", "crop", False),
        ("crop // 4", "crop - crop // 4", True),
        ("crop // 4", "crop * 3 // 4", False),  # one sack more for some crops
        ("300 if wok else 200", "crop - (300 if wok else 200)", True),
        ("300 if wok else 200", "crop - 300", False),
        ("10 if chose(gate.knock.on) else 0", "crop", False),
        ("100 if said == praise else 0", "crop", False),
    ],
)
def test_a_weighing_adds_up_in_every_state(taken: str, left: str, sound: bool, tmp_path: Path) -> None:
    """It is tried with many values: where one of them does not add up, the row of what is left is named."""
    chapter = ledger("kind: grown, value: crop", f"kind: taken, value: '{taken}'", f"kind: left, value: '{left}'")
    if "chose" in taken:
        taken = taken.replace("gate.knock.on", "gate.ask.on")
        chapter = ledger("kind: grown, value: crop", f"kind: taken, value: '{taken}'", f"kind: left, value: '{left}'")
        ask = "  ask:\n    text: a\n    choices: [{id: on, say: a, goto: knock}, {id: off, say: b, goto: knock}]\n"
        chapter = chapter.replace("nodes:\n", f"nodes:\n{ask}")
    found = advised(tmp_path, "WG630", chapter=chapter, pack=CROPS)
    assert (found == []) == sound
    assert [line for _, line, _ in found] in ([], [11], [14])


@pytest.mark.parametrize(
    ("left", "sound"), [("crop - taken - 20", True), ("crop - taken", True), ("crop - taken - 19", False)]
)
def test_the_seed_may_be_taken_off_or_not(left: str, sound: bool, tmp_path: Path) -> None:
    """Whichever it is, it is the same in every state."""
    rows = [
        "kind: grown, value: crop",
        "kind: taken, value: taken",
        "kind: seed, value: 20",
        f"kind: left, value: '{left}'",
    ]
    assert (advised(tmp_path, "WG630", chapter=ledger(*rows), pack=CROPS) == []) == sound


def test_a_ledger_without_all_three_rows_is_held_to_nothing(tmp_path: Path) -> None:
    """A chart may count anything."""
    rows = ["kind: grown, value: crop", "kind: left, value: 3", "value: 5"]
    assert advised(tmp_path, "WG630", chapter=ledger(*rows), pack=CROPS) == []


def test_a_share_says_what_it_would_have_been_where_there_are_measures(tmp_path: Path) -> None:
    """Without measures nothing is counted by the head."""
    rows = ["kind: taken, value: taken"]
    assert advised(tmp_path / "none", "WG631", chapter=ledger(*rows), pack=CROPS) == []
    measured = CROPS + MEASURES
    assert advised(tmp_path / "some", "WG631", chapter=ledger(*rows), pack=measured) == [("chapter.yaml", 9, 9)]
    whole = ledger("kind: taken, value: taken, of_crop: crop // 4")
    assert advised(tmp_path / "whole", "WG631", chapter=whole, pack=measured) == []


@pytest.mark.parametrize(("taken", "enough"), [(38, True), (169, True), (170, False), (190, False)])
def test_an_ordinary_year_leaves_something(taken: int, enough: bool, tmp_path: Path) -> None:
    """Of its crop the share and the seed are taken off."""
    pack = SOUND["pack.yaml"] + MEASURES.replace("taken: 38", f"taken: {taken}")
    assert (advised(tmp_path, "WG632", pack=pack) == []) == enough


def test_the_first_source_is_cited_by_facts_that_name_none(tmp_path: Path) -> None:
    """A pack without a fact cites none of its sources."""
    pack = SOUND["pack.yaml"] + "sources: {film: {title: A, kind: film}, letter: {title: B, kind: letter}}\n"
    facts = (
        "facts:\n  - {id: a, paragraph: P1, sentences: [1], speaker: s, paraphrase: p, kind: record, theme: t,\n"
        "     game_may: fact}\n"
    )
    assert len(advised(tmp_path / "none", "WG625", pack=pack)) == 2
    assert advised(tmp_path / "one", "WG625", pack=pack, facts=facts) == [("pack.yaml", 11, 41)]


def test_a_spot_is_where_a_place_lies(tmp_path: Path) -> None:
    """Two places may lie at one spot; a spot without one is named."""
    pack = SOUND["pack.yaml"].replace("the yard, scene", "the yard, spot: home, scene")
    pack += "map: {spots: {home: {name: home, at: [0, 1]}, hill: {name: hill, at: [0.5, 0.5]}}}\n"
    assert advised(tmp_path, "WG626", pack=pack) == [("pack.yaml", 11, 47)]


@pytest.mark.parametrize(
    ("at", "stands"), [("[0.5, 0.5]", False), ("[0.62, 0.54]", False), ("[0.65, 0.5]", True), ("[0.5, 0.56]", True)]
)
def test_spots_leave_room_for_their_labels(at: str, stands: bool, tmp_path: Path) -> None:
    """Two that lie nearer than a label is broad and high are named; to the side or below is far enough."""
    pack = SOUND["pack.yaml"].replace("the yard, scene", "the yard, spot: home, scene")
    pack += f"map: {{spots: {{home: {{name: home, at: [0.5, 0.5]}}, hill: {{name: hill, at: {at}}}}}}}\n"
    assert (advised(tmp_path, "WG633", pack=pack) == []) == stands
