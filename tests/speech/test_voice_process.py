"""Real programs, and this system's real voice if it has one: sound is made, and stopping ends it at once."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import wave
from pathlib import Path

import pytest

from game.speech.engines import Espeak, SpeechCommand, VoiceSettings
from game.speech.utterances import Utterance
from game.speech.voice_process import SystemProcess, SystemProcesses
from tests.real.screen import until

SLEEPER = (sys.executable, "-c", "import sys, time; sys.stdin.read(); time.sleep(600)")
PARENT = (
    sys.executable,
    "-c",
    "import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    " print(child.pid, file=open(sys.argv[1], 'w'), flush=True); child.wait()",
)
PATIENCE = 60  # seconds; an idle machine needs a moment, and SLEEPER ten times as long
ESPEAK = shutil.which("espeak-ng")
needs_espeak = pytest.mark.skipif(ESPEAK is None, reason="needs espeak-ng")


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie does not."""
    try:
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return status != "Z"


class Waiting:
    """Waits for a program's end on a thread, as the voice does; only then the program gets its text."""

    def __init__(self, process: SystemProcess) -> None:
        self._told = list[int]()
        self._thread = threading.Thread(target=lambda: self._told.append(process.wait().status), daemon=True)
        self._thread.start()

    def status(self) -> int:
        self._thread.join(PATIENCE)
        assert self._told
        return self._told[0]


def test_stopping_ends_a_program_at_once() -> None:
    process = SystemProcesses().start(SpeechCommand(SLEEPER, "text"))
    process.stop()
    assert Waiting(process).status() != 0
    process.stop()


def test_a_program_that_never_ends_is_abandoned() -> None:
    process = SystemProcesses().start(SpeechCommand(SLEEPER, "text"))
    assert process.wait(0.2).status != 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes to end")
def test_stopping_ends_what_the_program_started(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    process = SystemProcesses().start(SpeechCommand((*PARENT, str(pid_file))))
    until(lambda: pid_file.exists() and pid_file.read_text().endswith("\n"), PATIENCE, "its start")
    child = int(pid_file.read_text(encoding="utf-8"))
    process.stop()
    Waiting(process).status()
    until(lambda: not alive(child), PATIENCE, "its end")


def test_a_program_reads_its_text_and_its_error_is_kept() -> None:
    script = "import sys; sys.stderr.buffer.write(sys.stdin.buffer.read()); sys.exit(3)"
    ended = SystemProcesses().start(SpeechCommand((sys.executable, "-c", script), 'a "quote"; 大秤 $HOME')).wait()
    assert ended == (3, 'a "quote"; 大秤 $HOME')


def test_a_program_that_does_not_read_is_not_an_error() -> None:
    ended = SystemProcesses().start(SpeechCommand((sys.executable, "-c", "pass"), "grain " * 100_000)).wait()
    assert ended.status == 0


def test_a_list_that_fails_is_empty() -> None:
    processes = SystemProcesses()
    assert processes.output(SpeechCommand((sys.executable, "-c", "print('voices')"))).split() == ["voices"]
    assert processes.output(SpeechCommand((sys.executable, "-c", "import sys; print('x'); sys.exit(1)"))) == ""
    with pytest.raises(OSError, match="no-such-program"):
        processes.output(SpeechCommand(("no-such-program",)))


@needs_espeak
def test_the_real_voice_makes_sound_of_sensible_length(tmp_path: Path) -> None:
    """A sentence takes some seconds, fewer at a higher speed; Chinese has its own voice; none is silence."""
    assert ESPEAK is not None
    engine = Espeak(ESPEAK)
    voices = {voice.language: voice for voice in engine.find_voices(SystemProcesses().output)}
    sentence = Utterance("In 1958 they weighed 4,868 sacks, and wrote down nine thousand seven hundred.", "en")

    def seconds(name: str, utterance: Utterance, language: str, manner: VoiceSettings) -> float:
        call = engine.speak_command(utterance, voices[language], manner)
        file = tmp_path / f"{name}.wav"
        ended = SystemProcesses().start(SpeechCommand((*call.command, "-w", str(file)), call.text)).wait()
        assert ended.status == 0, ended.stderr
        with wave.open(str(file)) as sound:
            frames = sound.readframes(sound.getnframes())
            assert max(frames) > min(frames), "silence"
            return float(sound.getnframes() / sound.getframerate())

    usual = seconds("usual", sentence, "en-gb", VoiceSettings())
    assert 3 < usual < 10
    assert 1 < seconds("faster", sentence, "en-gb", VoiceSettings(speed=1.8)) < 0.75 * usual
    assert 0.4 < seconds("chinese", Utterance("合作社", "zh"), "cmn", VoiceSettings()) < 3


@needs_espeak
def test_the_real_voice_is_cut_short(tmp_path: Path) -> None:
    assert ESPEAK is not None
    long = Utterance("They weighed it again and again. " * 20_000, "en")
    call = Espeak(ESPEAK).speak_command(long, None, VoiceSettings())
    sound = tmp_path / "long.wav"
    process = SystemProcesses().start(SpeechCommand((*call.command, "-w", str(sound)), call.text))
    waiting = Waiting(process)
    until(sound.exists, PATIENCE, "sound")
    process.stop()
    assert waiting.status() != 0, "it did not come to its end"
