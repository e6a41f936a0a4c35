"""The resting screen as the supervisor has it: a process that is shown and taken away, and may be missing."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

DARK = "--dark"  # for a screen that shows nothing
PATIENCE = 1.0  # seconds for one that was killed to go


class SplashProcess:
    """`command` shows the screen until its standard input ends. What goes wrong is given to `say`."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], say: Callable[[str], None]) -> None:
        self._command, self._environment, self._say = command, environment, say
        self._process: subprocess.Popen[bytes] | None = None

    def show(self, dark: bool) -> None:
        """Show it; `dark`: with nothing on it. A kiosk that cannot show it goes on without."""
        try:
            self._process = subprocess.Popen(
                [*self._command, *([DARK] if dark else [])], env=self._environment, stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            self._say(f"there is no resting screen: {error}")

    def take_away(self) -> None:
        """It has nothing to lose, and so it is not asked; nothing where it is not shown."""
        process, self._process = self._process, None
        if process is None:
            return
        status = process.poll()
        if status is not None:
            self._say(f"the resting screen ended by itself, with status {status}")
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=PATIENCE)
