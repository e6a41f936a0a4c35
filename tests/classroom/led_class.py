"""A class on disk with its teacher's controller, and a clock that the test sets."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from game.classroom import commands
from game.classroom.log import Log
from game.classroom.run_class import class_host
from game.classroom.teacher_controller import TeacherController
from game.story.model import Story
from game.ui import intents
from game.ui.class_state import JoinInfo, Place, RelayInfo
from game.ui.effects import Effect
from game.ui.i18n import Catalogue
from tests.classroom.logged_class import begun
from tests.clock import Clock

PHONES = 4


class LedClass:
    """A class of four phones before its first page. The coin takes the last choice."""

    def __init__(self, story: Story, words: Catalogue, folder: Path, place: Place = "alone") -> None:
        self.clock, self.other_effects = Clock(100.0), list[Effect]()
        self.log = Log(folder / "a.class", self.clock)
        self.host = class_host(story, self.log, begun(story))
        self.relay: RelayInfo | None = None
        joining = [JoinInfo(f"http://10.0.0.{n}:8765/K7QP", "K7QP") for n in (1, 2)]
        self.controller = TeacherController(
            self.host, words, self, joining, self.clock, lambda most: most[-1], lambda: str(folder), place,
            lambda: self.relay,
        )  # fmt: skip
        for n in range(PHONES):
            self.host.execute(partial(commands.join, seat=f"s{n}"))

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        self.other_effects.append(effect)
        return None

    def vote(self, seat: str, choice: int = 0) -> None:
        """Have a phone vote for the choice with this number on its page."""
        option = self.host.state.track_of(seat).page.choices[choice].id
        self.host.execute(lambda state: commands.vote(state, seat, state.number, option))
