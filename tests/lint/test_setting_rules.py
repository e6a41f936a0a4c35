"""The rules on measures, sources and the map."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.test_lint import advised
from tests.story.packs import SOUND

MEASURES = (
    "measures: {unit_kg: 100, husked_percent: 70, portion_g: 200, days: 240, seed: 20,\n"
    "  ordinary: {stood: 190, taken: 38}, people: {1957: 100}}\n"
)


@pytest.mark.parametrize(("taken", "enough"), [(38, True), (169, True), (170, False), (190, False)])
def test_an_ordinary_year_leaves_something(taken: int, enough: bool, tmp_path: Path) -> None:
    pack = SOUND["pack.yaml"] + MEASURES.replace("taken: 38", f"taken: {taken}")
    assert (advised(tmp_path, "WG632", pack=pack) == []) == enough


def test_a_source_is_cited(tmp_path: Path) -> None:
    pack = SOUND["pack.yaml"] + "sources: {film: {title: A, kind: film}, letter: {title: B, kind: letter}}\n"
    facts = (
        "facts:\n  - {id: a, source: film, paragraph: P1, speaker: s, paraphrase: p, kind: record, theme: t,\n"
        "     game_may: fact}\n"
    )
    assert len(advised(tmp_path / "none", "WG625", pack=pack)) == 2
    assert advised(tmp_path / "one", "WG625", pack=pack, facts=facts) == [("pack.yaml", 11, 41)]


def test_a_spot_is_where_a_place_lies(tmp_path: Path) -> None:
    pack = SOUND["pack.yaml"].replace("the yard, scene", "the yard, spot: home, scene")
    pack += "map: {spots: {home: {name: home, at: [0, 1]}, hill: {name: hill, at: [0.5, 0.5]}}}\n"
    assert advised(tmp_path, "WG626", pack=pack) == [("pack.yaml", 11, 47)]


@pytest.mark.parametrize(
    ("at", "stands"), [("[0.5, 0.5]", False), ("[0.62, 0.54]", False), ("[0.65, 0.5]", True), ("[0.5, 0.56]", True)]
)
def test_spots_leave_room_for_their_labels(at: str, stands: bool, tmp_path: Path) -> None:
    pack = SOUND["pack.yaml"].replace("the yard, scene", "the yard, spot: home, scene")
    pack += f"map: {{spots: {{home: {{name: home, at: [0.5, 0.5]}}, hill: {{name: hill, at: {at}}}}}}}\n"
    assert (advised(tmp_path, "WG633", pack=pack) == []) == stands
