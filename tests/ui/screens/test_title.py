"""The first minute: time and place, the controls, and the number of presses to the first page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.play import begin
from game.story import Story
from game.ui import intents
from game.ui.editions import Edition
from game.ui.effects import StoreSettings
from game.ui.i18n import Catalogue
from game.ui.scenery import picture_of
from game.ui.screens.title import WINDOW_DEVICES
from game.ui.tree import walk
from game.ui.update import start
from tests.ui.app_driver import AppDriver
from tests.ui.stand_ins import wandered


@pytest.fixture
def driver(shipped: Story, words: Catalogue) -> AppDriver:
    return AppDriver(start(shipped, words))


def test_the_title_says_when_and_where(driver: AppDriver) -> None:
    said = driver.node("subtitle-0").label
    assert all(text in said for text in ("China", "1958 to 1962", "Great Leap Forward", "You decide"))
    order = [node.id for node in walk(driver.tree)]
    assert order.index("subtitle-0") < order.index("choices")


def test_the_title_leads_with_the_stage_that_the_story_names(shipped: Story, mill: Story, words: Catalogue) -> None:
    """Rings mark the places of the bowls behind it; a story that names none shows its first picture."""
    named, invitation = picture_of(start(shipped, words)), shipped.invitation
    assert named is not None and invitation is not None
    assert (named.scene, named.params["year"], named.params["bowls"]) == ("years", 1960, 3)
    assert dict(named.params) in [dict(stage) for stage in invitation.stages]
    assert picture_of(start(mill, words)) == begin(mill, role=next(iter(mill.roles))).page.picture


def test_two_presses_lead_to_the_first_page(driver: AppDriver) -> None:
    read = 0
    while driver.where != "reading":
        read += sum(len(node.label.split()) + len(node.value.split()) for node in walk(driver.tree))
        driver.intend(intents.Activate())
        assert len(driver.app.views) <= 3
    assert driver.app.current.entries == () and read <= 250


def test_the_first_button_names_the_place_of_the_last_reading(mill: Story, words: Catalogue) -> None:
    p = wandered(mill, 1, "miller")[3]
    driver = AppDriver(start(mill, words, resumed=p))
    assert driver.app.top.focus == "continue"
    assert driver.node("continue").value == f"{p.page.when} · {p.page.title} · {mill.roles['miller'].name}"


def test_the_controls_are_shown_once(driver: AppDriver, shipped: Story, words: Catalogue) -> None:
    driver.press("new:villager")
    assert "Arrow keys" in driver.node("controls").label
    driver.press("begin:villager")
    assert StoreSettings(replace(driver.app.settings, controls_shown=True)) in driver.effects
    for app in (driver.app, start(shipped, words, driver.app.settings)):
        again = AppDriver(app)
        if again.where == "reading":
            again.press("pause", "home")
        again.press("new:official")
        assert not again.sees("controls")


@pytest.mark.parametrize(
    ("device", "text"), [("mouse", "Click"), ("touch", "Tap"), ("gamepad", "stick"), ("terminal", "Type the number")]
)
def test_the_controls_are_those_of_the_device_in_hand(driver: AppDriver, device: str, text: str) -> None:
    driver.press("new:villager")
    driver.intend(intents.DeviceUsed(device))
    assert text in driver.node("controls").label


def test_the_controls_are_found_again(driver: AppDriver) -> None:
    driver.press("about", "controls", "back", "back", "new:villager", "begin:villager")
    driver.intend(intents.DeviceUsed("touch"))
    driver.press("pause", "controls")
    sections = [node.id for node in driver.tree.children if node.style == "section"]
    assert sections == ["section:touch", *(f"section:{device}" for device in WINDOW_DEVICES if device != "touch")]


def test_a_terminal_names_no_keys_that_it_does_not_have(shipped: Story, words: Catalogue) -> None:
    driver = AppDriver(start(shipped, words, device="terminal"))
    driver.press("about", "controls")
    assert "Escape" not in driver.said and "press Enter" in driver.said


@pytest.mark.parametrize(
    ("first", "lengths"), [(("full", "one-door", "kiosk"), ["short", "shortest"]), (("kiosk",), ["whole", "whole"])]
)
def test_a_length_is_what_it_is_in_the_first_language(
    first: tuple[str, ...], lengths: list[str], shipped: Story, words: Catalogue
) -> None:
    """A language without the longest cut does not call a short one the whole story."""
    own = Edition("en", "English", {cut: {"villager": 5} for cut in first})
    here = Edition("zh-Hans", "中文", {cut: {"villager": 5} for cut in ("one-door", "kiosk")})
    driver = AppDriver(start(replace(shipped, language="zh-Hans"), words, editions=(own, here)))
    for cut, length in zip(("one-door", "kiosk"), lengths, strict=True):
        name = words(f"title.length.{length}")
        assert driver.node(f"cut:{cut}").label == words("title.length.option", version=name, n=5)


def test_the_controls_mention_a_screen_reader_where_one_works(shipped: Story, words: Catalogue) -> None:
    for offers in (frozenset[str](), frozenset({"reader"})):
        driver = AppDriver(start(shipped, words, offers=offers))
        driver.press("about", "controls")
        assert driver.sees("reader") == bool(offers)
