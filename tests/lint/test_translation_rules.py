"""Rules of a translation: names, numbers, changed originals, and its own bible."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from game.core.findings import Finding
from game.lint import lint
from game.resources import story_folder
from tests.story.packs import CHAPTER, PACK, written

PEOPLE = """\
people:
  guilan: {name: Shen Guilan, also: [Guilan], is: a farmer}
  han: {name: Han, is: a secretary}
"""
IN_CHINESE = """\
translates: people
people:
  guilan: {name: 沈桂兰, also: [桂兰], is: 种地的}
  han: {name: 韩庆功, also: [韩书记], is: 书记}
"""


def found_in(
    folder: Path, original: str, text: str, language: str = "zh-Hans", when: str = "", **files: str
) -> list[str]:
    """The codes of the findings on one translated paragraph."""
    chapter = CHAPTER.replace("They came in.", repr(original)) + (f"when: {when}\n" if when else "")
    into = f"translations/{language}"
    written(folder, {
        "pack.yaml": PACK, "chapter.yaml": chapter, "people.yaml": PEOPLE, f"{into}/people.yaml": IN_CHINESE,
        f"{into}/chapter.yaml": f"translates: gate\nnodes:\n  inside: {{text: {text!r}}}\n",
        **{f"{into}/{name}.yaml": content for name, content in files.items()},
    })  # fmt: skip
    story, findings = lint(folder, None, language)
    assert story is not None, findings
    return [finding.code for finding in findings if finding.code != "WG620"]


@pytest.mark.parametrize(("original", "text", "codes"), [
    ("They asked Shen Guilan.", "他们问沈桂兰。", []),
    ("They asked Shen Guilan.", "他们问沉桂兰。", ["WG821"]),
    ("They asked Shen Guilan.", "他们问桂兰。", ["WG821"]),
    ("They asked Guilan.", "他们问她。", []),
    ("They asked Han.", "他们问韩书记。", []),
    ("They asked Han.", "他们问汉书记。", ["WG821"]),
    ("A hand opened the Handbook.", "一只手翻开了手册。", []),
    ("1,560 sacks", "1560袋", []), ("1,560 sacks", "1,560袋", []), ("1,560 sacks", "一千五百六十袋", []),
    ("1,560 sacks", "1650袋", ["WG822"]), ("12 sacks", "十二袋", []), ("12 sacks", "十三袋", ["WG822"]),
    ("in 1958", "五八年", []), ("15 to 30 million", "1500万到三千万", []), ("271.6 million jin", "2.716亿斤", []),
    ("405 for 150: 2.7 times", "4.05亿比1.5亿：2.7倍", []), ("405 for 150", "4.15亿比1.5亿", ["WG822"]),
    ("Bell at 9.40", "九点四十打铃", []), ("Bell at 9.40", "九点五十打铃", ["WG822"]),
])  # fmt: skip
def test_names_and_numbers_of_the_original_are_there_in_chinese(
    original: str, text: str, codes: list[str], tmp_path: Path
) -> None:
    assert found_in(tmp_path, original, text) == codes


@pytest.mark.parametrize(("original", "text", "codes"), [
    ("1,560 sacks", "1.560 Säcke", []), ("1,560 sacks", "1 560 Säcke", []), ("1,560 sacks", "1.650 Säcke", ["WG822"]),
    ("12 sacks", "zwölf Säcke", []), ("32.5 per cent", "32,5 Prozent", []),
])  # fmt: skip
def test_a_number_of_the_original_is_there_in_other_languages(
    original: str, text: str, codes: list[str], tmp_path: Path
) -> None:
    assert found_in(tmp_path, original, text, "de") == codes


BIBLE = """\
bible:
  places: [{of: Reed Marsh, name: 苇塘}]
  objects: [{what: 自家的鸡, words: [鸡], until: September 1958}]
  seasons: [{what: 雪, words: [下雪], months: November to March}]
  reserved: [{what: 称呼, words: [外婆], only: [the-end]}]
"""


@pytest.mark.parametrize(("original", "text", "codes"), [
    ("At Reed Marsh.", "在苇塘。", []), ("At Reed Marsh.", "在芦塘。", ["WG821"]),
    ("It was cold.", "下雪了，鸡在窝里。", ["WG810", "WG812"]), ("Her mother came.", "外婆来了。", ["WG823"]),
])  # fmt: skip
def test_a_translation_has_a_bible_of_its_own(original: str, text: str, codes: list[str], tmp_path: Path) -> None:
    """With the dates of the original, in scripts without spaces too. The bible of the original holds for it alone."""
    folder = written(tmp_path, {"bible.yaml": "bible:\n  seasons: [{what: night, words: [cold], months: January}]\n"})
    assert sorted(found_in(folder, original, text, when="July 1959", bible=BIBLE)) == codes


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return Path(shutil.copytree(story_folder(), tmp_path / "story"))


def findings_on(folder: Path) -> list[Finding]:
    return list(lint(folder, None, "zh-Hans")[1])


def test_a_changed_original_is_reported_at_its_translation(shipped: Path) -> None:
    """Not a change of line breaks."""
    file = shipped / "villager" / "01-loudspeaker.yaml"
    original = file.read_text(encoding="utf-8")
    title = next(line for line in original.splitlines() if line.startswith("title: "))
    file.write_text(original.replace(title, f"{title}s"), encoding="utf-8")
    (found,) = findings_on(shipped)
    assert (found.code, found.file) == ("WG645", "translations/zh-Hans/villager/01-loudspeaker.yaml")
    assert "--current v-loudspeaker" in found.remedy
    file.write_text(original.replace(title, f"title: >-\n  {title.removeprefix('title: ')}"), encoding="utf-8")
    assert findings_on(shipped) == []


@pytest.mark.parametrize(("file", "old", "new", "code"), [
    ("villager/13-counting.yaml", "沈桂兰", "沉桂兰", "WG821"),
    ("official/07-the-number.yaml", "1760", "1670", "WG822"),
    ("villager/02-reservoir.yaml", "。", "，外婆说。", "WG823"),
])  # fmt: skip
def test_a_slip_in_the_shipped_translation_is_found(shipped: Path, file: str, old: str, new: str, code: str) -> None:
    path = shipped / "translations" / "zh-Hans" / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"mend this test: `{old}` no longer stands in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert code in {finding.code for finding in findings_on(shipped)}
