"""Rules of the bible: names, ages, years and seasons; the shipped story follows its own bible."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.core.findings import Finding
from game.lint import lint
from game.resources import story_folder
from tests.lanes import sampled
from tests.story.packs import CHAPTER, PACK, written

OF_THE_BIBLE = ("WG809", "WG810", "WG811", "WG812", "WG813", "WG814")

# A sentence added to a file of the story, and the expected code and a word of the finding.
ADDED = {
    "a name misspelt in a sentence": ("villager/03-one-pot.yaml", "It was read to Xiaomei.", "WG809", "Xiaomai"),
    "a name misspelt at its beginning": ("villager/05-pots-into-iron.yaml", "Dashen was out.", "WG809", "Dashan"),
    "somebody whom nobody knows": ("villager/06-two-fires.yaml", "We sent for Zhang Wu.", "WG809", "Zhang"),
    "one's office before another's name": ("villager/10-the-quota.yaml", "Captain Fang sat.", "WG809", "Captain Fang"),
    "a family's name before another's": ("official/11-the-ladle.yaml", "I saw Lu Huaisheng.", "WG809", "Lu Huaisheng"),
    "a hamlet misspelt": ("official/02-reservoir.yaml", "They came from Tween Pagodas.", "WG809", "Tween"),
    "an age beside a name": ("villager/05-pots-into-iron.yaml", "Xiaomai, fifteen, said so.", "WG811", "10 or 11"),
    "an age behind a verb": ("villager/02-reservoir.yaml", "Grandfather was seventy-nine.", "WG811", "66 or 67"),
    "an age behind a pronoun": ("villager/07-the-number.yaml", "Tun'er woke. He was four.", "WG811", "Tun’er"),
    "an age in figures": ("villager/09-night-carts.yaml", "Shao Yuzhen, 41, stood there.", "WG811", "Yuzhen"),
    "the teller's own age": ("villager/01-loudspeaker.yaml", "I was forty.", "WG811", "33"),
    "the age of the dead": ("villager/13-counting.yaml", "Gu Laogen, eighty.", "WG811", "68"),
    "snow in July": ("official/09-night-carts.yaml", "There was snow on the carts.", "WG812", "snow"),
    "snow in August": ("villager/03-one-pot.yaml", "It snowed on the hall.", "WG812", "snow"),
    "ripe rice in March": ("villager/08-pear-trees.yaml", "The rice was ripe.", "WG812", "ripe"),
    "blossom in December": ("villager/07-the-number.yaml", "The pear stood in blossom.", "WG812", "blossom"),
    "cicadas in winter": ("official/11-the-ladle.yaml", "All day there were cicadas.", "WG812", "cicadas"),
    "an ox in 1959": ("villager/08-pear-trees.yaml", "I led the ox home.", "WG810", "ox"),
    "a household's own ox in 1958": ("villager/02-reservoir.yaml", "It was our ox.", "WG810", "1956"),
    "hens in 1959": ("villager/09-night-carts.yaml", "Our hens had stopped laying.", "WG810", "hens"),
    "a private plot in 1960": ("villager/12-the-handful.yaml", "We had a private plot.", "WG810", "plot"),
    "dining halls in spring 1958": ("villager/02-reservoir.yaml", "They ate in the dining hall.", "WG810", "September"),
    "somebody before he comes": ("official/07-the-number.yaml", "Then Wei came in.", "WG810", "from January 1962"),
}
# Words in a file and their replacement. No prose of the story is here, because it still changes.
REPLACED = {
    "somebody not yet born": ("villager/13-counting.yaml", "when: Spring 1962", "when: Spring 1954", "WG810", "born"),
    "an unreadable date": ("villager/08-pear-trees.yaml", "when: March 1959", "when: that spring", "WG814", "year"),
    "an allowance that is not needed": ("bible.yaml", "says: woks", "says: gourd", "WG813", "gourd"),
    "an allowance for no page": ("bible.yaml", "pot.seven-tenths", "pot.seven-tents", "WG813", "seven-tenths"),
}
MISTAKES = [*ADDED, *REPLACED]


@pytest.fixture(scope="module")
def shipped_findings() -> list[Finding]:
    return list(lint(story_folder())[1])


@pytest.mark.parametrize("name", sampled(MISTAKES, *MISTAKES[::6]))
def test_a_mistake_in_the_shipped_story_is_found(name: str, tmp_path: Path, shipped_findings: list[Finding]) -> None:
    file, *change, code, mark = ADDED[name] if name in ADDED else REPLACED[name]
    folder = tmp_path / "story"
    shutil.copytree(story_folder(), folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    if name in ADDED:  # on a further page
        text = f'{text.rstrip()}\n  added: {{text: "{change[0]}", because: invented, goto: next}}\n'
    else:
        assert change[0] in text, f"mend this test: `{change[0]}` no longer stands in {file}"
        text = text.replace(change[0], change[1], 1)
    path.write_text(text, encoding="utf-8")
    story, findings = lint(folder)
    assert story is not None, findings
    known = {(finding.code, finding.problem) for finding in shipped_findings}
    new = [finding for finding in findings if (finding.code, finding.problem) not in known]
    found = [finding for finding in new if finding.code == code and mark in finding.problem + finding.remedy]
    assert found, "\n".join(map(str, new))
    line = path.read_text(encoding="utf-8").splitlines()[found[0].line - 1]
    assert found[0].file == file
    assert found[0].line > 0 and line[found[0].column - 1 :].strip()


def test_the_shipped_story_keeps_to_its_bible(shipped_findings: list[Finding]) -> None:
    assert [finding for finding in shipped_findings if finding.code in OF_THE_BIBLE] == []


# On a small pack: where each rule applies, and where it does not. --------------------------------------------------

PEOPLE = """\
people:
  xiaomai: {name: Gu Xiaomai, also: [the girl], born: "1947", died: "1960", pronoun: she}
  laogen: {name: Gu Laogen, also: [Captain Gu], born: "1891", pronoun: he}
  yuzhen: {name: Shao Yuzhen, born: "1924", pronoun: she, tells: villager}
  wei: {name: Wei, from: "1962"}
"""

BIBLE = """\
bible:
  places:
    - {name: Reed Marsh, also: [the Marsh], until: "1960"}
  objects:
    - {what: oxen, words: [ox, oxen], until: "1956"}
  seasons:
    - {what: snow, words: [snow], months: November to March}
"""


def found_in(folder: Path, text: str, when: str = "July 1959", bible: str = BIBLE, **pack: str) -> list[str]:
    chapter = CHAPTER.replace("They came in.", repr(text)).replace("place: yard", f"place: yard\nwhen: {when}")
    whole = PACK.replace("version: 1", "version: 1\n" + "".join(f"{key}: {value}\n" for key, value in pack.items()))
    story, findings = lint(
        written(folder, {"pack.yaml": whole, "chapter.yaml": chapter, "bible.yaml": bible, "people.yaml": PEOPLE})
    )
    assert story is not None, findings
    return [finding.code for finding in findings if finding.code in OF_THE_BIBLE]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("They asked Xiaomai and Gu Laogen, and Captain Gu.", []),
        ("They asked Laogen, and after him Yuzhen’s cousin.", []),
        ("“Xiaomai’s here,” I said. “We’ve gone to Reed Marsh, by the Marsh.”", []),
        ("In March, on a Monday, they came. Nobody spoke.", []),
        ("Louder, they said. Marching, they said: Please.", []),
        ("They asked Xiaomei.", ["WG809"]),
        ("Xiaomei asked them.", ["WG809"]),
        ("They asked Shao Xiaomai.", ["WG809"]),
        ("They asked Captain Xiaomai.", ["WG809"]),
        ("They went to Nanking and to Reed Mersh.", ["WG809", "WG809"]),
        ("They shouted *Onward* and *No*.", []),
    ],
)
def test_a_name_is_one_that_the_bible_has(text: str, codes: list[str], tmp_path: Path) -> None:
    assert found_in(tmp_path, text) == codes


def test_where_every_noun_has_a_capital_letter_names_are_not_checked(tmp_path: Path) -> None:
    assert found_in(tmp_path / "de", "Da kam der Wagen.", language="de") == []
    assert found_in(tmp_path / "en", "Da kam der Wagen.", language="en") == ["WG809"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Xiaomai, twelve, let them in.", []),
        ("Xiaomai, who was eleven, let them in.", []),
        ("Xiaomai was twelve years old.", []),
        ("Twelve of us, with Xiaomai, fifteen steps behind.", []),
        ("They asked Xiaomai, fourteen.", ["WG811"]),
        ("They asked fourteen-year-old Xiaomai.", ["WG811"]),
        ("Laogen stood by Xiaomai. She was fourteen.", ["WG811"]),
        ("Laogen stood by Xiaomai. He was sixty-eight.", []),
        ("The girl was thirty.", ["WG811"]),
        ("She found it when she was two, did Xiaomai.", []),
        ("I was thirty-five.", []),
        ("I was fifty.", ["WG811"]),
        ("“I was fifty,” he said.", []),
        ("In 1974 I was fifty.", []),
        ("I was two days late, and Xiaomai, three of them behind her, ran.", []),
    ],
)
def test_an_age_must_fit_the_year_of_birth(text: str, codes: list[str], tmp_path: Path) -> None:
    assert found_in(tmp_path, text) == codes


def test_ages_may_be_counted_in_sui(tmp_path: Path) -> None:
    """If the bible says so, age begins with one and grows at New Year, whose day varies between two months."""
    sui = BIBLE.replace("bible:\n", "bible:\n  reckoning: sui\n")
    assert found_in(tmp_path / "1", "Xiaomai, thirteen.", bible=sui) == []
    assert found_in(tmp_path / "2", "Xiaomai, twelve.", bible=sui) == ["WG811"]
    assert found_in(tmp_path / "3", "Xiaomai, twelve.", bible=sui, when="January 1959") == []


@pytest.mark.parametrize(
    ("text", "when", "codes"),
    [
        ("I led the ox.", "1956", []),
        ("I led the ox.", "winter, 1956 to 1957", []),
        ("I led the ox. Oxen stood there.", "January 1957", ["WG810", "WG810"]),
        ("It was a box, and foxes.", "January 1957", []),
        ("Then came Wei.", "1961", ["WG810"]),
        ("Then came Wei.", "January 1962", []),
        ("They asked Xiaomai.", "1946", ["WG810"]),
        ("They went to the Marsh.", "1961", ["WG810"]),
        ("There was snow.", "March 1959", []),
        ("There was snow. SNOW!", "April 1959", ["WG812", "WG812"]),
        ("There was snow.", "1959", []),
        ("There was snow.", "February to May 1959", []),
        ("There was snow.", "one day", ["WG814"]),
        ("Gu Xiaomai, thirteen.", "spring 1962", []),  # as old as she was when she died
        ("Gu Xiaomai, fifteen.", "spring 1962", []),
        ("Gu Xiaomai, thirteen.", "March 1958", ["WG811"]),
    ],
)
def test_things_have_their_years_and_seasons_and_the_dead_their_age(
    text: str, when: str, codes: list[str], tmp_path: Path
) -> None:
    assert found_in(tmp_path, text, when=when) == codes


def test_an_allowance_holds_for_its_page_or_its_chapter(tmp_path: Path) -> None:
    for where, codes in (("gate.inside", []), ("gate", []), ("gate.knock", ["WG812", "WG813"])):
        bible = f"{BIBLE}  allow:\n    - {{where: {where}, says: Snow, because: a likeness}}\n"
        assert sorted(found_in(tmp_path / where, "White as snow.", bible=bible)) == codes


def test_the_suggested_allowance_works(tmp_path: Path) -> None:
    found_in(tmp_path / "one", "White as snow.")
    (found,) = [finding for finding in lint(tmp_path / "one")[1] if finding.code == "WG812"]
    line = found.remedy.split("`")[1].replace("…", "a likeness")
    assert found_in(tmp_path / "two", "White as snow.", bible=f"{BIBLE}  allow:\n    - {line}\n") == []


def test_speakers_choices_questions_and_summaries_are_checked_too(tmp_path: Path) -> None:
    chapter = """\
chapter: gate
role: villager
title: The Gate of Xiaomei
when: July 1959
place: yard
skip: {text: They asked Xiaomei.}
nodes:
  inside:
    text: {by: Captain Xiaomai, text: "Good water."}
    brief: They went to Xiaomei.
    discuss: What did Xiaomei know?
    choices: [{id: one, say: I asked for Xiaomei., goto: out}]
  out: {text: They went., end: out}
"""
    story, findings = lint(
        written(tmp_path, {"pack.yaml": PACK, "chapter.yaml": chapter, "bible.yaml": BIBLE, "people.yaml": PEOPLE})
    )
    assert story is not None, findings
    assert [finding.line for finding in findings if finding.code == "WG809"] == [3, 6, 9, 10, 11, 12]


@pytest.mark.parametrize(
    ("bible", "said"),
    [
        ("places: [{name: Wei, from: long ago}]", "a year is needed"),
        ("seasons: [{what: snow, words: [snow], months: in 1958}]", "without a year"),
        ("allow: [{where: gate, says: snow}]", "`because` is missing"),
        ("weather: [snow]", "`weather` is not a key here"),
    ],
)
def test_a_bible_that_says_nothing_is_refused(bible: str, said: str, tmp_path: Path) -> None:
    files = {"pack.yaml": PACK, "chapter.yaml": CHAPTER, "bible.yaml": f"bible:\n  {bible}\n"}
    story, findings = lint(written(tmp_path, files))
    assert story is None
    assert any(said in finding.problem and (finding.file, finding.line) == ("bible.yaml", 2) for finding in findings)
