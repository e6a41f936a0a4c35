"""Child processes of the supervisor: the game, with a pipe for heartbeats, and the resting screen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, Any

from game.kiosk.supervisor import heartbeat, orphan_reaper

LONGEST_LINE = 4096  # bytes of a line of the game's output; longer ones are split
DARK = "--dark"  # the option that makes the resting screen black
KILL_TIMEOUT = 1.0  # seconds that a killed resting screen gets to end


class ChildProcess:
    """A running game in its own process group. Raises OSError if the game cannot be started.

    Make it on the main thread: on Linux, the game is killed when the thread that started it ends. `tag` marks the game,
    so that `orphan_reaper` finds all that it starts. `on_heartbeat` and `on_output` are called on other threads, with
    each heartbeat and each line of output.
    """

    def __init__(
        self,
        command: Sequence[str],
        tag: str,
        on_heartbeat: Callable[[ChildProcess, heartbeat.HeartbeatStatus], None],
        on_output: Callable[[str], None],
    ) -> None:
        self._tag = tag
        read, write = os.pipe()
        try:
            with os.fdopen(write, "wb") as writing:
                number, arguments = _inheritable(writing.fileno())
                self._process = subprocess.Popen(
                    command,
                    env={**os.environ, heartbeat.VARIABLE: str(number), orphan_reaper.VARIABLE: tag},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    **arguments,
                )
        except BaseException:
            os.close(read)
            raise
        assert self._process.stdout is not None
        threading.Thread(target=self._read_heartbeats, args=(os.fdopen(read, "rb"), on_heartbeat), daemon=True).start()
        self._output_thread = threading.Thread(target=_read_output, args=(self._process.stdout, on_output), daemon=True)
        self._output_thread.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def status(self) -> int | None:
        """Return the exit status; if a signal ended the game, minus its number. Return None while the game runs."""
        return self._process.poll()

    def terminate(self) -> None:
        """Ask the game to end. On Windows this kills the game."""
        self._process.terminate()

    def kill(self) -> None:
        if sys.platform == "win32":
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(self.pid)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                creationflags=subprocess.CREATE_NO_WINDOW,
            )  # fmt: skip
        else:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def clean_up(self) -> None:
        """After the game's end, kill the processes that it left behind, and read the rest of its output."""
        if sys.platform != "win32":
            self.kill()
        orphan_reaper.end_orphans(self._tag)
        self._output_thread.join(0.5)

    def _read_heartbeats(
        self, pipe: IO[bytes], on_heartbeat: Callable[[ChildProcess, heartbeat.HeartbeatStatus], None]
    ) -> None:
        with pipe:
            while line := pipe.readline(heartbeat.LONGEST):
                status = heartbeat.parse_heartbeat(line)
                if status is not None:
                    on_heartbeat(self, status)


class SplashProcess:
    """The process of the resting screen, which the kiosk shows while no game runs. The program of `command` shows it
    until its standard input ends. If the program cannot be started, `log` gets a line, and the kiosk goes on."""

    def __init__(self, command: Sequence[str], log: Callable[[str], None]) -> None:
        self._command, self._log = command, log
        self._process: subprocess.Popen[bytes] | None = None

    def show(self, dark: bool) -> None:
        try:
            self._process = subprocess.Popen(
                [*self._command, *([DARK] if dark else [])], stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            self._log(f"there is no resting screen: {error}")

    def hide(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        status = process.poll()
        if status is not None:
            self._log(f"the resting screen ended by itself, with status {status}")
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=KILL_TIMEOUT)


def _inheritable(pipe: int) -> tuple[int, dict[str, Any]]:
    """Return the number by which the child knows `pipe` (a file descriptor; on Windows, a handle), and the arguments
    with which Popen passes it on."""
    if sys.platform == "win32":
        import msvcrt

        handle = msvcrt.get_osfhandle(pipe)
        os.set_handle_inheritable(handle, True)
        return handle, {"startupinfo": subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]})}
    return pipe, {"pass_fds": [pipe]}


def _read_output(output: IO[bytes], on_output: Callable[[str], None]) -> None:
    with output:
        while line := output.readline(LONGEST_LINE):
            on_output(line.decode("utf-8", "replace").rstrip())
