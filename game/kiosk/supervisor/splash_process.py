"""The resting screen as a process, which the supervisor starts and kills. A kiosk also works without it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

DARK = "--dark"  # the option for a black screen
KILL_TIMEOUT = 1.0  # seconds for a killed process to end


class SplashProcess:
    """`command` shows the screen until its standard input ends. Failures go to `log`."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Callable[[str], None]) -> None:
        self._command, self._environment, self._log = command, environment, log
        self._process: subprocess.Popen[bytes] | None = None

    def show(self, dark: bool) -> None:
        """Start the screen, black if `dark`. A failure is only logged."""
        try:
            self._process = subprocess.Popen(
                [*self._command, *([DARK] if dark else [])], env=self._environment, stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            self._log(f"there is no resting screen: {error}")

    def hide(self) -> None:
        """Kill the screen, which has nothing to save. Does nothing if it is not shown."""
        process, self._process = self._process, None
        if process is None:
            return
        status = process.poll()
        if status is not None:
            self._log(f"the resting screen ended by itself, with status {status}")
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=KILL_TIMEOUT)
