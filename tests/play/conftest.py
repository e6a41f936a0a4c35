"""The mill's story, loaded once."""

from __future__ import annotations

import pytest

from game.story import Story
from tests.play.readers import the_mill


@pytest.fixture(scope="session")
def mill() -> Story:
    """A small story of two doors that uses every part of the language."""
    return the_mill()
