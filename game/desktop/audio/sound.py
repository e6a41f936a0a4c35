"""Sound listener: chooses the loops and sounds for the current page, and sends them to the audio process."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.desktop.listeners import Listener
from game.resources import assets_folder
from game.ui.intents import Intent, SoundFound
from game.ui.state import AppState
from game.ui.tree import TreeNode

if TYPE_CHECKING:
    from game.desktop.audio.audio_client import AudioClient
    from game.story.model import Story
    from game.ui.soundscape import PlaceSounds, SoundPlace

PLACE_FADE = 1.6  # seconds of the fade from one place to the next
VOLUME_FADE = 0.4  # seconds of the fade between two volumes at the same place
HIDING_EVENTS = frozenset({pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN})
SHOWING_EVENTS = frozenset(
    {pygame.WINDOWRESTORED, pygame.WINDOWSHOWN, pygame.WINDOWMAXIMIZED, pygame.WINDOWFOCUSGAINED}
)


def system_sound() -> SoundListener:
    """Return the listener that plays the game's own sounds on this system's device."""

    def start_player() -> AudioClient:
        from game.desktop.audio.audio_client import system_audio_client  # the first frame need not wait for it

        return system_audio_client(assets_folder() / "sounds")

    return SoundListener(start_player)


class SoundListener(Listener):
    """Plays the sounds of one window. The first `poll`, after the first frame, calls `start` to make the player."""

    def __init__(self, start: Callable[[], AudioClient]) -> None:
        self._start = start
        self._player: AudioClient | None = None
        self._app: AppState | None = None
        self._place: SoundPlace | None = None  # the place of the last command
        self._sounds: PlaceSounds | None = None  # the sounds of the last command; None for silence
        self._story: Story | None = None  # the story of the last command
        self._hidden = self._failed = False

    def on_event(self, event: pygame.event.Event) -> None:
        if event.type in HIDING_EVENTS | SHOWING_EVENTS:
            self._hidden = event.type in HIDING_EVENTS
            self._update()

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        self._app = app
        self._update()

    def poll(self) -> Intent | None:
        if self._player is None:
            self._player = self._start()
            self._update()
        if self._player.failed == self._failed:
            return None
        self._failed = not self._failed
        return SoundFound("device" if self._failed else "")

    def on_close(self) -> None:
        if self._player is not None:
            self._player.send(None)

    def _update(self) -> None:
        """Send the current page's sounds if they have changed, or if a reloaded story may have changed the files."""
        app, player = self._app, self._player
        if app is None or player is None:
            return
        from game.desktop.audio.audio_process import AudioCommand  # imported late: the first frame need not wait for it
        from game.story.places import sounds_of
        from game.ui.soundscape import ambience, audible, effect_levels, sound_place

        before, self._place = self._place, sound_place(app)
        if self._hidden or not audible(app.settings):
            if self._sounds is not None:
                self._sounds = None
                player.send(None)
            return
        sounds = ambience(app)
        once = effect_levels(before, app) if before is not None else {}
        if sounds == self._sounds and app.story is self._story and not once:
            return
        place_changed = self._sounds is None or sounds.loops.keys() != self._sounds.loops.keys()
        self._sounds, self._story = sounds, app.story
        command = AudioCommand(sounds.loops, once, PLACE_FADE if place_changed else VOLUME_FADE, sounds.occasional)
        own = sounds_of(app.story.places.values())
        player.send(command, {name: (app.story.folder, own[name].file) for name in sounds.loops if name in own})
