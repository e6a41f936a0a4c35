"""Browser session: the state behind the pages of wall and teacher: their messages in, what each is to show out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from game.classroom.browser.page_messages import (
    PRESSES,
    NamePicture,
    intents_of_message,
    view_message,
    waiting_message,
)
from game.classroom.display import PupilsState
from game.ui.driver import DEBOUNCE, Driver
from game.ui.effects import EffectRunner, Quit, Repeat, ToggleFullscreen
from game.ui.intents import Intent, IntentSource
from game.ui.soundscape import effect_levels, sound_place
from game.ui.state import AppState
from game.web.messages import ambience_message


class BrowserSession(Driver):
    """Holds the interface's state, and decides: all pages show it, and none has a state of its own.

    Args:
        app: the first state, the teacher's.
        effect_runner: carries out the effects.
        intent_source: is asked for changes of the class.
        pupils_state: gives the wall's state; None: the wall waits.
        name_picture: gives the name by which a page asks for a picture.
        clock: seconds, monotonic.
    """

    def __init__(
        self,
        app: AppState,
        effect_runner: EffectRunner,
        intent_source: IntentSource,
        pupils_state: PupilsState | None,
        name_picture: NamePicture,
        clock: Callable[[], float],
    ) -> None:
        ignore = dict.fromkeys((ToggleFullscreen, Repeat), lambda _: None)  # a browser has means of its own
        super().__init__(app, effect_runner, {Quit: self._quit, **ignore})
        self.status: int | None = None  # the exit status, once it is over
        self._intent_source, self._pupils_state = intent_source, pupils_state
        self._name_picture, self._clock = name_picture, clock
        self._ignore_until = float("-inf")
        self._typed = ""
        self._effects: dict[str, Any] = {"number": 0, "levels": {}}  # what the wall played last

    def handle(self, message: object) -> None:
        """Take one message of a page. A press just after a page turn is taken for the second half of a double one."""
        if isinstance(message, dict) and message.get("do") == "fill":
            self._typed = str(message.get("text"))
        for intent in intents_of_message(message, self.app):
            if type(intent) not in PRESSES or self._clock() >= self._ignore_until:
                self.dispatch(intent)

    def poll(self) -> None:
        """Take up what changed in the class."""
        while (intent := self._intent_source.poll()) is not None:
            self.dispatch(intent)

    def views(self) -> dict[str, dict[str, Any]]:
        """What each page is to show, by its name."""
        return {"teacher": view_message(self.app, self._name_picture, self._typed), "wall": self._wall()}

    def _wall(self) -> dict[str, Any]:
        """What the wall is to show, and the sounds of its place: a page plays `effects` when their number changes."""
        wall = self._pupils_state(self.app) if self._pupils_state is not None else None
        if wall is None:
            return waiting_message(self.app)
        return {**view_message(wall, self._name_picture), **ambience_message(wall), "effects": self._effects}

    def updated(self, before: AppState, intent: Intent) -> None:
        """Forget what was typed on another screen, note what the wall is to play, and begin to ignore presses."""
        if self.app.top.screen != before.top.screen or self.app.top.argument != before.top.argument:
            self._typed, self._ignore_until = "", float("-inf")  # another screen was opened on purpose
        if self._pupils_state is not None:
            place = sound_place(self._pupils_state(before))
            if levels := effect_levels(place, self._pupils_state(self.app)):
                self._effects = {"number": self._effects["number"] + 1, "levels": levels}
        if self.app.playthrough is not before.playthrough:
            self._ignore_until = self._clock() + DEBOUNCE

    def _quit(self, effect: Quit) -> None:
        self.status = effect.status
