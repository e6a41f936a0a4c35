"""The Mill, loaded once."""

from __future__ import annotations

import pytest

from game.story import Story
from tests.small_stories.packs import load_the_mill


@pytest.fixture(scope="session")
def the_mill() -> Story:
    """A small story of two doors that uses every part of the language."""
    return load_the_mill()
