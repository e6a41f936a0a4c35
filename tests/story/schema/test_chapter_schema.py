"""What a pack's files may contain, in short forms too, and how errors of form are reported."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from game.play import begin
from game.resources import story_folder
from game.story import Finding
from game.story.model import Branch
from game.story.schema.file_kinds import SECTIONS
from tests.story.packs import CHAPTER, PACK, checked, codes, placed, playable


def only(folder: Path, **files: str) -> Finding:
    _, findings = checked(folder, **files)
    assert len(findings) == 1, "\n".join(map(str, findings))
    return findings[0]


def test_the_smallest_pack(tmp_path: Path) -> None:
    pack = "pack: p\ntitle: P\nversion: 1\nroles: {me: {name: Me}}\ncalendar: [c]\n"
    chapter = "chapter: c\nrole: me\ntitle: C\nnodes:\n  n: {text: Hello., end: e}\n"
    story, findings = checked(tmp_path, pack=pack, chapter=chapter)
    assert story is not None and codes(findings) == ["WG601"]
    assert (story.pack, story.version, story.language, list(story.cuts)) == ("p", 1, "en", ["full"])
    assert story.chapters["c"].begin == (Branch("c.n"),)
    assert (story.facts, story.terms, story.debrief, story.about) == ({}, {}, (), ())
    assert not (story.people or story.lines or story.sources or story.measures or story.spots or story.invitation)
    assert story.guide is None


def test_one_and_several_are_written_alike(tmp_path: Path) -> None:
    alone = CHAPTER.replace("knocks.", "knocks.\n    do: grain = 1\n    because: invented")
    listed = CHAPTER.replace(
        "text: Somebody knocks.", "text: [{text: Somebody knocks.}]\n    do: [grain = 1]\n    because: [invented]"
    ).replace("goto: inside", "goto: [{to: inside}]")
    single, other = playable(tmp_path / "1", chapter=alone), playable(tmp_path / "2", chapter=listed)
    a, b = single.nodes["gate.knock"], other.nodes["gate.knock"]
    assert (a.text, a.because) == (b.text, b.because)
    assert [choice.goto for choice in a.choices] == [choice.goto for choice in b.choices]
    assert a.effects is not None and b.effects is not None and a.effects.texts == b.effects.texts


def test_a_node_s_target_serves_the_choices_that_have_none(tmp_path: Path) -> None:
    chapter = CHAPTER.replace("I waited., goto: inside}", "I waited.}\n    goto: inside")
    assert playable(tmp_path, chapter=chapter).nodes["gate.knock"].choices[1].goto == (Branch("gate.inside"),)


@pytest.mark.parametrize(
    "text", ["''", "' '", '"\\n\\n"', "[]", "['']", "[{text: ' '}]", "[{if: wok}]", "{}", "[[a]]", "true"]
)
def test_a_text_holds_something(text: str, tmp_path: Path) -> None:
    finding = checked(tmp_path, chapter=CHAPTER.replace("Somebody knocks.", text))[1][0]
    assert finding.code in ("WG202", "WG203", "WG201"), finding
    assert finding.line == 7


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "near"),
    [
        ("    text: Somebody", "    txt: Somebody", 7, 5, "`text`"),
        ("choices:", "choises:", 8, 5, "`choices`"),
        ("say: I opened.", "says: I opened.", 9, 20, "`say`"),
        ("place: yard", "place: yard\nskip: {txt: a}", 5, 8, "`text`"),
        ("goto: inside}\n  ", "goto: {too: inside}}\n  ", 9, 36, "`to`"),
        ("text: Somebody knocks.", "text: [{texts: Somebody, if: wok}]", 7, 13, "`text`"),
    ],
)
def test_an_unknown_key_is_reported_with_the_known_ones(
    old: str, new: str, line: int, column: int, near: str, tmp_path: Path
) -> None:
    findings = checked(tmp_path, chapter=CHAPTER.replace(old, new, 1))[1]
    (unknown,) = (finding for finding in findings if finding.code == "WG201")
    assert (unknown.line, unknown.column) == (line, column)
    assert f"Did you mean {near}?" in unknown.remedy


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("start: 2,", "start: [2],", 18),
        ("start: 2,", "start: {a: b},", 18),
        ("min: 0,", "min: none,", 26),
        ("version: 1", "version: 1.5", 10),
        ("version: 1", "version: true", 10),
        ("calendar: [gate]", "calendar: []", 11),
        ("roles:\n  villager: {name: Shen Guilan}", "roles: {}", 8),
        ("calendar: [gate]", "calendar: [gate]\ncuts: {full: {play: solo}}", 21),
        ("calendar: [gate]", "calendar: [gate]\ncuts: {full: {play: one role, brief: yes}}", 38),
    ],
)
def test_a_value_of_the_wrong_shape_is_found_once(old: str, new: str, column: int, tmp_path: Path) -> None:
    finding = only(tmp_path, pack=PACK.replace(old, new))
    assert (finding.code, finding.column) == ("WG203", column)
    assert "cannot be" in finding.problem
    for word in ("function-", "StrictBool", "constrained", "`str`", "`int`", "`bool`", "BeforeValidator"):
        assert word not in finding.problem


def test_votes_are_shown_unless_a_page_says_otherwise(tmp_path: Path) -> None:
    kept = CHAPTER.replace("text: Somebody", "tally: false\n    text: Somebody")
    hidden = begin(playable(tmp_path / "hidden", chapter=kept), "villager")
    assert begin(playable(tmp_path / "shown"), "villager").page.tally and not hidden.page.tally
    assert hidden.take("open").page.as_json()["tally"] is True
    assert only(tmp_path / "wrong", chapter=kept.replace("false", "hidden")).code == "WG203"


@pytest.mark.parametrize("id", ["Gate", "gate_", "the gate", "gate--a", "-gate", "门", "gate.a", '""'])
def test_an_id_is_lower_case_words_with_hyphens(id: str, tmp_path: Path) -> None:
    """Ids go into saves and commands, so they are plain."""
    assert placed(tmp_path, chapter=CHAPTER.replace("end: they-came-in", f"end: {id}")) == [("WG204", 13, 10)]
    assert placed(tmp_path / "2", chapter=CHAPTER.replace("{id: open,", f"{{id: {id},")) == [("WG204", 9, 14)]
    assert placed(tmp_path / "3", chapter=f"{CHAPTER}object: {id}\n") == [("WG204", 14, 9)]


def test_an_invalid_id_as_key_is_found_at_the_key(tmp_path: Path) -> None:
    assert placed(tmp_path, chapter=CHAPTER.replace("  knock:", "  Knock Knock:")) == [("WG204", 6, 3)]
    assert placed(tmp_path / "2", pack=PACK.replace("  wok:", "  the-wok:"))[0] == ("WG204", 6, 3)


@pytest.mark.parametrize(
    ("variable", "column"),
    [
        ("x: {start: 5, max: 4}", 14),
        ("x: {start: -1, min: 0}", 14),
        ("x: {start: 3, min: 5, max: 1}", 14),
        ("x: {start: true, min: 0}", 3),
        ("x: {start: word}", 14),
        ("x: {start: 1.5}", 14),
        ("x: {start: 123456789012}", 14),
        ("x: {start: one, one_of: [two, three]}", 14),
        ("x: {start: 1, one_of: [one, two]}", 14),
        ("x: {start: one, one_of: [one, wok]}", 33),
        ("x: {start: one, one_of: [one, and]}", 33),
        ("x: {start: one, one_of: [one, one]}", 33),
        ("min: {start: 1}", 3),
        ("x: {start: 1, words: {one: a}}", 25),
        ("x: {start: 1, words: {--1: a}}", 25),
        ("x: {start: 1, words: {1.5: a}}", 25),
        ("x: {start: true, words: {yes: a}}", 28),
        ("x: {start: one, one_of: [one], words: {two: a}}", 42),
    ],
)
def test_a_variable_fits_itself(variable: str, column: int, tmp_path: Path) -> None:
    pack = PACK.replace("  wok:", f"  {variable}\n  wok:")
    assert [place for place in placed(tmp_path, pack=pack) if place[0] != "WG603"] == [("WG205", 6, column)]


def test_a_number_s_words_hold_up_to_the_next(tmp_path: Path) -> None:
    grain = playable(tmp_path, pack=PACK.replace("{0: an", "{-1: debts, 0: an")).variables["grain"]
    for variable in (grain, replace(grain, words=dict([*grain.words.items()][::-1]))):
        assert [variable.in_words(value) for value in (-2, -1, 0, 1, 2, 3, 99)] == [
            None, "debts", "an empty jar", "half a jar", "half a jar", "a full jar", "a full jar",
        ]  # fmt: skip


def test_all_errors_are_reported_together(tmp_path: Path) -> None:
    chapter = CHAPTER.replace("opened., goto: inside", "opened., goto: insde").replace("They came", "They *came")
    pack = PACK.replace("start: 2,", "start: 9,").replace("calendar: [gate]", "calendar: [gate, night]")
    findings = checked(tmp_path, pack=pack, chapter=chapter, night="chapter: night\ntitle: [a]\nrol: x\n")[1]
    assert [(finding.file, finding.code) for finding in findings] == [
        ("chapter.yaml", "WG301"),
        ("chapter.yaml", "WG206"),
        ("night.yaml", "WG203"),
        ("night.yaml", "WG201"),
        ("pack.yaml", "WG205"),
    ]


def test_missing_parts_of_an_invalid_file_are_not_reported(tmp_path: Path) -> None:
    night = """\
chapter: night
role: villager
title: Night
place: yard
nodes:
  dark:
    text:
      - "It was dark, and [[mu]]."
      - {if: seen(gate.knock), text: Still.}
    do: wok = false
    because: steel-fever
    end: dark
"""
    pack = PACK.replace("[gate]", "[gate, night]") + "cuts: {full: {play: one role, chapters: [gate, night]}}\n"
    wrong = {
        "chapter": CHAPTER.replace("title", "titel"),
        "facts": "facts: [{id: steel-fever}]",
        "glossary": "glossary: {mu: {term: mu}}",
    }
    findings = checked(tmp_path, pack=pack, night=night, **wrong)[1]
    assert {finding.code for finding in findings} == {"WG201", "WG202"}
    findings = checked(tmp_path / "2", pack=pack, night=night, **dict.fromkeys(wrong, "a: ["))[1]
    assert {finding.code for finding in findings} == {"WG101"}


def test_a_second_of_what_there_is_one_of(tmp_path: Path) -> None:
    assert [(finding.file, finding.code) for finding in checked(tmp_path, zz=PACK)[1]] == [("zz.yaml", "WG307")]
    second = checked(tmp_path / "2", other=CHAPTER)[1]
    assert [(finding.file, finding.code) for finding in second] == [("other.yaml", "WG307")]
    fact = "{id: a, paragraph: P1, sentences: [1], speaker: s, paraphrase: t, kind: record, theme: t, game_may: fact}"
    facts = f"facts:\n  - {fact}\n  - {fact}\n  - {fact.replace('id: a', 'id: invented')}\n"
    assert placed(tmp_path / "3", facts=facts) == [("WG307", 3, 10), ("WG307", 4, 10)]


@pytest.mark.parametrize("id", ["continue", "skip", "leave"])
def test_the_game_s_own_words_cannot_name_a_choice(id: str, tmp_path: Path) -> None:
    assert placed(tmp_path, chapter=CHAPTER.replace("{id: open,", f"{{id: {id},")) == [("WG307", 9, 14)]


def test_next_cannot_name_a_node(tmp_path: Path) -> None:
    """`goto: next` leads to the next chapter, so no node of that name could be reached."""
    chapter = CHAPTER.replace("  inside:", "  next:").replace("goto: inside", "goto: next")
    assert ("WG307", 11, 3) in placed(tmp_path, chapter=chapter)


@pytest.mark.parametrize(
    ("node", "said"),
    [
        ("{text: a}", "no way on"),
        ("{text: a, end: b, goto: next}", "as well"),
        ("{text: a, end: b, choices: [{id: c, say: d, goto: next}]}", "as well"),
        ("{goto: next, choices: [{id: c, say: d}]}", "passed through"),
        ("{end: b}", "passed through"),
        ("{}", "no way on"),
    ],
)
def test_a_node_has_one_way_on(node: str, said: str, tmp_path: Path) -> None:
    chapter = CHAPTER.replace("nodes:\n", f"nodes:\n  odd: {node}\n")
    findings = [finding for finding in checked(tmp_path, chapter=chapter)[1] if finding.severity == "error"]
    assert [(finding.code, finding.line, finding.column) for finding in findings] == [("WG502", 6, 3)]
    assert said in findings[0].problem


IN_QUOTES = "Put a text that holds a colon and a space in quotes."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("goto: inside}\n      - {id: wait", "goto: }\n      - {id: wait", "`goto` is empty. Write something behind"),
        ("text: Somebody knocks.", "text:", "`text` is empty"),
        ("end: they-came-in", "end:", "an id is missing here"),
        ("end: they-came-in", "do: [wok: false]\n    end: b", "an effect has no colon. Write `wok = false`."),
        ("end: they-came-in", "do: {grain: 3}\n    end: b", "an effect has no colon. Write `grain = 3`."),
        ("end: they-came-in", "do: [wok = no]\n    end: b", "`no` is not a variable of the pack. Write `false`."),
        ("end: they-came-in", "do: [wok = Yes]\n    end: b", "`Yes` is not a variable of the pack. Write `true`."),
        ("text: They came in.", "text:\n      - They came in: all.", IN_QUOTES),
        ("text: Somebody knocks.", "text:\n      - Somebody: knocks.", IN_QUOTES),
    ],
)
def test_a_common_mistake_is_reported_with_its_correction(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert CHAPTER.count(old) == 1
    findings = checked(tmp_path, chapter=CHAPTER.replace(old, new))[1]
    assert any(said in f"{finding.problem}. {finding.remedy}" for finding in findings), findings


@pytest.mark.parametrize(
    "text",
    [
        "guide: [{id: a, title: A, text: [two, 5 minutes: read]}]",
        "guide: [{id: a, title: A, points: [two, 5 minutes: read]}]",
        "guide: [{id: a, title: {Minutes: five}}]",
    ],
)
def test_a_text_that_its_colon_made_a_mapping(text: str, tmp_path: Path) -> None:
    first = checked(tmp_path, guide=text)[1][0]
    assert first.remedy.startswith(IN_QUOTES), first


@pytest.mark.parametrize(
    ("places", "column"),
    [("{a: left, with the guards, b: right}", 57), ("{a: left, with, b: right}", 57), ("{a: l, by\n the wall}", 54)],
)
def test_a_comma_in_a_mapping_of_names_is_reported_once(places: str, column: int, tmp_path: Path) -> None:
    text = f"debrief: [{{id: t, title: T, placing: {{places: {places}, decisions: [a]}}}}]"
    findings = checked(tmp_path, debrief=text)[1]
    there = [(found.code, found.remedy) for found in findings if (found.line, found.column) == (1, column)]
    assert there == [("WG203", "Put a text that holds a comma in quotes.")], findings


def test_a_name_without_a_text_is_empty(tmp_path: Path) -> None:
    text = "debrief: [{id: t, title: T, placing: {places: {a: left, b: }, decisions: [a]}}]"
    assert "`b` is empty" in [fault.problem for fault in checked(tmp_path, debrief=text)[1]]


def test_the_manual_s_sections_that_findings_name_exist() -> None:
    manual = (story_folder() / "README.md").read_text("utf-8")
    assert set(SECTIONS.values()) <= set(re.findall(r"^## (.+)$", manual, re.MULTILINE))


def test_a_chapter_tells_itself_somehow(tmp_path: Path) -> None:
    pack = PACK.replace("[gate]", "[gate, night]")
    assert [code for code, *_ in placed(tmp_path, pack=pack, night="chapter: night\ntitle: Night\n")] == ["WG202"]
    story = playable(tmp_path / "2", pack=pack, night="chapter: night\ntitle: Night\nskip: {text: It was night.}\n")
    assert story.chapters["night"].nodes == {}


def test_a_finding_is_one_line_for_a_person_and_an_object_for_a_program(tmp_path: Path) -> None:
    finding = only(tmp_path, chapter=CHAPTER.replace("place: yard", "place: yards"))
    assert str(finding) == (
        "chapter.yaml:4:8: warning WG302: `yards` is not a place of the pack. "
        "Add it to `places` in pack.yaml. Did you mean `yard`?"
    )
    assert finding.as_json() == {
        "file": "chapter.yaml", "line": 4, "column": 8, "code": "WG302", "severity": "warning",
        "problem": finding.problem, "remedy": finding.remedy,
    }  # fmt: skip
