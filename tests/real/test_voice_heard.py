"""The system's real voices through a real sound server: they are audible, stop at once, and go on."""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from game.speech.engines import Espeak, SpeechDispatcher, SpeechEngine, VoiceSettings
from game.speech.utterances import Utterance
from game.speech.voice import Speech, Voice
from game.speech.voice_process import SystemProcesses
from tests.real.loudspeaker import MISSING, PATIENCE, Loudspeaker, loudspeaker
from tests.real.screen import until

ESPEAK, SPD = shutil.which("espeak-ng"), shutil.which("spd-say")
absent = [*MISSING, *(["espeak-ng"] if ESPEAK is None else []), *(["speech-dispatcher"] if SPD is None else [])]
pytestmark = pytest.mark.skipif(bool(absent), reason=f"needs {' and '.join(absent)}")
# Seconds in which a key ends the voice: a program is killed, a service gets the command to stop.
AT_ONCE = {"espeak-ng": 0.1, "spd-say": 0.25}
SHORT = "They weighed it again and again."
LONG = "They weighed it again and again, and each of them wrote down another number than the one before him. " * 3


def speech(*texts: str, language: str = "en") -> Speech:
    return lambda voices: iter([Utterance(text, language) for text in texts])


@pytest.fixture
def speaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loudspeaker]:
    """A recorded loudspeaker for the voices of this process."""
    with loudspeaker(tmp_path / "run") as started:
        for name, value in started.environment.items():
            monkeypatch.setenv(name, value)
        yield started


@contextmanager
def voice_of(*engines: SpeechEngine) -> Iterator[Voice]:
    voice = Voice(engines, SystemProcesses(), time.monotonic)
    try:
        yield voice
    finally:
        voice.stop()


@pytest.mark.parametrize("program", ["espeak-ng", "spd-say"])
def test_a_voice_is_heard_cut_short_and_heard_again(program: str, speaker: Loudspeaker) -> None:
    engine = Espeak(str(ESPEAK)) if program == "espeak-ng" else SpeechDispatcher(str(SPD))
    ends = []
    with voice_of(engine) as voice:
        for _ in range(5):
            begun = time.monotonic()
            voice.say(speech(LONG), VoiceSettings())
            until(partial(speaker.heard_since, begun), PATIENCE, f"{program} to be heard")
            cut = time.monotonic()
            voice.stop()
            until(lambda: speaker.silent_for(0.4), PATIENCE, "silence")
            ends.append(speaker.loud_at - cut)
        assert voice.trouble == "" and voice.saying == ""
    assert statistics.median(ends) < AT_ONCE[program], ends


def test_a_service_that_dies_in_the_middle_is_replaced(speaker: Loudspeaker, tmp_path: Path) -> None:
    """It is killed while it speaks: eSpeak NG speaks the sentence again, and nothing is reported."""
    with voice_of(SpeechDispatcher(str(SPD)), Espeak(str(ESPEAK))) as voice:
        begun = time.monotonic()
        voice.say(speech(SHORT), VoiceSettings(), "kal16")
        until(lambda: speaker.heard_since(begun), PATIENCE, "the service to be heard")
        (note,) = (tmp_path / "run").glob("speech-dispatcher/pid/*.pid")
        os.kill(int(note.read_text(encoding="utf-8")), signal.SIGKILL)
        until(lambda: voice.speaker.endswith("eSpeak NG"), PATIENCE, "the other one's end")
        assert voice.trouble == ""


def test_chinese_is_heard_from_a_chinese_voice(speaker: Loudspeaker) -> None:
    """The best voice for English has no Chinese: the engine changes within one speech."""
    with voice_of(SpeechDispatcher(str(SPD), has_espeak=True), Espeak(str(ESPEAK))) as voice:
        begun = time.monotonic()
        voice.say(speech("人民公社好。", language="zh"), VoiceSettings(), "kal16")
        until(lambda: speaker.heard_since(begun), PATIENCE, "Chinese to be heard")
        until(lambda: voice.saying == "", PATIENCE, "its end")
        assert "Mandarin" in voice.speaker
