"""Fixtures of the journal's tests: a playthrough, and a builder with blank pictures."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from game.documents.journal.journal_builder import JournalBuilder
from game.play import Playthrough, begin
from game.play.page import Picture
from game.resources import assets_folder
from game.story.model import Story
from game.ui.i18n import Catalogue
from tests.play.readers import read_to_the_end

STYLE = (assets_folder() / "journal" / "journal.css").read_text(encoding="utf-8")


def blank_uris(pictures: Iterable[Picture]) -> Iterator[str]:
    return ("data:image/gif;base64,R0lGODlhAQABAAAAACw=" for _ in pictures)


@pytest.fixture(scope="session")
def maker(words: Catalogue) -> JournalBuilder:
    return JournalBuilder(words, STYLE, blank_uris, lambda: date(2026, 3, 4))


@pytest.fixture(scope="session")
def way(shipped: Story) -> Playthrough:
    """A finished playthrough of the second door after the first."""
    first = read_to_the_end(begin(shipped, "villager"), random.Random(1))
    return read_to_the_end(begin(shipped, "official", earlier=first), random.Random(2))
