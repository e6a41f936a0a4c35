"""A reading is passed on as a code, and somebody else's is typed in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.play import begin
from game.play.base32_check import ALPHABET
from game.play.share_code import to_code
from game.story.model import Story
from game.ui import intents
from game.ui.effects import Autosave, CopyText, KeepAside, ReadClipboard
from game.ui.i18n import Catalogue
from game.ui.state import AppState, ScreenView
from game.ui.tree import field_of
from game.ui.update import start
from tests.ui.hand import Hand
from tests.ui.stand_ins import wandered


@pytest.fixture
def hand(mill: Story, words: Catalogue) -> Hand:
    """At the field for a code, from the title."""
    hand = Hand(start(mill, words, offers=frozenset({"clipboard"})))
    hand.press("code")
    return hand


def test_a_code_is_shown_and_copied(mill: Story, words: Catalogue) -> None:
    """The pause leads to the code of this very reading; copied, the screen says so, and a voice hears each letter."""
    p = wandered(mill, 3)[4]
    views = (ScreenView("title"), ScreenView("reading"))
    hand = Hand(AppState(mill, words, playthrough=p, views=views, offers=frozenset({"clipboard"})))
    hand.press("pause", "share")
    assert hand.node("code").label == to_code(p)
    assert hand.node("code").value.startswith(", ".join(to_code(p)[:5]) + ". ")
    hand.press("copy")
    assert hand.effects == [CopyText(to_code(p))]
    assert not hand.sees("copied")
    hand.intend(intents.Copied())
    assert hand.node("copied").role == "status"
    hand.press("back", "share")
    assert not hand.sees("copied"), "it was another time"


def test_without_a_clipboard_nothing_is_copied_or_pasted(mill: Story, words: Catalogue) -> None:
    """What the system has not, the screens do not offer."""
    hand = Hand(
        AppState(mill, words, playthrough=begin(mill, "miller"), views=(ScreenView("title"), ScreenView("reading")))
    )
    hand.press("pause", "share")
    assert not hand.sees("copy")
    hand.press("back", "back")
    hand.intend(intents.Back(), intents.Press("home"))
    hand.press("code")
    assert not hand.sees("paste")


def test_a_code_typed_by_hand_opens_its_reading(hand: Hand, mill: Story) -> None:
    """In small letters, as anybody types it: the reader stands where the other one stood, and it is kept."""
    p = wandered(mill, 5, "clerk")[3]
    for letter in to_code(p).lower():
        hand.intend(intents.Type(letter))
    assert hand.node("field").value == to_code(p)
    assert hand.app.top.focus == "field"
    hand.intend(intents.Activate())
    assert hand.where == "reading"
    assert hand.app.playthrough is not None
    assert hand.app.playthrough.entries == p.entries
    assert hand.effects == [Autosave(hand.app.playthrough)]


def test_it_can_be_pressed_letter_by_letter(hand: Hand, mill: Story) -> None:
    """Each letter of the alphabet stands on the screen as a button, and one takes the last letter away again."""
    text = to_code(wandered(mill, 5, "clerk")[3])
    assert {node.label for node in hand.node("keys").children} == set(ALPHABET)
    for letter in text.replace("-", ""):
        hand.press("type:0", "erase", f"type:{letter}")
    assert hand.node("field").value == text
    hand.press("open-code")
    assert hand.where == "reading"


def test_it_can_be_pasted(hand: Hand, mill: Story) -> None:
    """Pasting asks for what was copied; a whole line with spaces around the code is the code."""
    text = to_code(wandered(mill, 5, "clerk")[3])
    hand.press("paste")
    assert hand.effects == [ReadClipboard()]
    hand.intend(intents.Type(f"  {text}\n"))
    assert hand.node("field").value == text


def test_the_caret_mends_a_letter_in_the_middle(hand: Hand) -> None:
    """Back over a slip, away with it, the right letter in its place; the strokes are no letters to step over."""
    hand.intend(intents.Type("RB6XQ"), intents.MoveCaret(-1), intents.Erase(-1), intents.Type("c"))
    field = field_of(hand.tree)
    assert field is not None
    assert (field.value, field.caret) == ("RB6CQ", 4)
    hand.intend(intents.MoveCaret(9), intents.Type("WE"))
    field = field_of(hand.tree)
    assert field is not None
    assert (field.value, field.caret) == ("RB6CQ-WE", 8)
    hand.intend(intents.MoveCaret(-8), intents.Erase(1))
    field = field_of(hand.tree)
    assert field is not None
    assert (field.value, field.caret) == ("B6CQW-E", 0)


def test_a_slip_is_said_next_to_the_field_while_it_is_typed(hand: Hand, mill: Story) -> None:
    """The group with the slip is named as soon as it is whole, and no more once it is mended."""
    text = to_code(wandered(mill, 5)[-1])
    wrong = "A" if text[2] != "A" else "B"
    hand.intend(intents.Type(text[:2] + wrong + text[3:5]))
    assert hand.node("field-error").label == "There is a slip in group 1."
    hand.intend(intents.Erase(-1), intents.Erase(-1), intents.Erase(-1), intents.Type(text[2:]))
    assert not hand.sees("field-error")


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Nothing has been typed"), ("U", "“U” in group 1"), ("RB6C", "group 1, or its end")]
)
def test_what_is_no_code_opens_nothing(hand: Hand, typed: str, said: str) -> None:
    """What is wrong is said next to the field, which has the focus; typing on takes it away."""
    hand.intend(intents.Type(typed))
    hand.press("open-code")
    assert (hand.where, hand.app.top.focus) == ("code", "field")
    assert said in hand.node("field-error").label
    hand.intend(intents.MoveCaret(-1))
    assert hand.sees("field-error"), "nothing was mended yet"
    hand.intend(intents.Erase(-1), intents.Erase(1))
    if typed:
        assert not hand.sees("field-error")


def test_another_story_s_code_says_so(hand: Hand, mill: Story) -> None:
    """A right code of something else is no slip of the hand."""
    hand.intend(intents.Type(to_code(begin(replace(mill, pack="elsewhere"), "miller"))))
    hand.press("open-code")
    assert hand.node("field-error").label == "This code belongs to another story."


def test_a_code_of_a_reworded_story_has_a_note(hand: Hand, mill: Story) -> None:
    """It opens, and a card says that words may have changed."""
    hand.intend(intents.Type(to_code(begin(replace(mill, version=mill.version + 1), "miller"))))
    hand.press("open-code")
    assert hand.where == "message"
    assert "Its choices are the same" in hand.said
    hand.press("back")
    assert hand.where == "reading"


def test_a_story_under_way_is_asked_for_and_kept_aside(mill: Story, words: Catalogue) -> None:
    """A right code asks before it takes the place of a reading, which then stands among the saved ones."""
    mine, theirs = wandered(mill, 1, "miller")[3], wandered(mill, 2, "clerk")[3]
    hand = Hand(start(mill, words, resumed=mine))
    hand.press("code")
    hand.intend(intents.Type("wrong"))
    hand.press("open-code")
    assert hand.where == "code", "a wrong code takes the place of nothing, so nothing is asked"
    hand.intend(intents.Back(), intents.Press("code"), intents.Type(to_code(theirs)))
    hand.press("open-code")
    assert hand.where == "confirm"
    hand.press("yes")
    assert hand.app.playthrough is not None
    assert hand.app.playthrough.entries == theirs.entries
    assert KeepAside(mine) in hand.effects
    hand.press("pause")
    assert not hand.sees("take-up"), "another story is not where this one was left"
    hand.press("slots-fetch", "take-up")
    assert hand.app.playthrough is mine


def test_nobody_types_where_there_is_no_field(mill: Story, words: Catalogue) -> None:
    """Letters, the clipboard and the caret do nothing on any other screen."""
    app = start(mill, words)
    hand = Hand(app)
    hand.intend(intents.Type("A"), intents.Erase(-1), intents.MoveCaret(1), intents.Paste(), intents.Copied())
    assert hand.app == app
    assert hand.effects == []
