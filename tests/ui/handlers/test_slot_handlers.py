"""The save slots lose nothing without a question, and the reader learns where the file of a journal is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from game.play.page import Picture
from game.play.save_files import SlotInfo
from game.story.model import Story
from game.ui import intents
from game.ui.effects import DeleteSlot, ListSlots, LoadSlot, StoreSlot, WriteJournal
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


@pytest.fixture
def talk(mill: Story, words: Catalogue) -> AppDriver:
    """On the last screen of the talk after a reading. Only that one offers the journal and the card."""
    driver = AppDriver(at_page(words, wandered(mill, 1, "miller")[-1], offers=("journal", "credits")))
    driver.press("debrief")
    while driver.sees(onward := f"section:{int(driver.app.top.argument) + 1}"):
        assert not driver.sees("journal") and not driver.sees("keepsake")
        driver.press(onward)
    return driver


def test_an_export_shows_its_progress_and_then_its_file(talk: AppDriver) -> None:
    talk.press("journal")
    assert talk.effects == [WriteJournal(talk.app.current)]
    for done, number in ((0, 1), (9, 9)):
        talk.intend(intents.JournalProgress(done, 9))
        assert talk.node("progress").label == f"Drawing picture {number} of 9"
    talk.intend(intents.JournalWritten("/somebody/Documents/mine.html", 3_900_000))
    assert "mine.html (3.9 MB)" in talk.said
    assert "/somebody/Documents" in talk.said.replace("\\", "/")
    talk.press("back")
    assert talk.where == "debrief"


def test_a_card_reports_the_journal_to_a_reader_who_went_on(talk: AppDriver) -> None:
    talk.press("journal", "back", "journal", "back")
    assert len(talk.effects) == 1
    talk.intend(intents.JournalProgress(3, 9))
    assert talk.where == "debrief"
    talk.intend(intents.JournalWritten("mine.html", 1))
    assert talk.where == "journal"
    talk.press("back", "journal")
    assert len(talk.effects) == 2, "another one can be asked for"


def test_a_journal_that_cannot_be_kept_says_why(talk: AppDriver) -> None:
    talk.press("journal")
    talk.intend(intents.JournalFailed("no room on the disk"))
    assert talk.where == "message" and "no room on the disk" in talk.said
    talk.press("back", "journal")
    assert len(talk.effects) == 2


def test_a_card_of_the_reading_is_kept_by_one_button(talk: AppDriver) -> None:
    talk.press("keepsake")
    assert talk.effects == [WriteJournal(talk.app.current, "card")]
    talk.intend(intents.JournalProgress(1, 1))
    assert talk.tree.label == "A card of this reading"
    talk.intend(intents.JournalWritten("/somebody/Documents/mine-card.html", 300_000))
    assert "Your card is saved as mine-card.html (0.3 MB)" in talk.said


def test_no_journal_is_offered_without_a_painter(mill: Story, words: Catalogue) -> None:
    driver = AppDriver(at_page(words, wandered(mill, 1, "miller")[3]))
    driver.press("pause")
    assert not driver.sees("journal")
    driver.press("about")
    assert not driver.sees("credits")
