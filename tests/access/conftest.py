"""The same seat as in the window's tests, and every screen of the interface, laid out or drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from game.desktop.render.fonts import Fonts
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.screens.registry import SCREENS
from game.ui.settings import DEFAULT, Settings
from tests.access.every_screen import Eye, LaidOut, laid_out, screens
from tests.desktop.conftest import fonts, seat

__all__ = ["fonts", "seat"]


@pytest.fixture(scope="module")
def eye(fonts: Fonts) -> Eye:
    return Eye(fonts)


@pytest.fixture(scope="module")
def laid(mill: Story, words: Catalogue, fonts: Fonts) -> Callable[..., Iterator[LaidOut]]:
    """Lays out each form of the screens with these names."""

    def forms(size: tuple[int, int], settings: Settings = DEFAULT, names: Iterable[str] = SCREENS) -> Iterator[LaidOut]:
        for name in names:
            for shown in screens(mill, words, settings, name):
                yield shown, laid_out(shown, size, fonts)

    return forms
