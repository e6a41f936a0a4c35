"""Programs that are started, waited for and cut short: the one place of speech that touches the system."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import NamedTuple, Protocol

from game.speech.engines import SpeechCommand

PATIENCE = 20  # seconds for a program that only lists something


class ProcessEnded(NamedTuple):
    """How a program ended: its status, and what it complained of."""

    status: int
    complaint: str


class Process(Protocol):
    """A program that runs."""

    def wait(self) -> ProcessEnded:
        """Wait for its end."""

    def cut(self) -> None:
        """End it at once, and all that it started; nothing where it has ended. From another thread than `wait`."""


class Processes(Protocol):
    """Whoever can start programs. Each raises OSError where there is no such program."""

    def start(self, call: SpeechCommand) -> Process: ...

    def output(self, call: SpeechCommand) -> str:
        """What a program prints; "" where it fails, or does not come to an end."""


class SystemProcess:
    """A child process in a group of its own, so that all of it can be ended."""

    def __init__(self, call: SpeechCommand) -> None:
        self._child = subprocess.Popen(
            call.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            creationflags=_quietly(),
        )
        self._text = call.text.encode("utf-8", "replace")

    def wait(self) -> ProcessEnded:
        _, complaint = self._child.communicate(self._text)
        return ProcessEnded(self._child.returncode, complaint.decode("utf-8", "replace").strip())

    def cut(self) -> None:
        if self._child.poll() is not None:
            return
        if sys.platform == "win32":
            self._child.kill()
        else:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._child.pid, signal.SIGKILL)


class SystemProcesses:
    """Programs of this system, without a shell."""

    def start(self, call: SpeechCommand) -> SystemProcess:
        return SystemProcess(call)

    def output(self, call: SpeechCommand) -> str:
        try:
            told = subprocess.run(
                call.command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PATIENCE,
                check=True,
                creationflags=_quietly(),
            )
        except subprocess.SubprocessError:
            return ""
        return told.stdout.decode("utf-8", "replace")


def _quietly() -> int:
    """On Windows a program of the console would open one."""
    return getattr(subprocess, "CREATE_NO_WINDOW", 0)
