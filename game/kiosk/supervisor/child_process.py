"""The game as a process: started in a group of its own, heard over a pipe, and ended with all that it started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import IO, Any

from game.kiosk.supervisor import heartbeat, orphan_reaper

LONGEST_LINE = 4096  # bytes of what the game prints; a longer line is cut in parts


class ChildProcess:
    """A running game. On other threads, `heard` is given it and what each beat tells, `said` each line it prints.

    `mark` is carried by whatever the game starts. To be made on the main thread, which must live as long as the game
    is to. Raises OSError where it cannot be started.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        mark: str,
        heard: Callable[[ChildProcess, heartbeat.HeartbeatStatus], None],
        said: Callable[[str], None],
    ) -> None:
        self._mark = mark
        read, write = os.pipe()
        try:
            with os.fdopen(write, "wb") as writing:
                given, handed = _handed_on(writing.fileno())
                self._process = subprocess.Popen(
                    command,
                    env={**environment, heartbeat.VARIABLE: str(given), orphan_reaper.VARIABLE: mark},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    **handed,
                )
        except BaseException:
            os.close(read)
            raise
        assert self._process.stdout is not None
        threading.Thread(target=self._hear, args=(os.fdopen(read, "rb"), heard), daemon=True).start()
        self._printing = threading.Thread(target=_listen, args=(self._process.stdout, said), daemon=True)
        self._printing.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def status(self) -> int | None:
        """The status with which it ended, a signal as a negative number; None while it runs."""
        return self._process.poll()

    def ask(self) -> None:
        """Ask it to end. On Windows nobody can be asked, and it is ended."""
        self._process.terminate()

    def kill(self) -> None:
        """End it, and its group."""
        if sys.platform == "win32":
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(self.pid)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                creationflags=subprocess.CREATE_NO_WINDOW,
            )  # fmt: skip
        else:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def bury(self) -> None:
        """Once it has ended: end what it left behind, and read the last that it printed."""
        if sys.platform != "win32":
            self.kill()
        orphan_reaper.end_orphans(self._mark)
        self._printing.join(0.5)

    def _hear(self, pipe: IO[bytes], heard: Callable[[ChildProcess, heartbeat.HeartbeatStatus], None]) -> None:
        with pipe:
            while line := pipe.readline(heartbeat.LONGEST):
                told = heartbeat.read_heartbeats(line)
                if told is not None:
                    heard(self, told)


def _handed_on(pipe: int) -> tuple[int, dict[str, Any]]:
    """What the environment names the pipe's end, and the arguments of Popen with which a child has it."""
    if sys.platform == "win32":
        import msvcrt

        handle = msvcrt.get_osfhandle(pipe)
        os.set_handle_inheritable(handle, True)
        return handle, {"startupinfo": subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]})}
    return pipe, {"pass_fds": [pipe]}


def _listen(printed: IO[bytes], said: Callable[[str], None]) -> None:
    with printed:
        while line := printed.readline(LONGEST_LINE):
            said(line.decode("utf-8", "replace").rstrip())
