"""The rules on deeds, reasons, answers and lines: where they report and where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.lint import lint
from tests.lint.test_lint import advised, pages
from tests.story.packs import CHAPTER, PACK, SOUND, written

DEEDS = SOUND["chapter.yaml"].replace("I opened.", "Open., reason: It rained.").replace("I waited.", "Wait., reason: a")


@pytest.mark.parametrize(
    ("say", "bare"),
    [
        ("Open.", True),
        ("Open the gate to them, and hold the light up.", False),
        ("Open the gate to them, and hold the light.", True),
        ("I open.", False),
        ("I’d open.", False),
        ("*He* opens.", False),
        ("Hers to open.", True),
        ("It.", False),
        ("Ignore it.", True),
    ],
)
def test_a_deed_is_bare(say: str, bare: bool, tmp_path: Path) -> None:
    chapter = DEEDS.replace("say: Open.", f'say: "{say}"')
    assert (advised(tmp_path / "a", "WG818", chapter=chapter) == []) == bare
    pack = SOUND["pack.yaml"] + "prose: {say: 10}\n"
    longer = advised(tmp_path / "b", "WG818", chapter=chapter, pack=pack)
    assert (longer == []) == (bare or "hold the light up" in say)


def test_deeds_are_not_checked_in_a_pack_without_reasons(tmp_path: Path) -> None:
    """There the deed may contain its reason. A deed in another language may begin with any word."""
    assert advised(tmp_path / "none", "WG818", chapter=CHAPTER) == []
    pack = SOUND["pack.yaml"].replace("version: 1\n", "version: 1\nlanguage: de\n")
    chapter = DEEDS.replace("say: Open.", "say: He da!")
    assert advised(tmp_path / "de", "WG818", chapter=chapter, pack=pack) == []
    assert len(advised(tmp_path / "en", "WG818", chapter=chapter)) == 1


def test_a_missing_reason_is_said_where_others_have_one(tmp_path: Path) -> None:
    chapter = DEEDS.replace(", reason: a", "")
    assert advised(tmp_path / "one", "WG627", chapter=chapter) == [("chapter.yaml", 10, 9)]
    other = CHAPTER.replace("chapter: gate", "chapter: other")
    pack = SOUND["pack.yaml"].replace("[gate]", "[gate, other]")
    assert len(advised(tmp_path / "two", "WG627", chapter=DEEDS, other=other, pack=pack)) == 2
    assert advised(tmp_path / "none", "WG627", chapter=CHAPTER) == []


@pytest.mark.parametrize("key", ["answer", "anyway"])
@pytest.mark.parametrize(
    ("texts", "always"),
    [
        ("a", True),
        ("[{if: wok, text: a}]", False),
        ("[{if: wok, text: a}, b]", True),
        ("[{if: wok, text: a}, {if: not wok, text: b}]", True),
        ("[{if: grain > 1, text: a}, {if: grain < 1, text: b}]", False),
    ],
)
def test_an_answer_is_never_empty(key: str, texts: str, always: bool, tmp_path: Path) -> None:
    chapter = CHAPTER.replace("say: I opened.", f"say: I opened., {key}: {texts}")
    assert (advised(tmp_path, "WG628", chapter=chapter, pack=PACK) == []) == always


def test_the_pack_bounds_reasons_answers_and_lines(tmp_path: Path) -> None:
    """Each limit has its own key; without keys only a line's brief text has a limit, of 25 words."""
    chapter = DEEDS.replace("reason: a", "reason: a b c, answer: [{if: wok, text: a}, a b c d]")
    brief = " ".join(["word"] * 25)
    pack = SOUND["pack.yaml"].replace("[gate]", f"[{{line: one, text: a b c d, brief: {brief}}}, gate]")
    assert advised(tmp_path / "free", "WG819", chapter=chapter, pack=pack) == []
    longer = pack.replace("brief: word", "brief: word word")
    assert [file for file, *_ in advised(tmp_path / "line", "WG819", pack=longer)] == ["pack.yaml"]
    for bound, found in (("reason: 3", 0), ("reason: 2", 1), ("answer: 4", 0), ("answer: 3", 1), ("line: 24", 1)):
        bounded = pack + f"prose: {{{bound}}}\n"
        assert len(advised(tmp_path / bound[:3], "WG819", chapter=chapter, pack=bounded)) == found, bound


def test_a_page_is_bounded_with_its_choices(tmp_path: Path) -> None:
    """Deeds and reasons count if they can be open together; from the fourth choice on, each lowers the limit by ten."""
    choice = "      - {{id: c{n}, say: Do it now., reason: a b., {more}goto: inside}}\n"

    def found(words: int, choices: int, bound: int, more: str = "") -> bool:
        nodes = f"  knock:\n    text: {' '.join(['w'] * words)}\n    choices:\n"
        nodes += "".join(choice.format(n=i, more=more if i else "") for i in range(choices))
        pack = SOUND["pack.yaml"] + f"prose: {{page: {bound}}}\n"
        folder = tmp_path / f"{words}-{choices}-{bound}-{len(more)}"
        return bool(advised(folder, "WG803", chapter=pages(nodes), pack=pack))

    assert not found(5, 3, 20)
    assert found(6, 3, 20)
    assert not found(0 + 5, 4, 35)
    assert found(6, 4, 35)
    assert not found(15, 2, 20, "if: wok and not wok, ")


LINES = """\
calendar:
  - {line: one, text: a}
  - {line: two, text: a, brief: b}
  - gate
  - {line: three, text: a}
  - late
cuts:
  full: {play: one role}
  short: {play: one role, brief: true, chapters: [gate, late]}
"""


def test_a_brief_cut_shows_a_line_wherever_there_are_some(tmp_path: Path) -> None:
    late = CHAPTER.replace("chapter: gate", "chapter: late").replace(
        "end: they-came-in", "brief: b\n    end: they-came-in"
    )
    pack = SOUND["pack.yaml"].replace("calendar: [gate]\n", LINES)
    files = {"chapter": CHAPTER.replace("    end: they-came-in", "    goto: next"), "late": late}
    assert advised(tmp_path / "one", "WG629", pack=pack, **files) == [("pack.yaml", 14, 12)]
    brief = pack.replace("three, text: a", "three, text: a, brief: b")
    assert advised(tmp_path / "brief", "WG629", pack=brief, **files) == []
    assert advised(tmp_path / "cut", "WG629", pack=pack.replace("[gate, late]", "[gate]"), **files) == []
    assert advised(tmp_path / "long", "WG629", pack=pack.replace("brief: true, ", ""), **files) == []


FELT_PACK = (
    SOUND["pack.yaml"]
    .replace("calendar: [gate]", "calendar: [gate, dusk, noon]\nprose: {felt: 2}")
    .replace("variables:\n", "variables:\n  hoe: {start: true}\n")
)
FELT_GATE = SOUND["chapter.yaml"].replace("    end: they-came-in", "    goto: next")
DUSK = "chapter: dusk\nrole: villager\ntitle: Dusk\nplace: yard\nnodes:\n  path: {text: A path., goto: next}\n"
NOON = DUSK.replace("dusk", "noon").replace("goto: next", "end: noon")


@pytest.mark.parametrize(
    ("dusk", "noon", "met"),
    [
        (DUSK, NOON, False),
        (DUSK, NOON.replace("A path.", "['{wok}']"), True),
        (DUSK, NOON.replace("A path.", "[A path., {if: not wok, text: Bare.}]"), True),
        (DUSK, NOON.replace("A path.", "[A path., {if: chose(gate.knock.wait), text: I had waited.}]"), True),
        (DUSK.replace("A path.", "['{wok}']"), NOON, False),
        (DUSK.replace("goto: next", "do: hoe = wok, goto: next"), NOON.replace("A path.", "['{hoe}']"), True),
        (DUSK.replace("goto: next", "do: hoe = false, goto: next"), NOON.replace("A path.", "['{hoe}']"), False),
    ],
    ids=["nothing", "shown", "a condition", "chose", "too early", "handed on", "another variable"],
)
def test_a_choice_is_met_again_so_many_dates_later(dusk: str, noon: str, met: bool, tmp_path: Path) -> None:
    files = {"pack": FELT_PACK, "chapter": FELT_GATE, "dusk": dusk, "noon": noon}
    assert (advised(tmp_path / "held", "WG634", **files) == []) == met
    assert advised(tmp_path / "free", "WG634", **{**files, "pack": FELT_PACK.replace("prose: {felt: 2}\n", "")}) == []
    later = FELT_PACK.replace("felt: 2", "felt: 3")
    assert advised(tmp_path / "last", "WG634", **{**files, "pack": later}) == [], "the calendar has no such date"


def test_only_the_options_that_lead_to_the_same_are_named(tmp_path: Path) -> None:
    third = FELT_GATE.replace("      - {id: wait", "      - {id: hide, say: I hid., goto: inside}\n      - {id: wait")
    noon = NOON.replace("A path.", "['{wok}']")
    files = {"pack.yaml": FELT_PACK, "chapter.yaml": third, "dusk.yaml": DUSK, "noon.yaml": noon}
    _, findings = lint(written(tmp_path, files))
    (problem,) = [finding.problem for finding in findings if finding.code == "WG634"]
    assert problem.endswith("of `gate.knock` apart: `hide` and `wait`")


@pytest.mark.parametrize(
    ("night", "met"),
    [
        ("night: {do: hoe = false, text: Night., goto: next}", False),
        ("night: {goto: [{if: wok, to: bed}, {to: inside}]}\n  bed: {do: hoe = false, text: A bed., goto: next}", True),
    ],
    ids=["on every way", "on some ways"],
)
def test_what_follows_on_both_options_tells_nothing_apart(night: str, met: bool, tmp_path: Path) -> None:
    gate = FELT_GATE.replace("goto: inside", "goto: night").replace("  inside:", f"  {night}\n  inside:")
    if not met:
        gate = gate[: gate.index("  inside:")]
    noon = NOON.replace("A path.", "['{hoe}']")
    assert (advised(tmp_path, "WG634", pack=FELT_PACK, chapter=gate, dusk=DUSK, noon=noon) == []) == met
