"""Voice process: starts, awaits and kills child processes that speak. Only this module of speech touches the system."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import NamedTuple

from game.speech.engines import SpeechCommand

OUTPUT_TIMEOUT = 5  # seconds that a program may take to list its voices
NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # keeps Windows from opening a console
STOP_TIMEOUT = 0.5  # seconds that a program may take to stop a service, while a key press waits


class ProcessEnded(NamedTuple):
    """How a process ended: its exit status, and what it wrote to stderr."""

    status: int
    stderr: str


class SystemProcess:
    """A child process in its own process group, so that `stop` also kills the processes that it has started."""

    def __init__(self, call: SpeechCommand) -> None:
        self._child = subprocess.Popen(
            call.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            creationflags=NO_CONSOLE,
        )
        self._text = call.text.encode("utf-8", "replace")

    def wait(self, timeout: float | None = None) -> ProcessEnded:
        """Wait for the process to end. With `timeout`, kill it after that many seconds."""
        try:
            _, stderr = self._child.communicate(self._text, timeout)
        except subprocess.TimeoutExpired:
            self.stop()
            _, stderr = self._child.communicate()
        return ProcessEnded(self._child.returncode, stderr.decode("utf-8", "replace").strip())

    def stop(self) -> None:
        """Kill the process with all that it has started. Another thread can call this during `wait`."""
        if self._child.poll() is not None:
            return
        if sys.platform == "win32":
            self._child.kill()
        else:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, signal.SIGKILL)


class SystemProcesses:
    """Starts child processes, without a shell. `start` and `output` raise OSError if the program does not exist."""

    def start(self, call: SpeechCommand) -> SystemProcess:
        return SystemProcess(call)

    def output(self, call: SpeechCommand, timeout: float = OUTPUT_TIMEOUT) -> str:
        """Return a program's output; "" if it fails or takes longer than `timeout` seconds."""
        try:
            done = subprocess.run(
                call.command, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, check=True,
                creationflags=NO_CONSOLE,
            )  # fmt: skip
        except subprocess.SubprocessError:
            return ""
        return done.stdout.decode("utf-8", "replace")
