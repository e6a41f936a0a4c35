"""Checks of a whole story: cycles, roles that depend on each other, branches without a target."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.play import begin
from tests.play.readers import texts
from tests.story.packs import CHAPTER, PACK, checked, codes, placed, playable

DATE = (
    PACK.replace("roles:\n", "roles:\n  official: {name: Guo Shoutian}\n")
    .replace("[gate]", "[[hers, his], after]")
    .replace(
        "calendar:",
        """\
  kitchen: {name: the kitchen, scene: courtyard, params: {jar: grain}, alt: A kitchen.}
  stove: {name: the stove, scene: courtyard, alt: ["A stove.", {if: wok, text: A wok.}]}
  shelf: {name: the shelf, scene: courtyard, alt: "A shelf, {wok}."}
calendar:""",
    )
)
HERS = """\
chapter: hers
role: villager
title: Hers
place: yard
skip: {text: She waited.}
nodes:
  door:
    text: A door.
    choices:
      - {id: give, say: I gave., do: [wok = false, grain -= 1], goto: next}
      - {id: keep, say: I kept., goto: next}
"""
HIS = """\
chapter: his
role: official
title: His
place: yard
skip: {text: He waited.}
nodes:
  desk:
    text: A desk.
    choices:
      - {id: sign, say: I signed., goto: next}
      - {id: wait, say: I waited., goto: next}
"""
AFTER = """\
chapter: after
title: After
place: yard
nodes:
  end: {text: It was over., end: over}
"""


def date_findings(folder: Path, his: str, after: str = AFTER) -> list[tuple[str, str]]:
    """The codes of a pack with two roles, each with the variable or place that it names."""
    findings = checked(folder, pack=DATE, chapter=after, hers=HERS, his=his)[1]
    return [
        (finding.code, finding.problem.split("`")[3] if finding.code == "WG507" else finding.problem)
        for finding in findings
    ]


@pytest.mark.parametrize(
    ("old", "new", "shared"),
    [
        ("text: A desk.", "text: [A desk., {if: wok, text: A wok.}]", "wok"),
        ("text: A desk.", 'text: "A desk and {wok}."', "wok"),
        ("text: A desk.", 'text: A desk.\n    brief: "{wok}"', "wok"),
        ("{id: sign,", "{id: sign, if: wok,", "wok"),
        ("{id: sign,", "{id: sign, do: [grain += 1],", "grain"),
        ("I signed., goto: next", "I signed., goto: [{if: wok, to: next}, {to: next}]", "wok"),
        ("text: A desk.", "text: A desk.\n    do: [grain = grain]", "grain"),
        ("text: A desk.", "text: A desk.\n    ledger: {year: 1958, stood: grain}", "grain"),
        ("skip: {text: He waited.}", "skip: {text: [{if: wok, text: He waited.}]}", "wok"),
        ("skip: {text: He waited.}", "skip: {text: He waited., do: [grain -= 1]}", "grain"),
        ("nodes:", "begin: [{if: wok, to: desk}, {to: next}]\nnodes:", "wok"),
        ("place: yard", "place: kitchen", "grain"),
        ("place: yard", "place: stove", "wok"),
        ("place: yard", "place: shelf", "wok"),
        ("text: A desk.", "text: [A desk., {if: chose(hers.door.give), text: I heard.}]", "hers.door.give"),
        ("{id: sign,", "{id: sign, if: seen(hers.door),", "hers.door"),
    ],
)
def test_a_role_that_reads_what_another_writes_on_one_date_is_a_finding(
    old: str, new: str, shared: str, tmp_path: Path
) -> None:
    assert set(date_findings(tmp_path, HIS.replace(old, new))) == {("WG507", shared)}


def test_writing_the_same_without_reading_it_is_allowed(tmp_path: Path) -> None:
    assert date_findings(tmp_path, HIS.replace("text: A desk.", "text: A desk.\n    do: [wok = true]")) == []


def test_a_later_date_may_read_everything(tmp_path: Path) -> None:
    after = AFTER.replace("text: It was over.", 'text: ["{wok}", {if: chose(hers.door.give), text: a}]')
    assert date_findings(tmp_path, HIS, after=after) == []


CIRCLES = {
    "itself": "  a: {goto: a}\n",
    "two": "  a: {goto: b}\n  b: {goto: a}\n",
    "a fork": "  a: {goto: [{if: wok, to: z}, {to: b}]}\n  b: {goto: c}\n  c: {goto: [{if: wok, to: a}, {to: z}]}\n",
    "pages that only go on": "  a: {text: a, goto: b}\n  b: {text: b, goto: a}\n",
    "behind a tail": "  t: {goto: u}\n  u: {goto: v}\n  v: {goto: u}\n",
}


@pytest.mark.parametrize("circle", sorted(CIRCLES))
def test_a_cycle_without_a_choice_is_one_finding(circle: str, tmp_path: Path) -> None:
    chapter = CHAPTER.replace("nodes:\n", "nodes:\n" + CIRCLES[circle] + "  z: {goto: knock}\n")
    story, findings = checked(tmp_path, chapter=chapter)
    assert story is None
    assert codes(findings) == ["WG501"]
    way = findings[0].problem.split(": ")[1].split(" -> ")
    assert way[0] == way[-1]
    assert len(way) > 1


def test_two_circles_are_two_findings(tmp_path: Path) -> None:
    nodes = "nodes:\n  a: {goto: b}\n  b: {goto: a}\n  c: {goto: d}\n  d: {goto: c}\n"
    places = placed(tmp_path, chapter=CHAPTER.replace("nodes:\n", nodes))
    assert places == [("WG501", 7, 13), ("WG501", 9, 13)]


def test_a_circle_is_found_at_the_target_that_closes_it(tmp_path: Path) -> None:
    nodes = "nodes:\n  a: {goto: b}\n  b:\n    goto:\n      - {if: wok, to: inside}\n      - {to: a}\n"
    assert placed(tmp_path, chapter=CHAPTER.replace("nodes:\n", nodes)) == [("WG501", 10, 14)]


@pytest.mark.parametrize(("other", "found"), [("not wok", []), ("grain > 2", ["WG506"])])
def test_one_of_two_contrary_choices_is_always_open(other: str, found: list[str], tmp_path: Path) -> None:
    chapter = CHAPTER.replace("say: I opened.", "say: I opened., if: wok")
    chapter = chapter.replace("say: I waited.", f"say: I waited., if: {other}")
    assert codes(checked(tmp_path, chapter=chapter)[1]) == found


def test_a_choice_opens_a_circle(tmp_path: Path) -> None:
    chapter = CHAPTER.replace("I waited., goto: inside", "I waited., goto: again").replace(
        "  inside:",
        "  again: {text: Again., goto: fork}\n  fork: {goto: [{if: wok, to: knock}, {to: inside}]}\n  inside:",
    )
    p = begin(playable(tmp_path, chapter=chapter), "villager")
    for _ in range(5):
        p = p.choose("wait").choose("continue")
    assert p.page.node == "gate.knock"


def test_many_forks_in_a_row_are_checked_at_once(tmp_path: Path) -> None:
    """A hundred forks that meet again have too many paths to follow one by one."""
    fork = "  a{0}: {{goto: [{{if: wok, to: b{0}}}, {{to: c{0}}}]}}\n  b{0}: {{goto: a{1}}}\n  c{0}: {{goto: a{1}}}\n"
    forks = "".join(fork.format(i, i + 1) for i in range(100))
    chapter = CHAPTER.replace("nodes:\n", f"nodes:\n{forks}  a100: {{goto: knock}}\n")
    assert begin(playable(tmp_path, chapter=chapter), "villager").page.node == "gate.knock"


def test_a_long_row_of_nodes_is_walked(tmp_path: Path) -> None:
    row = "".join(f"  a{i}: {{goto: a{i + 1}, do: [grain = {i % 5}], because: invented}}\n" for i in range(1000))
    chapter = CHAPTER.replace("nodes:\n", f"nodes:\n{row}  a1000: {{goto: knock}}\n")
    assert begin(playable(tmp_path, chapter=chapter), "villager").page.node == "gate.knock"


def test_a_node_without_text_is_passed_through(tmp_path: Path) -> None:
    chapter = CHAPTER.replace(
        "nodes:\n",
        "begin: fork\nnodes:\n"
        "  fork: {do: [grain = 0], because: invented, goto: [{if: grain == 0, to: inside}, {to: knock}]}\n",
    ).replace("text: They came in.", "text: [They came in., {if: seen(fork), text: Past the fork.}]")
    assert texts(begin(playable(tmp_path, chapter=chapter), "villager")) == ["They came in.", "Past the fork."]


@pytest.mark.parametrize(
    ("targets", "where"),
    [
        ("[{if: wok, to: inside}]", [[8, 12]]),
        ("[{to: inside}, {to: next}]", [[8, 12]]),
        ("[{if: wok, to: inside}, {to: inside}, {to: next}]", [[8, 35]]),
        ("[{to: inside}, {if: wok, to: inside}]", [[8, 12], [8, 26]]),
    ],
)
def test_targets_are_read_top_down_to_one_without_a_condition(
    targets: str, where: list[list[int]], tmp_path: Path
) -> None:
    chapter = CHAPTER.replace("nodes:\n", f"nodes:\n  fork:\n    text: a\n    goto: {targets}\n")
    assert [place for code, *place in placed(tmp_path, chapter=chapter) if code == "WG503"] == where


def test_begin_may_be_a_list_of_targets_and_may_pass_the_chapter_by(tmp_path: Path) -> None:
    pack = PACK.replace("[gate]", "[early, gate]")
    early = CHAPTER.replace("gate", "early", 1).replace(
        "nodes:", "begin: [{if: not wok, to: knock}, {if: grain > 3, to: inside}, {to: next}]\nnodes:"
    )
    for start, node in (("true", "gate.knock"), ("false", "early.knock")):
        story = playable(tmp_path / start, pack=pack.replace("start: true", f"start: {start}"), early=early)
        assert begin(story, "villager").page.node == node


def test_an_interlude_can_end_the_story_for_everybody(tmp_path: Path) -> None:
    assert date_findings(tmp_path, HIS) == []
    findings = date_findings(tmp_path / "2", HIS, after=AFTER.replace("end: over", "goto: next"))
    assert sorted({code for code, _ in findings}) == ["WG504", "WG505"]


def test_where_the_story_runs_out_there_is_a_last_page(tmp_path: Path) -> None:
    chapter = CHAPTER.replace("I waited., goto: inside", "I waited., goto: next")
    p = begin(playable(tmp_path, chapter=chapter), "villager").choose("wait")
    assert (p.over, p.finished) == (True, True)
    page = p.page.as_json()
    assert (page["chapter"], page["node"], page["ending"]) == (None, None, None)
    assert (page["choices"], page["offers"]) == ([], [])
