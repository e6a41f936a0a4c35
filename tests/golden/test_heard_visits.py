"""The speech of whole visits to a kiosk by keypad, from the invitation back to the invitation.

`pytest tests/golden --golden-update` writes them again after an intended change of the story or the interface's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from game.desktop.render.fonts import Fonts
from game.kiosk.app import offer_of
from game.kiosk.config.configuration import Config
from game.story import Story
from tests.desktop.conftest import fonts
from tests.golden.test_golden import played
from tests.golden.transcript import assert_golden, speech_block
from tests.kiosk.voice_visitor import VoiceVisitor

__all__ = ["fonts"]
VISITS = ["villager-kiosk", "official-kiosk"]
KEYS = {"Enter": pygame.K_RETURN, "Down": pygame.K_DOWN, "-": pygame.K_KP_MINUS, ".": pygame.K_KP_PERIOD,
        "*": pygame.K_KP_MULTIPLY, **{str(n): pygame.K_0 + n for n in range(1, 10)}}  # fmt: skip
WAITED = "nothing, for as long as the kiosk waits"


def heard(listener: VoiceVisitor, story: Story, folder: Path) -> str:
    takes, role = [entry.take for entry in played(story, folder).entries], folder.name.partition("-")[0]
    return "\n".join(speech_block(deed, listener.voice.heard) for deed in deeds(listener, takes, role))


def deeds(listener: VoiceVisitor, takes: list[str], role: str) -> Iterator[str]:
    """Carry out the visit's actions, and yield each after `listener` has heard the answer."""
    listener.key(pygame.K_F15)
    yield "headphones are put in"
    listener.key(KEYS["Enter"])
    yield "Enter"
    roles = list(listener.driver.session.app.story.roles)
    door = str(roles.index(role) + 1)
    listener.key(KEYS[door])
    yield door
    tried = False
    for take in takes:
        if listener.driver.where == "visit-between":
            listener.key(KEYS["Enter"])
            yield "Enter"
        page = listener.driver.session.app.page
        assert page is not None
        key = "Enter" if take == "continue" else str([option.id for option in page.choices].index(take) + 1)
        if key != "Enter" and not tried:  # try every other key on the first page with choices
            tried = True
            for tried_key in (".", "Down", "-", "*"):
                listener.key(KEYS[tried_key])
                yield tried_key
            listener.wait_for("in 10 seconds")
            yield WAITED
            listener.key(KEYS["Down"])
            yield "Down"
        listener.key(KEYS[key])
        yield key
    for _ in range(4):
        if listener.driver.where == "attract":
            break
        listener.key(KEYS["Enter"])
        yield "Enter"
    assert listener.driver.where == "attract"


@pytest.mark.parametrize("name", VISITS)
def test_a_visit_s_speech_is_golden(name: str, shipped: Story, fonts: Fonts, golden_update: bool) -> None:
    folder = Path(__file__).parent / name
    text = heard(VoiceVisitor(fonts, offer_of([shipped], Config())), shipped, folder)
    assert_golden(folder / "visit-heard.txt", text, golden_update)


@pytest.mark.parametrize("name", VISITS)
def test_every_text_of_a_visit_s_pages_is_heard(name: str, shipped: Story) -> None:
    folder = Path(__file__).parent / name
    heard_text = (folder / "visit-heard.txt").read_text(encoding="utf-8")
    for page in played(shipped, folder).pages:
        paragraphs = [paragraph.text for paragraph in page.shown_paragraphs()]
        for text in (page.title, page.note or "", *paragraphs, *(option.say for option in page.choices)):
            for sentence in re.split(r"(?<=[.?!]) ", text):
                assert sentence in heard_text, sentence
