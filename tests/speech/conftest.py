"""A listener to a story on a system without a loudspeaker."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from game.story.model import Story
from game.ui.i18n import Catalogue
from tests.speech.stand_ins import Player


@pytest.fixture
def listen(words: Catalogue) -> Callable[[Story], Player]:
    """Makes a listener of a story: it takes actions and returns what is heard."""
    return lambda story: Player(story, words)
