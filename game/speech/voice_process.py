"""Child processes of speech: started, waited for and killed. The only module of speech that touches the system."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from game.speech.engines import SpeechCommand

OUTPUT_TIMEOUT = 5  # seconds for a command that lists voices
STOP_TIMEOUT = 0.5  # and for one that stops a service: a key waits for it
LARGEST_FILE = 100_000  # bytes of a file that is read for the voices that it describes


class ProcessEnded(NamedTuple):
    """How a process ended: exit status, and what it wrote to stderr."""

    status: int
    stderr: str


class Process(Protocol):
    """A running process."""

    def wait(self, timeout: float | None = None) -> ProcessEnded:
        """Wait for its end; after `timeout` seconds, if any, kill it."""

    def stop(self) -> None:
        """Kill it and all that it started, if it still runs. May be called during `wait`, from another thread."""


class Processes(Protocol):
    """Starts programs and finds files. `start` and `output` raise OSError where there is no such program."""

    def start(self, call: SpeechCommand) -> Process: ...

    def output(self, call: SpeechCommand, timeout: float = OUTPUT_TIMEOUT) -> str:
        """What a program prints; "" where it fails, or takes longer than `timeout` seconds."""

    def files(self, pattern: str) -> Mapping[str, str]:
        """The paths of the files that match a glob pattern, with the text of each; "" of one that is no small text."""


class SystemProcess:
    """A child process in its own process group, so that all of it can be killed; so is its player, if it has one.

    What it writes to stderr is told; a player's is not, since a voice that is cut short breaks its pipe.
    """

    def __init__(self, call: SpeechCommand) -> None:
        self._child = subprocess.Popen(
            call.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if call.player else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if call.player else subprocess.PIPE,
            start_new_session=True,
            creationflags=_no_console_flag(),
        )
        self._player: subprocess.Popen[bytes] | None = None
        if call.player:
            try:
                self._player = subprocess.Popen(
                    call.player,
                    stdin=self._child.stdout,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            except OSError:
                self._child.kill()
                self._child.wait()
                raise
            finally:
                if self._child.stdout is not None:
                    self._child.stdout.close()
                    self._child.stdout = None
        self._text = call.text.encode("utf-8", "replace")

    def wait(self, timeout: float | None = None) -> ProcessEnded:
        try:
            _, stderr = self._child.communicate(self._text, timeout)
        except subprocess.TimeoutExpired:
            self.stop()
            _, stderr = self._child.communicate()
        status = self._child.returncode
        if self._player is not None:
            status = self._player.wait() or status
        return ProcessEnded(status, (stderr or b"").decode("utf-8", "replace").strip())

    def stop(self) -> None:
        running = [one for one in (self._child, self._player) if one is not None and one.poll() is None]
        if not running:
            return
        if sys.platform == "win32":
            for one in running:
                one.kill()
        else:
            for one in running:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(one.pid, signal.SIGKILL)


class SystemProcesses:
    """Real child processes, without a shell, and real files."""

    def start(self, call: SpeechCommand) -> SystemProcess:
        return SystemProcess(call)

    def output(self, call: SpeechCommand, timeout: float = OUTPUT_TIMEOUT) -> str:
        try:
            told = subprocess.run(
                call.command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=timeout,
                check=True,
                creationflags=_no_console_flag(),
            )
        except subprocess.SubprocessError:
            return ""
        return told.stdout.decode("utf-8", "replace")

    def files(self, pattern: str) -> Mapping[str, str]:
        whole = Path(pattern).expanduser()
        found = sorted(Path(whole.anchor).glob(str(whole.relative_to(whole.anchor))))
        return {str(path): _small_text(path) for path in found}


def _small_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") if path.stat().st_size <= LARGEST_FILE else ""
    except (OSError, UnicodeDecodeError):
        return ""


def _no_console_flag() -> int:
    """The flag that keeps Windows from opening a console; 0 elsewhere."""
    return getattr(subprocess, "CREATE_NO_WINDOW", 0)
