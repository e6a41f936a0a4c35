"""Whole visits to a kiosk as they are heard: a keypad alone, from the invitation to the invitation.

`pytest tests/golden --golden-update` writes them anew, where the story or the words around it were meant to change.
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
from tests.kiosk.voice_visitor import VoiceVisitor

__all__ = ["fonts"]
VISITS = ["villager-kiosk", "official-kiosk"]
KEYS = {"Enter": pygame.K_RETURN, "Down": pygame.K_DOWN, "-": pygame.K_KP_MINUS, ".": pygame.K_KP_PERIOD,
        "*": pygame.K_KP_MULTIPLY, **{str(n): pygame.K_0 + n for n in range(1, 10)}}  # fmt: skip
WAITED = "nothing, for as long as the kiosk waits"


def heard(listener: VoiceVisitor, story: Story, folder: Path) -> str:
    """A block for each thing done, with `zh:` before what a Chinese voice says."""
    lines = []
    for deed in deeds(listener, [entry.take for entry in played(story, folder).entries], folder.name.partition("-")[0]):
        said = listener.voice.heard
        lines += [f"▸ {deed}", *(f"  {'zh: ' if each.language == 'zh' else ''}{each.text}" for each in said), ""]
    return "\n".join(lines)


def deeds(listener: VoiceVisitor, takes: list[str], role: str) -> Iterator[str]:
    """What is done, one after another; `listener` has heard what is said to it."""
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
        if key != "Enter" and not tried:  # on the first page with choices everything is tried once
            tried = True
            for other in (".", "Down", "-", "*"):
                listener.key(KEYS[other])
                yield other
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
def test_a_visit_s_speech_is_golden(
    name: str, shipped: Story, fonts: Fonts, golden_update: bool
) -> None:  # fmt: skip
    """The same keys are answered with the same words, each in its language, and the end is the beginning."""
    folder = Path(__file__).parent / name
    text = heard(VoiceVisitor(fonts, offer_of([shipped], Config())), shipped, folder)
    file = folder / "visit-heard.txt"
    if golden_update:
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), f"read the difference; if it is meant, renew {name}"


@pytest.mark.parametrize("name", VISITS)
def test_every_page_of_it_is_heard(name: str, shipped: Story) -> None:
    """No paragraph, choice, note or consequence of the pages is left out, and nobody has to find them."""
    folder = Path(__file__).parent / name
    told = (folder / "visit-heard.txt").read_text(encoding="utf-8")
    for page in played(shipped, folder).pages:
        read = [paragraph.text for paragraph in page.shown_paragraphs()]
        for text in (page.title, page.note or "", *read, *(option.say for option in page.choices)):
            for sentence in re.split(r"(?<=[.?!]) ", text):
                assert sentence in told, sentence
