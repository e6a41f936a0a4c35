"""Engines: the systems' text-to-speech programs, as command lines and parsers of their lists of voices."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import ClassVar

from game.core.values import frozen
from game.speech.utterances import Utterance, base

SPEEDS: Mapping[str, float] = {"slow": 0.75, "normal": 1.0, "fast": 1.35, "faster": 1.8}
SPEAKING_RATE = 165  # words a minute at a voice's usual speed


@frozen
class SystemVoice:
    name: str  # for people, as the speech program shows it
    language: str  # a tag
    id: str  # the speech program's own name for the voice
    module: str = ""  # the part of the speech program that has the voice; "" if the program has no parts
    engine: str = ""  # the title of the speech program; "" if `Voice` has not set it yet

    @property
    def label(self) -> str:
        """The voice's name with its program's name, because two programs can have voices of the same name."""
        return f"{self.name} · {self.engine}" if self.engine else self.name


@frozen
class VoiceSettings:
    """How a voice speaks. `speed` is a factor of SPEAKING_RATE, `volume` is in per cent."""

    speed: float = 1.0
    volume: int = 75


@frozen
class SpeechCommand:
    """A command that runs without a shell, and the text for its standard input."""

    command: tuple[str, ...]
    text: str = ""


Output = Callable[[SpeechCommand], str]
"""Runs a program and returns its output; "" if it fails. Raises OSError if the program does not exist."""


class SpeechEngine(ABC):
    """A text-to-speech program."""

    title: ClassVar[str]  # its name for people
    reports_end = False  # True if its command runs until the speech ends: if that is far too early, nothing was heard

    @abstractmethod
    def find_voices(self, output: Output) -> tuple[SystemVoice, ...]:
        """Return the program's voices on this system. `output` runs a command and returns what it prints."""

    @abstractmethod
    def speak_command(self, utterance: Utterance, voice: SystemVoice | None, settings: VoiceSettings) -> SpeechCommand:
        """Return the command that speaks an utterance and then ends. Without `voice`, the program chooses a voice."""

    def stop_command(self) -> SpeechCommand | None:
        """Return the command that stops speech; None if killing `speak_command` is enough."""
        return None


def find_engines(platform: str, which: Callable[[str], str | None]) -> tuple[SpeechEngine, ...]:
    """Return the text-to-speech programs of a system, the best first. `which` returns a program's path, or None."""
    if platform == "darwin":
        return tuple(MacSay(path) for path in [which("say")] if path)
    if platform == "win32":  # PowerShell 7 (pwsh) cannot speak
        return tuple(WindowsSapi(path) for path in [which("powershell")] if path)
    espeak, service = which("espeak-ng"), which("spd-say")
    found: list[SpeechEngine] = []
    if service:
        found.append(SpeechDispatcher(service, has_espeak=espeak is not None))
    if espeak:
        found.append(Espeak(espeak))
    return tuple(found)


@frozen
class Espeak(SpeechEngine):
    """eSpeak NG, through its own program."""

    program: str
    title = "eSpeak NG"

    def find_voices(self, output: Output) -> tuple[SystemVoice, ...]:
        """Return the voices that need no other program, in eSpeak's order: a language's usual voice comes first."""
        rows = [line.split() for line in output(SpeechCommand((self.program, "--voices"))).splitlines()[1:]]
        return tuple(
            SystemVoice(row[3].replace("_", " "), row[1], row[1])
            for row in sorted((row for row in rows if row and row[0].isdecimal()), key=lambda row: row[0].zfill(3))
            if len(row) >= 5 and not row[1].endswith("shaw") and not row[4].startswith(("mb/", "!v/"))
        )

    def speak_command(self, utterance: Utterance, voice: SystemVoice | None, settings: VoiceSettings) -> SpeechCommand:
        # [[ begins phonemes. Without the space, eSpeak's English says "nineteen hundred and fifty-eight"
        text = utterance.text.replace("[[", "[ [")
        if base(utterance.language) == "en":
            text = re.sub(r"(?<![\d,.])(1[1-9]|20)([1-9]\d)(?![\d,.]\d|\d)", r"\1 \2", text)
        name = voice.id if voice else utterance.language
        loud, fast = round(settings.volume * 4 / 3), round(SPEAKING_RATE * settings.speed)
        return SpeechCommand((self.program, "-b", "1", "-v", name, "-a", str(loud), "-s", str(fast), "--stdin"), text)


@frozen
class SpeechDispatcher(SpeechEngine):
    """A Linux service. It goes on speaking after its client is killed. `has_espeak`: leave out its eSpeak voices."""

    program: str
    has_espeak: bool = False  # True if `Espeak` has these voices too: it reacts sooner
    title = "Speech Dispatcher"
    reports_end = True

    def find_voices(self, output: Output) -> tuple[SystemVoice, ...]:
        """Return the voices of each of the service's modules, without eSpeak's variants. This may start the service."""
        found: list[SystemVoice] = []
        listed = output(SpeechCommand((self.program, "--list-output-modules")))
        for module in (line.strip() for line in listed.splitlines()[1:]):
            is_espeak = module.startswith("espeak")
            if module in ("", "dummy") or (self.has_espeak and is_espeak):
                continue
            how = ("--output-module", module, "--list-synthesis-voices")
            for line in output(SpeechCommand((self.program, *how))).splitlines()[1:]:
                row = re.split(r"\s{2,}", line.strip())
                if len(row) >= 2 and not (is_espeak and "+" in row[0]):
                    found.append(SystemVoice(row[0], row[1], row[0], module))
        return tuple(found)

    def speak_command(self, utterance: Utterance, voice: SystemVoice | None, settings: VoiceSettings) -> SpeechCommand:
        rate = round((settings.speed - 1) * 60)  # from -100 to 100
        how = ("--rate", str(rate), "--volume", str(2 * settings.volume - 100), "--language", base(utterance.language))
        who = ("--output-module", voice.module, "--synthesis-voice", voice.id) if voice else ()
        return SpeechCommand((self.program, "--wait", *how, *who, "--", utterance.text))

    def stop_command(self) -> SpeechCommand | None:
        return SpeechCommand((self.program, "--cancel"))


# The voices of macOS that are meant for reading; others sing or whisper.
READING_VOICES = ("Samantha", "Daniel", "Alex", "Karen", "Moira", "Tessa", "Tingting", "Ting-Ting", "Lilian")


@frozen
class MacSay(SpeechEngine):
    """The command `say` of macOS."""

    program: str
    title = "macOS"

    def find_voices(self, output: Output) -> tuple[SystemVoice, ...]:
        """Return the voices: those of a better quality first, then those made for reading, then all others."""
        lines = output(SpeechCommand((self.program, "-v", "?"))).splitlines()
        lines.sort(key=lambda line: ("(Premium)" not in line, "(Enhanced)" not in line,
                                     not line.startswith(READING_VOICES)))  # fmt: skip
        rows = (re.match(r"(.+?)\s+([a-z]{2,3}[-_][\w-]+)\s+#", line) for line in lines)
        return tuple(SystemVoice(row[1], row[2].replace("_", "-"), row[1]) for row in rows if row)

    def speak_command(self, utterance: Utterance, voice: SystemVoice | None, settings: VoiceSettings) -> SpeechCommand:
        # [[ begins a command; `volm` sets the volume
        text = f"[[volm {settings.volume / 100:.2f}]] {utterance.text.replace('[[', '[ [')}"
        who = ("-v", voice.id) if voice else ()
        return SpeechCommand((self.program, *who, "-r", str(round(SPEAKING_RATE * settings.speed)), "-f", "-"), text)


SAPI = "Add-Type -AssemblyName System.Speech; $voice = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
SAPI_LISTING = (
    "[Console]::OutputEncoding = [System.Text.Encoding]::UTF8; "
    "$voice.GetInstalledVoices() | Where-Object { $_.Enabled } "
    "| ForEach-Object { $_.VoiceInfo.Culture.Name + ' ' + $_.VoiceInfo.Name }"
)
SAPI_SPEAK = (
    "$said = [Console]::In.ReadToEnd() | ConvertFrom-Json; "
    "if ($said.voice) { $voice.SelectVoice($said.voice) }; "
    "$voice.Rate = $said.rate; $voice.Volume = $said.volume; $voice.Speak($said.text)"
)


@frozen
class WindowsSapi(SpeechEngine):
    """The speech API of Windows, through PowerShell. The script gets the text as JSON in ASCII."""

    program: str
    title = "Windows"

    def _call(self, script: str, text: str = "") -> SpeechCommand:
        return SpeechCommand(
            (self.program, "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", SAPI + script), text
        )

    def find_voices(self, output: Output) -> tuple[SystemVoice, ...]:
        """Return the voices, natural and neural ones first. The script prints their languages and names."""
        listed = output(self._call(SAPI_LISTING)).lstrip("\ufeff")
        rows = [line.strip().partition(" ") for line in listed.splitlines()]
        rows.sort(key=lambda row: not re.search("natural|neural", row[2], re.IGNORECASE))
        return tuple(SystemVoice(name, language, name) for language, _, name in rows if name)

    def speak_command(self, utterance: Utterance, voice: SystemVoice | None, settings: VoiceSettings) -> SpeechCommand:
        rate = round((settings.speed - 1) * 8)  # from -10 to 10
        how = {"voice": voice.id if voice else "", "rate": rate, "volume": settings.volume, "text": utterance.text}
        return self._call(SAPI_SPEAK, json.dumps(how))
