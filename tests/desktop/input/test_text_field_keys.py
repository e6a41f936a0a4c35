"""Text field keys: a code is typed, pasted, tapped, or entered with a gamepad."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest

from game.desktop.input.gamepad import DPAD
from game.play.share_code import to_code
from game.story.model import Story
from game.ui.settings import Settings
from tests.desktop.hand import Hand, middle
from tests.ui.stand_ins import wandered

Seat = Callable[..., Hand]


class Board:
    """A clipboard that holds what was put there."""

    def __init__(self, text: str = "") -> None:
        self.text = text

    def copy(self, text: str) -> bool:
        self.text = text
        return True

    def paste(self) -> str:
        return self.text


class Broken(Board):
    """A clipboard that takes nothing."""

    def copy(self, text: str) -> bool:
        return False


@pytest.fixture
def text(mill: Story) -> str:
    return to_code(wandered(mill, 5, "clerk")[3])


@pytest.fixture
def hand(seat: Seat, mill: Story, text: str) -> Hand:
    """At the field, with the code on the clipboard."""
    hand = seat(mill, size=(1920, 1080), clipboard=Board(f" {text}\n"))
    hand.click("code")
    assert hand.session.has_text_field
    return hand


def value(hand: Hand) -> str:
    return next(node.value for node in hand.tree.children if node.role == "field")


def type_in(hand: Hand, text: str) -> None:
    """Keys as SDL sends them: the key, the text that it makes, the key let go."""
    for char in text:
        hand.key(ord(char.lower()))
        hand.do(pygame.TEXTINPUT, text=char)


def test_keyboard_types_a_code(hand: Hand, text: str) -> None:
    """Letters that are keys of the game elsewhere (M, R, V, 1 to 9) are letters here; Enter opens the reading."""
    type_in(hand, text.lower())
    assert value(hand) == text
    hand.key(pygame.K_RETURN)
    assert hand.where == "reading"
    assert not hand.session.has_text_field


@pytest.mark.parametrize(
    ("key", "mod"),
    [(pygame.K_v, pygame.KMOD_CTRL), (pygame.K_v, pygame.KMOD_META), (pygame.K_INSERT, pygame.KMOD_SHIFT)],
)
def test_code_is_pasted(hand: Hand, text: str, key: int, mod: int) -> None:
    """As each system does it."""
    hand.key(key, mod)
    assert value(hand) == text


def test_keys_edit_the_line(hand: Hand) -> None:
    """Backspace, Delete, the arrows, Home and End; nothing is undone in the story, and a space is nothing."""
    type_in(hand, "ABC")
    hand.key(pygame.K_BACKSPACE)
    hand.key(pygame.K_HOME)
    hand.key(pygame.K_DELETE)
    assert value(hand) == "B"
    type_in(hand, "A")
    hand.key(pygame.K_END)
    hand.key(pygame.K_LEFT)
    hand.key(pygame.K_SPACE)
    type_in(hand, "X")
    hand.key(pygame.K_RIGHT)
    type_in(hand, "Y")
    assert value(hand) == "AXBY"
    hand.key(pygame.K_ESCAPE)
    assert hand.where == "title"


def test_touch_types_a_code(hand: Hand, text: str) -> None:
    """Every letter can be tapped, one after another as fast as a hand goes, and so can the button."""
    for char in text.replace("-", ""):
        hand.tap_at(middle(hand.place(f"type:{char}")))
    assert value(hand) == text
    hand.tap("open-code")
    assert hand.where == "reading"


def test_gamepad_moves_over_the_on_screen_keys(hand: Hand) -> None:
    """Down and up go from row to row, and out of them at the ends; across goes letter by letter."""

    def hat(x: int, y: int) -> None:
        hand.pad(DPAD[x, -y])

    while hand.view.focus != "type:0":
        hat(1, 0)
    above = hand.place("type:0")
    hat(0, -1)
    below = hand.view.focus
    assert below is not None and below.startswith("type:")
    assert hand.place(below).x == above.x and hand.place(below).y > above.y
    hat(0, 1)
    assert hand.view.focus == "type:0"
    hand.pad(pygame.CONTROLLER_BUTTON_A)
    assert value(hand) == "0"
    hat(0, 1)
    assert hand.view.focus == "open-code"
    while str(hand.view.focus).startswith("type:") or hand.view.focus == "open-code":
        hat(0, -1)
    assert hand.view.focus == "back"


def test_letters_without_a_field_are_not_typed(seat: Seat, mill: Story) -> None:
    """Where there is no field, M is still the sound's key, and text that comes is nobody's."""
    hand = seat(mill)
    hand.key(pygame.K_m)
    hand.do(pygame.TEXTINPUT, text="m")
    assert hand.session.app.settings.volume == 0
    assert not hand.session.has_text_field


def test_a_code_is_copied(seat: Seat, mill: Story) -> None:
    """The clipboard holds the code that is shown, and the screen says so."""
    board = Board()
    hand = seat(mill, role="miller", clipboard=board)
    hand.click("begin:miller")
    hand.press("pause", "share", "copy")
    assert hand.session.app.playthrough is not None
    assert board.text == to_code(hand.session.app.playthrough)
    assert any(node.id == "copied" for node in hand.tree.children)


def test_a_clipboard_that_fails_says_so(seat: Seat, mill: Story) -> None:
    """Nothing was copied: a card says what to do instead."""
    hand = seat(mill, role="miller", clipboard=Broken())
    hand.click("begin:miller")
    hand.click("pause")
    hand.press("share", "copy")
    assert hand.where == "message"


def test_at_twice_the_size_the_letters_can_still_be_pressed(seat: Seat, mill: Story, text: str) -> None:
    """On a small window with large text the field, its letters and the button are all in reach."""
    hand = seat(mill, size=(1280, 720), settings=Settings(text_scale=200), clipboard=Board())
    hand.press("code", *(f"type:{char}" for char in text.replace("-", "")), "open-code")
    assert hand.where == "reading"
