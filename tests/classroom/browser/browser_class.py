"""A class with a browser session but no server and no browser: messages in, views out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from game.classroom import commands
from game.classroom.browser.browser_session import BrowserSession
from game.classroom.log import Log
from game.classroom.run_class import class_host
from game.classroom.teacher_controller import TeacherController
from game.story.model import Story
from game.ui import intents
from game.ui.class_state import JoinInfo
from game.ui.effects import Effect
from game.ui.handlers.classroom import start_class
from game.ui.i18n import Catalogue
from game.ui.screens.teacher import pupils_state
from game.ui.tree import Role
from game.web.picture_names import picture_name
from tests.classroom.logged_class import begun
from tests.clock import Clock

PHONES = 4
TEXT_SCALE = 140


class BrowserClass:
    """A class of four phones before its first page; its clock moves only when a test sets `now`."""

    def __init__(self, story: Story, words: Catalogue, folder: Path) -> None:
        self.clock, self.other_effects = Clock(100.0), list[Effect]()
        self.log = Log(folder / "a.class", self.clock)
        self.host = class_host(story, self.log, begun(story))
        joining = [JoinInfo("http://10.0.0.1:8765/K7QP", "K7QP")]
        self.controller = TeacherController(
            self.host, words, self, joining, self.clock, lambda most: most[0], lambda: str(folder), "teacher"
        )
        for n in range(PHONES):
            self.host.execute(partial(commands.join, seat=f"s{n}"))
        self.pupils_state = partial(pupils_state, text_scale=TEXT_SCALE)
        self.session = BrowserSession(
            start_class(story, words, self.controller.class_view()), self.controller,
            self.pupils_state,
            lambda picture: picture_name(picture) if picture is not None else "", self.clock,
        )  # fmt: skip

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        """The settings runner."""
        self.other_effects.append(effect)
        return None

    def key(self, *keys: str) -> None:
        """Press keys, a second apart."""
        for key in keys:
            self.clock.now += 1.0
            self.session.poll()  # as a display does all the time
            self.session.handle({"do": "key", "key": key})
            self.session.poll()

    def to_a_vote(self) -> None:
        while self.session.app.top.screen != "wall":
            self.key("Enter")
        while not self.host.state.can_vote:
            self.key("Enter")

    def vote(self, seat: str) -> None:
        """Have a phone vote for the first choice of its page."""
        option = self.host.state.track_of(seat).page.choices[0].id
        self.host.execute(lambda state: commands.vote(state, seat, state.number, option))

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
