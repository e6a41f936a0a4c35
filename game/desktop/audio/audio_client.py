"""Audio client: starts the audio process when there is something to play, sends it commands, and ends it."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Queue

from game.desktop.audio import audio_process
from game.desktop.audio.audio_process import AudioCommand
from game.desktop.audio.pack_loops import NO_FILES, PackFile, PackLoops

RETRY_AFTER = 10.0  # seconds after a failed start before the next try
TRUST_AFTER = 3.0  # seconds after which a device counts as working, if the process still runs
END_TIMEOUT = 2.0  # seconds that the process gets to fade out and end


def system_audio_client(sounds: Path) -> AudioClient:
    """Return the client of a process that plays the .wav files of the folder `sounds` on this system's device."""
    # -P: no file in the working directory can replace a module
    return AudioClient([sys.executable, "-P", str(audio_process.__file__), str(sounds)], time.monotonic)


class AudioClient:
    """Starts the audio process with `command`, and sends it commands on a thread. No method blocks or raises."""

    def __init__(self, command: Sequence[str], clock: Callable[[], float]) -> None:
        self._command, self._clock = command, clock
        self._commands: Queue[tuple[AudioCommand | None, Mapping[str, PackFile]]] = Queue()
        self._loops = PackLoops()
        self._worker: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._started = float("-inf")
        self._failed = False
        self._end_lock = threading.Lock()

    def send(self, command: AudioCommand | None, files: Mapping[str, PackFile] = NO_FILES) -> None:
        """Play `command` from now on. None fades to silence and ends the process.

        `files` maps the names of loops from the story's pack to their files.
        """
        self._commands.put((command, files))
        if self._worker is None:
            self._worker = threading.Thread(target=self._work, name="audio", daemon=True)
            self._worker.start()
            atexit.register(self._end)  # after the window has closed, so that closing does not wait for the process

    @property
    def failed(self) -> bool:
        """Whether the process failed to start or ended with an error, until a new one has run TRUST_AFTER seconds."""
        process = self._process
        if process is not None and process.poll():
            self._failed = True
        elif process is not None and process.returncode is None and self._clock() - self._started > TRUST_AFTER:
            self._failed = False
        return self._failed

    def _work(self) -> None:
        while True:
            command, files = self._commands.get()
            if command is None:
                self._end()
                continue
            if self._process is None or self._process.poll() is not None:
                self._start()
            for part in self._loops.commands(command, files):
                self._send(part)

    def _start(self) -> None:
        if self.failed and self._clock() - self._started < RETRY_AFTER:
            return
        self._end()
        self._started, self._loops = self._clock(), PackLoops()
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                bufsize=0,  # a buffer could not be closed while a write waits for the process
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # a driver's messages must not reach the terminal
                env={**os.environ, "SDL_VIDEODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"},
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            self._failed = True

    def _send(self, command: AudioCommand) -> None:
        pipe = self._process.stdin if self._process is not None else None
        if pipe is not None:
            with suppress(OSError, ValueError):  # this fails if the process has ended
                line = memoryview(command.line())
                while line:  # the pipe takes a part of a long one
                    line = line[pipe.write(line) :]

    def _end(self) -> None:
        """Let the process fade out and end, or kill it after END_TIMEOUT."""
        with self._end_lock:
            process, self._process = self._process, None
            if process is None or process.stdin is None:
                return
            with suppress(OSError):
                process.stdin.close()
            try:
                process.wait(END_TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
