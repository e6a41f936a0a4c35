"""What a site's page shows before the worker has started: the title and the content note, as trees and as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from game.core.html import tag
from game.story.model import Story
from game.ui.editions import Edition
from game.ui.i18n import Catalogue
from game.ui.intents import Press
from game.ui.screens.registry import render_top
from game.ui.state import AppState
from game.ui.tree import to_json
from game.ui.update import start, update
from game.web.messages import without_hidden

OFFERS = frozenset({"clipboard", "credits", "files", "journal"})  # see `AppState.offers`


def start_json(story: Story, words: Catalogue, editions: Sequence[Edition]) -> dict[str, Any]:
    """The trees of the title and of each role's content note, and the words of the page itself."""
    app = start(story, words, offers=OFFERS, editions=tuple(editions), device="touch")
    notes = {role: _tree(update(app, Press(f"new:{role}"))[0]) for role in story.roles}
    said = {
        "web.loading": words("web.loading", percent="{percent}"),
        "web.failed": words("web.failed", why="{why}"),
        **{key: words(key) for key in ("web.place", "web.platform.none", "web.platform.room", "web.platform.slots")},
    }
    return {"title": _tree(app), "notes": notes, "words": said}


def about_html(story: Story) -> str:
    """The title's text as HTML, for before any script runs and for readers who have none."""
    doors = [f"{role.name}: {role.about}" if role.about else role.name for role in story.roles.values()]
    parts = [*(tag("p", text, class_="lead") for text in story.subtitle), *(tag("p", text) for text in doors)]
    return "\n".join(ElementTree.tostring(part, encoding="unicode", method="html") for part in parts)


def _tree(app: AppState) -> dict[str, Any]:
    return to_json(without_hidden(render_top(app)))
