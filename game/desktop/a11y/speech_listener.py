"""Speech listener: reads the screen aloud, and stops at any input."""

from __future__ import annotations

import shutil
import sys
import time

import pygame

from game.desktop.input.input_mapping import ACTS
from game.desktop.listeners import Listener
from game.speech.engines import find_engines
from game.speech.self_voicing import SelfVoicing
from game.speech.voice import Voice
from game.speech.voice_process import SystemProcesses
from game.ui.effects import Repeat
from game.ui.intents import Intent
from game.ui.state import AppState
from game.ui.tree import TreeNode


def system_self_voicing(speak: bool) -> SpeechListener:
    """Return the listener for this system's voice. With `speak`, it reads aloud from the first screen on."""
    voice = Voice(find_engines(sys.platform, shutil.which), SystemProcesses(), time.monotonic)
    return SpeechListener(SelfVoicing(voice, speak))


class SpeechListener(Listener):
    """Passes each screen, and each request to repeat it, to `reader`, which speaks."""

    def __init__(self, reader: SelfVoicing) -> None:
        self._reader = reader

    def on_event(self, event: pygame.event.Event) -> None:
        if event.type in ACTS:
            self._reader.stop()

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        self._reader.shown(tree, focus, app)

    def on_repeat(self, effect: Repeat, tree: TreeNode, focus: str | None, app: AppState) -> None:
        self._reader.again(tree, focus, app, effect.whole)

    def poll(self) -> Intent | None:
        return self._reader.news()

    def on_close(self) -> None:
        self._reader.stop()
