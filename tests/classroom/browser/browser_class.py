"""A class with a browser session but no server and no browser: messages in, views out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from game.classroom.browser.browser_display import PagePictures
from game.classroom.browser.browser_session import BrowserSession
from game.story.model import Story
from game.ui.handlers.classroom import start_class
from game.ui.i18n import Catalogue
from game.ui.screens.teacher import pupils_state
from game.ui.tree import Role
from tests.classroom.led_class import LedClass

TEXT_SCALE = 140


class BrowserClass(LedClass):
    """A class before its first page, and its session; its clock moves only when a test sets `now`."""

    def __init__(self, story: Story, words: Catalogue, folder: Path) -> None:
        super().__init__(story, words, folder, "teacher")
        self.pupils_state = partial(pupils_state, text_scale=TEXT_SCALE)
        first = start_class(story, words, self.controller.class_view())
        name_picture = PagePictures(lambda *_: b"").name_for
        self.session = BrowserSession(first, self.controller, self.pupils_state, name_picture, self.clock)

    def key(self, *keys: str) -> None:
        """Press keys, a second apart."""
        for key in keys:
            self.clock.now += 1.0
            self.session.poll()  # as a display does all the time
            self.session.handle({"do": "key", "key": key})
            self.session.poll()

    def press(self, *ids: str) -> None:
        """Press buttons of the teacher's page."""
        for id in ids:
            self.session.handle({"do": "press", "id": id})

    def to_a_vote(self) -> None:
        while self.session.app.top.screen != "wall":
            self.key("Enter")
        while not self.host.state.can_vote:
            self.key("Enter")

    def phases(self) -> list[str]:
        return list({self.host.state.round(track).phase: None for track in self.host.state.tracks})

    def view(self, page: str) -> dict[str, Any]:
        return self.session.views()[page]

    def labels(self, page: str, role: Role) -> list[str]:
        """The labels of all nodes of a role on a page."""
        found: list[str] = []

        def walk(node: dict[str, Any]) -> None:
            if node["role"] == role:
                found.append(node.get("label", ""))
            for child in node.get("children", ()):
                walk(child)

        for screen in self.view(page)["screens"]:
            walk(screen["tree"])
        return found
