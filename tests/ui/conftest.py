"""The small story that holds every kind of page, and the interface's words."""

from __future__ import annotations

import pytest

from game.resources import assets_folder
from game.story import load
from game.story.model import Story
from game.ui.words import Words
from tests.ui.stand_ins import PACK


@pytest.fixture(scope="session")
def mill() -> Story:
    """Mill Lane: a miller, a clerk, a wok, a told chapter, a heavy one, a weighing."""
    return load(PACK)


@pytest.fixture(scope="session")
def words() -> Words:
    return Words(assets_folder() / "locale")
