"""Text field keys: a reader types, pastes or taps a code, or enters it with a gamepad."""

from __future__ import annotations

from dataclasses import dataclass

import pygame
import pytest

from game.desktop.input.gamepad import DPAD
from game.play.share_code import to_code
from game.story.model import Story
from game.ui.tree import find
from tests.desktop.session_driver import Seat, SessionDriver, middle
from tests.ui.stand_ins import wandered


@dataclass
class FakeClipboard:
    text: str = ""
    broken: bool = False

    def copy(self, text: str) -> bool:
        self.text = text
        return not self.broken

    def paste(self) -> str:
        return self.text


@pytest.fixture
def text(mill: Story) -> str:
    return to_code(wandered(mill, 5, "clerk")[3])


@pytest.fixture
def driver(seat: Seat, mill: Story, text: str) -> SessionDriver:
    driver = seat(mill, size=(1920, 1080), clipboard=FakeClipboard(f" {text}\n")).click("code")
    assert driver.session.has_text_field
    return driver


def value(driver: SessionDriver) -> str:
    return next(node.value for node in driver.tree.children if node.role == "field")


def type_in(driver: SessionDriver, text: str) -> None:
    """Send keys as SDL does: the key, its text, the key's release."""
    for char in text:
        driver.key(ord(char.lower()))
        driver.do(pygame.TEXTINPUT, text=char)


def test_keyboard_types_a_code(driver: SessionDriver, text: str) -> None:
    type_in(driver, text.lower())
    assert value(driver) == text
    driver.key(pygame.K_RETURN)
    assert driver.where == "reading"
    assert not driver.session.has_text_field


@pytest.mark.parametrize(
    ("key", "mod"),
    [(pygame.K_v, pygame.KMOD_CTRL), (pygame.K_v, pygame.KMOD_META), (pygame.K_INSERT, pygame.KMOD_SHIFT)],
)
def test_code_is_pasted(driver: SessionDriver, text: str, key: int, mod: int) -> None:
    driver.key(key, mod)
    assert value(driver) == text


def test_keys_edit_the_line(driver: SessionDriver) -> None:
    type_in(driver, "ABC")
    for key in (pygame.K_BACKSPACE, pygame.K_HOME, pygame.K_DELETE):
        driver.key(key)
    assert value(driver) == "B"
    type_in(driver, "A")
    for key in (pygame.K_END, pygame.K_LEFT, pygame.K_SPACE):
        driver.key(key)
    type_in(driver, "X")
    driver.key(pygame.K_RIGHT)
    type_in(driver, "Y")
    assert value(driver) == "AXBY"
    driver.key(pygame.K_ESCAPE)
    assert driver.where == "title"


def test_touch_types_a_code(driver: SessionDriver, text: str) -> None:
    for char in text.replace("-", ""):
        driver.tap_at(middle(driver.place(f"type:{char}")))
    assert value(driver) == text
    driver.tap("open-code")
    assert driver.where == "reading"


def test_gamepad_moves_over_the_on_screen_keys(driver: SessionDriver) -> None:

    def hat(x: int, y: int) -> None:
        driver.pad(DPAD[x, -y])

    while driver.view.focus != "type:0":
        hat(1, 0)
    above = driver.place("type:0")
    hat(0, -1)
    below = driver.view.focus
    assert below is not None and below.startswith("type:")
    assert driver.place(below).x == above.x and driver.place(below).y > above.y
    hat(0, 1)
    assert driver.view.focus == "type:0"
    driver.pad(pygame.CONTROLLER_BUTTON_A)
    assert value(driver) == "0"
    hat(0, 1)
    assert driver.view.focus == "open-code"
    while str(driver.view.focus).startswith("type:") or driver.view.focus == "open-code":
        hat(0, -1)
    assert driver.view.focus == "back"


@pytest.mark.parametrize("broken", [False, True])
def test_a_code_is_copied_or_a_card_says_that_it_is_not(seat: Seat, mill: Story, broken: bool) -> None:
    board = FakeClipboard(broken=broken)
    driver = seat(mill, role="miller", clipboard=board).press("begin:miller", "pause", "share", "copy")
    assert board.text == to_code(driver.session.app.current)
    assert (driver.where == "message") is broken
    assert (find(driver.tree, "copied") is None) is broken
