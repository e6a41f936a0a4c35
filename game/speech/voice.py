"""Voice: speaks with the system's voices, one speech at a time. Each utterance is a process that can be killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from threading import Event, Lock, Thread

from game.speech.engines import SpeechCommand, SpeechEngine, SystemVoice, VoiceSettings
from game.speech.utterances import Utterance, base
from game.speech.voice_process import STOP_TIMEOUT, SystemProcess, SystemProcesses

SILENT_PACE = 1 / 16  # seconds per character that the caption stays if nothing can be heard
# A program that writes to stderr and ends within START + SOONEST per character has said nothing.
SOONEST = 0.01  # seconds per character
START = 0.1  # seconds
# A client waits forever if its service has died. So it is stopped after PATIENCE + SLOWEST per character.
SLOWEST = 0.12  # seconds per character at the usual speed
PATIENCE = 5.0  # seconds
RETRY_AFTER = 60.0  # seconds for which a failed engine is avoided, if another can speak

Speech = Callable[[Sequence[SystemVoice]], Iterator[Utterance]]
NO_VOICE, NO_SOUND = "voice", "sound"


def run_in_thread(work: Callable[[], object]) -> None:
    Thread(target=work, daemon=True).start()


class SpeechTask:
    """One speech, from its start until it ends or another thread stops it."""

    def __init__(self) -> None:
        self.over = Event()
        self.saying = ""
        self._lock = Lock()
        self._process: SystemProcess | None = None
        self._stop_command: SpeechCommand | None = None

    def run(self, start: Callable[[], SystemProcess], stop_command: SpeechCommand | None) -> SystemProcess | None:
        """Start and return a process, which `stop_command` silences. Return None if the speech was already stopped."""
        with self._lock:
            if not self.over.is_set():
                self._process, self._stop_command = start(), stop_command
                return self._process
        return None

    def ended(self) -> None:
        with self._lock:
            self._process = None

    def stop(self) -> SpeechCommand | None:
        """Stop the speech. Return the command that must run to silence a service, if any."""
        with self._lock:
            self.over.set()
            self.saying = ""
            if self._process is None:
                return None
            self._process.stop()
            return self._stop_command


class Voice:
    """Speaks in the background. If an engine fails, even during an utterance, the next engine repeats the utterance.

    Runs at most one process, and never raises. `clock` returns seconds, and `spawn` runs work in the background. If no
    engine can be heard, an utterance stays as a caption on the screen, `reading` seconds for each character.
    """

    def __init__(
        self,
        engines: Sequence[SpeechEngine],
        processes: SystemProcesses,
        clock: Callable[[], float],
        spawn: Callable[[Callable[[], object]], None] = run_in_thread,
        reading: float = SILENT_PACE,
    ) -> None:
        self._engines = {engine.title: engine for engine in engines}
        self._processes, self._clock, self._spawn = processes, clock, spawn
        self._reading = reading
        self._turn = SpeechTask()
        self._listing = Lock()
        self._voices: tuple[SystemVoice, ...] | None = None
        self._failed: dict[str, float] = {}  # engine's title -> when it failed
        self.trouble = "" if engines else NO_VOICE  # why nothing can be heard: no program, or all fail
        self.speaker = ""  # the label of the voice that spoke last

    @property
    def saying(self) -> str:
        """The utterance that is being spoken; "" in silence."""
        return self._turn.saying

    @property
    def voices(self) -> tuple[SystemVoice, ...]:
        """The system's voices, the best first; empty until they are listed."""
        return self._voices or ()

    def list_voices(self) -> None:
        """List the system's voices in the background, once."""
        if self._voices is None:
            self._spawn(self._known_voices)

    def say(self, speech: Speech, settings: VoiceSettings, wanted: str = "") -> None:
        """Stop, then speak the utterances that `speech` makes. Prefer the voice with the name or label `wanted`."""
        self.stop()
        turn = self._turn = SpeechTask()
        self._spawn(lambda: self._speak(turn, speech, settings, wanted))

    def stop(self) -> None:
        """Stop speaking at once."""
        if stop_command := self._turn.stop():
            with suppress(OSError):
                self._processes.output(stop_command, STOP_TIMEOUT)

    def _speak(self, turn: SpeechTask, speech: Speech, settings: VoiceSettings, wanted: str) -> None:
        for utterance in speech(self._known_voices()):
            if turn.over.is_set():
                return
            turn.saying = utterance.text
            if not self._heard(turn, utterance, settings, wanted):
                turn.over.wait(len(utterance.text) * self._reading)
        turn.saying = ""

    def _heard(self, turn: SpeechTask, utterance: Utterance, settings: VoiceSettings, wanted: str) -> bool:
        """Speak one utterance until it ends or is stopped. Return False if no engine can be heard."""
        trouble = NO_VOICE
        for engine, voice in self._candidates(utterance.language, wanted):
            limit = PATIENCE + SLOWEST * len(utterance.text) / settings.speed if engine.reports_end else None
            trouble = self._trouble_of(turn, engine, engine.speak_command(utterance, voice, settings), limit)
            if turn.over.is_set():
                return True
            if not trouble:
                self._failed.pop(engine.title, None)
                self.speaker = voice.label if voice else engine.title
                break
            self._failed[engine.title] = self._clock()
        self.trouble = trouble
        return not trouble

    def _candidates(self, language: str, wanted: str) -> list[tuple[SpeechEngine, SystemVoice | None]]:
        """Return each engine's best voice for a language (if no engine has one, its default voice), the best engine
        first, and those that failed a short time ago last."""
        able = [voice for voice in self.voices if base(voice.language) == base(language)]
        chosen = [voice for voice in able if wanted in (voice.label, voice.name)][:1]
        best: dict[str, SystemVoice | None] = {}
        for voice in [*chosen, *able]:
            best.setdefault(voice.engine, voice)
        retried = self._clock() - RETRY_AFTER
        titles = sorted(best or self._engines, key=lambda title: self._failed.get(title, float("-inf")) > retried)
        return [(self._engines[title], best.get(title)) for title in titles]

    def _trouble_of(self, turn: SpeechTask, engine: SpeechEngine, call: SpeechCommand, limit: float | None) -> str:
        """Run a command that speaks, for at most `limit` seconds. Return why it was not heard: NO_VOICE, NO_SOUND, or
        "" if it was heard or the speech was stopped."""
        begun = self._clock()
        try:
            process = turn.run(lambda: self._processes.start(call), engine.stop_command())
        except OSError:
            return NO_VOICE
        if process is None:
            return ""
        status, stderr = process.wait(limit)
        turn.ended()
        text = call.text or call.command[-1]
        soon = self._clock() - begun < START + SOONEST * len(text)
        return NO_SOUND if status or (soon and (stderr or engine.reports_end)) else ""

    def _known_voices(self) -> tuple[SystemVoice, ...]:
        with self._listing:
            if self._voices is None:
                self._voices = tuple(
                    replace(voice, engine=title)
                    for title, engine in self._engines.items()
                    for voice in self._voices_of(engine)
                )
            return self._voices

    def _voices_of(self, engine: SpeechEngine) -> tuple[SystemVoice, ...]:
        try:
            return engine.find_voices(self._processes.output)
        except OSError:
            return ()
