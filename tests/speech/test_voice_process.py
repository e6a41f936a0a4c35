"""Real programs, and the real voice of this system where it has one: sound is made, and a cut ends it at once."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
import wave
from pathlib import Path

import pytest

from game.speech.engines import Espeak, SpeechCommand, VoiceSettings
from game.speech.utterances import Utterance
from game.speech.voice_process import Process, SystemProcesses

SLEEPER = (sys.executable, "-c", "import sys, time; sys.stdin.read(); time.sleep(600)")
PARENT = (
    sys.executable,
    "-c",
    "import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    " print(child.pid, file=open(sys.argv[1], 'w'), flush=True); child.wait()",
)
PATIENCE = 60  # seconds for what takes a moment on a machine that does nothing else, and a tenth of SLEEPER's time
ESPEAK = shutil.which("espeak-ng")
needs_espeak = pytest.mark.skipif(ESPEAK is None, reason="needs espeak-ng")


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and is only waited for does not."""
    try:
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return status != "Z"


class Waiting:
    """Waits for a program's end on a thread of its own, as the voice does; only from then on it is given its text."""

    def __init__(self, process: Process) -> None:
        self._told = list[int]()
        self._thread = threading.Thread(target=lambda: self._told.append(process.wait().status), daemon=True)
        self._thread.start()

    def status(self) -> int:
        """With which it ends, long before it would have by itself."""
        self._thread.join(PATIENCE)
        assert self._told
        return self._told[0]


def test_a_cut_ends_a_program_at_once() -> None:
    """A program that would run for minutes is gone, and leaves no zombie behind."""
    process = SystemProcesses().start(SpeechCommand(SLEEPER, "text"))
    process.stop()
    assert Waiting(process).status() != 0
    process.stop()


def test_a_program_that_never_ends_is_given_up() -> None:
    """After its time it is killed, and told as failed."""
    process = SystemProcesses().start(SpeechCommand(SLEEPER, "text"))
    assert process.wait(0.2).status != 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes to end")
def test_a_cut_ends_what_the_program_started(tmp_path: Path) -> None:
    """The whole group goes, so that no player of sound is left."""
    told = tmp_path / "pid"
    process = SystemProcesses().start(SpeechCommand((*PARENT, str(told))))
    while not (told.exists() and told.read_text(encoding="utf-8").endswith("\n")):
        time.sleep(0.01)
    child = int(told.read_text(encoding="utf-8"))
    process.stop()
    Waiting(process).status()
    end = time.monotonic() + PATIENCE
    while alive(child):
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_program_reads_what_it_is_given_and_its_complaint_is_kept() -> None:
    """Text goes in as UTF-8, whatever it holds; what comes out as an error is told."""
    script = "import sys; sys.stderr.buffer.write(sys.stdin.buffer.read()); sys.exit(3)"
    told = SystemProcesses().start(SpeechCommand((sys.executable, "-c", script), 'a "quote"; 大秤 $HOME')).wait()
    assert told == (3, 'a "quote"; 大秤 $HOME')


def test_a_program_that_does_not_read_is_no_error() -> None:
    """It may end before it was given all of the text."""
    told = SystemProcesses().start(SpeechCommand((sys.executable, "-c", "pass"), "grain " * 100_000)).wait()
    assert told.status == 0


def test_a_list_that_fails_is_empty() -> None:
    """A program that fails lists nothing; one that does not exist is told as such."""
    processes = SystemProcesses()
    assert processes.output(SpeechCommand((sys.executable, "-c", "print('voices')"))).split() == ["voices"]
    assert processes.output(SpeechCommand((sys.executable, "-c", "import sys; print('x'); sys.exit(1)"))) == ""
    with pytest.raises(OSError, match="no-such-program"):
        processes.output(SpeechCommand(("no-such-program",)))


@needs_espeak
def test_the_real_voice_makes_sound_of_sensible_length(tmp_path: Path) -> None:
    """A sentence takes some seconds, a faster one fewer; Chinese has its own voice; none of it is silence."""
    assert ESPEAK is not None
    engine = Espeak(ESPEAK)
    voices = {voice.language: voice for voice in engine.find_voices(SystemProcesses())}
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
    """In the middle of a text that takes minutes, a cut ends it in a moment."""
    assert ESPEAK is not None
    long = Utterance("They weighed it again and again. " * 20_000, "en")
    call = Espeak(ESPEAK).speak_command(long, None, VoiceSettings())
    sound = tmp_path / "long.wav"
    process = SystemProcesses().start(SpeechCommand((*call.command, "-w", str(sound)), call.text))
    waiting = Waiting(process)
    end = time.monotonic() + PATIENCE
    while not sound.exists():
        assert time.monotonic() < end
        time.sleep(0.005)
    process.stop()
    assert waiting.status() != 0, "it did not come to its end"
