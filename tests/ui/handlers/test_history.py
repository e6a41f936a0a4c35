"""From any past page the story can be read anew, and what gave way is never lost."""

from __future__ import annotations

from game.play import begin
from game.story.model import Story
from game.ui.effects import Autosave, KeepAside
from game.ui.i18n import Catalogue
from game.ui.state import AppState, ScreenView
from game.ui.update import start
from tests.ui.hand import Hand
from tests.ui.stand_ins import wandered


def seated(shipped: Story, words: Catalogue, entries: int = 20) -> Hand:
    p = wandered(shipped, 1, "villager")[entries]
    return Hand(AppState(shipped, words, playthrough=p, views=(ScreenView("title"), ScreenView("reading"))))


def test_any_past_page_can_be_gone_back_to(shipped: Story, words: Catalogue) -> None:
    """Leafed to the first page and asked once, with how many choices are let go; then that page is met again."""
    hand = seated(shipped, words)
    before = hand.app.playthrough
    assert before is not None
    hand.press("pause", "look-back")
    while hand.sees(f"leaf:{int(hand.app.top.argument) - 1}"):
        hand.press(f"leaf:{int(hand.app.top.argument) - 1}")
    hand.press("return:0")
    lost = sum(entry.take not in ("continue", "skip") for entry in before.entries)
    assert hand.where == "confirm"
    assert f"{lost} choices that you made" in hand.said
    hand.press("yes")
    assert (hand.where, hand.takes) == ("reading", [])
    assert hand.app.playthrough is not None
    assert hand.effects == [KeepAside(before), Autosave(hand.app.playthrough)]


def test_a_no_changes_nothing(shipped: Story, words: Catalogue) -> None:
    """Who thinks better of it stands at the past page, with everything kept."""
    hand = seated(shipped, words)
    before = hand.app.playthrough
    hand.press("pause", "look-back", "leaf:18", "leaf:17", "leaf:16", "leaf:15", "return:15", "back")
    assert hand.where == "look-back"
    assert hand.app.playthrough is before
    assert hand.effects == []


def test_where_no_choice_is_lost_nothing_is_asked(shipped: Story, words: Catalogue) -> None:
    """Back over pages that only go on is no loss."""
    p = begin(shipped, "villager").choose("continue")
    hand = Hand(AppState(shipped, words, playthrough=p, views=(ScreenView("title"), ScreenView("reading"))))
    hand.press("pause", "look-back", "return:0")
    assert (hand.where, hand.takes) == ("reading", [])


def test_going_back_can_be_undone(shipped: Story, words: Catalogue) -> None:
    """The pause offers to go on where one was, also after another way was begun, and then that one is kept aside."""
    hand = seated(shipped, words)
    before = hand.app.playthrough
    hand.press("pause", "look-back", "leaf:18", "leaf:17", "leaf:16", "leaf:15", "leaf:14", "return:14", "yes")
    back = hand.app.playthrough
    hand.press("pause")
    assert before is not None
    assert before.page.title in hand.node("take-up").value
    hand.press("take-up")
    assert hand.app.playthrough is before
    assert hand.app.aside is not back, "an earlier page of the same way is not lost, and takes no place"


def test_what_was_kept_aside_is_there_after_a_start(shipped: Story, words: Catalogue) -> None:
    """The reading that gave way stands among the saved ones when the game is opened again."""
    hand = Hand(start(shipped, words, aside=wandered(shipped, 1, "villager")[5]))
    hand.press("slots-fetch", "take-up")
    assert hand.where == "reading"


def test_beginning_anew_keeps_the_old_story_aside(shipped: Story, words: Catalogue) -> None:
    """Who begins over a story that is under way can have it back."""
    hand = seated(shipped, words)
    before = hand.app.playthrough
    hand.press("pause", "home", "new:official", "begin:official", "yes")
    assert before is not None and hand.app.aside is before
    assert KeepAside(before) in hand.effects
