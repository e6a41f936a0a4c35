"""Fakes of a player who listens, and of a system's speech programs."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from game.speech.announcer import ListenerState, again, announce_changes
from game.speech.engines import Output, SpeechCommand, SpeechEngine, SystemVoice, VoiceSettings
from game.speech.utterances import Utterance
from game.speech.voice_process import OUTPUT_TIMEOUT, ProcessEnded, SystemProcess, SystemProcesses
from game.story.model import Story
from game.ui.effects import Repeat
from game.ui.i18n import Catalogue
from game.ui.intents import Intent
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import AppState
from game.ui.tree import TreeNode
from game.ui.update import start, update

ESPEAK_VOICES = """\
Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
 5  en-029          --/M      English_(Caribbean) gmw/en-029           (en 10)
 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
 3  en-uk           --/M      english-mb-en1     mb/mb-en1            (en-gb 3)(en 2)
 5  en-gb-scotland  --/M      English_(Scotland) gmw/en-GB-scotland   (en 4)
 5  en-shaw         --/M      English_(Shavian_alphabet) gmw/en-Shaw
"""
WELL = ProcessEnded(0, "")
Announce = Callable[[ListenerState | None, TreeNode, str | None, AppState], tuple[ListenerState, tuple[str, ...]]]


class Player:
    """A player of the pure interface who listens. The voice is on from the start by default."""

    def __init__(
        self, story: Story, words: Catalogue, settings: Settings | None = None, announce: Announce = announce_changes
    ) -> None:
        self.app = start(story, words, settings or Settings(voice="on"))
        self._announce = announce
        self._heard: ListenerState | None = None
        self.opening = self._listen()

    def does(self, *intents: Intent) -> list[str]:
        lines = []
        for intent in intents:
            self.app, effects = update(self.app, intent)
            lines = self._listen()
            for effect in effects:
                if isinstance(effect, Repeat):
                    lines += again(self.tree, self.app.top.focus, self.app, effect.whole)
        return lines

    @property
    def tree(self) -> TreeNode:
        return render_top(self.app)

    def _listen(self) -> list[str]:
        self._heard, lines = self._announce(self._heard, self.tree, self.app.top.focus, self.app)
        return list(lines)


class Program(SystemProcess):
    """A running program, which ends on request or by a kill."""

    def __init__(self, call: SpeechCommand, ended: ProcessEnded | None) -> None:
        self.call, self.was_cut = call, False
        self.timeout: float | None = None
        self._ended, self._over = ended or ProcessEnded(0, ""), Event()
        if ended is not None:
            self._over.set()

    def wait(self, timeout: float | None = None) -> ProcessEnded:
        self.timeout = timeout
        assert self._over.wait(10), f"never ended: {self.call}"
        return self._ended

    def stop(self) -> None:
        self.was_cut = True
        self._ended = ProcessEnded(-9, "")
        self._over.set()

    def finish(self) -> None:
        self._over.set()


class System(SystemProcesses):
    """A system's programs. Each ends as `ended` says; if that is None, on request.

    Attributes:
        listed: each program's output, or outputs by the last word of the command, with "" for others.
        ends: other ends for programs of these names.
    """

    def __init__(self, listed: str | dict[str, str] = ESPEAK_VOICES, ended: ProcessEnded | None = WELL) -> None:
        self.listed, self.ended = listed, ended
        self.ends: dict[str, ProcessEnded | None] = {}
        self.programs: list[Program] = []
        self.outputs: list[SpeechCommand] = []
        self.missing = False

    def start(self, call: SpeechCommand) -> Program:
        if self.missing:
            raise FileNotFoundError(call.command[0])
        self.programs.append(Program(call, self.ends.get(call.command[0], self.ended)))
        return self.programs[-1]

    def output(self, call: SpeechCommand, timeout: float = OUTPUT_TIMEOUT) -> str:
        if self.missing:
            raise FileNotFoundError(call.command[0])
        self.outputs.append(call)
        return self.listed if isinstance(self.listed, str) else self.listed.get(call.command[-1], "")

    @property
    def said(self) -> list[str]:
        return [program.call.text for program in self.programs]


class Engine(SpeechEngine):
    """An engine with a voice for each of some languages. Its command is its title."""

    def __init__(self, title: str, *languages: str) -> None:
        self.title, self._languages = title, languages  # type: ignore[misc]

    def find_voices(self, output: Output) -> tuple[SystemVoice, ...]:
        return tuple(SystemVoice(f"Voice {language}", language, language) for language in self._languages)

    def speak_command(self, utterance: Utterance, voice: SystemVoice | None, settings: VoiceSettings) -> SpeechCommand:
        return SpeechCommand((self.title, voice.id if voice else "-"), utterance.text)


def at_once(work: Callable[[], object]) -> None:
    work()
