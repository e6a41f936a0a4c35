"""A journal is asked for from the pause or the talk afterwards, and whoever asked is told where it is."""

from __future__ import annotations

import pytest

from game.story.model import Story
from game.ui import intents
from game.ui.effects import WriteJournal
from game.ui.i18n import Catalogue
from game.ui.state import AppState, ScreenView
from game.ui.update import start
from tests.ui.hand import Hand
from tests.ui.stand_ins import wandered

OFFERS = frozenset({"journal", "credits"})


@pytest.fixture
def hand(mill: Story, words: Catalogue) -> Hand:
    """In the pause, at the end of a reading."""
    p = wandered(mill, 1, "miller")[-1]
    hand = Hand(AppState(mill, words, playthrough=p, views=(ScreenView("title"), ScreenView("reading")), offers=OFFERS))
    hand.press("debrief")
    return hand


def test_it_says_how_far_it_is_and_then_where(hand: Hand) -> None:
    """Asked for once, it counts its pictures, and at last names its file, its folder and its size."""
    hand.press("journal")
    assert hand.app.playthrough is not None
    assert hand.effects == [WriteJournal(hand.app.playthrough)]
    hand.intend(intents.JournalProgress(0, 9))
    assert hand.node("progress").label == "Painting picture 1 of 9"
    hand.intend(intents.JournalProgress(9, 9))
    assert hand.node("progress").label == "Painting picture 9 of 9"
    hand.intend(intents.JournalWritten("/somebody/Documents/mine.html", 3_900_000))
    assert "mine.html (3.9 MB)" in hand.said
    assert "/somebody/Documents" in hand.said.replace("\\", "/")
    hand.press("back")
    assert hand.where == "debrief"


def test_whoever_reads_on_meanwhile_is_told(hand: Hand) -> None:
    """The card comes by itself once the file is there, and asking again while it is made asks for no second one."""
    hand.press("journal", "back", "journal", "back")
    assert len(hand.effects) == 1
    assert hand.where == "debrief"
    hand.intend(intents.JournalProgress(3, 9))
    assert hand.where == "debrief"
    hand.intend(intents.JournalWritten("mine.html", 1))
    assert hand.where == "journal"
    hand.press("back", "journal")
    assert len(hand.effects) == 2, "another one can be asked for"


def test_a_journal_that_cannot_be_kept_says_why(hand: Hand) -> None:
    """The reason in a sentence, and it can be tried again."""
    hand.press("journal")
    hand.intend(intents.JournalFailed("no room on the disk"))
    assert hand.where == "message"
    assert "no room on the disk" in hand.said
    hand.press("back", "journal")
    assert len(hand.effects) == 2


def test_where_none_can_be_made_none_is_offered(mill: Story, words: Catalogue) -> None:
    """A world without a painter has no such button."""
    p = wandered(mill, 1, "miller")[3]
    hand = Hand(AppState(mill, words, playthrough=p, views=(ScreenView("title"), ScreenView("reading"))))
    hand.press("pause")
    assert not hand.sees("journal")
    assert not hand.sees("credits")


def test_the_other_door_is_offered_after_the_last_section(hand: Hand, mill: Story) -> None:
    """With a sentence of what carries over; before the last section, and after half a story, it is not."""
    assert not hand.sees("new:clerk")
    while any(hand.sees(f"section:{at}") for at in [int(hand.app.top.argument) + 1]):
        hand.press(f"section:{int(hand.app.top.argument) + 1}")
    assert f"what you decided as {mill.roles['miller'].name} has happened there" in hand.node("new:clerk").value
    hand.press("new:clerk", "begin:clerk")
    assert hand.app.playthrough is not None
    assert hand.app.playthrough.earlier is not None
    assert hand.app.playthrough.earlier.role == "miller"


def test_stepping_outside_offers_no_second_door(mill: Story, words: Catalogue) -> None:
    """A story that was left has fixed nothing for the other door."""
    p = wandered(mill, 1, "miller")[3].leave()
    hand = Hand(start(mill, words, resumed=p))
    assert hand.node("continue").label == "Back to the talk afterwards"
    hand.press("continue")
    while hand.sees(f"section:{int(hand.app.top.argument) + 1}"):
        hand.press(f"section:{int(hand.app.top.argument) + 1}")
    assert not hand.sees("new:clerk")


def test_the_first_button_says_where_one_was(mill: Story, words: Catalogue) -> None:
    """The date, the title, and whose door."""
    p = wandered(mill, 1, "miller")[3]
    hand = Hand(start(mill, words, resumed=p))
    node = hand.node("continue")
    assert hand.app.top.focus == "continue"
    assert node.value.startswith(f"{p.page.when} · {p.page.title}")
    assert node.value.endswith(mill.roles["miller"].name)
