"""The picture of a page alone: its text, and the screens that offer it."""

from __future__ import annotations

import pytest

from game.play import begin
from game.speech.announcer import announce_changes
from game.story.model import Story
from game.ui import intents
from game.ui.i18n import Catalogue
from game.ui.settings import Settings
from game.ui.state import ScreenView
from game.ui.tree import focus_order, walk
from tests.ui.app_driver import AppDriver, at_page


@pytest.fixture
def driver(mill: Story, words: Catalogue) -> AppDriver:
    return AppDriver(at_page(words, begin(mill, "miller"), settings=Settings(voice="on")))


LOOK, BACK = intents.LookAtPicture(), intents.Back()


@pytest.mark.parametrize("look", [LOOK, intents.Press("look")])
@pytest.mark.parametrize("back", [LOOK, BACK, intents.Press("picture"), intents.Press("back")])
def test_the_picture_shows_without_the_page(driver: AppDriver, look: intents.Intent, back: intents.Intent) -> None:
    driver.intend(look)
    assert driver.where == "picture" and not driver.effects and focus_order(driver.tree) == ("back",)
    assert not [node for node in walk(driver.tree) if node.role in ("paragraph", "heading", "choice")]
    driver.intend(back)
    assert driver.where == "reading"


def test_voice_says_what_the_picture_shows(driver: AppDriver) -> None:
    picture = driver.app.current.page.picture
    heard, _ = announce_changes(None, driver.tree, None, driver.app)
    driver.intend(LOOK)
    _, said = announce_changes(heard, driver.tree, None, driver.app)
    assert picture is not None and any(picture.alt.rstrip(".") in line for line in said)


def test_only_pages_show_their_picture_alone(driver: AppDriver, words: Catalogue) -> None:
    first = driver.app.current.page.picture
    back = AppDriver(at_page(words, driver.app.current.choose("continue"), ScreenView("look-back", "0")))
    back.intend(LOOK)
    assert first is not None and back.node("shown").label == first.alt
    for way, screen in ((BACK, "pause"), (intents.Press("home"), "title")):
        driver.intend(way, LOOK)
        assert driver.where == screen


def test_terminal_has_no_picture_to_look_at(driver: AppDriver) -> None:
    assert driver.sees("look")
    driver.intend(intents.DeviceUsed("terminal"))
    assert not driver.sees("look")
