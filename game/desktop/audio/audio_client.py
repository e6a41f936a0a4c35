"""The mixer as the window has it: a process that is started when something is to be heard, and ended with silence."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Queue

from game.desktop.audio import audio_process
from game.desktop.audio.audio_process import AudioOrder

RETRY = 10.0  # seconds after a start in which no other is tried
SURE = 3.0  # seconds that a mixer has run before its device is believed in
END = 2.0  # seconds for a mixer to fade out and end


def system_mixer(sounds: Path) -> AudioClient:
    """The mixer that plays the files of a folder on this system's device."""
    # -P: nothing in the folder that the game was started from stands in for a module
    return AudioClient([sys.executable, "-P", str(audio_process.__file__), str(sounds)], time.monotonic)


class AudioClient:
    """Passes orders on to a process of `command`. Never waits and never raises; `clock` gives seconds."""

    def __init__(self, command: Sequence[str], clock: Callable[[], float]) -> None:
        self._command, self._clock = command, clock
        self._orders: Queue[AudioOrder | None] = Queue()
        self._worker: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._started = float("-inf")
        self._failed = False
        self._ending = threading.Lock()

    def order(self, order: AudioOrder | None) -> None:
        """Have this heard from now on, or nothing."""
        self._orders.put(order)
        if self._worker is None:
            self._worker = threading.Thread(target=self._work, name="mixer", daemon=True)
            self._worker.start()
            atexit.register(self._end)  # after the window has gone: nobody is left behind, and no window waits

    @property
    def failed(self) -> bool:
        """Whether nothing can be heard, as far as it is known by now."""
        process = self._process
        if process is not None and process.poll():
            self._failed = True
        elif process is not None and process.returncode is None and self._clock() - self._started > SURE:
            self._failed = False
        return self._failed

    def _work(self) -> None:
        """Starting, writing and waiting, where no frame waits for them."""
        while True:
            order = self._orders.get()
            if order is None:
                self._end()
                continue
            if self._process is None or self._process.poll() is not None:
                self._start()
            self._send(order)

    def _start(self) -> None:
        if self.failed and self._clock() - self._started < RETRY:
            return
        self._end()
        self._started = self._clock()
        quiet = {"SDL_VIDEODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # what drivers have to say
                env={**os.environ, **quiet},
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            self._failed = True

    def _send(self, order: AudioOrder) -> None:
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError, ValueError):  # it has ended, or was never there
                self._process.stdin.write(order.line())
                self._process.stdin.flush()

    def _end(self) -> None:
        """Let the process fade out and end; one that does not is ended."""
        with self._ending:
            process, self._process = self._process, None
            if process is None or process.stdin is None:
                return
            with suppress(OSError):
                process.stdin.close()
            try:
                process.wait(END)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
