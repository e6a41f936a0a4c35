"""Names in a text must exist and be in the past; a similar name is suggested."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.play import begin
from tests.play.readers import texts
from tests.story.packs import CHAPTER, PACK, checked, codes, placed, playable

NIGHT = """\
chapter: night
role: villager
title: Night
place: yard
skip: {text: It was night., as: [dark.sleep]}
nodes:
  dark:
    text:
      - It was dark.
      - {if: chose(gate.knock.open), text: They had come in.}
      - {if: seen(gate.inside), text: They had been inside.}
    choices:
      - {id: sleep, say: I slept., goto: morning}
      - {id: wake, say: I lay awake., goto: morning}
  morning:
    text:
      - It was light.
      - {if: chose(dark.sleep), text: I had slept.}
      - {if: seen(dark), text: I had been in the dark.}
      - {if: not seen(morning), text: I had not been in the light.}
    end: light
"""
GATE = CHAPTER.replace("end: they-came-in", "goto: next")
TWO = PACK.replace("[gate]", "[gate, night]")


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ("goto: inside", "goto: insid", "`inside`"),
        ("goto: inside", "goto: nxt", "`next`"),
        ("place: yard", "place: yrd", "`yard`"),
        ("role: villager", "role: vilager", "`villager`"),
        ("text: Somebody knocks.", "text: '{wock}'", "`wok`"),
        ("text: They came in.", "text: [{if: grian > 1, text: a}, b]", "`grain`"),
        ("text: They came in.", "text: [{if: said == prais, text: a}, b]", "`praise`"),
        ("text: They came in.", "text: [{if: seen(knok), text: a}, b]", "`gate.knock`"),
        ("text: They came in.", "text: [{if: chose(knock.opn), text: a}, b]", "`gate.knock.open`"),
        ("place: yard", "place: yard\nskip: {text: a, as: [knok]}", "`knock`"),
    ],
)
def test_a_near_name_is_offered(old: str, new: str, near: str, tmp_path: Path) -> None:
    remedies = [finding.remedy for finding in checked(tmp_path, chapter=CHAPTER.replace(old, new))[1]]
    assert any(f"Did you mean {near}?" in remedy for remedy in remedies), remedies


def test_invented_is_a_near_name_too(tmp_path: Path) -> None:
    facts = "facts: [{id: scrap, speaker: s, paraphrase: p, kind: record, theme: t, game_may: fact}]"
    chapter = CHAPTER.replace("    end: they", "    because: inveted\n    end: they")
    (finding,) = checked(tmp_path, chapter=chapter, facts=facts)[1]
    assert finding.code == "WG303"
    assert "Did you mean `invented`?" in finding.remedy


def test_the_past_is_known_by_full_and_local_ids(tmp_path: Path) -> None:
    """A node counts as seen once it was left, a choice as chosen at once, in every later chapter."""
    p = begin(playable(tmp_path, pack=TWO, chapter=GATE, night=NIGHT), "villager").choose("open").choose("continue")
    assert texts(p) == ["It was dark.", "They had come in.", "They had been inside."]
    p = p.choose("sleep")
    assert texts(p)[1:] == ["I had slept.", "I had been in the dark.", "I had not been in the light."]
    assert texts(p.undo().undo().undo().choose("wait").choose("continue"))[1:] == ["They had been inside."]


def test_only_nodes_that_an_expression_reads_have_a_bit(tmp_path: Path) -> None:
    story = playable(tmp_path, pack=TWO, chapter=GATE, night=NIGHT)
    kept = {node.full_id for node in story.nodes.values() if node.bit is not None}
    kept |= {choice.full_id for node in story.nodes.values() for choice in node.choices if choice.bit is not None}
    assert kept == {"gate.knock.open", "gate.inside", "night.dark.sleep", "night.dark", "night.morning"}


def test_what_is_skipped_can_stand_for_choices(tmp_path: Path) -> None:
    """`as` says what a skipped chapter counts as having happened: a choice and its node."""
    late = CHAPTER.replace("gate", "late").replace(
        "They came in.", "[Late., {if: chose(night.dark.sleep), text: Slept.}, {if: seen(night.dark), text: Dark.}]"
    )
    pack = PACK.replace("[gate]", "[gate, night, late]") + "cuts: {short: {play: one role, chapters: [gate, late]}}\n"
    story = playable(tmp_path, pack=pack, chapter=GATE, night=NIGHT.replace("end: light", "goto: next"), late=late)
    p = begin(story, "villager", "short").choose("open").choose("continue").choose("open")
    assert texts(p) == ["Late.", "Slept.", "Dark."]


@pytest.mark.parametrize("what", ["morning.wake", "dark.slep", "nowhere", "dark.sleep.x", "night.dark", "gate.knock"])
def test_as_names_only_the_chapter_s_own(what: str, tmp_path: Path) -> None:
    findings = checked(tmp_path, pack=TWO, chapter=GATE, night=NIGHT.replace("[dark.sleep]", f"[{what}]"))[1]
    assert codes(findings) == ["WG308"]


@pytest.mark.parametrize(
    ("recall", "code"),
    [
        ("seen(gate.knock.open)", "WG308"),
        ("chose(gate.knock)", "WG308"),
        ("seen(nowhere.knock)", "WG308"),
        ("chose(nowhere.knock.open)", "WG308"),
        ("chose(inside.open)", "WG308"),
        ("seen(night.dark)", "WG309"),
        ("chose(night.dark.sleep)", "WG309"),
        ("seen(knock)", None),
        ("seen(inside)", None),
    ],
)
def test_a_recall_names_what_exists_and_is_past(recall: str, code: str | None, tmp_path: Path) -> None:
    gate = GATE.replace("text: They came in.", f"text: [a, {{if: {recall}, text: b}}]")
    assert codes(checked(tmp_path, pack=TWO, chapter=gate, night=NIGHT)[1]) == ([code] if code else [])


def test_what_must_hold_in_every_ending_may_ask_for_all(tmp_path: Path) -> None:
    """`always` is outside the calendar: it may name any place, by its full id."""
    assert playable(tmp_path, pack=TWO + "always: [wok or seen(night.dark)]\n", chapter=GATE, night=NIGHT).always
    findings = checked(tmp_path / "2", pack=TWO + "always: [seen(dark), grain]\n", chapter=GATE, night=NIGHT)[1]
    assert codes(findings) == ["WG308", "WG403"]


ASKING = PACK.replace("courtyard}", "courtyard, alt: [{if: seen(gate.knock), text: The open gate.}]}")


def test_the_description_of_a_place_may_ask_for_what_no_other_text_asks(tmp_path: Path) -> None:
    (alt,) = playable(tmp_path, pack=ASKING).places["yard"].alt
    assert alt.condition is not None and alt.condition.recalls == {("seen", "gate.knock")}


def test_share_codes_rest_on_the_order_of_what_is_asked(tmp_path: Path) -> None:
    """Effects of a page first, its choices last, descriptions of places after all pages: another order breaks codes."""
    night = NIGHT.replace("[dark.sleep]", "[dark, dark.sleep, morning]").replace(
        "  dark:\n", "  dark:\n    do: wok = not seen(dark)\n    always: [not chose(dark.sleep)]\n"
    ).replace("id: wake,", "id: wake, if: not seen(morning),")  # fmt: skip
    pack = ASKING.replace("[gate]", "[gate, night]")
    skip = playable(tmp_path, pack=pack, chapter=GATE, night=night).chapters["night"].skip
    assert skip is not None and skip.stands_for == 0b11001  # dark; the open gate, inside; sleep; morning; the knock


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("[{if: wok and grian, text: a}, b]", 7, 25),
        ('[{if: "wok and grian", text: a}, b]', 7, 26),
        ("[{if: 'wok and grian', text: a}, b]", 7, 26),
        ("[{text: a, if: grian}, b]", 7, 26),
        ('[{text: a, "if": "grian"}, b]', 7, 29),
        ("\n      - text: a\n        if: >-\n          wok and\n          grian\n      - b", 11, 11),
    ],
)
def test_a_fault_inside_an_expression_has_its_own_place(text: str, line: int, column: int, tmp_path: Path) -> None:
    assert placed(tmp_path, chapter=CHAPTER.replace("Somebody knocks.", text)) == [("WG402", line, column)]
