"""A visitor who uses a kiosk by voice and keypad alone, with a fake voice that takes time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from game.desktop.a11y.speech_listener import SpeechListener
from game.desktop.render.fonts import Fonts
from game.speech.engines import SystemVoice, VoiceSettings
from game.speech.utterances import Utterance
from game.speech.voice import Speech
from game.ui.kiosk_state import KioskOffer
from tests.clock import Clock
from tests.kiosk.kiosk_driver import InMemoryCounts, kiosk_window

VOICES = (SystemVoice("English", "en-gb", "en-gb"), SystemVoice("Mandarin", "cmn", "cmn"))
LETTER = 0.1  # seconds per character of a slow voice, 120 words a minute


class FakeVoice:
    """A voice that speaks as the clock advances; `heard` holds the utterances that it began."""

    voices = VOICES
    trouble = speaker = ""

    def __init__(self, clock: Callable[[], float], letter: float = LETTER) -> None:
        self._clock, self._letter = clock, letter
        self._left: list[Utterance] = []
        self._until = float("-inf")
        self.heard: list[Utterance] = []
        self.manner = VoiceSettings()
        self.saying = ""

    def list_voices(self) -> None:
        """Its voices are fixed."""

    def say(self, speech: Speech, manner: VoiceSettings, wanted: str = "") -> None:
        self.stop()
        self._left, self._until, self.manner = list(speech(VOICES)), self._clock(), manner
        self.go_on()

    def stop(self) -> None:
        self._left, self.saying, self._until = [], "", float("-inf")

    def go_on(self) -> None:
        """Speak up to the clock's time."""
        while self._clock() >= self._until and (self._left or self.saying):
            if not self._left:
                self.saying = ""
                return
            said = self._left.pop(0)
            self.heard.append(said)
            self.saying, self._until = said.text, self._until + len(said.text) * self._letter


class VoiceVisitor:
    """A visitor with headphones and a keypad."""

    def __init__(self, fonts: Fonts, offer: KioskOffer, letter: float = LETTER, **more: Any) -> None:
        """A visitor to whom a letter takes so many seconds; `more` is of `kiosk_window`."""
        self.clock, self.counts = Clock(), InMemoryCounts()
        self.voice = FakeVoice(self.clock, letter)
        aloud = SpeechListener(self.voice)  # type: ignore[arg-type]
        self.driver = kiosk_window(offer, fonts, clock=self.clock, counts=self.counts, listeners=[aloud], **more)

    def key(self, *keys: int) -> Sequence[str]:
        """Press keys and listen to the end after each. Return what was said after the last."""
        for key in keys:
            self.voice.heard.clear()
            self.driver.key(key)
            self.listen()
        return self.said

    def listen(self) -> Sequence[str]:
        self.wait(0.1)
        while self.voice.saying:
            self.wait(0.1)
        return self.said

    def wait_for(self, line: str) -> list[str]:
        """Wait until a line is said, and listen to the end. Return what was said meanwhile."""
        self.voice.heard.clear()
        for _ in range(1000):
            self.wait(1)
            if any(line in said for said in self.said):
                return list(self.listen())
        raise AssertionError(f"never said: {line}")

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self.clock.now += 0.1
            self.voice.go_on()
            self.driver.poll()

    @property
    def said(self) -> Sequence[str]:
        return [each.text for each in self.voice.heard]
