"""Each command that shows the story takes --language, and says in a line what is not whole in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.story import load
from tests.commands.typed import Command, refused
from tests.small_stories.packs import THE_MILL

pytestmark = pytest.mark.usefixtures("home")
STORY = ("--story", THE_MILL)
MISSING = "is not whole in zh-Hans"


@pytest.mark.parametrize(
    "command",
    [("read", "--json"), ("guide", "g.html"), ("journal", "j.html", "--role", "miller"), ("class",), ("stats",)],
)
def test_an_unknown_language_is_refused_with_those_that_are_there(command: tuple[str, ...], run: Command) -> None:
    assert "translation into `fr`; there is zh-Hans" in refused(run(*command, *STORY, "--language", "fr"))


def test_a_reading_says_what_is_not_translated(run: Command) -> None:
    said = run("read", "--json", *STORY, "--language", "zh-Hans", "--role", "miller")
    assert said.status == 0 and f"`full` {MISSING}" in said.err and "whole are: kiosk" in said.err
    assert (
        MISSING not in run("read", "--json", *STORY, "--language", "zh-Hans", "--role", "miller", "--cut", "kiosk").err
    )
    assert MISSING not in run("read", "--json", *STORY, "--role", "miller").err


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
