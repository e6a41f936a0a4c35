"""The credits match the licences of all parts of the program."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import game
from game.credits import Credit, read_credits
from game.resources import assets_folder
from game.ui import intents
from game.ui.effects import ReadCredits
from game.ui.i18n import Catalogue
from game.ui.update import start
from tests.small_stories.packs import load_the_mill
from tests.ui.app_driver import AppDriver


@pytest.fixture(scope="module")
def credits() -> tuple[Credit, ...]:
    return read_credits()


def test_everything_that_is_required_is_named(credits: tuple[Credit, ...]) -> None:
    """Each dependency of the project file with a version, a licence and its text; none of an extra."""
    project = tomllib.loads((Path(game.__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [Requirement(line) for line in project["dependencies"]]
    required = {line.name.casefold() for line in lines if line.marker is None or line.marker.evaluate()}
    named = {credit.name.rpartition(" ")[0].casefold() for credit in credits if credit.kind == "library"}
    assert required <= named
    assert not {"pytest", "hypothesis", "ruff", "mypy"} & named
    for credit in credits:
        assert credit.licence and credit.text, credit.name
        assert "\n" not in credit.licence


def test_the_game_and_each_family_of_type_are_named(credits: tuple[Credit, ...]) -> None:
    """The game under its own licence, each font under the licence beside it."""
    (ours,) = [credit for credit in credits if credit.kind == "game"]
    assert ours.licence == "MIT"
    assert ours.text == (Path(game.__file__).parents[1] / "LICENSE").read_text(encoding="utf-8")
    fonts = [credit for credit in credits if credit.kind == "font"]
    assert [credit.text for credit in fonts] == [
        file.read_text(encoding="utf-8") for file in sorted((assets_folder() / "fonts").glob("OFL-*.txt"))
    ]
    assert {credit.licence for credit in fonts} == {"SIL Open Font License 1.1"}


def test_credits_are_read_when_the_screen_opens(credits: tuple[Credit, ...]) -> None:
    """From the page about the story, a part at a time; each leads to its whole licence and back."""
    driver = AppDriver(start(load_the_mill(), Catalogue(assets_folder() / "locale"), offers=frozenset({"credits"})))
    driver.press("about", "credits")
    assert driver.effects == [ReadCredits()]
    driver.intend(intents.CreditsRead(credits))
    for number, credit in enumerate(credits):
        driver.press(f"licence:{number}")
        assert " ".join(credit.text.split())[:200] in " ".join(driver.said.split())
        driver.press("back")
        assert driver.where == "credits"
