"""Errors in people, lines, sources, measures and the map are found at their places; valid parts are built."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.resources import assets_folder
from game.story import Finding
from game.story.facts import Source
from game.story.places import Invitation, Spot
from game.ui.components.citations import numbered_place
from game.ui.i18n import Catalogue
from tests.small_stories.packs import load_the_ferry
from tests.story.packs import CHAPTER, PACK, checked, playable

FACT = "facts:\n  - {id: a, speaker: s, paraphrase: p, kind: record, theme: t, game_may: fact%s}\n"
ONE_SOURCE = "sources: {film: {title: A, kind: film}}\n"
SOURCES = "sources: {film: {title: A, kind: film}, letter: {title: B, kind: letter}}\n"
NUMBERED = SOURCES.replace("kind: film", "kind: film, place: paragraph").replace("letter}}", "letter, place: none}}")
PERSON = "people:\n  lu: {name: Lu Qi%s}\n"
MEASURES = (
    "measures: {unit_kg: 1, husked_percent: 1, portion_g: 1, days: 1, seed: 0,"
    " ordinary: {stood: 2, taken: 1}, people: {1957: 1}}\n"
)


def found(folder: Path, **files: str) -> list[str]:
    """Findings on the standard pack with other files: each code, and the text from its place on."""

    def there(finding: Finding) -> str:
        return (folder / finding.file).read_text(encoding="utf-8").splitlines()[finding.line - 1][finding.column - 1 :]

    return [f"{finding.code} {there(finding)}" for finding in checked(folder, **files)[1]]


@pytest.mark.parametrize(
    ("more", "at"),
    [
        (", group: family", "WG314 family}"),
        (", tells: nobody", "WG314 nobody}"),
        (", is: [{text: a, from: later}]", "WG314 later}]}"),
        (", know: [{text: a, role: nobody}]", "WG314 nobody}]}"),
        (", know: [{text: a, if: gold}]", "WG402 gold}]}"),
        (", know: [{text: a, if: grain}]", "WG403 grain}]}"),
        (", fate: [{if: seen(gate.nowhere), text: a}]", "WG308 seen(gate.nowhere), text: a}]}"),
        (", fate: [{if: chose(gate.knock.open), text: a}]", None),
        (", fate: 'The {gold}.'", "WG310 {gold}.'}"),
        (", born: yesterday", "WG203 yesterday}"),
        (", tells: villager, is: a, know: [b, {text: c, from: gate, role: villager, if: wok}]", None),
    ],
)
def test_a_person_names_what_there_is(more: str, at: str | None, tmp_path: Path) -> None:
    assert found(tmp_path, people=PERSON % more) == [at] * (at is not None)


@pytest.mark.parametrize(
    ("calendar", "at"),
    [
        ("[{line: one, text: a}, gate]", None),
        ("[{line: one, text: a}, {line: one, text: b}, gate]", "WG307 one, text: b}, gate]"),
        ("[gate, {line: one, text: a}]", "WG509 {line: one, text: a}]"),
        ("[{line: one}, gate]", "WG202 {line: one}, gate]"),
        ("[{line: one, text: a, do: wok}, gate]", "WG201 do: wok}, gate]"),
        ("[{line: one, text: ''}, gate]", "WG203 ''}, gate]"),
        ("[{line: one, year: soon, text: a}, gate]", "WG203 soon, text: a}, gate]"),
        ("[gate, [{line: one, text: a}]]", "WG203 {line: one, text: a}]]"),
        ("[{line: One, text: a}, gate]", "WG204 One, text: a}, gate]"),
        ("[{line: one, text: a, because: [b]}, gate]", "WG303 b]}, gate]"),
    ],
)
def test_a_line_stands_between_chapters(calendar: str, at: str | None, tmp_path: Path) -> None:
    facts = FACT % ", paragraph: P1, sentences: [1]"
    assert found(tmp_path, pack=PACK.replace("[gate]", calendar), facts=facts) == [at] * (at is not None)


@pytest.mark.parametrize(
    ("fact", "sources", "codes"),
    [
        (", paragraph: P1, sentences: [1]", "", []),
        ("", "", []),
        ("", SOURCES, []),
        ("", NUMBERED, ["WG202"]),
        (", source: film, paragraph: P1", NUMBERED, []),
        (", source: film, page: 1", NUMBERED, ["WG202", "WG203"]),
        (", source: letter, page: 4-6", SOURCES, []),
        (", source: letter, section: 3.2", SOURCES, []),
        (", source: letter, sentences: [1]", SOURCES, ["WG203"]),
        (", source: letter", NUMBERED, []),
        (", source: letter, page: 1", NUMBERED, ["WG203"]),
        (", source: book", SOURCES, ["WG314"]),
        (", source: letter, page: 1, paragraph: 2", SOURCES, ["WG203"]),
        (", source: film, minute: 12:30", NUMBERED.replace("paragraph", "minute"), []),
        (", source: film, paragraph: 1", NUMBERED.replace("paragraph", "minute"), ["WG202", "WG203"]),
        (", source: film, minute: 12", SOURCES, ["WG203"]),
    ],
)
def test_a_fact_stands_in_a_source(fact: str, sources: str, codes: list[str], tmp_path: Path) -> None:
    assert sorted(line.split()[0] for line in found(tmp_path, facts=FACT % fact, pack=PACK + sources)) == codes


@pytest.mark.parametrize(
    ("place", "short", "english", "chinese"),
    [
        ("page: 41", "p.\N{NO-BREAK SPACE}41", "page 41", "第41页"),
        ("page: 44-45", "pp.\N{NO-BREAK SPACE}44–45", "pages 44–45", "第44–45页"),
        ("section: 3-2", "§\N{NO-BREAK SPACE}3-2", "section 3-2", "第3-2节"),
        ("minute: 12:30", "12:30", "minute 12:30", "12:30处"),
        ("minute: 1:02:30", "1:02:30", "minute 1:02:30", "1:02:30处"),
    ],
)
def test_a_place_in_a_source_has_a_short_form_and_words(
    place: str, short: str, english: str, chinese: str, tmp_path: Path
) -> None:
    facts = FACT % f", source: film, {place}"
    story = playable(tmp_path, pack=f"{PACK}{SOURCES}main: film\n", facts=facts)
    (fact,) = story.facts.values()
    locale = assets_folder() / "locale"
    assert story.cited(fact) == short
    assert [numbered_place(Catalogue(locale, tag), fact) for tag in ("en", "zh-Hans")] == [english, chinese]


@pytest.mark.parametrize(
    ("old", "new", "sound"),
    [
        ("", "", True),
        ("1957: 1", "1957: 0", False), ("unit_kg: 1", "unit_kg: -1", False), ("portion_g: 1", "portion_g: 0", False),
        ("days: 1", "days: x", False), ("husked_percent: 1", "husked_percent: 101", False),
        ("husked_percent: 1", "husked_percent: 100", True), ("seed: 0", "seed: -1", False),
        (", taken: 1", "", False), ("stood: 2", "stood: 0", False), ("1957: 1", "then: 1", False),
        ("{1957: 1}", "{}", False), ("{1957: 1}", "{1957: 1, 1960: 3}", True),
    ],
)  # fmt: skip
def test_a_measure_is_a_number_that_can_be_counted_with(old: str, new: str, sound: bool, tmp_path: Path) -> None:
    assert (found(tmp_path, pack=PACK + MEASURES.replace(old, new)) == []) == sound


@pytest.mark.parametrize(
    ("at", "sound"),
    [("[0, 1]", True), ("[0.25, .5]", True), ("[1.01, 0]", False), ("[-0.1, 0]", False), ("[0.5]", False),
     ("[0, 0, 0]", False), ("[left, 0]", False), ("[nan, 0]", False), ("[inf, 0]", False)],
)  # fmt: skip
def test_a_spot_lies_on_the_map(at: str, sound: bool, tmp_path: Path) -> None:
    pack = PACK + f"map: {{spots: {{home: {{name: home, at: {at}}}}}}}\n"
    assert (found(tmp_path, pack=pack) == []) == sound


def test_a_place_lies_at_a_spot_that_exists(tmp_path: Path) -> None:
    assert found(tmp_path, pack=PACK.replace("yard, scene", "yard, spot: home, scene")) == [
        "WG314 home, scene: courtyard}"
    ]


def test_what_is_sound_is_built() -> None:
    story = load_the_ferry()
    assert story.sources["film"] == Source(
        "film", "The Film", "documentary film", "the film", "Nobody knows who made it."
    )
    assert story.sources["almanac"].about == ""
    assert story.spots == {"ford": Spot("ford", "the ford", (0.25, 0.5)), "hall": Spot("hall", "the hall", (1.0, 0.0))}
    assert list(story.people_groups) == ["river", "hall", "outside"]
    assert [[line.id for line in lines] for lines in story.lines] == [
        [], ["autumn"], [], [], ["frost", "snow"], ["hunger"], ["spring"],
    ]  # fmt: skip
    assert len(story.lines) == len(story.calendar)
    ledger = story.nodes["weighing.scales"].ledger
    assert ledger is not None and (ledger.year, ledger.back) == (1958, None)
    assert [row.kind for row in ledger.rows] == ["brought_in", "reported", "taken"]
    assert story.measures is not None and story.measures.people == ((1957, 4100), (1960, 3500))
    assert story.facts["scrap"].place == "18a"


@pytest.mark.parametrize(
    ("sources", "main"),
    [(ONE_SOURCE, "film"), (f"{SOURCES}main: letter\n", "letter"), (SOURCES, ""), (f"{SOURCES}main: book\n", None)],
)
def test_a_single_source_is_the_main_one(sources: str, main: str | None, tmp_path: Path) -> None:
    if main is None:
        assert found(tmp_path, pack=PACK + sources) == ["WG314 book"]
    else:
        assert playable(tmp_path, pack=PACK + sources).main == main


def test_a_pack_has_words_for_the_interface(tmp_path: Path) -> None:
    words = "words: {unit: {one: barrel, other: barrels}, place: the island}\n"
    story = playable(tmp_path / "one", pack=PACK + words + ONE_SOURCE)
    forms = {"unit": "barrel", "few_units": "barrels", "units": "barrels"}
    assert story.words == {**forms, "place": "the island", "main": "A"}
    assert playable(tmp_path / "none").words == {}
    assert found(tmp_path / "half", pack=PACK + "words: {unit: {one: barrel}}\n") == ["WG202 unit: {one: barrel}}"]


def test_an_invitation_has_stages(tmp_path: Path) -> None:
    stages = "invitation: {scene: village, stages: [{year: 1958, smoke: true}, {year: 1962}]}\n"
    story = playable(tmp_path / "two", pack=PACK + stages)
    assert story.invitation == Invitation("village", ({"year": 1958, "smoke": True}, {"year": 1962}))
    assert found(tmp_path / "one", pack=PACK + stages.replace(", {year: 1962}", "")) != []
    titled = {number: PACK + stages.replace("stages:", f"title: {number}, stages:") for number in (2, 3)}
    second = playable(tmp_path / "second", pack=titled[2]).invitation
    assert second is not None and second.title == 2
    assert [line[:7] for line in found(tmp_path / "third", pack=titled[3])] == ["WG203 3"]


@pytest.mark.parametrize("row", ["stood: %s", "taken: {amount: %s}", "taken: {amount: 1, of_seed: %s}", "back: %s"])
@pytest.mark.parametrize(
    ("amount", "code"), [("grain", None), ("12", None), ("said", "WG403"), ("wok", "WG403"), ("grain > 1", "WG403")]
)
def test_a_row_of_a_weighing_is_a_number(row: str, amount: str, code: str | None, tmp_path: Path) -> None:
    ledger = f"ledger: {{year: 1958, {row % amount}}}"
    chapter = CHAPTER.replace("text: They came in.", f"text: They came in.\n    {ledger}")
    assert [line.split()[0] for line in found(tmp_path, chapter=chapter)] == [code] * (code is not None)
