"""A translation changes only texts, and its findings have places in its own files."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from game.play import begin
from game.story import check, languages, load
from tests.play.readers import read_to_the_end, texts
from tests.small_stories.packs import THE_FERRY, THE_MILL
from tests.story.packs import written

PACK = """
pack: small
title: Small
version: 1
variables: {wok: {start: true, words: {true: the wok, false: the bare hook}}}
roles: {villager: {name: Shen Guilan}}
places: {yard: {name: the yard, scene: courtyard, alt: A yard.}}
calendar: [first]
cuts: {full: {play: one role}, short: {play: one role, chapters: [], brief: true}}
"""
CHAPTER = """
chapter: first
role: villager
title: First
place: yard
skip: {text: It was over., brief: Over.}
nodes:
  gate:
    text: ["A [[cart]] and {wok}.", {if: not wok, by: Lu Qi, text: It is gone.}]
    choices:
      - {id: give, say: I gave it., do: [wok = false], because: [invented], goto: end}
      - {id: stay, say: I stayed., goto: end}
  end: {text: Over., end: over}
"""
GLOSSARY = "glossary: {the-cart: {term: cart, text: It has wheels.}}"
WHOLE = {
    "pack": "title: Klein\nvariables: {wok: {words: {true: der Wok, false: der Haken}}}\n"
    "roles: {villager: {name: Shen Guilan}}\nplaces: {yard: {name: der Hof, alt: Ein Hof.}}",
    "glossary": "glossary: {the-cart: {term: Karren, also: [Wagen], text: Er hat Räder.}}",
    "first": "title: Erstes\nskip: {text: Es war vorbei., brief: Vorbei.}\nnodes:\n"
    '  gate:\n    text: ["Ein [[Karren]] und {wok}.", {by: Lu Qi, text: Er ist fort.}]\n'
    "    choices: [{id: stay, say: Ich blieb.}, {id: give, say: Ich gab ihn her.}]\n"
    "  end: {text: Vorbei.}",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    written(tmp_path, {"pack.yaml": PACK, "first.yaml": CHAPTER, "glossary.yaml": GLOSSARY})
    into(tmp_path, **WHOLE)
    return tmp_path


def into(pack: Path, /, language: str = "de", **files: str) -> None:
    folder = pack / "translations" / language
    written(folder, {f"{name}.yaml": f"translates: {name}\n{text}\n" for name, text in files.items()})


def found(pack: Path, language: str = "de") -> list[str]:
    """The findings on the translation, a line each."""
    return [f"{finding.place} {finding.code} {finding.problem}" for finding in check(pack, language)[1]]


def test_a_pack_says_into_what_it_is_translated(pack: Path) -> None:
    assert languages(pack) == ("de",) and languages(pack / "translations") == ()
    assert load(pack).language == "en" and load(pack).title == "Small"


def test_what_is_read_is_translated_and_nothing_else(pack: Path) -> None:
    story = load(pack, language="de")
    p = begin(story, "villager")
    shown = (story.language, story.title, story.roles["villager"].name, p.page.place)
    assert shown == ("de", "Klein", "Shen Guilan", "der Hof")
    assert texts(p) == ["Ein Karren und der Wok."]
    deeds = [(choice.id, choice.say) for choice in p.page.choices]
    assert deeds == [("give", "Ich gab ihn her."), ("stay", "Ich blieb.")]
    assert story.terms["the-cart"].term == "Karren"
    p = p.choose("give")
    assert texts(p) == ["Vorbei."]
    assert story.original_in(story.cuts["short"]) is None


@pytest.mark.parametrize(("language", "shown"), [("de", True), ("zh-Hans", False), ("zh-Hant", False)])
def test_a_chinese_text_has_no_characters_beside_its_titles(pack: Path, language: str, shown: bool) -> None:
    """They would say the title twice, or another one."""
    glossary = "glossary: {the-cart: {term: cart, hanzi: 车, pinyin: chē, text: It has wheels.}}"
    chapter = CHAPTER.replace("title: First", "title: First\nhanzi: 第一")
    written(pack, {"first.yaml": chapter, "glossary.yaml": glossary})
    (pack / "translations" / "de").rename(pack / "translations" / language)
    assert load(pack).chapters["first"].hanzi == "第一"
    story = load(pack, language=language)
    assert (story.chapters["first"].title, story.terms["the-cart"].term) == ("Erstes", "Karren")
    assert bool(story.chapters["first"].hanzi) == bool(story.terms["the-cart"].pinyin) == shown


def test_a_translation_has_terms_of_its_own(pack: Path) -> None:
    """In a file that translates nothing. They cannot replace a term of the original."""
    own = pack / "translations" / "de" / "own.yaml"
    own.write_text("glossary: {soll: {term: Soll, text: Was abzugeben ist., also: [Ablieferung]}}", encoding="utf-8")
    into(pack, first=WHOLE["first"].replace("Er ist fort.", "'Das [[Soll]], die [[Ablieferung]].'"))
    story = load(pack, language="de")
    assert found(pack) == [] and set(story.terms) == {"the-cart", "soll"} and set(load(pack).terms) == {"the-cart"}
    assert story.original_in(story.cuts["full"]) is None
    own.write_text("glossary: {the-cart: {term: Soll, text: Was abzugeben ist.}}", encoding="utf-8")
    assert "translations/de/own.yaml:1:12 WG307 `the-cart` is a term of the original" in found(pack)


def test_terms_of_a_translation_need_no_glossary_in_the_original(pack: Path) -> None:
    (pack / "glossary.yaml").unlink()
    (pack / "translations" / "de" / "glossary.yaml").unlink()
    for file in ("first.yaml", "translations/de/first.yaml"):
        text = (pack / file).read_text(encoding="utf-8").replace("[[cart]]", "cart")
        (pack / file).write_text(text, encoding="utf-8")
    (pack / "translations" / "de" / "own.yaml").write_text("glossary: {k: {term: Karren, text: Ein Wagen.}}")
    assert set(load(pack, language="de").terms) == {"k"} and not load(pack).terms


def test_a_slavic_translation_counts_in_three_forms(pack: Path) -> None:
    """In the story and in the interface. A language with two forms leaves the third one out."""
    with_jar = PACK.replace("variables: {", "variables: {jar: {start: 3, min: 0, max: 9}, ")
    unit = "words: {unit: {one: sack, other: sacks}}\n"
    written(pack, {"pack.yaml": with_jar + unit, "first.yaml": CHAPTER.replace("{wok}.", "{wok}, {jar|count}.")})
    (pack / "translations" / "de").rename(pack / "translations" / "pl")
    translated = WHOLE["pack"] + "\nwords: {unit: {one: worek, few: worki, other: worków}}"
    into(pack, "pl", pack=translated, first=WHOLE["first"].replace("{wok}.", "{wok}, {jar|count}."))
    story = load(pack, language="pl")
    assert texts(begin(story, "villager")) == ["Ein Karren und der Wok, 3 worki."]
    assert (story.words["unit"], story.words["few_units"], story.words["units"]) == ("worek", "worki", "worków")
    assert load(pack).words["few_units"] == "sacks"


def test_a_playthrough_continues_in_another_language() -> None:
    original, chinese = load(THE_MILL), load(THE_MILL, language="zh-Hans")
    for role in original.roles:
        for seed in range(20):
            p = read_to_the_end(begin(original, role, "kiosk"), random.Random(seed))
            q = begin(chinese, role, "kiosk")
            for entry in p.entries:
                q = q.take(entry.take)
            assert q.page.ending == p.page.ending and q.page.node == p.page.node


def test_what_is_left_out_stays_and_is_known(pack: Path) -> None:
    into(pack, first="title: Erstes\nskip: {brief: Vorbei.}")
    story = load(pack, language="de")
    page = begin(story, "villager").page
    assert page.choices[0].say == "I gave it."
    assert [span.target for span in page.paragraphs[0].spans if span.kind == "term"] == ["the-cart"]
    assert story.original_in(story.cuts["short"]) is None
    assert story.original_in(story.cuts["full"]) == "first.yaml:9:12"


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("nodes: {gaet: {text: Ein Hof.}}", "first.yaml:2:9 WG209 the original has no `gaet` here"),
        ("nodes: {gate: {goto: end}}", "first.yaml:2:16 WG209 the original has no `goto` here"),
        ("place: Hof", "first.yaml:2:8 WG208 this is not a text"),
        ("nodes: {gate: {text: Ein Hof.}}", "first.yaml:2:22 WG208 the original has 2 parts here"),
        ("nodes: {gate: {text: [Eins.]}}", "first.yaml:2:22 WG208 the original has 2 parts here, and this has 1"),
        ("nodes: {gate: {choices: [{id: gvie, say: Ja.}]}}", "first.yaml:2:26 WG209 the original has no `gvie` here"),
        ("nodes: {gate: {choices: [{say: Ja.}]}}", "first.yaml:2:26 WG209 it is not said which part this is"),
        ("nodes: {end: {text: \"Ein [[Pflug]].\"}}", "first.yaml:2:26 WG206 `Pflug` is not a term of the glossary"),
        ("nodes:\n  end:\n    text: \"Hier, {wko}.\"", "first.yaml:4:18 WG310 `{wko}` is not a variable of the pack"),
        ("title: ''", "first.yaml:2:8 WG203 `title` is empty"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_translations_file(pack: Path, first: str, said: str) -> None:
    into(pack, first=first)
    assert f"translations/de/{said}" in found(pack)


def test_what_does_not_fit_any_more_stays_in_the_originals_language(pack: Path) -> None:
    gate = "{text: [Eins.], choices: [{id: gone, say: Fort.}]}"
    into(pack, first=f"title: Erstes\nnodes: {{gate: {gate}, end: {{text: Aus.}}}}")
    story = load(pack, language="de")
    p = begin(story, "villager")
    assert texts(p) == ["A cart and der Wok."] and texts(p.choose("stay")) == ["Aus."]
    assert story.original_in(story.cuts["full"]) == "first.yaml:9:12"


def test_a_file_that_translates_nothing_is_reported(pack: Path) -> None:
    others = {"a.yaml": "title: Erstes", "b.yaml": "translates: frist", "z.yaml": "translates: first"}
    written(pack / "translations" / "de", others)
    assert [line.split(" ", 2)[:2] for line in found(pack)] == [
        ["translations/de/a.yaml:1:1", "WG209"], ["translations/de/b.yaml:1:13", "WG209"],
        ["translations/de/z.yaml:1:13", "WG307"],
    ]  # fmt: skip


def test_each_language_is_cached_beside_the_others(pack: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = tmp_path_factory.mktemp("cache")
    assert load(pack, cache).title == "Small" and load(pack, cache, "de").title == "Klein"
    before = {file.name for file in cache.glob("*.json")}
    assert load(pack, cache).title == "Small" and load(pack, cache, "de").title == "Klein"
    into(pack, pack=WHOLE["pack"].replace("Klein", "Winzig"))
    assert load(pack, cache, "de").title == "Winzig"
    after = {file.name for file in cache.glob("*.json")}
    assert len(before) == len(after) == 2 and len(before & after) == 1


@pytest.mark.parametrize(
    "glossary",
    [
        "glossary: {also: [Wagen]}",
        "glossary: {the-cart: {term: Karren, also: [[Wagen]], text: Er hat Räder.}}",
        "glossary: {the-cart: {term: Karren, also: {Wagen: true}, text: Er hat Räder.}}",
        "also: [Wagen]",
    ],
)
def test_misplaced_other_words_of_a_term_are_reported(pack: Path, glossary: str) -> None:
    into(pack, glossary=glossary)
    assert any(line.startswith("translations/de/glossary.yaml:") for line in found(pack)), found(pack)


def ferry(folder: Path, file: str, old: str, new: str) -> Path:
    """The Ferry with one edit in a file of its translation."""
    shutil.copytree(THE_FERRY, folder, dirs_exist_ok=True)
    path = folder / "translations" / "zh-Hans" / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_what_stands_around_pages_is_translated() -> None:
    story = load(THE_FERRY, language="zh-Hans")
    p = begin(story, "ferryman", "kiosk")
    choices = [(choice.say, choice.reason) for choice in p.page.choices]
    assert choices == [("先盛最小的碗。", "他们还小。"), ("走开。", "我看不下去。")]
    lines = [(line.brief, line.text) for line in p.page.lines]
    assert lines == [("1960年，饥饿。", ("谁也没有粮。", "钥匙在姚文手里。"))]
    walked = p.choose("walk").page
    assert walked.answer is not None
    assert (walked.answer.text, [mark.says for mark in walked.people]) == ("鲁七回头看了一眼。", ["铁匠"])
    assert story.people["ning"].also == ("老头",)
    assert [fact.text for fact in story.people["ning"].know] == ["他有一条船。", "他的船没了。"]
    assert story.people_groups["outside"] == "别处"
    assert (story.sources["film"].kind, story.spots["ford"].name) == ("纪录片", "渡口")
    talk = [(paragraph.text, paragraph.condition is not None) for paragraph in story.debrief[-1].text]
    assert talk == [("有人写了一份名单。", True), ("文书也站在门口。", True)]
    assert story.original_in(story.cuts["kiosk"]) is None


def place(file: Path, words: str) -> str:
    """The place of these words, which occur once in a file, as line:column."""
    text = file.read_text(encoding="utf-8")
    assert text.count(words) == 1, f"{words!r} in {file.name}"
    before = text[: text.index(words)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.mark.parametrize(
    ("file", "left_out", "original"),
    [
        ("f-heavy", ", reason: 我看不下去。", "I could not look."),
        ("f-heavy", ", answer: 鲁七回头看了一眼。", "Lu Qi looked back once."),
        ("f-heavy", ", anyway: 到三月食堂什么也没有了。", "The hall had nothing left by March."),
        ("pack", ", brief: 1960年，饥饿。", '"Hunger, 1960."'),
        ("pack", "  - {line: frost, text: 霜下得早。}\n", "Frost fell early."),
        ("pack", ", about: 没人知道是谁拍的。", "Nobody knows who made it."),
        ("pack", "ford: {name: 渡口}, ", "the ford"),
        ("people", ", is: 铁匠", "the smith"),
        ("people", "    know: [他有一条船。, 他的船没了。]\n", "He has a boat."),
        ("people", ", outside: 别处", "Elsewhere"),
        ("debrief", ", text: [有人写了一份名单。, 文书也站在门口。]", "Somebody wrote"),
    ],
)
def test_a_cut_is_whole_with_all_of_it(file: str, left_out: str, original: str, tmp_path: Path) -> None:
    pack = ferry(tmp_path, file, left_out, "")
    story = load(pack, language="zh-Hans")
    assert story.original_in(story.cuts["kiosk"]) == f"{file}.yaml:{place(pack / f'{file}.yaml', original)}"


OTHERWISE = [
    ("pack", "line: frost", "line: forst", "{line: forst", "WG209 the original has no `forst` here"),
    ("pack", "{line: frost, text: 霜", "{text: 霜", "{text: 霜", "WG209 it is not said which part this is"),
    ("pack", "[谁也没有粮。, 钥", "[钥", "[钥", "WG208 the original has 2 parts here, and this has 1"),
    ("pack", "frost, text", "frost, year: 1960, text", "1960, text", "WG208 this is not a text"),
    ("people", "  lu: {name: 鲁", "  luqi: {name: 鲁", "luqi: {", "WG209 the original has no `luqi` here"),
    ("people", "[他瘦了。, 他", "[他", "[他活了下来", "WG208 the original has 2 parts here, and this has 1"),
    ("debrief", "[有人写了一份名单。, 文", "[文", "[文", "WG208 the original has 2 parts here, and this has 1"),
    ("f-heavy", "answer: 老头等着。", "answer: '{gold}'", "{gold}", "WG310 `{gold}` is not a variable of the pack"),
    ("f-heavy", "reason: 他们还小。", "do: 他们还小。", "do: 他们", "WG209 the original has no `do` here"),
]


@pytest.mark.parametrize(("file", "old", "new", "at", "said"), OTHERWISE)
def test_what_is_wrong_around_pages_is_said(file: str, old: str, new: str, at: str, said: str, tmp_path: Path) -> None:
    pack, own = ferry(tmp_path, file, old, new), f"translations/zh-Hans/{file}.yaml"
    assert f"{own}:{place(pack / own, at)} {said}" in found(pack, "zh-Hans")
