"""Any text as any file of a pack gives a Story or findings, never an exception."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from game.lint.explain import codes
from game.play import begin
from game.resources import assets_folder
from game.story import Story, StoryErrors, check, load
from tests.story.packs import CHAPTER, PACK, written
from tests.story.texts import any_text, lines, places, with_lines_otherwise, yamlish

CODES = codes(assets_folder() / "catalogue")
GLOSSARY = "glossary:\n  mu: {term: mu, hanzi: 亩, pinyin: mǔ, text: A measure of land., also: [mou]}\n"
DEBRIEF = "debrief:\n  - {id: path, title: Your way, text: [This was it.], fill: path}\n"
FACTS = """\
facts:
  - {id: smelt-scrap, paragraph: P18, sentences: [2, 3], speaker: the narrator, paraphrase: Scrap was smelted.,
     kind: record, theme: steel, game_may: fact}
"""
RICH = """\
chapter: gate
role: villager
title: The Gate
hanzi: 大炼钢铁
when: October 1958
place: yard
note: Property is taken.
begin: [{if: grain > 7, to: inside}, {to: knock}]
skip: {text: They came., brief: They came., do: [wok = false], because: [smelt-scrap], as: [knock.open]}
nodes:
  knock:
    text:
      - Somebody *knocks* at the [[mu]], and {grain} is left.
      - {by: loudspeaker, if: wok, text: Full bowls!}
    brief: A knock.
    discuss: Who knew?
    do: [grain -= 1]
    because: [invented]
    ledger: {year: 1958, stood: {amount: grain * 2, label: What stood}}
    always: [grain > 0]
    choices:
      - {id: open, say: I opened., if: wok and grain > 0, do: [wok = false], because: smelt-scrap, goto: inside}
      - {id: wait, say: I waited., goto: [{if: not seen(inside), to: inside}, {to: knock}], was: [stay]}
  inside:
    text: They came in.
    end: they-came-in
"""
FILES = {
    "pack.yaml": PACK + "always: [wok or grain > 0]\n",
    "chapter.yaml": RICH,
    "facts.yaml": FACTS,
    "glossary.yaml": GLOSSARY,
    "debrief.yaml": DEBRIEF,
}


def assert_story_or_findings(folder: Path, language: str = "") -> Story | None:
    """`check` and `load` agree, each finding is complete, and a story can be begun and played."""
    story, findings = check(folder, language)
    for finding in findings:
        assert finding.code in CODES and finding.problem and finding.remedy
        assert (finding.line, finding.column) >= (0, 0)
    errors = [finding for finding in findings if finding.severity == "error"]
    if story is None:
        assert errors
        with pytest.raises(StoryErrors) as refused:
            load(folder, language=language)
        assert set(refused.value.findings) == set(findings)
        return None
    assert not errors
    for role in story.roles:
        for cut in story.cuts:
            p, chance = begin(story, role, cut), random.Random(0)
            for _ in range(20):
                p.page.as_json()
                if not p.page.choices:
                    break
                p = p.choose(chance.choice(p.page.choices).id)
    return story


def test_the_pack_to_mutate_has_no_finding(tmp_path: Path) -> None:
    assert check(written(tmp_path, FILES))[1] == ()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples, each of which writes the same files."""
    return tmp_path_factory.mktemp("pack")


name = st.sampled_from(sorted(FILES))


@given(name, st.one_of(any_text, yamlish, lines))
def test_any_text_in_the_place_of_a_file(folder: Path, file: str, text: str) -> None:
    assert_story_or_findings(written(folder, {**FILES, file: text}))


@given(name, st.sampled_from(["", "chapter: gate\n", "pack: the-gate\n"]), st.binary(max_size=200))
def test_any_bytes_in_the_place_of_a_file(folder: Path, file: str, head: str, content: bytes) -> None:
    assert_story_or_findings(written(folder, {**FILES, file: head.encode() + content}))


cuts = st.tuples(st.floats(0, 1), st.integers(0, 12), st.one_of(any_text, yamlish, lines))


@given(name, st.lists(cuts, min_size=1, max_size=3))
def test_a_valid_file_with_an_edit_inside_a_line(folder: Path, file: str, cuts: list[tuple[float, int, str]]) -> None:
    text = FILES[file]
    for place, lost, typed in cuts:
        at = int(place * len(text))
        text = text[:at] + typed + text[at + lost :]
    assert_story_or_findings(written(folder, {**FILES, file: text}))


@given(st.data(), name)
def test_a_valid_file_with_lines_edited(folder: Path, data: st.DataObject, file: str) -> None:
    text = data.draw(with_lines_otherwise(FILES[file]))
    assert_story_or_findings(written(folder, {**FILES, file: text}))


OVERLAYS = {
    "pack.yaml": "translates: pack\ntitle: Das Tor\nvariables:\n  wok: {words: {true: der Wok, false: der Haken}}\n"
    "places:\n  yard: {name: der Hof}\n",
    "chapter.yaml": "translates: gate\ntitle: Das Tor\nskip: {text: Sie kamen., brief: Sie.}\nnodes:\n  knock:\n"
    "    text:\n"
    "      - Jemand klopft.\n      - {text: Volle Schalen!}\n    choices:\n      - {id: open, say: Auf.}\n"
    "      - {id: wait, say: Nein.}\n  inside: {text: Sie kamen.}\n",
    "glossary.yaml": "translates: glossary\nglossary:\n  mu:\n    term: mu\n    also: [mou]\n    text: Ein Mass.\n",
}


@given(st.data(), st.sampled_from(sorted(OVERLAYS)))
def test_any_text_in_the_place_of_a_translation(folder: Path, data: st.DataObject, file: str) -> None:
    text = data.draw(st.one_of(any_text, yamlish, lines, with_lines_otherwise(OVERLAYS[file])))
    overlays = {f"translations/de/{name}": text for name, text in {**OVERLAYS, file: text}.items()}
    assert_story_or_findings(written(folder, {**FILES, **overlays}), "de")


WORDS = """
next|gate|knock|inside|villager|wok|grain|wok = false|grain > 1|one role|-5|--5|0|99999999999999999999|{wok}|*a
[[mu]]|seen(knock)|min|continue|true|smelt-scrap
"""
LEAVES = st.one_of(
    st.sampled_from([*(word for line in WORDS.split("\n") for word in line.split("|")), " ", "x" * 300]),
    st.text(max_size=8),
    st.booleans(),
)
values = st.recursive(
    LEAVES,
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(LEAVES.map(str), below, max_size=3)),
    max_leaves=6,
)


@given(st.data(), name, values)
def test_any_value_at_any_place(folder: Path, data: st.DataObject, file: str, value: Any) -> None:
    whole = {"file": yaml.load(FILES[file], Loader=yaml.BaseLoader)}
    holder, at = data.draw(st.sampled_from([*places(whole)]))
    holder[at] = value
    assert_story_or_findings(written(folder, {**FILES, file: yaml.safe_dump(whole["file"], allow_unicode=True)}))


@given(st.data(), name)
def test_any_part_taken_away(folder: Path, data: st.DataObject, file: str) -> None:
    whole = yaml.load(FILES[file], Loader=yaml.BaseLoader)
    holder, at = data.draw(st.sampled_from([*places(whole)]))
    del holder[at]
    assert_story_or_findings(written(folder, {**FILES, file: yaml.safe_dump(whole, allow_unicode=True)}))


def test_many_findings_take_linear_time(tmp_path: Path) -> None:
    keys = "".join(f"key-{i}: x\n" for i in range(10_000))
    findings = check(written(tmp_path, {"pack.yaml": PACK, "chapter.yaml": CHAPTER + keys}))[1]
    assert len(findings) == 10_000
