"""Splash process: the resting screen as a process, which the supervisor starts and kills. A kiosk works without it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

DARK = "--dark"  # the option that makes the screen black
KILL_TIMEOUT = 1.0  # seconds that a killed process gets to end


class SplashProcess:
    """The process of the resting screen. `command` shows it until its standard input ends. Failures go to `log`."""

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
        """Kill the screen, which has nothing to save. If it is not shown, do nothing."""
        process, self._process = self._process, None
        if process is None:
            return
        status = process.poll()
        if status is not None:
            self._log(f"the resting screen ended by itself, with status {status}")
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=KILL_TIMEOUT)
