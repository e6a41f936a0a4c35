"""Each lint rule: where it reports and where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.lint import lint
from tests.story.packs import CHAPTER, PACK, SOUND, written

CARRYING = "They came with a cart and a list. Ours was the ninth door, and the wok was on its hook."
FACTS = """\
facts:
  - {id: target, paragraph: P1, sentences: [1], speaker: s, paraphrase: "Steel was to reach 30 to 40 million tons.",
     kind: figure, theme: t, game_may: fact, figures: [{value: '11,000', unit: people}]}
  - {id: doubled, paragraph: P1, sentences: [1], speaker: s, paraphrase: The crop had doubled., kind: claim,
     theme: t, game_may: attribute}
"""


def advised(folder: Path, code: str, **files: str) -> list[tuple[str, int, int]]:
    pack = {**SOUND, **{f"{name}.yaml": text for name, text in files.items()}}
    story, findings = lint(written(folder, pack))
    assert story is not None, findings
    return [(finding.file, finding.line, finding.column) for finding in findings if finding.code == code]


def pages(nodes: str) -> str:
    """A chapter with these nodes before its last page."""
    return CHAPTER[: CHAPTER.index("  knock:")] + nodes + CHAPTER[CHAPTER.index("  inside:") :]


def test_the_sound_pack_has_no_finding(tmp_path: Path) -> None:
    assert list(lint(written(tmp_path, SOUND))[1]) == []


@pytest.mark.parametrize(
    "use",
    [
        "text: [a, {if: hoe > 1, text: b}]",
        'text: "{hoe}"',
        "text: a\n    brief: [a, {if: hoe > 1, text: b}]",
        "text: a\n    ledger: {year: 1958, stood: hoe}",
        "text: a\n    always: [hoe > 0]",
        "text: a\n    do: wok = hoe > 1",
    ],
)
def test_a_variable_is_used_by_whatever_asks_for_it(use: str, tmp_path: Path) -> None:
    pack = PACK.replace("  grain:", "  hoe: {start: 1, min: 0, max: 3}\n  grain:")
    used = pages(f"  hall:\n    {use}\n    goto: again\n  again: {{text: a, do: hoe += 1, goto: inside}}\n")
    assert ("pack.yaml", 5, 3) not in advised(tmp_path / "used", "WG605", pack=pack, chapter=used)
    alone = used.replace(use, "text: a\n    do: [hoe = hoe + 1]")
    assert ("pack.yaml", 5, 3) in advised(tmp_path / "alone", "WG605", pack=pack, chapter=alone)


def test_a_place_s_picture_and_a_claim_are_uses(tmp_path: Path) -> None:
    for use in ("places:\n  yard: {name: y, scene: courtyard, params: {jar: grain}}", "always: [grain >= 0]"):
        pack = PACK.replace("places:\n  yard: {name: the yard, scene: courtyard}", use) if "yard" in use else PACK + use
        chapter = CHAPTER.replace("say: I opened.", "say: I opened., do: grain -= 1")
        lines = pack.replace("words: {0: an empty jar, 1: half a jar, 3: a full jar}", "words: {}")
        assert ("pack.yaml", 5, 3) not in advised(tmp_path / use[:5], "WG605", pack=lines, chapter=chapter)


def test_pages_of_an_unreachable_cycle_are_reported(tmp_path: Path) -> None:
    nodes = "  knock: {text: a, goto: inside}\n"
    for page, other in (("dark", "night"), ("night", "dark")):
        nodes += f"  {page}:\n    text: a\n    choices: [{{id: on, say: a, goto: {other}}}]\n"
    assert advised(tmp_path, "WG607", chapter=pages(nodes)) == [("chapter.yaml", 7, 3), ("chapter.yaml", 10, 3)]


@pytest.mark.parametrize(
    ("condition", "said"),
    [("grain > 4", True), ("grain >= 0", True), ("wok or not wok", True), ("grain > 3", False), ("wok", False),
     ("said == praise and said == nothing", True), ("1 < 2", True), ("chose(knock.open)", False)],
)  # fmt: skip
def test_a_condition_that_decides_nothing_is_said(condition: str, said: bool, tmp_path: Path) -> None:
    chapter = CHAPTER.replace("They came in.", f"[They came in., {{if: {condition}, text: a}}]")
    assert bool(advised(tmp_path, "WG608", pack=PACK, chapter=chapter)) == said


def test_choices_that_are_never_open_together_may_say_the_same(tmp_path: Path) -> None:
    same = CHAPTER.replace("say: I opened.", "say: I did., if: wok").replace("say: I waited.", "say: I *did*")
    assert advised(tmp_path / "beside", "WG609", pack=PACK, chapter=same) == [("chapter.yaml", 10, 25)]
    apart = same.replace("say: I *did*", "say: I *did*, if: not wok")
    assert advised(tmp_path / "apart", "WG609", pack=PACK, chapter=apart) == []


def test_a_choice_that_is_remembered_is_not_the_same(tmp_path: Path) -> None:
    assert advised(tmp_path / "same", "WG610", pack=PACK, chapter=CHAPTER) == [("chapter.yaml", 10, 9)]
    asked = CHAPTER.replace("They came in.", "[They came in., {if: chose(knock.wait), text: They were angry.}]")
    assert advised(tmp_path / "asked", "WG610", pack=PACK, chapter=asked) == []


def test_what_only_the_debrief_reads_is_used(tmp_path: Path) -> None:
    pack = PACK.replace("variables:\n", "variables:\n  seal: {start: true}\n")
    chapter = CHAPTER.replace("say: I opened.", "say: I opened., do: seal = false")
    talk = "debrief: [{id: one, title: One, text: [a, {if: IF, text: b}]}]\n"
    for condition, code, found in (
        ("seal", "WG605", False), ("wok", "WG605", True), ("seal", "WG608", False), ("seal and not seal", "WG608", True)
    ):  # fmt: skip
        debrief = talk.replace("IF", condition)
        said = advised(tmp_path / f"{code}{found}", code, pack=pack, chapter=chapter, debrief=debrief)
        assert (("pack.yaml", 5, 3) in said or [finding[0] for finding in said] == ["debrief.yaml"]) == found, condition


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        (f"  knock: {{text: '{CARRYING}', goto: on}}\n  on: {{text: '{CARRYING.upper()}', goto: inside}}\n", True),
        (f"  knock: {{text: '{CARRYING}', goto: on}}\n  on: {{text: 'Quite another thing.', goto: inside}}\n", False),
        (f"  knock: {{text: '{CARRYING}', brief: '{CARRYING}', goto: inside}}\n", False),
        (f"  knock:\n    text: ['{CARRYING}', '{CARRYING}']\n    goto: inside\n", True),
        (f"  knock:\n    text: [{{if: wok, text: '{CARRYING}'}}, {{if: not wok, text: '{CARRYING}'}}]\n"
         "    goto: inside\n", False),
        (f"  knock:\n    text: [{{if: wok, text: '{CARRYING}'}}, {{if: grain > 1, text: '{CARRYING}'}}]\n"
         "    goto: inside\n", True),
        ("  knock:\n    text: a\n    choices: [{id: a, say: a, goto: on}, {id: b, say: b, goto: off}]\n"
         f"  on: {{text: '{CARRYING}', goto: inside}}\n  off: {{text: '{CARRYING}', goto: inside}}\n", False),
        ("  knock: {text: They came in., goto: on}\n  on: {text: They came in., goto: inside}\n", False),
    ],
)  # fmt: skip
def test_a_paragraph_that_a_reader_meets_twice_is_said(nodes: str, said: bool, tmp_path: Path) -> None:
    assert bool(advised(tmp_path, "WG807", pack=PACK, chapter=pages(nodes))) == said


@pytest.mark.parametrize(
    ("text", "because", "said"),
    [
        ("Some 40 million tons.", "target", False),
        ("Some 30 million tons.", "target", False),
        ("Some 11,000 of us.", "target", False),
        ("Some 45 million tons.", "target", True),
        ("Some 12,000 of us.", "target", True),
        ("Some 1200 of us.", "target", True),
        ("It was 1958, and 999 came.", "target", False),
        ("Some 12,000 of us.", "[target, invented]", False),
        ("Some 12,000 of us.", "invented", False),
        ("It was 12 % more.", "target", True),
        ("Twelve thousand of us.", "target", False),
    ],
)
def test_a_figure_of_the_record_is_one_of_its_facts(text: str, because: str, said: bool, tmp_path: Path) -> None:
    nodes = f"  knock: {{text: '{text}', because: {because}, goto: inside}}\n"
    assert bool(advised(tmp_path, "WG801", facts=FACTS, chapter=pages(nodes))) == said


def test_a_fact_is_used_by_a_line_of_the_calendar(tmp_path: Path) -> None:
    line = "calendar: [{line: steel, text: Steel is wanted., because: [target, doubled]}, "
    assert advised(tmp_path / "line", "WG611", facts=FACTS, pack=PACK.replace("calendar: [", line)) == []
    assert len(advised(tmp_path / "none", "WG611", facts=FACTS)) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("text: The crop had doubled.", True),
        ("text: 'He said: \"The crop has doubled!\"'", False),
        ("text: [a, {by: the loudspeaker, text: The crop has doubled!}]", False),
    ],
)
def test_a_claim_needs_a_speaker(text: str, said: bool, tmp_path: Path) -> None:
    nodes = f"  knock:\n    {text}\n    because: [target, doubled]\n    goto: inside\n"
    found = advised(tmp_path / "page", "WG802", facts=FACTS, chapter=pages(nodes))
    assert found == ([("chapter.yaml", 8, 23)] if said else [])
    ending = CHAPTER.replace("text: They came in.", f"{text}\n    because: [doubled]")
    assert advised(tmp_path / "end", "WG802", facts=FACTS, pack=PACK, chapter=ending) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One two three.", 3),
        ("[One two three., {if: wok, text: Four five.}, {if: not wok, text: Four five six.}]", 6),
        ("[One., {if: grain > 2, text: Two three.}, {if: grain < 2, text: Two.}, {if: wok, text: Four.}]", 4),
        ("'One {wok}.'", 6),
    ],
)
def test_a_length_is_that_of_the_longest_form(text: str, words: int, tmp_path: Path) -> None:
    """Exclusive paragraphs count once, and a value counts as its longest words."""
    chapter = CHAPTER.replace("They came in.", text)
    for limit, said in ((words, False), (words - 1, True)):
        pack = PACK + f"prose: {{outcome: {limit}}}\n"
        assert bool(advised(tmp_path / str(limit), "WG803", pack=pack, chapter=chapter)) == said


def test_each_kind_of_page_has_its_own_bound(tmp_path: Path) -> None:
    chapter = CHAPTER.replace("text: They came in.", "text: They came in.\n    brief: They came.")
    for kind, line in (("scene", 7), ("outcome", 12), ("brief", 13)):
        pack = PACK + f"prose: {{{kind}: 1}}\n"
        assert advised(tmp_path / kind, "WG803", pack=pack, chapter=chapter) == [("chapter.yaml", line, 5)]


def test_a_character_is_looked_for_only_where_the_fonts_are_known(tmp_path: Path) -> None:
    folder = written(tmp_path, {**SOUND, "chapter.yaml": SOUND["chapter.yaml"].replace("came in", "ca☃me☃ in")})
    assert list(lint(folder)[1]) == []
    plain = frozenset(map(chr, range(32, 127)))
    assert [(finding.code, finding.line, finding.column) for finding in lint(folder, plain)[1]] == [("WG806", 12, 18)]
    assert list(lint(folder, plain | {"☃"})[1]) == []


@pytest.mark.parametrize(
    ("was", "said"),
    [({"inside": "knock"}, True), ({"inside": "hall"}, False), ({"inside": "hall", "knock": "hall"}, True)],
)
def test_a_former_id_is_nobody_else_s(was: dict[str, str], said: bool, tmp_path: Path) -> None:
    chapter = CHAPTER
    for id, old in was.items():
        chapter = chapter.replace(f"  {id}:\n", f"  {id}:\n    was: {old}\n")
    assert bool(advised(tmp_path, "WG312", pack=PACK, chapter=chapter)) == said


def test_former_ids_of_choices_and_chapters_are_checked_too(tmp_path: Path) -> None:
    """Each within its own kind: a choice's former name may be a node's name."""
    node = CHAPTER.replace("say: I waited.", "say: I waited., was: inside")
    assert advised(tmp_path / "node", "WG312", pack=PACK, chapter=node) == []
    choice = CHAPTER.replace("say: I waited.", "say: I waited., was: open")
    assert advised(tmp_path / "choice", "WG312", pack=PACK, chapter=choice) == [("chapter.yaml", 10, 41)]
    pack = PACK.replace("[gate]", "[before, gate]")
    before = "chapter: before\ntitle: Before\nwas: [gate]\nskip: {text: a}\n"
    assert advised(tmp_path / "chapter", "WG312", pack=pack, before=before) == [("before.yaml", 3, 7)]


def test_a_sound_story_with_what_only_an_author_minds_is_played(tmp_path: Path) -> None:
    pack = PACK + "prose: {scene: 1, outcome: 1, grade: 0, never: [the]}\n"
    story, findings = lint(written(tmp_path, {**SOUND, "pack.yaml": pack, "facts.yaml": FACTS}))
    assert story is not None
    assert findings
    assert {finding.severity for finding in findings} == {"warning"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("'\"Come in,\" I said.'", 0),
        ('They came in. "', 1),
        ('five a head."', 1),
        ('They said "Come in.', 1),
        (r"They saw. \"Good,\" he said.", 1),
        (r'"They saw. \"Good,\" he said."', 0),
        ("It's the smiths' wok.", 0),
        ("“Come in.", 1),
        ("“Come in,” I said.", 0),
        ('|\n      "They came.\n\n      "They went."', 0),
        ('|\n      "They came.\n\n      They went."', 2),
        ('|\n      They came."\n\n      "They went."', 1),
        ("['\"They came.', '\"They went.\"']", 0),
    ],
)
def test_a_quote_that_stands_alone_is_said(text: str, said: int, tmp_path: Path) -> None:
    chapter = CHAPTER.replace("text: They came in.", f"text: {text}")
    assert len(advised(tmp_path, "WG808", chapter=chapter)) == said


MEASURES = (
    "measures: {unit_kg: 100, husked_percent: 70, portion_g: 200, days: 240, seed: 20,\n"
    "  ordinary: {stood: 190, taken: 38}, people: {1957: 100}}\n"
)


@pytest.mark.parametrize(("taken", "enough"), [(38, True), (169, True), (170, False), (190, False)])
def test_an_ordinary_year_leaves_something(taken: int, enough: bool, tmp_path: Path) -> None:
    pack = SOUND["pack.yaml"] + MEASURES.replace("taken: 38", f"taken: {taken}")
    assert (advised(tmp_path, "WG632", pack=pack) == []) == enough


@pytest.mark.parametrize(
    ("at", "stands"), [("[0.5, 0.5]", False), ("[0.62, 0.54]", False), ("[0.65, 0.5]", True), ("[0.5, 0.56]", True)]
)
def test_spots_leave_room_for_their_labels(at: str, stands: bool, tmp_path: Path) -> None:
    pack = SOUND["pack.yaml"].replace("the yard, scene", "the yard, spot: home, scene")
    pack += f"map: {{spots: {{home: {{name: home, at: [0.5, 0.5]}}, hill: {{name: hill, at: {at}}}}}}}\n"
    assert (advised(tmp_path, "WG633", pack=pack) == []) == stands
