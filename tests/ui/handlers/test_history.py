"""A reader can read again from any past page, and a replaced reading is never lost."""

from __future__ import annotations

from game.play import begin
from game.story.model import Story
from game.ui import intents
from game.ui.effects import Autosave, KeepAside
from game.ui.i18n import Catalogue
from game.ui.update import start
from tests.ui.app_driver import AppDriver, at_page
from tests.ui.stand_ins import wandered


def seated(shipped: Story, words: Catalogue, entries: int = 20) -> AppDriver:
    return AppDriver(at_page(words, wandered(shipped, 1, "villager")[entries]))


def test_any_past_page_can_be_gone_back_to(shipped: Story, words: Catalogue) -> None:
    driver = seated(shipped, words)
    before = driver.app.current
    driver.press("pause", "look-back")
    while driver.sees(f"leaf:{int(driver.app.top.argument) - 1}"):
        driver.press(f"leaf:{int(driver.app.top.argument) - 1}")
    driver.press("return:0")
    lost = sum(entry.take not in ("continue", "skip") for entry in before.entries)
    assert driver.where == "confirm" and f"{lost} choices that you made" in driver.said
    driver.press("yes")
    assert (driver.where, driver.takes) == ("reading", [])
    assert driver.effects == [KeepAside(before), Autosave(driver.app.current)]


def test_going_back_without_losing_a_choice_asks_nothing(shipped: Story, words: Catalogue) -> None:
    driver = AppDriver(at_page(words, begin(shipped, "villager").choose("continue")))
    driver.press("pause", "look-back", "return:0")
    assert (driver.where, driver.takes) == ("reading", [])


def test_going_back_can_be_refused_and_undone(shipped: Story, words: Catalogue) -> None:
    driver = seated(shipped, words)
    before = driver.app.current
    driver.press("pause", "look-back", "leaf:18", "leaf:17", "leaf:16", "leaf:15", "return:15", "back")
    assert driver.where == "look-back" and driver.app.playthrough is before and driver.effects == []
    driver.press("leaf:14", "return:14", "yes")
    back = driver.app.playthrough
    driver.press("pause")
    assert before.page.title in driver.node("take-up").value
    driver.press("take-up")
    assert driver.app.playthrough is before
    assert driver.app.aside is not back, "an earlier page of the same way is not lost, and takes no place"


def test_the_reading_kept_aside_is_offered_after_a_restart(shipped: Story, words: Catalogue) -> None:
    driver = AppDriver(start(shipped, words, aside=wandered(shipped, 1, "villager")[5]))
    driver.press("slots-fetch", "take-up")
    assert driver.where == "reading"


def test_paging_keeps_its_direction(shipped: Story, words: Catalogue) -> None:
    driver = seated(shipped, words, entries=3)
    driver.press("pause", "look-back")
    for at in (2, 1):
        assert (driver.app.top.argument, driver.app.top.focus) == (str(at), f"leaf:{at - 1}")
        driver.intend(intents.Activate())
    assert (driver.app.top.argument, driver.app.top.focus) == ("0", "close")
    driver.press("leaf:1")
    assert driver.app.top.focus == "leaf:2"
    driver.intend(intents.Activate())
    assert (driver.app.top.argument, driver.app.top.focus) == ("2", "close")
    driver.intend(intents.Activate())
    assert driver.where == "reading"
