"""Somebody before a kiosk who only hears it: a voice that takes its time, and a hand on a keypad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from game.desktop.a11y.speech_listener import SpeechListener
from game.desktop.input.kiosk_input import touch_of
from game.desktop.render.fonts import Fonts
from game.desktop.session import Session
from game.kiosk.config.hours import ALWAYS
from game.kiosk.visit_controller import VisitController
from game.speech.engines import SystemVoice, VoiceSettings
from game.speech.self_voicing import SelfVoicing
from game.speech.utterances import Utterance
from game.speech.voice import Speech
from game.ui.handlers.visit_handlers import await_visitors
from game.ui.kiosk_state import IdleTimeout, KioskOffer
from game.ui.settings import Settings
from tests.desktop.hand import Album, Clock, Hand
from tests.kiosk.visitors import Numbers

VOICES = (SystemVoice("English", "en-gb", "en-gb"), SystemVoice("Mandarin", "cmn", "cmn"))
LETTER = 0.1  # seconds a character of a slow voice: 120 words a minute


class Speaker:
    """A voice that says what it is given while the clock goes on; `heard` are the utterances that were begun."""

    voices = VOICES
    trouble = ""

    def __init__(self, clock: Callable[[], float], letter: float = LETTER) -> None:
        self._clock, self._letter = clock, letter
        self._left: list[Utterance] = []
        self._until = float("-inf")
        self.heard: list[Utterance] = []
        self.manner = VoiceSettings()
        self.saying = ""

    def look(self) -> None:
        """Its voices are known."""

    def say(self, speech: Speech, manner: VoiceSettings, wanted: str = "") -> None:
        self.hush()
        self._left, self._until, self.manner = list(speech(VOICES)), self._clock(), manner
        self.go_on()

    def hush(self) -> None:
        self._left, self.saying, self._until = [], "", float("-inf")

    def go_on(self) -> None:
        """What the clock has come to."""
        while self._clock() >= self._until and (self._left or self.saying):
            if not self._left:
                self.saying = ""
                return
            said = self._left.pop(0)
            self.heard.append(said)
            self.saying, self._until = said.text, self._until + len(said.text) * self._letter


class Listener:
    """Somebody with headphones and a hand on the keypad. `key` presses; `listens` until it is quiet."""

    def __init__(
        self, fonts: Fonts, offer: KioskOffer, patience: IdleTimeout | None = None,
        letter: float = LETTER, settings: Settings | None = None,
    ) -> None:  # fmt: skip
        self.clock, self.counts, noon = Clock(), Numbers(), datetime(2026, 5, 4, 12)
        self.voice = Speaker(self.clock, letter)
        settings = settings or Settings(targets="large")
        attendant = VisitController(
            self.counts, patience or IdleTimeout(), settings, self.clock, lambda: noon, touch_of, ALWAYS
        )  # fmt: skip
        aloud = SpeechListener(SelfVoicing(self.voice))  # type: ignore[arg-type]
        app = await_visitors(offer, settings)
        session = Session(app, (1080, 1920), fonts, Album(), attendant, self.clock, listeners=[aloud, attendant])  # type: ignore[arg-type]
        self.hand = Hand(session, self.clock)

    def key(self, key: int) -> Sequence[str]:
        """Press a key, and listen to the end; what was said."""
        self.voice.heard.clear()
        self.hand.key(key)
        return self.listens()

    def listens(self) -> Sequence[str]:
        """Until nothing more is said."""
        self.waits(0.1)
        while self.voice.saying:
            self.waits(0.1)
        return self.said

    def waits_for(self, line: str) -> list[str]:
        """Do nothing until this is said, and listen to the end; what was said meanwhile."""
        self.voice.heard.clear()
        for _ in range(1000):
            self.waits(1)
            if any(line in said for said in self.said):
                return list(self.listens())
        raise AssertionError(f"never said: {line}")

    def waits(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self.clock.now += 0.1
            self.voice.go_on()
            while self.hand.session.poll_changes():
                pass

    @property
    def said(self) -> Sequence[str]:
        """What was said since the last key, or what was counted as the last."""
        return [each.text for each in self.voice.heard]
