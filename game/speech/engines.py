"""The voices that systems bring along: which program speaks, how it is asked to, and how it lists its voices.

Values and text only: nothing is started here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from game.core.values import frozen
from game.speech.utterances import Utterance, base

SPEEDS: Mapping[str, float] = {"slow": 0.75, "normal": 1.0, "fast": 1.35, "faster": 1.8}
USUAL = 165  # words a minute


@frozen
class SystemVoice:
    """One of a system's voices: its name for people, its language's tag, and what the program calls it."""

    name: str
    language: str
    id: str


@frozen
class VoiceSettings:
    """How it is spoken: `speed` in the usual speed's terms, `volume` from 0 to 100."""

    speed: float = 1.0
    volume: int = 75


@frozen
class SpeechCommand:
    """A program to run: its command, and what it is given to read."""

    command: tuple[str, ...]
    text: str = ""


class SpeechEngine(Protocol):
    """A program that speaks."""

    def listing(self) -> SpeechCommand:
        """What lists its voices."""

    def voices(self, listed: str) -> tuple[SystemVoice, ...]:
        """The voices in such a list."""

    def saying(self, utterance: Utterance, voice: SystemVoice | None, manner: VoiceSettings) -> SpeechCommand:
        """What says an utterance, and ends when it is said."""

    def silencing(self) -> SpeechCommand | None:
        """What else is to be run to cut it short, where ending the program is not enough."""


def find_engine(platform: str, which: Callable[[str], str | None]) -> SpeechEngine | None:
    """The engine of a system (`sys.platform`), or None where it has none. `which` finds a program's path."""
    for program, engine in ENGINES.get(platform, ENGINES["linux"]):
        if path := which(program):
            return engine(path)
    return None


def chosen(voices: Sequence[SystemVoice], language: str, wanted: str) -> SystemVoice | None:
    """The voice for a language: the wanted one where it speaks that language, else the first that does."""
    speaking = [voice for voice in voices if base(voice.language) == base(language)]
    return next((voice for voice in speaking if voice.name == wanted), speaking[0] if speaking else None)


@frozen
class Espeak:
    """eSpeak NG."""

    program: str

    def listing(self) -> SpeechCommand:
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

    def saying(self, utterance: Utterance, voice: SystemVoice | None, manner: VoiceSettings) -> SpeechCommand:
        # [[ begins phonemes, and its English says "nineteen hundred and fifty-eight"
        text = utterance.text.replace("[[", "[ [")
        if base(utterance.language) == "en":
            text = re.sub(r"(?<![\d,.])(1[1-9]|20)([1-9]\d)(?![\d,.]\d|\d)", r"\1 \2", text)
        name = voice.id if voice else utterance.language
        loud, fast = round(manner.volume * 4 / 3), round(USUAL * manner.speed)
        return SpeechCommand((self.program, "-b", "1", "-v", name, "-a", str(loud), "-s", str(fast), "--stdin"), text)

    def silencing(self) -> SpeechCommand | None:
        return None


@frozen
class Dispatcher:
    """Speech Dispatcher, which speaks in a service of its own: that has to be told to stop."""

    program: str

    def listing(self) -> SpeechCommand:
        return SpeechCommand((self.program, "--list-synthesis-voices"))

    def voices(self, listed: str) -> tuple[SystemVoice, ...]:
        rows = (re.split(r"\s{2,}", line.strip()) for line in listed.splitlines()[1:])
        return tuple(SystemVoice(row[0], row[1], row[0]) for row in rows if len(row) >= 2)

    def saying(self, utterance: Utterance, voice: SystemVoice | None, manner: VoiceSettings) -> SpeechCommand:
        rate = max(-100, min(100, round((manner.speed - 1) * 60)))
        how = ("--rate", str(rate), "--volume", str(2 * manner.volume - 100), "--language", base(utterance.language))
        who = ("--synthesis-voice", voice.id) if voice else ()
        return SpeechCommand((self.program, "--wait", *how, *who, "--", utterance.text))

    def silencing(self) -> SpeechCommand | None:
        return SpeechCommand((self.program, "--cancel"))


# Of the many voices of macOS, those meant for reading: others sing, or whisper.
READERS = ("Samantha", "Daniel", "Alex", "Karen", "Moira", "Tessa", "Tingting", "Ting-Ting", "Lilian")


@frozen
class MacSay:
    """The voice of macOS."""

    program: str

    def listing(self) -> SpeechCommand:
        return SpeechCommand((self.program, "-v", "?"))

    def voices(self, listed: str) -> tuple[SystemVoice, ...]:
        lines = listed.splitlines()
        lines.sort(key=lambda line: not line.startswith(READERS))
        rows = (re.match(r"(.+?)\s+([a-z]{2,3}[-_][\w-]+)\s+#", line) for line in lines)
        return tuple(SystemVoice(row[1], row[2].replace("_", "-"), row[1]) for row in rows if row)

    def saying(self, utterance: Utterance, voice: SystemVoice | None, manner: VoiceSettings) -> SpeechCommand:
        # [[ begins a command; the volume is one
        text = f"[[volm {manner.volume / 100:.2f}]] {utterance.text.replace('[[', '[ [')}"
        who = ("-v", voice.id) if voice else ()
        return SpeechCommand((self.program, *who, "-r", str(round(USUAL * manner.speed)), "-f", "-"), text)

    def silencing(self) -> SpeechCommand | None:
        return None


SAPI = "Add-Type -AssemblyName System.Speech; $voice = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
SAPI_LISTING = (
    "[Console]::OutputEncoding = [System.Text.Encoding]::UTF8; "
    "$voice.GetInstalledVoices() | Where-Object { $_.Enabled } "
    "| ForEach-Object { $_.VoiceInfo.Culture.Name + ' ' + $_.VoiceInfo.Name }"
)
SAPI_SAYING = (
    "$said = [Console]::In.ReadToEnd() | ConvertFrom-Json; "
    "if ($said.voice) { $voice.SelectVoice($said.voice) }; "
    "$voice.Rate = $said.rate; $voice.Volume = $said.volume; $voice.Speak($said.text)"
)


@frozen
class WindowsSapi:
    """The voice of Windows, asked through PowerShell; what is said comes as JSON in plain ASCII."""

    program: str

    def _call(self, script: str, text: str = "") -> SpeechCommand:
        return SpeechCommand(
            (self.program, "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", SAPI + script), text
        )

    def listing(self) -> SpeechCommand:
        return self._call(SAPI_LISTING)

    def voices(self, listed: str) -> tuple[SystemVoice, ...]:
        rows = (line.strip().partition(" ") for line in listed.lstrip("\ufeff").splitlines())
        return tuple(SystemVoice(name, language, name) for language, _, name in rows if name)

    def saying(self, utterance: Utterance, voice: SystemVoice | None, manner: VoiceSettings) -> SpeechCommand:
        rate = max(-10, min(10, round((manner.speed - 1) * 8)))
        how = {"voice": voice.id if voice else "", "rate": rate, "volume": manner.volume, "text": utterance.text}
        return self._call(SAPI_SAYING, json.dumps(how))

    def silencing(self) -> SpeechCommand | None:
        return None


# Those of a system, the best first; PowerShell 7 (pwsh) has no speech of its own.
ENGINES: Mapping[str, Sequence[tuple[str, Callable[[str], SpeechEngine]]]] = {
    "darwin": (("say", MacSay),),
    "win32": (("powershell", WindowsSapi),),
    "linux": (("espeak-ng", Espeak), ("spd-say", Dispatcher)),
}
