"""The pause and the talk offer a journal, and the reader learns where its file is."""

from __future__ import annotations

import pytest

from game.story.model import Story
from game.ui import intents
from game.ui.effects import WriteJournal
from game.ui.i18n import Catalogue
from game.ui.update import start
from tests.ui.app_driver import AppDriver, at_page
from tests.ui.stand_ins import wandered


@pytest.fixture
def driver(mill: Story, words: Catalogue) -> AppDriver:
    """On the first screen of the talk, at the end of a reading."""
    p = wandered(mill, 1, "miller")[-1]
    driver = AppDriver(at_page(words, p, offers=("journal", "credits")))
    driver.press("debrief")
    return driver


def at_the_end(driver: AppDriver) -> AppDriver:
    """On the last screen of the talk. Only that one offers the journal and the card."""
    while driver.sees(onward := f"section:{int(driver.app.top.argument) + 1}"):
        assert not driver.sees("journal") and not driver.sees("keepsake")
        driver.press(onward)
    return driver


def test_an_export_shows_its_progress_and_then_its_file(driver: AppDriver) -> None:
    at_the_end(driver).press("journal")
    assert driver.effects == [WriteJournal(driver.app.current)]
    for done, number in ((0, 1), (9, 9)):
        driver.intend(intents.JournalProgress(done, 9))
        assert driver.node("progress").label == f"Drawing picture {number} of 9"
    driver.intend(intents.JournalWritten("/somebody/Documents/mine.html", 3_900_000))
    assert "mine.html (3.9 MB)" in driver.said
    assert "/somebody/Documents" in driver.said.replace("\\", "/")
    driver.press("back")
    assert driver.where == "debrief"


def test_a_card_reports_the_journal_to_a_reader_who_went_on(driver: AppDriver) -> None:
    at_the_end(driver).press("journal", "back", "journal", "back")
    assert len(driver.effects) == 1
    driver.intend(intents.JournalProgress(3, 9))
    assert driver.where == "debrief"
    driver.intend(intents.JournalWritten("mine.html", 1))
    assert driver.where == "journal"
    driver.press("back", "journal")
    assert len(driver.effects) == 2, "another one can be asked for"


def test_a_journal_that_cannot_be_kept_says_why(driver: AppDriver) -> None:
    at_the_end(driver).press("journal")
    driver.intend(intents.JournalFailed("no room on the disk"))
    assert driver.where == "message" and "no room on the disk" in driver.said
    driver.press("back", "journal")
    assert len(driver.effects) == 2


def test_a_card_of_the_reading_is_kept_by_one_button(driver: AppDriver) -> None:
    at_the_end(driver).press("keepsake")
    assert driver.effects == [WriteJournal(driver.app.current, "card")]
    driver.intend(intents.JournalProgress(1, 1))
    assert driver.tree.label == "A card of this reading"
    driver.intend(intents.JournalWritten("/somebody/Documents/mine-card.html", 300_000))
    assert "Your card is saved as mine-card.html (0.3 MB)" in driver.said


def test_no_journal_is_offered_without_a_painter(mill: Story, words: Catalogue) -> None:
    driver = AppDriver(at_page(words, wandered(mill, 1, "miller")[3]))
    driver.press("pause")
    assert not driver.sees("journal")
    driver.press("about")
    assert not driver.sees("credits")


def test_the_other_door_is_offered_after_the_last_section(driver: AppDriver, mill: Story) -> None:
    assert not driver.sees("new:clerk")
    at_the_end(driver)
    assert f"you will meet what you decided as {mill.roles['miller'].name}" in driver.node("new:clerk").value
    driver.press("new:clerk", "begin:clerk")
    earlier = driver.app.current.earlier
    assert earlier is not None and earlier.role == "miller"


def test_the_first_button_names_the_place_of_the_last_reading(mill: Story, words: Catalogue) -> None:
    p = wandered(mill, 1, "miller")[3]
    driver = AppDriver(start(mill, words, resumed=p))
    assert driver.app.top.focus == "continue"
    assert driver.node("continue").value == f"{p.page.when} · {p.page.title} · {mill.roles['miller'].name}"
