"""What is heard at the window: follows the reader from place to place, and the mixer plays it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import pygame

from game.desktop.listeners import Listener
from game.resources import assets_folder
from game.ui.intents import Intent, SoundFound
from game.ui.state import AppState
from game.ui.tree import TreeNode

if TYPE_CHECKING:  # the rest is brought in once the first frame is there, which waits for all that is brought in before
    from game.desktop.audio.audio_process import AudioOrder
    from game.ui.soundscape import SoundPlace

TRAVEL = 1.6  # seconds in which one place gives way to another
ADJUST = 0.4  # and one loudness to another at the same place
GONE = frozenset({pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN})
BACK = frozenset({pygame.WINDOWRESTORED, pygame.WINDOWSHOWN, pygame.WINDOWMAXIMIZED, pygame.WINDOWFOCUSGAINED})


def system_sound() -> SoundListener:
    """The game's own sounds, on this system's device."""

    def mixer() -> SoundPlayer:
        from game.desktop.audio.audio_client import system_mixer

        return system_mixer(assets_folder() / "sounds")

    return SoundListener(mixer)


class SoundPlayer(Protocol):
    """Whoever plays what is ordered, or nothing; `failed` where it cannot be heard."""

    def order(self, order: AudioOrder | None) -> None: ...

    @property
    def failed(self) -> bool: ...


class SoundListener(Listener):
    """The sound of one window, played by what `start` gives. Nothing of it begins before the first frame is there."""

    def __init__(self, start: Callable[[], SoundPlayer]) -> None:
        self._start = start
        self._mixer: SoundPlayer | None = None
        self._app: AppState | None = None
        self._here: SoundPlace | None = None  # where the reader was when something was last ordered
        self._loops: dict[str, float] | None = None  # what was last ordered; None: silence
        self._hidden = self._failed = False

    def on_event(self, event: pygame.event.Event) -> None:
        if event.type in GONE | BACK:
            self._hidden = event.type in GONE
            self._follow()

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        self._app = app
        self._follow()

    def poll(self) -> Intent | None:
        if self._mixer is None:
            self._mixer = self._start()
            self._follow()
        failed = self._mixer.failed
        if failed == self._failed:
            return None
        self._failed = failed
        return SoundFound("device" if failed else "")

    def on_close(self) -> None:
        if self._mixer is not None:
            self._mixer.order(None)

    def _follow(self) -> None:
        """Order what is to be heard now, where that is something else than before."""
        app, mixer = self._app, self._mixer
        if app is None or mixer is None:
            return
        from game.desktop.audio.audio_process import AudioOrder
        from game.ui.soundscape import ambience, audible, heard_between, here, once

        before, self._here = self._here, here(app)
        if self._hidden or not audible(app.settings):
            if self._loops is not None:
                self._loops = None
                mixer.order(None)
            return
        loops = ambience(app)
        names = heard_between(before, self._here) if before is not None else ()
        sounds = {name: level for name in names if (level := once(app, name)) > 0}
        if loops == self._loops and not sounds:
            return
        travels = self._loops is None or loops.keys() != self._loops.keys()
        self._loops = loops
        mixer.order(AudioOrder(loops, sounds, TRAVEL if travels else ADJUST))
