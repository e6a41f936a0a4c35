"""Visits by voice and keypad alone: speech, keys, and the idle timeout while the voice speaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pygame
import pytest

from game.desktop.input.input_mapping import STAFF_KEY
from game.desktop.render.fonts import Fonts
from game.resources import assets_folder, story_folder
from game.story import load
from game.story.model import Story
from game.ui import intents
from game.ui.i18n import Catalogue
from game.ui.kiosk_state import IdleTimeout
from game.ui.settings import Settings
from game.ui.tree import numbered, walk
from tests.kiosk.kiosk_driver import offer_of_one
from tests.kiosk.voice_visitor import VoiceVisitor

HEADPHONES = pygame.K_F15  # sent by such keypads when headphones are plugged in; any key works
TO_THE_PAGE = HEADPHONES, pygame.K_RETURN, pygame.K_1  # through the invitation and a door
QUESTION = "Are you still there?"
BEGINNING = "This is the beginning again"

Before = Callable[..., VoiceVisitor]


@pytest.fixture
def before(mill: Story, words: Catalogue, fonts: Fonts) -> Before:
    """A visitor at a kiosk with this idle timeout and a voice with this pace."""

    def stand(story: Story = mill, its_words: Catalogue = words, **more: Any) -> VoiceVisitor:
        return VoiceVisitor(fonts, offer_of_one(story, its_words), **more)

    return stand


@pytest.fixture
def listener(before: Before) -> VoiceVisitor:
    return before()


def by_ear_alone(listener: VoiceVisitor, door: int = pygame.K_1, asks: bool = False) -> list[str]:
    """A whole visit by somebody who follows only the speech. Return everything that was said.

    `door` is the key of the first choice; all others use 1. With `asks` the visitor once waits for the idle question.
    """
    key = HEADPHONES
    whole = [*(said := listener.key(key))]
    for _ in range(60):
        text = " ".join(said)
        if BEGINNING in text:
            return whole
        if QUESTION in text:
            assert "Touch the screen" in text
            listener.key(pygame.K_DOWN)
        elif re.search(r"Press 1\b", text):
            key, door = door, pygame.K_1
        elif "Press Enter" in text or "Button: " in text:
            key = pygame.K_RETURN
        else:
            raise AssertionError(f"nothing says what to do: {said}")
        if asks and "Press Enter to continue." in text:
            asks = False
            said = listener.wait_for(QUESTION)
        else:
            said = listener.key(key)
        whole += said
    raise AssertionError(said)


@pytest.mark.parametrize(("door", "role"), [(pygame.K_1, "villager"), (pygame.K_2, "official")])
def test_a_whole_visit_by_what_is_said_alone(before: Before, shipped: Story, door: int, role: str) -> None:
    listener = before(shipped)
    heard = by_ear_alone(listener, door, asks=True)
    assert sum(QUESTION in line for line in heard) == 1
    assert listener.counts.n["role", role] == 1 and listener.driver.where == "attract"
    assert not listener.driver.session.app.settings.speaks


def test_first_key_turns_the_voice_on_and_does_nothing_else(before: Before) -> None:
    for key in (HEADPHONES, pygame.K_RETURN, pygame.K_1, pygame.K_DOWN, pygame.K_ESCAPE, pygame.K_KP_5):
        listener = before()
        said = " ".join(listener.key(key))
        assert listener.driver.where == "attract"
        assert "The voice is on." in said and "Enter chooses" in said and "Come in." in said
        assert said.endswith("Button: Begin.")


def test_voice_turned_off_stays_off_until_reset(listener: VoiceVisitor) -> None:
    listener.key(HEADPHONES)
    assert listener.key(pygame.K_0) == ["The voice is off."]
    assert not listener.key(pygame.K_DOWN) and not listener.key(HEADPHONES)
    assert not listener.driver.session.app.settings.speaks
    listener.wait(59)
    assert not listener.key(HEADPHONES)
    listener.wait(62)
    assert listener.driver.where == "attract"
    assert "The voice is on." in " ".join(listener.key(pygame.K_DOWN))
    listener.key(pygame.K_0)
    assert not listener.key(pygame.K_RETURN) and listener.driver.where == "visit-door"


def test_a_gamepad_calls_it_too_and_the_staff_s_key_does_not(before: Before, listener: VoiceVisitor) -> None:
    listener.driver.pad(pygame.CONTROLLER_BUTTON_A)
    assert "The voice is on." in " ".join(listener.listen())
    assert not before().key(STAFF_KEY)


IN = "come-in", "enter:miller/kiosk"
ROADS = {
    "visit-door": IN[:1],
    "reading": IN,
    "visit-card": (*IN, "stop", "yes"),
    "visit-quiet": (*IN, "stop", "yes", "visit-over"),
}


@pytest.mark.parametrize("where", ROADS)
def test_one_key_turns_it_on_and_off_on_each_screen(listener: VoiceVisitor, where: str) -> None:
    driver = listener.driver
    driver.press(*ROADS[where])
    said = listener.key(pygame.K_0)
    assert said[0].startswith("The voice is on.") and driver.where == where
    assert driver.tree.label in " ".join(said)
    assert listener.key(pygame.K_KP_0) == ["The voice is off."]


def test_voice_turned_on_by_touch_mentions_no_keys(listener: VoiceVisitor) -> None:
    listener.driver.tap("voice")
    said = " ".join(listener.listen())
    assert "The voice is on." in said and not re.search("Enter|Zero|Down", said)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_whole_visit_by_touch_mentions_no_keys(before: Before, shipped: Story, language: str) -> None:
    story = shipped if language == "en" else load(story_folder(), language=language)
    listener = before(story, Catalogue(assets_folder() / "locale", language))
    driver, heard = listener.driver, list[str]()

    def press(name: str) -> None:
        listener.voice.heard.clear()
        driver.session.dispatch(intents.Press(name))
        heard.extend(listener.listen())

    press("voice")
    press("come-in")
    words_met = 0
    for _ in range(60):
        if driver.where == "visit-quiet":
            break
        if not words_met and any(node.id == "more" for node in walk(driver.tree)):
            press("more")
        terms = [node.id for node in walk(driver.tree) if node.style == "term"]
        if terms and not words_met:
            words_met = 1
            press(terms[0])
            press("back")
        press(numbered(driver.tree)[0].id)
    assert driver.where == "visit-quiet" and words_met and len(heard) > 40
    press_as_an_order = r"Press(?! my thumb| it\.)"  # not as a deed of the story
    named = rf"\b(Enter|{press_as_an_order}|F2|F3|Zero|Down|keys?|arrows?)\b"
    keys = rf"{named}|Enter|按 |按任意|按数字|上下键|句点|星号|加号"
    assert [line for line in heard if re.search(keys, line)] == []


def test_attract_pictures_do_not_interrupt_the_voice(listener: VoiceVisitor) -> None:
    listener.key(HEADPHONES)
    listener.voice.heard.clear()
    listener.driver.session.dispatch(intents.NextScene())
    listener.wait(30)
    assert not listener.said


# Time


def test_idle_question_waits_for_the_voice(before: Before, shipped: Story) -> None:
    idle_timeout = IdleTimeout(idle=20)
    listener = before(shipped, idle_timeout=idle_timeout, letter=0.15)
    listener.key(*TO_THE_PAGE, pygame.K_RETURN)
    began = listener.clock.now
    listener.key(pygame.K_RETURN)
    spoke = listener.clock.now - began
    words = sum(len(line.split()) for line in listener.said)
    assert spoke > 1.2 * (idle_timeout.idle + words * 60 / 150)
    assert QUESTION not in listener.said and listener.driver.where == "reading"
    listener.wait(idle_timeout.idle)
    assert listener.driver.where == "reading"
    listener.wait_for(QUESTION)
    assert listener.driver.where == "still-there"


def test_hanging_voice_does_not_block_the_idle_timeout(before: Before) -> None:
    """Such a voice counts only for its current utterance."""
    listener = before(letter=10_000)
    listener.driver.key(pygame.K_RETURN)
    listener.wait(1)
    assert listener.voice.saying
    listener.driver.press("come-in", "enter:miller/kiosk")
    listener.wait(400)
    assert listener.driver.where == "attract" and not listener.driver.session.app.settings.speaks


def test_the_question_is_heard_and_is_not_its_own_answer(listener: VoiceVisitor) -> None:
    listener.key(*TO_THE_PAGE)
    said = listener.wait_for(BEGINNING)
    assert [line for line in said if "starts again" in line or QUESTION in line] == [
        QUESTION, *(f"The story starts again in {n} seconds." for n in (20, 10)),
    ]  # fmt: skip
    assert said[-1] == "This is the beginning again, for the next visitor. The voice is off."
    listener.wait(1)
    assert listener.driver.session.app.settings == Settings(targets="large")


# How loud


def test_the_volume_is_at_hand(listener: VoiceVisitor) -> None:
    listener.key(*TO_THE_PAGE)
    assert listener.key(pygame.K_KP_MINUS) == ["Volume: 50 per cent."]
    assert listener.voice.manner.volume == 50
    assert listener.key(pygame.K_MINUS) == ["Volume: 25 per cent."]
    assert not listener.key(pygame.K_MINUS), "a voice that is on stays to be heard"
    listener.key(*[pygame.K_PLUS] * 9)
    assert listener.driver.session.app.settings.volume == 75
    listener.driver.tap("volume")
    assert listener.listen()[-1].endswith("50 per cent.")


def test_the_button_of_the_volume_makes_it_softer(listener: VoiceVisitor) -> None:
    driver = listener.driver
    for softer in (50, 25, 0, 75):
        driver.tap("volume")
        assert driver.session.app.settings.volume == softer
        (label,) = [node.label for node in walk(driver.tree) if node.id == "volume"]
        assert label == (f"Volume {softer} %" if softer else "Volume Off")


def test_no_key_makes_it_louder_than_the_museum_allows(before: Before) -> None:
    driver = before(settings=Settings(targets="large", volume=25)).driver
    driver.session.dispatch(intents.Press("come-in"))
    for key in (pygame.K_m, pygame.K_m, pygame.K_PLUS, pygame.K_m, pygame.K_v, pygame.K_PLUS):
        driver.key(key)
        assert driver.session.app.settings.volume <= 25
    assert driver.session.app.settings.speaks and driver.session.app.settings.volume == 25


def test_where_nothing_may_be_heard_nothing_is_offered(before: Before) -> None:
    driver = before(settings=Settings(targets="large", volume=0)).driver
    assert not driver.sees("voice") and not driver.sees("volume") and driver.sees("type")


# What is heard


def test_choice_counts_are_known_before_the_card_is_read(listener: VoiceVisitor) -> None:
    for choice in ("give-wok", "hide", "give-all"):
        listener.counts.n["choice", f"m-lane.gate.{choice}"] += 5
    assert any("5 of 15 who were here chose this too." in line for line in by_ear_alone(listener))


def test_what_can_be_chosen_is_said_last(before: Before, shipped: Story) -> None:
    listener = before(shipped)
    pages = 0
    said = listener.key(HEADPHONES)
    for _ in range(30):
        said = listener.key(pygame.K_1 if any(line.startswith("Press 1") for line in said) else pygame.K_RETURN)
        if listener.driver.where == "reading" and listener.driver.entries:
            pages += 1
            assert said[-1].startswith(("Press ", "Button: ")), said
            assert not any(line.startswith("Source: ") for line in said)
    assert pages > 6
