"""Every golden playthrough in Chinese: the same way through the story, as pages and as heard, in one language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.resources import story_folder
from game.speech.utterances import Utterance
from game.story import Story, load
from tests.golden.test_golden import FOLDERS, played
from tests.golden.test_spoken import spoken
from tests.lanes import sampled
from tests.story.test_translations_shipped import said

LATIN = re.compile(r"[A-Za-z]{2,}")
KEYS = {"Enter", "Shift", "Tab", "Esc"}
NAMES = [folder.name for folder in FOLDERS]
# A class is heard on its wall, and who leaves the story hears no talk.
HEARD = [
    folder.name
    for folder in FOLDERS
    for text in ((folder / "choices.txt").read_text(encoding="utf-8"),)
    if "role:" in text and "\nleave" not in text
]


@pytest.fixture(scope="module")
def chinese() -> Story:
    return load(story_folder(), language="zh-Hans")


def in_latin(texts: list[str]) -> set[str]:
    return {word for text in texts for word in LATIN.findall(text)}


@pytest.mark.parametrize("name", sampled(NAMES, *NAMES[::5]))
def test_a_playthrough_has_the_same_pages_in_chinese(name: str, shipped: Story, chinese: Story) -> None:
    folder = Path(__file__).parent / name
    p, q = played(chinese, folder), played(shipped, folder)
    assert (p.entries, p.page.ending, p.over) == (q.entries, q.page.ending, q.over)
    for at, original in zip(p.history, q.history, strict=True):
        assert at.page.node == original.page.node
        assert len(at.page.paragraphs) == len(original.page.paragraphs)
        assert in_latin(said(at)) == set()


@pytest.mark.parametrize("name", sampled(HEARD, "villager-kiosk", "official-kiosk"))
def test_a_playthrough_is_heard_in_chinese(name: str, chinese: Story) -> None:
    """From the title to the end of the talk: all by the Chinese voice, and in Chinese but for the names of keys."""
    folder = Path(__file__).parent / name
    heard: list[Utterance] = [utterance for _, lines in spoken(chinese, folder) for utterance in lines]
    assert {utterance.language for utterance in heard} == {"zh-Hans"}
    assert in_latin([utterance.text for utterance in heard]) <= KEYS
