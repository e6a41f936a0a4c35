"""Share codes: a reader copies the code of a reading, and another types it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.play import begin
from game.play.base32_check import ALPHABET
from game.play.share_code import to_code
from game.story.model import Story
from game.ui import intents
from game.ui.effects import Autosave, CopyText, KeepAside
from game.ui.handlers.text_input import handle_text_input
from game.ui.i18n import Catalogue
from game.ui.state import ScreenView
from game.ui.update import start
from tests.ui.app_driver import AppDriver, at_page
from tests.ui.stand_ins import wandered


@pytest.fixture
def driver(mill: Story, words: Catalogue) -> AppDriver:
    """At the field for a code, from the title."""
    driver = AppDriver(start(mill, words, offers=frozenset({"clipboard"})))
    driver.press("code")
    return driver


def test_a_code_is_shown_and_copied(mill: Story, words: Catalogue) -> None:
    p = wandered(mill, 3)[4]
    driver = AppDriver(at_page(words, p, offers=["clipboard"]))
    driver.press("pause", "share")
    assert driver.node("code").label == to_code(p)
    assert driver.node("code").value.startswith(", ".join(to_code(p)[:5]) + ". ")
    driver.press("copy")
    assert driver.effects == [CopyText(to_code(p))]
    assert not driver.sees("copied")
    driver.intend(intents.Copied())
    assert driver.node("copied").role == "status"
    driver.press("back", "share")
    assert not driver.sees("copied"), "it was another time"


def test_without_a_clipboard_nothing_is_copied_or_pasted(mill: Story, words: Catalogue) -> None:
    driver = AppDriver(at_page(words, begin(mill, "miller")))
    driver.press("pause", "share")
    assert not driver.sees("copy")
    driver.press("back", "back")
    driver.intend(intents.Back(), intents.Press("home"))
    driver.press("code")
    assert not driver.sees("paste")


def test_the_caret_and_the_buttons_edit_the_line(driver: AppDriver) -> None:
    assert {node.label for node in driver.node("keys").children} == set(ALPHABET)
    driver.press("type:0", "erase")
    driver.intend(intents.Type("RB6XQ"), intents.MoveCaret(-1), intents.Erase(-1), intents.Type("c"))
    assert (driver.node("field").value, driver.node("field").caret) == ("RB6CQ", 4)
    driver.intend(intents.MoveCaret(9), intents.Type("WE"))
    assert (driver.node("field").value, driver.node("field").caret) == ("RB6CQ-WE", 8)
    driver.intend(intents.MoveCaret(-8), intents.Erase(1))
    assert (driver.node("field").value, driver.node("field").caret) == ("B6CQW-E", 0)


def test_a_slip_is_named_next_to_the_field_while_typing(driver: AppDriver, mill: Story) -> None:
    text = to_code(wandered(mill, 5)[-1])
    wrong = "A" if text[2] != "A" else "B"
    driver.intend(intents.Type(text[:2] + wrong + text[3:5]))
    assert driver.node("field-error").label == "There is a mistake in group 1 of the share code."
    driver.intend(*[intents.Erase(-1)] * 3, intents.Type(text[2:]))
    assert not driver.sees("field-error")


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Nothing is typed"), ("U", "“U” in group 1"), ("RB6C", "group 1 of the share code, or its end")],
)
def test_an_invalid_code_opens_nothing(driver: AppDriver, typed: str, said: str) -> None:
    driver.intend(intents.Type(typed))
    driver.press("open-code")
    assert (driver.where, driver.app.top.focus) == ("code", "field")
    assert said in driver.node("field-error").label
    driver.intend(intents.MoveCaret(-1))
    assert driver.sees("field-error"), "nothing was mended yet"
    driver.intend(intents.Erase(-1), intents.Erase(1))
    if typed:
        assert not driver.sees("field-error")


def test_a_code_of_another_story_or_of_other_words_says_so(driver: AppDriver, mill: Story) -> None:
    elsewhere, newer = replace(mill, pack="elsewhere"), replace(mill, version=mill.version + 1)
    driver.intend(intents.Type(to_code(begin(elsewhere, "miller"))), intents.Press("open-code"))
    assert driver.node("field-error").label == "This code belongs to another story."
    driver.intend(intents.Back(), intents.Press("code"))
    driver.intend(intents.Type(to_code(begin(newer, "miller"))), intents.Press("open-code"))
    assert driver.where == "message" and "The choices are the same" in driver.said
    driver.press("back")
    assert driver.where == "reading"


def test_a_code_asks_before_it_replaces_a_reading(mill: Story, words: Catalogue) -> None:
    mine, theirs = wandered(mill, 1, "miller")[3], wandered(mill, 2, "clerk")[3]
    driver = AppDriver(start(mill, words, resumed=mine))
    driver.press("code")
    driver.intend(intents.Type("wrong"))
    driver.press("open-code")
    assert driver.where == "code", "a wrong code takes the place of nothing, so nothing is asked"
    driver.intend(intents.Back(), intents.Press("code"), intents.Type(to_code(theirs)))
    driver.press("open-code")
    assert driver.where == "confirm"
    driver.press("yes")
    assert driver.app.current.entries == theirs.entries
    assert driver.effects == [KeepAside(mine), Autosave(driver.app.current)]
    driver.press("pause")
    assert not driver.sees("take-up"), "another story is not where this one was left"
    driver.press("slots-fetch", "take-up")
    assert driver.app.playthrough is mine


def test_typing_does_nothing_without_a_field(mill: Story, words: Catalogue) -> None:
    driver = AppDriver(start(mill, words))
    before = driver.app
    driver.intend(intents.Type("A"), intents.Erase(-1), intents.MoveCaret(1), intents.Paste(), intents.Copied())
    assert (driver.app, driver.effects) == (before, [])


@pytest.mark.parametrize(
    ("screen", "typed", "kept"),
    [
        ("hands", "12a345", "123"),
        ("wall-expected", "1 0 0 0", "100"),
        ("staff-pin", "1234-5678-9012-3", "123456789012"),
        ("reason", "x" * 201 + "\n", "x" * 200),
    ],
)
def test_a_field_takes_only_its_own_kind_of_text(screen: str, typed: str, kept: str, driver: AppDriver) -> None:
    after, _ = handle_text_input(driver.app.pushed(ScreenView(screen)), intents.Type(typed))
    assert after.top.line.text == kept
