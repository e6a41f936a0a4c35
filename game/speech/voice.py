"""The system's voice: one speech at a time, each utterance in a process that can be killed at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Event, Lock, Thread

from game.speech.engines import SpeechCommand, SpeechEngine, SystemVoice, VoiceSettings, voice_for
from game.speech.utterances import Utterance
from game.speech.voice_process import Process, Processes

SILENT_PACE = 1 / 16  # seconds a character that the caption stays, where nothing can be heard
# A program that writes to stderr and ends before START + SOONEST a character has said nothing.
SOONEST = 0.01  # seconds a character
START = 0.1  # seconds

Speech = Callable[[Sequence[SystemVoice]], Iterator[Utterance]]
NO_VOICE, NO_SOUND = "voice", "sound"


def run_in_thread(work: Callable[[], object]) -> None:
    """Do this in a daemon thread."""
    Thread(target=work, daemon=True).start()


class SpeechTask:
    """One speech until it is over or stopped; safe to stop from another thread."""

    def __init__(self) -> None:
        self.over = Event()
        self.saying = ""
        self._lock = Lock()
        self._process: Process | None = None

    def run(self, start: Callable[[], Process]) -> Process | None:
        """Start a process of this speech; None once it was stopped."""
        with self._lock:
            if not self.over.is_set():
                self._process = start()
                return self._process
            return None

    def ended(self) -> None:
        """The process has ended."""
        with self._lock:
            self._process = None

    def stop(self) -> bool:
        """Stop the speech; whether a process was speaking."""
        with self._lock:
            self.over.set()
            self.saying = ""
            if self._process is not None:
                self._process.stop()
            return self._process is not None


class Voice:
    """Speaks in the background. Holds at most one process, and never raises.

    Attributes:
        trouble: why nothing can be heard: "voice" (no program), "sound" (it fails), or "".

    Args:
        engine: the system's program; None where it has none.
        processes: what starts programs.
        clock: seconds, from any start.
        spawn: runs work in the background.
        reading: seconds that each character of the caption is shown where nothing is heard.
    """

    def __init__(
        self,
        engine: SpeechEngine | None,
        processes: Processes,
        clock: Callable[[], float],
        spawn: Callable[[Callable[[], object]], None] = run_in_thread,
        reading: float = SILENT_PACE,
    ) -> None:
        self._engine, self._processes, self._clock, self._spawn = engine, processes, clock, spawn
        self._reading = reading
        self._turn = SpeechTask()
        self._listing = Lock()
        self._voices: tuple[SystemVoice, ...] | None = None
        self.trouble = "" if engine else NO_VOICE

    @property
    def saying(self) -> str:
        """The utterance that is spoken now; "" in silence."""
        return self._turn.saying

    @property
    def voices(self) -> tuple[SystemVoice, ...]:
        """The system's voices; empty until they are listed."""
        return self._voices or ()

    def list_voices(self) -> None:
        """List the system's voices in the background, once."""
        if self._voices is None:
            self._spawn(self._known_voices)

    def say(self, speech: Speech, settings: VoiceSettings, wanted: str = "") -> None:
        """Stop, and speak this. `speech` makes the utterances from the system's voices; `wanted` names a voice."""
        self.stop()
        turn = self._turn = SpeechTask()
        self._spawn(lambda: self._speak(turn, speech, settings, wanted))

    def stop(self) -> None:
        """Stop speaking at once."""
        if self._turn.stop() and self._engine and (stop_command := self._engine.stop_command()):
            self._output(stop_command)

    def _speak(self, turn: SpeechTask, speech: Speech, settings: VoiceSettings, wanted: str) -> None:
        voices = self._known_voices()
        for utterance in speech(voices):
            if turn.over.is_set():
                return
            turn.saying = utterance.text
            if not self._heard(turn, utterance, voice_for(voices, utterance.language, wanted), settings):
                turn.over.wait(len(utterance.text) * self._reading)
        turn.saying = ""

    def _heard(
        self, turn: SpeechTask, utterance: Utterance, voice: SystemVoice | None, settings: VoiceSettings
    ) -> bool:
        """Speak one utterance to its end, or until stopped; False where nothing could be heard."""
        if self._engine is None:
            return False
        call = self._engine.speak_command(utterance, voice, settings)
        begun = self._clock()
        try:
            process = turn.run(lambda: self._processes.start(call))
        except OSError:
            self.trouble = NO_VOICE
            return False
        if process is None:
            return True
        status, stderr = process.wait()
        turn.ended()
        if turn.over.is_set():
            return True
        soon = self._clock() - begun < START + SOONEST * len(utterance.text)
        self.trouble = NO_SOUND if status or (stderr and soon) else ""
        return not self.trouble

    def _known_voices(self) -> tuple[SystemVoice, ...]:
        with self._listing:
            if self._voices is None:
                self._voices = self._engine.voices(self._output(self._engine.list_command())) if self._engine else ()
            return self._voices

    def _output(self, call: SpeechCommand) -> str:
        try:
            return self._processes.output(call)
        except OSError:
            return ""
