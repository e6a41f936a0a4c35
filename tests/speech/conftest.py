"""The small story that holds every kind of page, the interface's words, and a system without a loudspeaker."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from game.resources import assets_folder
from game.story import load
from game.story.model import Story
from game.ui.words import Words
from tests.speech.stand_ins import Player
from tests.ui.stand_ins import PACK


@pytest.fixture(scope="session")
def mill() -> Story:
    return load(PACK)


@pytest.fixture(scope="session")
def words() -> Words:
    return Words(assets_folder() / "locale")


@pytest.fixture
def listen(words: Words) -> Callable[[Story], Player]:
    """Sits somebody down who hears a story: gives what they do, and what they hear."""
    return lambda story: Player(story, words)
