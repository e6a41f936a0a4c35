"""The rules on people.yaml and on names in the texts: where they report and where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.test_lint import advised, pages
from tests.story.packs import CHAPTER, SOUND

LU = "  lu: {name: Lu Qi, is: the smith, fate: He lived.}\n"
MA = "  ma: {name: Ma Tie, is: a captain, fate: He lived.}\n"
FANG = "  fang: {name: Fang An, is: a clerk, fate: He lived.}\n"
ALL = f"people:\n{LU}{MA}{FANG}"


def saying(text: str) -> str:
    return SOUND["chapter.yaml"].replace("They came in.", text)


@pytest.mark.parametrize(
    "chapter",
    [
        saying("Lu Qi came in."),
        saying("[{by: Lu Qi, text: Iron!}]"),
        SOUND["chapter.yaml"].replace("say: I waited.", "say: I asked Lu Qi."),
        SOUND["chapter.yaml"].replace("say: I waited.", "say: I waited., reason: Lu Qi asked."),
        SOUND["chapter.yaml"].replace("say: I waited.", "say: I waited., answer: Lu Qi came."),
        SOUND["chapter.yaml"].replace("say: I waited.", "say: I waited., anyway: [{if: wok, text: a}, Lu Qi came.]"),
    ],
    ids=["text", "speaker", "deed", "reason", "answer", "anyway"],
)
def test_a_name_is_looked_for_in_all_that_a_chapter_says(chapter: str, tmp_path: Path) -> None:
    people = "people:\n  lu: {name: Lu Qi, fate: He lived.}\n"
    assert advised(tmp_path, "WG815", people=people, chapter=chapter) == [("people.yaml", 2, 3)]
    assert advised(tmp_path, "WG624", people=people, chapter=chapter) == []


def test_a_line_of_the_calendar_names_somebody_and_another_card_does_not(tmp_path: Path) -> None:
    people = f"people:\n{LU}  qi: {{name: Old Qin, is: Lu Qi's master, fate: He knew Lu Qi.}}\n"
    chapter = saying("Old Qin came in.")
    pack = SOUND["pack.yaml"].replace("[gate]", "[{line: iron, text: Lu Qi lit his fire.}, gate]")
    assert advised(tmp_path / "line", "WG624", people=people, chapter=chapter, pack=pack) == []
    assert advised(tmp_path / "card", "WG624", people=people, chapter=chapter) == [("people.yaml", 2, 3)]


def test_a_narrator_need_not_be_named(tmp_path: Path) -> None:
    people = "people:\n  guilan: {name: Shen Guilan, tells: villager, fate: She lived.}\n"
    assert advised(tmp_path, "WG624", people=people) == []
    assert advised(tmp_path, "WG815", people=people) == []


def test_a_name_that_two_people_have_names_neither(tmp_path: Path) -> None:
    people = f"people:\n{LU}  gen: {{name: Lu Gen, is: a smith, fate: He lived.}}\n"
    lines = advised(tmp_path, "WG624", people=people, chapter=saying("Lu came in with Lu Gen."))
    assert lines == [("people.yaml", 2, 3)]


@pytest.mark.parametrize(
    ("fate", "reported"),
    [("fate: He lived.", True), ("fate: [{if: wok, text: a}, b]", True), ("fate: [{if: wok, text: a}]", False),
     ("fate: [{if: wok, text: a}, {if: not wok, text: b}]", False), ("is: a smith", False)],
)  # fmt: skip
def test_a_fate_has_a_last_text_that_always_holds(fate: str, reported: bool, tmp_path: Path) -> None:
    people = f"people:\n  lu: {{name: Lu Qi, {fate}}}\n"
    assert (advised(tmp_path, "WG816", people=people) == []) == reported


def new_names(folder: Path, nodes: str, people: str = ALL, **files: str) -> list[tuple[str, int, int]]:
    return advised(folder, "WG817", people=people, chapter=pages(nodes), **files)


def test_a_name_on_every_path_is_known(tmp_path: Path) -> None:
    both = "  knock: {text: Ma Tie knocks., goto: on}\n  on: {text: 'Lu Qi, Ma Tie, Fang An.', goto: inside}\n"
    assert new_names(tmp_path / "before", both) == []
    fork = (
        "  knock:\n    text: Knock.\n    choices:\n"
        "      - {id: a, say: A., goto: ma}\n      - {id: b, say: B., goto: on}\n"
        "  ma: {text: Ma Tie knocks., goto: on}\n  on: {text: 'Lu Qi, Ma Tie, Fang An.', goto: inside}\n"
    )
    assert new_names(tmp_path / "fork", fork) == [("chapter.yaml", 12, 8)]


def test_people_never_named_together_are_not_too_many(tmp_path: Path) -> None:
    apart = "  knock:\n    text: [Lu Qi., {if: wok, text: Ma Tie.}, {if: not wok, text: Fang An.}]\n    goto: inside\n"
    assert new_names(tmp_path / "apart", apart) == []
    together = apart.replace("if: not wok", "if: wok")
    assert new_names(tmp_path / "together", together) == [("chapter.yaml", 7, 5)]


def test_choices_name_people_too_and_terms_do_not(tmp_path: Path) -> None:
    """A deed is read with the page. A term has its own card, whatever names it contains."""
    page = (
        "  knock:\n    text: TEXT\n    choices:\n      - {id: a, say: Ask Fang An., goto: inside}\n"
        "      - {id: b, say: B., goto: inside}\n"
    )
    named, marked = (page.replace("TEXT", text) for text in ("Ma Tie and Lu Qi.", "'Ma Tie and [[Lu Qi]].'"))
    glossary = "glossary:\n  lu: {term: Lu Qi, text: An anvil.}\n"
    assert new_names(tmp_path / "named", named) == [("chapter.yaml", 7, 5)]
    assert new_names(tmp_path / "marked", marked, glossary=glossary) == []


def test_the_pack_says_how_many_new_names_it_allows(tmp_path: Path) -> None:
    three = "  knock: {text: 'Lu Qi, Ma Tie, Fang An.', goto: inside}\n"
    pack = SOUND["pack.yaml"] + "prose: {names: 3}\n"
    assert new_names(tmp_path / "more", three, pack=pack) == []
    two = three.replace(", Fang An", "")
    assert new_names(tmp_path / "two", two) == []
    assert new_names(tmp_path / "one", two, pack=pack.replace("3", "1")) == [("chapter.yaml", 6, 11)]


def test_a_pack_without_people_has_no_rule_on_them(tmp_path: Path) -> None:
    for code in ("WG624", "WG815", "WG816", "WG817"):
        assert advised(tmp_path, code, chapter=saying("Lu Qi, Ma Tie and Fang An came.")) == []


DOORS = (
    SOUND["pack.yaml"]
    .replace("calendar: [gate]", "calendar: [[gate, market]]")
    .replace("  villager: {name: Shen Guilan}", "  villager: {name: Shen Guilan}\n  trader: {name: Ben Lind}")
)
MARKET = """chapter: market
role: trader
title: Market
place: yard
nodes:
  stall:
    text: Sold.
    choices:
      - {id: stay, say: Stay., do: wok = false, goto: night}
      - {id: go, say: Go., goto: night}
  night: {text: Night., end: night}
"""
OWN = {"chapter": CHAPTER.replace("They came in.", "Lu Qi came in.")}  # the standard pack's villager sets nothing


@pytest.mark.parametrize(
    ("fate", "market", "cuts", "places"),
    [
        ("{if: wok, text: He lived.}, He died.", MARKET, "", [("people.yaml", 2, 36)]),
        ("{if: chose(market.stall.stay), text: He lived.}, He died.", MARKET, "", [("people.yaml", 2, 36)]),
        ("{if: chose(gate.knock.open), text: He lived.}, He died.", MARKET, "", []),
        ("He died.", MARKET, "", []),
        ("{if: wok, text: He lived.}, He died.", MARKET.replace("Sold.", "Lu Qi sold."), "", []),
        ("{if: wok, text: He lived.}, He died.", MARKET, "cuts: {class: {play: both roles}}\n", []),
    ],
    ids=["a variable", "a choice", "their own choice", "sure", "met by the other", "only both roles"],
)
def test_a_fate_that_no_reader_of_one_role_is_told_is_found(
    fate: str, market: str, cuts: str, places: list[tuple[str, int, int]], tmp_path: Path
) -> None:
    people = f"people:\n  lu: {{name: Lu Qi, is: the smith, fate: [{fate}]}}\n"
    pack = DOORS + cuts
    assert advised(tmp_path, "WG820", people=people, pack=pack, market=market, **OWN) == places
