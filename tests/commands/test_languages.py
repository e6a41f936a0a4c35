"""Each command that shows the story takes --language, and says in a line what is not whole in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.resources import story_folder
from game.story import load
from tests.commands.typed import Command, refused
from tests.small_stories.packs import THE_MILL

pytestmark = pytest.mark.usefixtures("home")
STORY = ("--story", THE_MILL)
MISSING = "is not whole in zh-Hans"


@pytest.mark.parametrize(
    "command",
    [
        ("read", "--json"),
        ("guide", "g.html"),
        ("journal", "j.html", "--role", "miller"),
        ("class",),
        ("stats",),
        ("shots", "s"),
        ("graph",),
        ("explore",),
        ("check",),
    ],
)
def test_an_unknown_language_is_refused_with_those_that_are_there(command: tuple[str, ...], run: Command) -> None:
    assert "translation into `fr`; there is zh-Hans" in refused(run(*command, *STORY, "--language", "fr"))


def test_a_reading_says_what_is_not_translated(run: Command) -> None:
    read = ("read", "--json", *STORY, "--role", "miller")
    said = run(*read, "--language", "zh-Hans")
    assert said.status == 0 and f"`full` {MISSING}" in said.err and "whole are: kiosk" in said.err
    assert MISSING not in run(*read, "--language", "zh-Hans", "--cut", "kiosk").err
    assert MISSING not in run(*read).err


@pytest.mark.parametrize(
    "command", ["graph", "journal {}/j.html", pytest.param("shots {}/s --take ", marks=pytest.mark.full)]
)
def test_what_is_written_says_what_is_not_translated(command: str, run: Command, tmp_path: Path) -> None:
    words = command.format(tmp_path).split(" ")
    written = run(*words, *STORY, "--language", "zh-Hans", "--role", "miller")
    assert written.status == 0 and f"`full` {MISSING}" in written.err


def test_a_class_needs_a_whole_length(run: Command) -> None:
    """A wall with two languages in turn would puzzle a room."""
    assert f"`class` {MISSING}" in refused(run("class", *STORY, "--language", "zh-Hans"))


def test_a_journal_is_in_its_language(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "journal.html"
    written = run("journal", file, *STORY, "--language", "zh-Hans", "--role", "miller", "--cut", "kiosk", "--take", "")
    assert written.status == 0 and not written.err, written.err
    assert 'lang="zh-Hans"' in file.read_text(encoding="utf-8")


def test_a_pack_for_teachers_is_in_its_language(run: Command, tmp_path: Path) -> None:
    file = tmp_path / "pack.html"
    assert run("guide", file, *STORY, "--language", "zh-Hans").status == 0
    assert load(THE_MILL, language="zh-Hans").title in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "titled"), [("zh_CN.UTF-8", "zh-Hans"), ("fr", ""), ("en:zh_CN", "")])
def test_the_first_reading_is_in_the_systems_language(
    run: Command, monkeypatch: pytest.MonkeyPatch, language: str, titled: str
) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    shown = run("read", typed="q\n").out
    assert load(story_folder(), language=titled).title in shown


def test_a_language_that_is_not_whole_is_not_begun_in(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    shown = run("read", *STORY, typed="q\n").out
    assert load(THE_MILL).title in shown and "中文" in shown


def test_a_diagram_is_in_its_language_and_every_way_is_the_same(run: Command) -> None:
    first, second = (run("graph", *STORY, *more).printed for more in ((), ("--language", "zh-Hans")))
    assert first != second and load(THE_MILL, language="zh-Hans").chapters["m-gate"].title in second
    explore = ("explore", *STORY, "--format", "json")
    printed = [run(*explore, *more).printed for more in ((), ("--language", "en"), ("--language", "zh-Hans"))]
    own, english, chinese = ({**json.loads(report), "seconds": 0} for report in printed)
    assert own == english != chinese, "its words are counted in its language"
    assert own["nodes"] == chinese["nodes"]
