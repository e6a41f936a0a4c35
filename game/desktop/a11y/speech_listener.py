"""Speech listener: reads the screen aloud, stops at any input, and reports the voice's state as intents."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator, Sequence

import pygame

from game.desktop.input.input_mapping import ACTS
from game.desktop.listeners import Listener
from game.speech.announcer import ListenerState, again, announce_changes
from game.speech.engines import SPEEDS, SystemVoice, VoiceSettings, find_engines
from game.speech.utterances import Utterance, base, utterances
from game.speech.voice import Voice
from game.speech.voice_process import SystemProcesses
from game.ui import intents
from game.ui.effects import Repeat
from game.ui.state import AppState
from game.ui.tree import TreeNode


def system_self_voicing(speak: bool) -> SpeechListener:
    """Return the listener for this system's voice. With `speak`, it reads aloud from the first screen on."""
    return SpeechListener(Voice(find_engines(sys.platform, shutil.which), SystemProcesses(), time.monotonic), speak)


class SpeechListener(Listener):
    """Speaks the screens of one session while `settings.voice` is on. `speak` turns the setting on at the start."""

    def __init__(self, voice: Voice, speak: bool = False) -> None:
        self._voice, self._speak = voice, speak
        self._heard: ListenerState | None = None
        self._found = intents.VoicesFound(())
        self._saying = ""
        self._language = ""

    def on_event(self, event: pygame.event.Event) -> None:
        if event.type in ACTS:
            self._voice.stop()

    def on_screen(self, tree: TreeNode, focus: str | None, app: AppState) -> None:
        self._language = app.story.language
        if app.settings.speaks or app.top.screen == "settings":
            self._voice.list_voices()
        self._speak = self._speak and not app.settings.speaks
        self._heard, lines = announce_changes(self._heard, tree, focus, app)
        if lines:
            self._say(lines, app)

    def on_repeat(self, effect: Repeat, tree: TreeNode, focus: str | None, app: AppState) -> None:
        if app.settings.speaks:
            self._say(again(tree, focus, app, effect.whole), app)

    def poll(self) -> intents.Intent | None:
        if self._speak and self._heard is not None:
            return intents.SwitchVoice()
        found = intents.VoicesFound(self._names(), self._voice.trouble, self._voice.speaker)
        if found != self._found:
            self._found = found
            return found
        if self._voice.saying != self._saying:
            self._saying = self._voice.saying
            return intents.VoiceSaying(self._saying)
        return None

    def on_close(self) -> None:
        self._voice.stop()

    def _names(self) -> tuple[str, ...]:
        """Return the labels of the voices for the story's language, without duplicates, the best first."""
        mine = (voice.label for voice in self._voice.voices if base(voice.language) == base(self._language))
        return tuple(dict.fromkeys(mine))

    def _say(self, lines: Sequence[str], app: AppState) -> None:
        settings, words, language = app.settings, app.words, app.story.language

        def speech(voices: Sequence[SystemVoice]) -> Iterator[Utterance]:
            spoken = {base(voice.language) for voice in voices}
            return (each for line in lines for each in utterances(line, words, language, spoken))

        self._voice.say(speech, VoiceSettings(SPEEDS[settings.voice_speed], settings.volume), settings.voice_name)
