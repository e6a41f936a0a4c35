"""The systems' text-to-speech programs: their command lines, and how they list their voices.

Values and text only: no process is started here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from game.core.values import frozen
from game.speech.utterances import Utterance, base

SPEEDS: Mapping[str, float] = {"slow": 0.75, "normal": 1.0, "fast": 1.35, "faster": 1.8}
WORDS_A_MINUTE = 165  # words a minute


@frozen
class SystemVoice:
    """One of a system's voices: its name for people, its language tag, and its id for the program."""

    name: str
    language: str
    id: str


@frozen
class VoiceSettings:
    """`speed` as a factor of the usual one (165 words a minute), `volume` in per cent."""

    speed: float = 1.0
    volume: int = 75


@frozen
class SpeechCommand:
    """A command to run, without a shell, and the text for its standard input."""

    command: tuple[str, ...]
    text: str = ""


class SpeechEngine(Protocol):
    """A text-to-speech program."""

    def list_command(self) -> SpeechCommand:
        """The command that lists its voices."""

    def voices(self, listed: str) -> tuple[SystemVoice, ...]:
        """The voices in the output of `list_command`."""

    def speak_command(self, utterance: Utterance, voice: SystemVoice | None, settings: VoiceSettings) -> SpeechCommand:
        """The command that speaks an utterance, and ends when that is over."""

    def stop_command(self) -> SpeechCommand | None:
        """The command that stops speech, where killing `speak_command` is not enough; else None."""


def find_engine(platform: str, which: Callable[[str], str | None]) -> SpeechEngine | None:
    """The first engine that `platform` (`sys.platform`) has, or None. `which` gives a program's path or None."""
    for program, engine in ENGINES.get(platform, ENGINES["linux"]):
        if path := which(program):
            return engine(path)
    return None


def voice_for(voices: Sequence[SystemVoice], language: str, wanted: str) -> SystemVoice | None:
    """The voice for a language: the one named `wanted` if it speaks it, else the first that does, or None."""
    speaking = [voice for voice in voices if base(voice.language) == base(language)]
    return next((voice for voice in speaking if voice.name == wanted), speaking[0] if speaking else None)


@frozen
class Espeak:
    """eSpeak NG."""

    program: str

    def list_command(self) -> SpeechCommand:
        return SpeechCommand((self.program, "--voices"))

    def voices(self, listed: str) -> tuple[SystemVoice, ...]:
        """The usual voice of a language (the lowest number) first.

        Voices of other programs (in the folder `mb`) are listed whether or not they are installed.
        """
        found = []
        rows = [line.split() for line in listed.splitlines()[1:]]
        for fields in sorted((row for row in rows if row and row[0].isdecimal()), key=lambda row: row[0].zfill(3)):
            if len(fields) >= 5 and not fields[4].startswith(("mb/", "!v/")) and not fields[1].endswith("shaw"):
                found.append(SystemVoice(fields[3].replace("_", " "), fields[1], fields[1]))
        return tuple(found)

    def speak_command(self, utterance: Utterance, voice: SystemVoice | None, settings: VoiceSettings) -> SpeechCommand:
        # [[ begins phonemes, and its English says "nineteen hundred and fifty-eight"
        text = utterance.text.replace("[[", "[ [")
        if base(utterance.language) == "en":
            text = re.sub(r"(?<![\d,.])(1[1-9]|20)([1-9]\d)(?![\d,.]\d|\d)", r"\1 \2", text)
        name = voice.id if voice else utterance.language
        loud, fast = round(settings.volume * 4 / 3), round(WORDS_A_MINUTE * settings.speed)
        return SpeechCommand((self.program, "-b", "1", "-v", name, "-a", str(loud), "-s", str(fast), "--stdin"), text)

    def stop_command(self) -> SpeechCommand | None:
        return None


@frozen
class SpeechDispatcher:
    """Speech Dispatcher, whose service speaks on after its client is killed."""

    program: str

    def list_command(self) -> SpeechCommand:
        return SpeechCommand((self.program, "--list-synthesis-voices"))

    def voices(self, listed: str) -> tuple[SystemVoice, ...]:
        rows = (re.split(r"\s{2,}", line.strip()) for line in listed.splitlines()[1:])
        return tuple(SystemVoice(row[0], row[1], row[0]) for row in rows if len(row) >= 2)

    def speak_command(self, utterance: Utterance, voice: SystemVoice | None, settings: VoiceSettings) -> SpeechCommand:
        rate = max(-100, min(100, round((settings.speed - 1) * 60)))
        how = ("--rate", str(rate), "--volume", str(2 * settings.volume - 100), "--language", base(utterance.language))
        who = ("--synthesis-voice", voice.id) if voice else ()
        return SpeechCommand((self.program, "--wait", *how, *who, "--", utterance.text))

    def stop_command(self) -> SpeechCommand | None:
        return SpeechCommand((self.program, "--cancel"))


# The voices of macOS that are meant for reading; others sing or whisper.
READING_VOICES = ("Samantha", "Daniel", "Alex", "Karen", "Moira", "Tessa", "Tingting", "Ting-Ting", "Lilian")


@frozen
class MacSay:
    """The command `say` of macOS."""

    program: str

    def list_command(self) -> SpeechCommand:
        return SpeechCommand((self.program, "-v", "?"))

    def voices(self, listed: str) -> tuple[SystemVoice, ...]:
        lines = listed.splitlines()
        lines.sort(key=lambda line: not line.startswith(READING_VOICES))
        rows = (re.match(r"(.+?)\s+([a-z]{2,3}[-_][\w-]+)\s+#", line) for line in lines)
        return tuple(SystemVoice(row[1], row[2].replace("_", "-"), row[1]) for row in rows if row)

    def speak_command(self, utterance: Utterance, voice: SystemVoice | None, settings: VoiceSettings) -> SpeechCommand:
        # [[ begins a command; the volume is one
        text = f"[[volm {settings.volume / 100:.2f}]] {utterance.text.replace('[[', '[ [')}"
        who = ("-v", voice.id) if voice else ()
        return SpeechCommand((self.program, *who, "-r", str(round(WORDS_A_MINUTE * settings.speed)), "-f", "-"), text)

    def stop_command(self) -> SpeechCommand | None:
        return None


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
class WindowsSapi:
    """The speech API of Windows, through PowerShell; the text is passed as JSON in ASCII."""

    program: str

    def _call(self, script: str, text: str = "") -> SpeechCommand:
        return SpeechCommand(
            (self.program, "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", SAPI + script), text
        )

    def list_command(self) -> SpeechCommand:
        return self._call(SAPI_LISTING)

    def voices(self, listed: str) -> tuple[SystemVoice, ...]:
        rows = (line.strip().partition(" ") for line in listed.lstrip("\ufeff").splitlines())
        return tuple(SystemVoice(name, language, name) for language, _, name in rows if name)

    def speak_command(self, utterance: Utterance, voice: SystemVoice | None, settings: VoiceSettings) -> SpeechCommand:
        rate = max(-10, min(10, round((settings.speed - 1) * 8)))
        how = {"voice": voice.id if voice else "", "rate": rate, "volume": settings.volume, "text": utterance.text}
        return self._call(SAPI_SPEAK, json.dumps(how))

    def stop_command(self) -> SpeechCommand | None:
        return None


# The programs of each system, the best first; PowerShell 7 (pwsh) has no speech of its own.
ENGINES: Mapping[str, Sequence[tuple[str, Callable[[str], SpeechEngine]]]] = {
    "darwin": (("say", MacSay),),
    "win32": (("powershell", WindowsSapi),),
    "linux": (("espeak-ng", Espeak), ("spd-say", SpeechDispatcher)),
}
