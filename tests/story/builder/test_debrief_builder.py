"""The debrief: names in its tasks and parts exist, or are reported at their place and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.story import Story, check
from tests.story.packs import STANDARD, written

FACTS = """\
facts:
  - {id: fever, paragraph: P1, sentences: [1], speaker: s, paraphrase: Steel was a fever., kind: claim, theme: t,
     game_may: fact, essential: true}
"""
TASK = """\
debrief:
  - id: where
    title: Where was it decided?
    placing:
      places: {gate: At the gate, hall: In the hall}
      decisions:
        - {id: list, text: What is on the list., view: {at: [gate, hall], text: Both had a hand in it., facts: fever}}
        - {id: bowl, text: Whose bowl is filled., view: {at: gate, text: It was ladled there.}}
    after: Then choose one.
    outside: true
"""
GUIDE = "guide: [{id: one, title: One, text: [a]}]\nbooks: {weekly: {title: A Weekly}}\n"


def checked(folder: Path, debrief: str = TASK, **files: str) -> tuple[Story | None, list[str]]:
    pack = {**STANDARD, "facts.yaml": FACTS, "debrief.yaml": debrief}
    story, findings = check(written(folder, {**pack, **{f"{name}.yaml": text for name, text in files.items()}}))
    return story, [f"{finding.code}:{finding.line}" for finding in findings if finding.file == "debrief.yaml"]


def test_a_task_is_read_as_it_is_written(tmp_path: Path) -> None:
    story, findings = checked(tmp_path)
    assert story is not None and findings == []
    (part,) = story.debrief
    assert (part.after, part.outside) == (("Then choose one.",), True)
    assert part.placing is not None
    assert dict(part.placing.places) == {"gate": "At the gate", "hall": "In the hall"}
    assert [(decision.id, decision.at, decision.facts) for decision in part.placing.decisions] == [
        ("list", ("gate", "hall"), ("fever",)),
        ("bowl", ("gate",), ()),
    ]
    assert story.facts["fever"].essential


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("at: [gate, hall]", "at: [gate, hal]", ["WG618:7"]),
        ("facts: fever", "facts: [fever, fevr]", ["WG618:7"]),
        ("id: bowl", "id: list", ["WG307:8"]),
        ("hall: In the hall}", "}", ["WG203:5"]),
        ("text: Both had a hand in it., ", "", ["WG202:7"]),
        ("at: gate, ", "", ["WG202:8"]),
        ("at: gate", "at: []", ["WG203:8"]),
        ("      decisions:", "      decided:", ["WG202:4", "WG201:6"]),
        (", text: Whose bowl is filled.", "", ["WG202:8"]),
    ],
)
def test_a_task_with_unknown_names_or_without_a_part_is_reported(
    old: str, new: str, found: list[str], tmp_path: Path
) -> None:
    assert old in TASK
    story, findings = checked(tmp_path, TASK.replace(old, new))
    assert findings == found
    assert (story is not None) == found[0].startswith("WG618")
    if story is not None:
        assert story.debrief[0].placing is not None
        first = story.debrief[0].placing.decisions[0]
        assert "hal" not in first.at and "fevr" not in first.facts


def test_a_part_that_could_never_show_anything_is_reported(tmp_path: Path) -> None:
    books = "debrief: [{id: books, title: Further, fill: books}]\n"
    assert checked(tmp_path / "1", books, guide=GUIDE)[1] == ["WG618:1"]
    assert checked(tmp_path / "2", books, guide=GUIDE.replace("A Weekly", "A Weekly, why: It said so"))[1] == []
    assert checked(tmp_path / "3", books)[1] == [], "a pack without a guide has it elsewhere"
    unmet = "debrief: [{id: unmet, title: Not met, fill: unmet}]\n"
    assert checked(tmp_path / "4", unmet)[1] == []
    assert checked(tmp_path / "5", unmet, facts=FACTS.replace(", essential: true", ""))[1] == ["WG618:1"]


PLACED = """\
debrief:
  - {id: one, title: One, text: [a]}
  - {id: two, title: Two, text: [b], beside: one}
  - {id: three, title: Three, fill: facts, appendix: all}
  - {id: four, title: Four, fill: people, groups: [family], beside: one}
"""
PEOPLE = "groups: {family: The family}\npeople:\n  a: {name: Ann, group: family, is: a, fate: She lived.}\n"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", []),
        ("text: [b], beside: one", "text: [b], beside: on", ["WG618:3"]),
        ("text: [b], beside: one", "text: [b], beside: two", ["WG618:3"]),
        ("text: [b], beside: one", "text: [b], beside: three", ["WG618:3"]),
        ("fill: facts, appendix", "text: [c], appendix", ["WG618:4"]),
        ("[family]", "[famly]", ["WG618:5"]),
    ],
)
def test_where_a_part_stands_is_read_and_checked(old: str, new: str, found: list[str], tmp_path: Path) -> None:
    story, findings = checked(tmp_path, PLACED.replace(old, new), people=PEOPLE)
    assert findings == found and story is not None
    if not found:
        assert [(part.beside, part.appendix, part.groups) for part in story.debrief] == [
            ("", "", ()), ("one", "", ()), ("", "all", ()), ("one", "", ("family",)),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("wok", []),
        ("not seen(gate.knock)", []),
        ("not seen(gate.konck)", ["WG308:2"]),
        ("seen(knock)", ["WG308:2"]),
        ("chose(gate.knock.opne)", ["WG308:2"]),
        ("wko", ["WG402:2"]),
        ("wok > 1", ["WG403:2"]),
        ("wok and", ["WG401:2"]),
    ],
)
def test_the_condition_of_a_text_is_read_and_checked(condition: str, found: list[str], tmp_path: Path) -> None:
    text = f"debrief:\n  - {{id: one, title: One, text: [a, {{if: {condition}, text: b}}]}}\n"
    story, findings = checked(tmp_path, text)
    assert findings == found
    if story is not None:
        plain, asked = story.debrief[0].text
        assert plain.condition is None and asked.condition is not None and asked.condition.text == condition
    assert (story is None) == bool(found)
