"""The editions of a pack are found once, and again after each change of its files; which language comes first."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

import pytest

from game.commands.support import editions
from game.commands.support.editions import best_language, find_editions, library_of, system_languages
from game.story import load
from game.ui.editions import Edition
from tests.commands.typed import Command, refused
from tests.small_stories.packs import MILL_LANE, THE_MILL

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(THE_MILL, tmp_path / "mill")


def found(folder: Path) -> tuple[Edition, ...]:
    return find_editions(folder, load(folder))


def test_each_language_has_its_fully_translated_cuts(folder: Path) -> None:
    english, chinese = found(folder)
    assert (english.language, english.name, set(english.minutes)) == ("en", "English", {"full", "short", "kiosk"})
    assert (chinese.language, chinese.name, set(chinese.minutes)) == ("zh-Hans", "中文", {"kiosk"})
    assert all(minutes >= 1 for roles in english.minutes.values() for minutes in roles.values())


def test_editions_are_the_same_whatever_language_is_loaded(folder: Path) -> None:
    assert find_editions(folder, load(folder, None, "zh-Hans")) == found(folder)


def test_the_longest_cut_comes_first() -> None:
    (edition,) = found(MILL_LANE)
    minutes = [edition.minutes_of(cut) for cut in edition.minutes]
    assert minutes == sorted(minutes, reverse=True)


def test_editions_are_measured_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[Path] = []
    measure = editions._measured

    def counted(*args: object) -> tuple[Edition, ...]:
        measured.append(folder)
        return measure(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(editions, "_measured", counted)
    assert found(folder) == found(folder)
    assert len(measured) == 1
    text = folder / "translations" / "zh-Hans" / "m-heavy.yaml"
    text.unlink()
    assert [edition.language for edition in found(folder)] == ["en"]
    assert len(measured) == 2
    (kept,) = folder.parent.rglob("editions.json")
    for damage in ("", "[]", '{"key": 1}', json.dumps({**json.loads(kept.read_text()), "editions": [{"cuts": 3}]})):
        kept.write_text(damage)
        assert [edition.language for edition in found(folder)] == ["en"]
    assert len(measured) == 6


def test_a_broken_translation_is_not_offered(folder: Path) -> None:
    (folder / "translations" / "zh-Hans" / "pack.yaml").write_text("translates: [", encoding="utf-8")
    assert [edition.language for edition in found(folder)] == ["en"]


def test_a_library_loads_each_of_its_languages(folder: Path) -> None:
    library = library_of(folder, load(folder))
    assert library.kept is None
    for edition in library.find():
        story, words = library.load(edition.language)
        assert story.language == edition.language
        assert words("language.name") == edition.name
    assert library_of(folder, load(folder)).kept == library.find()


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_command_reads_in_the_named_language(folder: Path, language: str, run: Command) -> None:
    (page,) = run("read", "--story", folder, "--cut", "kiosk", "--language", language, "--json").pages
    story = load(folder, None, "" if language == "en" else language)
    assert page["title"] == story.chapters[page["chapter"]].title


def test_an_unknown_language_is_named(folder: Path, run: Command) -> None:
    found = run("read", "--story", folder, "--language", "zh-Hant", "--json")
    refused(found, "no translation into `zh-Hant`; there is zh-Hans. Did you mean `zh-Hans`?")


def test_the_last_language_is_used_again(folder: Path, run: Command) -> None:
    read = partial(run, "read", "--cut", "kiosk", "--story")
    first = read(folder).printed
    (key,) = [part.split("]")[0] for part in first.split("[") if part.split("] ")[-1].startswith("中文")]
    title = load(folder, None, "zh-Hans").title
    assert title not in first
    assert title in read(folder, typed=f"{key}\n").printed
    assert title in read(folder).printed
    assert load(MILL_LANE).title in read(MILL_LANE).printed


def test_cuts_with_the_same_chapters_are_offered_once(folder: Path) -> None:
    pack = folder / "pack.yaml"
    text = pack.read_text(encoding="utf-8")
    assert text.count("cuts:\n") == 1
    more = "cuts:\n  all: {play: one role}\n  everything: {play: one role}\n  shorter: {play: one role, brief: true}\n"
    pack.write_text(text.replace("cuts:\n", more), encoding="utf-8")
    english, *_ = found(folder)
    assert {"all", "shorter"} <= set(english.minutes) and "everything" not in english.minutes


@pytest.mark.parametrize(("environment", "tags"), [
    ({"LANG": "zh_CN.UTF-8"}, ("zh-CN",)),
    ({"LANGUAGE": "fr:zh_TW", "LANG": "de_DE.UTF-8"}, ("fr", "zh-TW")),
    ({"LC_ALL": "en_GB.utf8", "LC_MESSAGES": "de", "LANG": "fr"}, ("en-GB",)),
    ({"LANGUAGE": "", "LC_MESSAGES": "C"}, ("C",)),
])  # fmt: skip
def test_the_environment_names_the_languages(environment: dict[str, str], tags: tuple[str, ...]) -> None:
    assert system_languages(environment) == tags


def test_without_an_environment_the_system_is_asked() -> None:
    assert all(isinstance(tag, str) and "_" not in tag for tag in system_languages({}))


@pytest.mark.parametrize(("preferred", "offered", "best"), [
    (["zh-CN"], ["en", "zh-Hans"], "zh-Hans"),
    (["zh-Hant"], ["en", "zh-Hans", "zh-Hant"], "zh-Hant"),
    (["en-GB", "zh-CN"], ["en", "zh-Hans"], "en"),
    (["fr", "zh"], ["en", "zh-Hans"], "zh-Hans"),
    (["C"], ["en", "zh-Hans"], ""),
    ([], ["en"], ""),
])  # fmt: skip
def test_the_first_preferred_language_that_is_offered_is_taken(
    preferred: list[str], offered: list[str], best: str
) -> None:
    assert best_language(preferred, offered) == best
