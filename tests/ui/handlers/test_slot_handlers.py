"""The save slots show their content, and lose nothing without a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from game.play.page import Picture
from game.play.save_files import SlotInfo
from game.story.model import Story
from game.ui import intents
from game.ui.effects import DeleteSlot, ListSlots, LoadSlot, StoreSlot
from game.ui.i18n import Catalogue
from game.ui.screens.registry import render_top
from game.ui.tree import walk
from tests.ui.app_driver import AppDriver, at_page, text_of
from tests.ui.stand_ins import wandered

NOW = datetime(2026, 3, 4, 15, 30)
YARD = Picture("courtyard", {"jar": 3}, "A walled yard.")
KEPT = SlotInfo(2, "2026-03-04T15:10:00", "miller", "Pots into Iron", "October 1958", "the yard", YARD)
DAMAGED = SlotInfo(3, "", "", "", "", trouble="damaged")


@pytest.fixture
def driver(mill: Story, words: Catalogue) -> AppDriver:
    """Before the saved readings, in the middle of a story."""
    p = wandered(mill, 1, "miller")[4]
    driver = AppDriver(at_page(words, p))
    driver.press("pause", "slots-fetch")
    assert driver.effects == [ListSlots()]
    driver.intend(intents.SlotsRead((KEPT, DAMAGED), NOW))
    driver.effects.clear()
    return driver


def test_a_slot_says_what_when_where_and_who(driver: AppDriver, mill: Story) -> None:
    slot = driver.node("slot-2")
    said = text_of(slot)
    for part in ("Pots into Iron", mill.roles["miller"].name, "October 1958", "the yard", "saved 20 minutes ago"):
        assert part in said
    image = driver.node("picture-2")
    assert (image.role, image.label, image.picture) == ("image", "A walled yard.", YARD)


def test_automatic_saves_stand_first(driver: AppDriver, mill: Story) -> None:
    app = replace(driver.app, aside=wandered(mill, 2, "clerk")[3])
    rows = next(node for node in walk(render_top(app)) if node.id == "choices").children
    assert [row.id for row in rows[:4]] == ["own", "take-up", "slot-1", "slot-2"]
    assert rows[0].label.startswith("Kept by itself: ") and app.current.page.title in rows[0].label
    assert rows[0].action is None
    assert rows[1].label in app.words("confirm.begin.text")
    driver.press("back", "slots-store")
    assert driver.sees("own")


def test_what_was_kept_beside_a_save_is_opened_from_the_list(driver: AppDriver) -> None:
    beside = replace(KEPT, name="current.kept-1")
    driver.intend(intents.SlotsRead((KEPT, beside), NOW))
    assert driver.node("fetch:current.kept-1").label.startswith("Kept beside · Pots into Iron")
    driver.press("fetch:current.kept-1", "yes")
    assert driver.effects == [LoadSlot("current.kept-1")]
    driver.effects.clear()
    driver.press("delete:current.kept-1", "yes")
    assert driver.effects == [DeleteSlot("current.kept-1"), ListSlots()]
    driver.press("back", "slots-store")
    driver.intend(intents.SlotsRead((KEPT, beside), NOW))
    assert not driver.sees("slot-current.kept-1")


def test_a_damaged_slot_says_so(driver: AppDriver) -> None:
    assert "3 · cannot be opened" in driver.said
    assert "This saved game is damaged" in driver.node("fetch:3").value
    driver.press("delete:3", "yes")
    assert driver.effects == [DeleteSlot(3), ListSlots()]


def test_deleting_asks(driver: AppDriver) -> None:
    driver.press("delete:2")
    assert driver.where == "confirm"
    driver.press("back")
    assert (driver.where, driver.effects) == ("slots-fetch", [])
    driver.press("delete:2", "yes")
    assert driver.where == "slots-fetch"
    driver.intend(intents.SlotsRead((), NOW))
    assert not driver.sees("delete:2")
    assert driver.app.top.focus is None or driver.sees(driver.app.top.focus)


def test_writing_over_a_slot_asks(driver: AppDriver) -> None:
    driver.press("back", "slots-store", "store:1")
    assert driver.effects == [ListSlots(), StoreSlot(1, driver.app.current), ListSlots()]
    driver.press("store:2")
    assert driver.where == "confirm"
    driver.press("yes")
    assert driver.effects[3:] == [StoreSlot(2, driver.app.current), ListSlots()]
