"""What phones see of a class: its pages in each language that a phone can choose, and the files that show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from game.classroom.server.page_cache import RenderPage
from game.core.values import frozen
from game.story.model import Story
from game.ui.tree import TreeNode


@frozen
class PhoneEdition:
    """The pages of a class in one language. `hello` is JSON data for the first request of the page's script."""

    render: RenderPage  # makes a seat's page
    welcome: Callable[[str], TreeNode]  # makes a seat's first page, given the id of its door
    hello: Mapping[str, Any]  # it has the `language`
    translation: Story | None = None  # the story in this language; None for the class's own

    @property
    def language(self) -> str:
        return str(self.hello["language"])


@frozen
class PhoneView:
    """The pages in each language, the class's own first, and the folder with index.html, its scripts and style.css."""

    editions: tuple[PhoneEdition, ...]
    web_folder: Path

    def edition(self, language: str) -> PhoneEdition:
        """Return the edition in a language; if there is none, the class's own."""
        return next((edition for edition in self.editions if edition.language == language), self.editions[0])
