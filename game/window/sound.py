"""What is heard at the window: follows the reader from place to place, and the mixer plays it."""

from __future__ import annotations

from typing import Protocol

import pygame

from game.resources import assets_folder
from game.ui.app import App
from game.ui.intents import Intent, SoundFound
from game.ui.soundscape import Here, ambience, audible, heard_between, here, once
from game.ui.tree import Node
from game.window.listening import Listener
from game.window.mixer import system_mixer
from game.window.mixing import Order

TRAVEL = 1.6  # seconds in which one place gives way to another
ADJUST = 0.4  # and one loudness to another at the same place
GONE = frozenset({pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN})
BACK = frozenset({pygame.WINDOWRESTORED, pygame.WINDOWSHOWN, pygame.WINDOWMAXIMIZED, pygame.WINDOWFOCUSGAINED})


def system_sound() -> Sound:
    """The game's own sounds, on this system's device."""
    return Sound(system_mixer(assets_folder() / "sounds"))


class Plays(Protocol):
    """Whoever plays what is ordered, or nothing; `failed` where it cannot be heard."""

    def order(self, order: Order | None) -> None: ...

    @property
    def failed(self) -> bool: ...


class Sound(Listener):
    """The sound of one window. Nothing of it begins before the first frame is there."""

    def __init__(self, mixer: Plays) -> None:
        self._mixer = mixer
        self._app: App | None = None
        self._here: Here | None = None  # where the reader was when something was last ordered
        self._loops: dict[str, float] | None = None  # what was last ordered; None: silence
        self._begun = self._hidden = False
        self._failed = False

    def touched(self, event: pygame.event.Event) -> None:
        if event.type in GONE | BACK:
            self._hidden = event.type in GONE
            self._follow()

    def shown(self, tree: Node, focus: str | None, app: App) -> None:
        self._app = app
        self._follow()

    def news(self) -> Intent | None:
        if not self._begun:
            self._begun = True
            self._follow()
        if self._mixer.failed == self._failed:
            return None
        self._failed = self._mixer.failed
        return SoundFound("device" if self._failed else "")

    def closed(self) -> None:
        self._app = None
        self._mixer.order(None)

    def _follow(self) -> None:
        """Order what is to be heard now, where that is something else than before."""
        app = self._app
        if app is None or not self._begun:
            return
        before, self._here = self._here, here(app)
        if self._hidden or not audible(app.settings):
            if self._loops is not None:
                self._loops = None
                self._mixer.order(None)
            return
        loops = ambience(app)
        names = heard_between(before, self._here) if before is not None else ()
        sounds = {name: level for name in names if (level := once(app, name)) > 0}
        if loops == self._loops and not sounds:
            return
        travels = self._loops is None or loops.keys() != self._loops.keys()
        self._loops = loops
        self._mixer.order(Order(loops, sounds, TRAVEL if travels else ADJUST))
