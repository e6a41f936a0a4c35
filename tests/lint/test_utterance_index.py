"""Each rule on words checks all of a pack's texts: reasons, answers, cards, lines, sources, places on the map."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.core.glyphs import read_glyphs
from game.lint import lint
from game.resources import assets_folder
from tests.lint.test_choice_rules import DEEDS
from tests.lint.test_lint import CARRYING, advised
from tests.story.packs import SOUND, written

FACTS = """\
facts:
  - {id: steel, paragraph: P1, sentences: [1], speaker: s, paraphrase: "There were 30 tons.", kind: record, theme: t,
     game_may: fact}
"""

PEOPLE = 'people:\n  lu: {name: Lu Qi, born: "1900", pronoun: he, is: [a, b], know: c, fate: d}\n'
BIBLE = "bible:\n  objects: [{what: a wok, words: [wok], until: 1950}]\n"
PLACES = {
    "title": ("chapter", "title: The Gate", "title: {}"),
    "say": ("chapter", "say: Wait.", "say: {}"),
    "discuss": ("chapter", "text: They came in.", "text: They came in.\n    discuss: {}"),
    "brief": ("chapter", "text: They came in.", "text: They came in.\n    brief: {}"),
    "reason": ("chapter", "reason: a", "reason: {}"),
    "answer": ("chapter", "reason: a", "reason: a, answer: [{{if: wok, text: e}}, {}]"),
    "anyway": ("chapter", "reason: a", "reason: a, anyway: {}"),
    "is": ("people", "is: [a, b]", "is: [a, {}]"),
    "know": ("people", "know: c", "know: {{text: {}, from: gate}}"),
    "fate": ("people", "fate: d", "fate: [{{if: wok, text: e}}, {}]"),
    "group": ("people", "people:\n", "groups: {{a: {}}}\npeople:\n"),
    "line": ("pack", "[gate]", "[{{line: one, year: 1959, text: [a, {}]}}, gate]"),
    "brief line": ("pack", "[gate]", "[{{line: one, year: 1959, text: a, brief: {}}}, gate]"),
    "source": ("pack", "calendar", "sources: {{film: {{title: A, kind: film, about: {}}}}}\ncalendar"),
    "spot": ("pack", "calendar", "map: {{spots: {{a: {{name: {}, at: [0, 0]}}}}}}\ncalendar"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("WG805", "WIN a wind."),
        ("WG806", "One 𐎀."),
        ("WG808", "'\"Quoted.'"),
        ("WG804", " ".join(["extraordinary"] * 45)),
    ],
)
def test_the_rules_on_words_look_everywhere(place: str, code: str, text: str, tmp_path: Path) -> None:
    files = {"chapter": DEEDS, "people": PEOPLE, "pack": SOUND["pack.yaml"] + "prose: {never: [win], grade: 8}\n"}
    kind, before, after = PLACES[place]
    assert files[kind].count(before) == 1
    files[kind] = files[kind].replace(before, after.format(text))
    pack = {**SOUND, **{f"{name}.yaml": words for name, words in files.items()}}
    story, findings = lint(written(tmp_path, pack), read_glyphs(assets_folder() / "fonts" / "coverage.txt"))
    assert story is not None, findings
    assert [finding.file for finding in findings if finding.code == code] == [f"{kind}.yaml"]


@pytest.mark.parametrize("place", [place for place in PLACES if place not in ("title", "source", "group")])
def test_an_unknown_name_is_found_everywhere(place: str, tmp_path: Path) -> None:
    """Names that are not in the bible are reported in each of these texts; sources and headings may have any name."""
    files = {"chapter": DEEDS, "people": PEOPLE, "pack": SOUND["pack.yaml"], "bible": "bible: {}\n"}
    kind, before, after = PLACES[place]
    files[kind] = files[kind].replace(before, after.format("It was Zhao who came."))
    assert [file for file, _, _ in advised(tmp_path, "WG809", **files)] == [f"{kind}.yaml"]


def test_an_age_on_a_card_is_held_to_the_year_beside_it(tmp_path: Path) -> None:
    """On a card `he` is its person; a sentence without a year is not checked, and a line has its own year."""
    fates = {"He died in 1960. He was sixty.": False, "He died in 1960. He was fifty.": True, "He was fifty.": False}
    for fate, wrong in fates.items():
        people = PEOPLE.replace("fate: d", f'fate: "{fate}"')
        found = advised(tmp_path / str(len(fate)), "WG811", people=people, bible="bible: {}\n", chapter=DEEDS)
        assert bool(found) == wrong, fate
    for year, wrong in ((1950, False), (1958, True)):
        pack = SOUND["pack.yaml"].replace("[gate]", f'[{{line: one, year: {year}, text: "Lu Qi was fifty."}}, gate]')
        files = {"pack": pack, "people": PEOPLE, "bible": "bible: {}\n"}
        assert bool(advised(tmp_path / str(year), "WG811", **files)) == wrong


def test_a_thing_out_of_its_time_is_found_in_a_line_and_an_answer_and_not_in_what_came_later(tmp_path: Path) -> None:
    """A line has its year, an answer its page's date; an `anyway` text may be about any time."""
    chapter = DEEDS.replace("title: The Gate\n", 'title: The Gate\nwhen: "1958"\n')
    answer = chapter.replace("reason: a", "reason: a, answer: The wok was gone.")
    assert len(advised(tmp_path / "answer", "WG810", chapter=answer, bible=BIBLE)) == 1
    later = chapter.replace("reason: a", "reason: a, anyway: The wok was gone.")
    assert advised(tmp_path / "anyway", "WG810", chapter=later, bible=BIBLE) == []
    pack = SOUND["pack.yaml"].replace("[gate]", "[{line: one, year: 1958, text: The wok was gone.}, gate]")
    assert [file for file, _, _ in advised(tmp_path / "line", "WG810", pack=pack, bible=BIBLE)] == ["pack.yaml"]


@pytest.mark.parametrize(
    ("same", "other", "inside", "said"),
    [
        (CARRYING, "b", CARRYING, True),  # on the target page
        (CARRYING, CARRYING, "c", False),  # only one of two choices is taken
        (f"[{{if: wok, text: '{CARRYING}'}}, '{CARRYING}']", "b", "c", False),  # of an answer only one is shown
    ],
)
def test_an_answer_that_repeats_the_page_is_found(
    same: str, other: str, inside: str, said: bool, tmp_path: Path
) -> None:
    answer = same if same[0] == "[" else repr(same)
    chapter = DEEDS.replace("reason: It rained.", f"reason: It rained., answer: {answer}")
    chapter = chapter.replace("reason: a", f"reason: a, answer: '{other}'").replace("They came in.", f"'{inside}'")
    assert bool(advised(tmp_path, "WG807", chapter=chapter)) == said


def test_a_figure_in_an_answer_has_its_fact(tmp_path: Path) -> None:
    chapter = DEEDS.replace("reason: a", "reason: a, because: [steel], answer: There were {} tons.")
    for tons, wrong in ((30, False), (40, True)):
        found = advised(tmp_path / str(tons), "WG801", chapter=chapter.replace("{}", str(tons)), facts=FACTS)
        assert bool(found) == wrong


def test_a_term_that_only_an_answer_marks_is_used(tmp_path: Path) -> None:
    glossary = "glossary:\n  wok: {term: wok, text: A pan.}\n"
    chapter = DEEDS.replace("reason: a", "reason: a, answer: 'The [[wok]] went.'")
    assert advised(tmp_path / "marked", "WG612", chapter=chapter, glossary=glossary) == []
    assert len(advised(tmp_path / "none", "WG612", chapter=DEEDS, glossary=glossary)) == 1
