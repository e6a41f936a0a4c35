"""A recorded loudspeaker: a sound server of its own, and its output with the time of each stretch."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.real.screen import until

PROGRAMS = {"pulseaudio": "pulseaudio", "parec": "pulseaudio-utils"}
MISSING = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
PATIENCE = 30  # seconds; a busy machine may be slow
RATE = 16000  # samples a second
BLOCK = 320  # bytes that are read at once: a hundredth of a second
QUIET = 60  # of 32768: below it nothing is heard


class Loudspeaker:
    """The output of programs with `environment`. Times are those of `time.monotonic`."""

    def __init__(self, environment: Mapping[str, str], ear: subprocess.Popen[bytes]) -> None:
        self.environment = environment
        self._ear = ear
        self.reads = 0
        self.loud_at = float("-inf")  # when something was last heard
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._ear.stdout is not None
        while block := self._ear.stdout.read(BLOCK):
            self.reads += 1
            samples = memoryview(block[: len(block) // 2 * 2]).cast("h")
            if max(samples) > QUIET or min(samples) < -QUIET:
                self.loud_at = time.monotonic()

    def heard_since(self, moment: float) -> bool:
        return self.loud_at > moment

    def silent_for(self, seconds: float) -> bool:
        return time.monotonic() - self.loud_at > seconds


@contextmanager
def loudspeaker(folder: Path) -> Iterator[Loudspeaker]:
    """A sound server whose only device is recorded; it ends with the context, with the speech service started on it."""
    folder.mkdir(mode=0o700, exist_ok=True)
    own = {"XDG_RUNTIME_DIR": str(folder), "PULSE_SERVER": f"unix:{folder / 'sound'}", "HOME": str(folder),
           "PULSE_LATENCY_MSEC": "10"}  # fmt: skip
    environment = {**os.environ, **own}
    modules = ("module-null-sink sink_name=ear rate=16000 channels=1",
               f"module-native-protocol-unix socket={folder / 'sound'} auth-anonymous=1")  # fmt: skip
    server = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "-L", modules[0], "-L", modules[1]],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until(lambda: (folder / "sound").exists(), PATIENCE, "the sound server")
        ear = subprocess.Popen(
            ["parec", "--raw", "-d", "ear.monitor", f"--rate={RATE}", "--channels=1", "--format=s16le",
             "--latency-msec=5"],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            heard = Loudspeaker(environment, ear)
            until(lambda: heard.reads > 10, PATIENCE, "the ear")
            yield heard
        finally:
            ear.kill()
            ear.wait()
    finally:
        _end_speech_service(folder)
        server.kill()
        server.wait()


def _end_speech_service(folder: Path) -> None:
    """End Speech Dispatcher, which its client starts and leaves running."""
    for note in folder.glob("speech-dispatcher/pid/*.pid"):
        with suppress(ValueError, ProcessLookupError):
            os.kill(int(note.read_text(encoding="utf-8")), signal.SIGTERM)
