"""Browser session: holds the one state that the wall's page and the teacher's page show and change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from game.classroom.display import Controller, PupilsState
from game.ui import intents
from game.ui.driver import DEBOUNCE, Driver
from game.ui.effects import Quit, Repeat, ToggleFullscreen
from game.ui.intents import Intent
from game.ui.key_bindings import SIMPLE_KEYS, from_picture
from game.ui.layout.wall_blocks import dark_runs
from game.ui.screens.registry import render_top
from game.ui.settings import to_json as settings_to_json
from game.ui.soundscape import effect_levels, sound_place
from game.ui.state import AppState
from game.ui.tree import field_of, walk
from game.web.messages import HIDDEN as HIDDEN_IN_BROWSERS
from game.web.messages import NamePicture, ambience_message, intents_of, shown_message, shown_trees


class BrowserSession(Driver):
    """Holds the interface's state, which all pages show.

    `pupils_state` makes the wall's state; with None, the wall says that the class begins soon. `clock` returns seconds.
    """

    def __init__(
        self,
        app: AppState,
        controller: Controller,
        pupils_state: PupilsState | None,
        name_picture: NamePicture,
        clock: Callable[[], float],
    ) -> None:
        ignore = dict.fromkeys((ToggleFullscreen, Repeat), lambda _: None)  # a browser does these itself
        super().__init__(app, controller, {Quit: self._quit, **ignore})
        self.status: int | None = None  # the exit status once the class has ended
        self._controller, self._pupils_state = controller, pupils_state
        self._name_picture, self._clock = name_picture, clock
        self._ignore_until = float("-inf")
        self._typed = ""
        self._effects: dict[str, Any] = {"number": 0, "levels": {}}  # the wall's last sounds

    def handle(self, message: object) -> None:
        """Take one message from a page. Ignore a press just after a page turn: it is half of a double click."""
        if isinstance(message, dict) and message.get("do") == "fill":
            self._typed = str(message.get("text"))
        for intent in intents_of_message(message, self.app):
            if type(intent) not in PRESSES or self._clock() >= self._ignore_until:
                self.dispatch(intent)

    def poll(self) -> None:
        """Update the state with what has changed in the class."""
        while (intent := self._controller.poll()) is not None:
            self.dispatch(intent)

    def views(self) -> dict[str, dict[str, Any]]:
        """Return, for each page ("teacher" and "wall"), the message that says what it shows."""
        return {"teacher": view_message(self.app, self._name_picture, self._typed), "wall": self._wall()}

    def _wall(self) -> dict[str, Any]:
        """Return the wall's message. `effects` has the last sounds, which the page plays once for each new `number`."""
        wall = self._pupils_state(self.app) if self._pupils_state is not None else None
        if wall is None:  # the teacher still answers a question before the class
            return {"do": "wait", "settings": settings_to_json(self.app.settings), "language": self.app.story.language}
        return {**view_message(wall, self._name_picture), **ambience_message(wall), "effects": self._effects}

    def updated(self, before: AppState, intent: Intent) -> None:
        """Note the wall's sounds. On a new screen, forget the typed text. After a page turn, ignore quick presses."""
        if self.app.top.screen != before.top.screen or self.app.top.argument != before.top.argument:
            self._typed, self._ignore_until = "", float("-inf")  # the teacher has opened another screen
        if self._pupils_state is not None:
            place = sound_place(self._pupils_state(before))
            if levels := effect_levels(place, self._pupils_state(self.app)):
                self._effects = {"number": self._effects["number"] + 1, "levels": levels}
        if self.app.playthrough is not before.playthrough:
            self._ignore_until = self._clock() + DEBOUNCE

    def _quit(self, effect: Quit) -> None:
        self.status = effect.status


HIDDEN = HIDDEN_IN_BROWSERS | {"fullscreen"}  # full screen is hidden, because browsers have their own key for it
# The keys of both pages, wherever the browser's focus is. They do the same as in a window.
KEYS: Mapping[str, intents.Intent] = {
    **{name: SIMPLE_KEYS[name] for name in "lm+-"}, "Escape": intents.Back(), "Enter": intents.Activate(),
    "ArrowDown": intents.FocusStep(1), "ArrowRight": intents.FocusStep(1),
    "ArrowUp": intents.FocusStep(-1), "ArrowLeft": intents.FocusStep(-1),
}  # fmt: skip
DIGITS = frozenset("123456789")
WHOLE = 1000  # `ScreenView.scroll` at the end of a screen, in place of pixels, because pages differ in size
PRESSES = frozenset({intents.Activate, intents.Press, intents.PickNumber})  # of a double press the second is ignored


def intents_of_message(message: Any, app: AppState) -> Sequence[intents.Intent]:
    """Return the intents that a page's message means in this state; empty if the message has an unknown form."""
    match message:
        case {"do": "key", "key": str(key)}:
            return _intents_of_key(key, app)
        case {"do": "scroll", "share": float() | int() as share} if 0 <= share <= 1:
            return (intents.Scroll(round(share * WHOLE)),)
        case {"do": "focus", "id": str(id)}:
            return (intents.Focus(id),)
        case {"do": "press" | "fill"}:
            return intents_of(message, app)
    return ()


def _intents_of_key(key: str, app: AppState) -> Sequence[intents.Intent]:
    found = KEYS.get("Enter" if key == " " else key)
    if app.top.screen == "picture":
        return from_picture(found)
    if field_of(render_top(app)) is not None:
        if key == "Backspace":
            return (intents.Erase(-1),)
        if len(key) == 1:
            return (intents.Type(key),)
    if key == "Backspace":
        return (intents.Press("undo"),)
    if key in DIGITS:
        return (intents.PickNumber(int(key)),)
    return (found,) if found is not None else ()


def view_message(app: AppState, name_picture: NamePicture, typed: str = "") -> dict[str, Any]:
    """Return the message that says what a page shows. `typed` is the last text that the page sent."""
    trees = shown_trees(app, HIDDEN)
    return {
        **shown_message(app, trees, name_picture),
        "scroll": app.top.scroll / WHOLE,
        "typed": typed,
        "codes": {
            node.id: dark_runs(node.value)
            for _, tree in trees for node in walk(tree) if node.role == "image" and node.style == "qr"
        },
    }  # fmt: skip
