"""Fixtures of the pack's tests: the shipped pack, rendered once."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import html5lib
import pytest

from game.documents.guide import ReadingTime, render_guide
from game.resources import assets_folder
from game.story import Story
from game.ui.i18n import Catalogue


@pytest.fixture(scope="session")
def style() -> str:
    return (assets_folder() / "guide" / "guide.css").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def lengths(shipped: Story) -> tuple[ReadingTime, ...]:
    """Different made-up reading times for the shipped story, because measuring takes ten seconds."""
    both = enumerate((cut, role) for cut in shipped.cuts for role in shipped.roles)
    return tuple(
        ReadingTime(cut, role, 5 + i, (10 + i, 30 + i), (1500 + 150 * i, 3000 + 150 * i), counted=True)
        for i, (cut, role) in both
    )


@pytest.fixture(scope="session")
def printed(shipped: Story, words: Catalogue, style: str, lengths: tuple[ReadingTime, ...]) -> str:
    return render_guide(shipped, words, style, lengths)


@pytest.fixture(scope="session")
def tree(printed: str) -> Element:
    """The shipped story's pack as a strict parser reads it."""
    parsed: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(printed)
    return parsed
