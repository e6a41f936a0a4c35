"""The system's voice: says one thing at a time, in a process that is ended as soon as something else matters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Event, Lock, Thread

from game.speech.engines import SpeechCommand, SpeechEngine, SystemVoice, VoiceSettings, chosen
from game.speech.utterances import Utterance
from game.speech.voice_process import Process, Processes

READING = 1 / 16  # seconds a character, where nothing can be heard and what is said is only shown
SOONEST = 0.01  # seconds a character, and
START = 0.1  # seconds: whoever complains and ends before these has said nothing

Speech = Callable[[Sequence[SystemVoice]], Iterator[Utterance]]
NO_VOICE, NO_SOUND = "voice", "sound"


def run_in_background(work: Callable[[], object]) -> None:
    """Do this in a thread that nobody waits for."""
    Thread(target=work, daemon=True).start()


class SpeechTurn:
    """One speech, from its first word until it is over or cut short."""

    def __init__(self) -> None:
        self.over = Event()
        self.saying = ""
        self._lock = Lock()
        self._process: Process | None = None

    def run(self, start: Callable[[], Process]) -> Process | None:
        """Start a process of this speech; None once it was cut short."""
        with self._lock:
            if not self.over.is_set():
                self._process = start()
                return self._process
            return None

    def ended(self) -> None:
        """Its process came to an end."""
        with self._lock:
            self._process = None

    def cut(self) -> bool:
        """End it here; whether it was speaking."""
        with self._lock:
            self.over.set()
            self.saying = ""
            if self._process is not None:
                self._process.cut()
            return self._process is not None


class Voice:
    """Says what it is given, and is silent when told to. Holds at most one process, and never raises.

    `engine` is None where the system has none. `clock` gives seconds, `spawn` does work elsewhere, `reading`
    is how long a character is shown where nothing is heard, in seconds. `trouble` names why that is so.
    """

    def __init__(
        self,
        engine: SpeechEngine | None,
        processes: Processes,
        clock: Callable[[], float],
        spawn: Callable[[Callable[[], object]], None] = run_in_background,
        reading: float = READING,
    ) -> None:
        self._engine, self._processes, self._clock, self._spawn = engine, processes, clock, spawn
        self._reading = reading
        self._turn = SpeechTurn()
        self._listing = Lock()
        self._voices: tuple[SystemVoice, ...] | None = None
        self.trouble = "" if engine else NO_VOICE

    @property
    def saying(self) -> str:
        """What is being said; "" in silence."""
        return self._turn.saying

    @property
    def voices(self) -> tuple[SystemVoice, ...]:
        """The system's voices, as far as they are known by now."""
        return self._voices or ()

    def look(self) -> None:
        """Have the system's voices listed, unless they are known."""
        if self._voices is None:
            self._spawn(self._known_voices)

    def say(self, speech: Speech, manner: VoiceSettings, wanted: str = "") -> None:
        """Say this instead of what is being said. `speech` is made from the system's voices; `wanted` names one."""
        self.hush()
        turn = self._turn = SpeechTurn()
        self._spawn(lambda: self._speak(turn, speech, manner, wanted))

    def hush(self) -> None:
        """Be silent at once."""
        if self._turn.cut() and self._engine and (silencing := self._engine.silencing()):
            self._output(silencing)

    def _speak(self, turn: SpeechTurn, speech: Speech, manner: VoiceSettings, wanted: str) -> None:
        voices = self._known_voices()
        for utterance in speech(voices):
            if turn.over.is_set():
                return
            turn.saying = utterance.text
            if not self._heard(turn, utterance, chosen(voices, utterance.language, wanted), manner):
                turn.over.wait(len(utterance.text) * self._reading)
        turn.saying = ""

    def _heard(self, turn: SpeechTurn, utterance: Utterance, voice: SystemVoice | None, manner: VoiceSettings) -> bool:
        """Say one utterance to its end, or until it is cut short; False where nothing of it could be heard."""
        if self._engine is None:
            return False
        call = self._engine.saying(utterance, voice, manner)
        begun = self._clock()
        try:
            process = turn.run(lambda: self._processes.start(call))
        except OSError:
            self.trouble = NO_VOICE
            return False
        if process is None:
            return True
        status, complaint = process.wait()
        turn.ended()
        if turn.over.is_set():
            return True
        soon = self._clock() - begun < START + SOONEST * len(utterance.text)
        self.trouble = NO_SOUND if status or (complaint and soon) else ""
        return not self.trouble

    def _known_voices(self) -> tuple[SystemVoice, ...]:
        with self._listing:
            if self._voices is None:
                self._voices = self._engine.voices(self._output(self._engine.listing())) if self._engine else ()
            return self._voices

    def _output(self, call: SpeechCommand) -> str:
        try:
            return self._processes.output(call)
        except OSError:
            return ""
