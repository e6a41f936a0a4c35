"""Systemd unit: starts a kiosk with its computer. It runs cage, a display server, which runs the game."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from string import Template

from game.core.exit_status import BY_STAFF
from game.core.values import frozen

UNIT = Path("/etc/systemd/system/weight-of-grain-kiosk.service")
CONFIG = Path("/etc/weight-of-grain/kiosk.yaml")  # the default, because a service has no home folder


@frozen
class Installation:
    """Where the program is installed on one computer, and the user that runs it."""

    program: tuple[str, ...]  # the words that run the game, such as `/usr/bin/python3 -m game`
    user: str
    port: int  # of the health page
    config: Path = CONFIG
    story: Path | None = None  # None for the story that ships with the program
    cage: Path = Path("/usr/bin/cage")

    @property
    def kiosk(self) -> tuple[str, ...]:
        """The command that runs the kiosk in the current session."""
        story = ("--story", str(self.story)) if self.story is not None else ()
        return (*self.program, "kiosk", *story, "--config", str(self.config))

    @property
    def console(self) -> tuple[str, ...]:
        """The command that runs the kiosk full-screen on a text console, with cage, on the screen that was connected
        last. Cage's option `-s` is left out, so no key switches to another console."""
        return (str(self.cage), "-d", "-m", "last", "--", *self.kiosk)


def unit_text(template: str, installation: Installation) -> str:
    """Return the unit's text, with commands for a technician in comments. Raises ValueError for a path with line
    breaks."""
    if not all(word.isprintable() for word in (*installation.console, installation.user)):
        raise ValueError("a path holds what fits in no line")
    return Template(template).substitute(
        program=shlex.join(installation.program),
        console=shlex.join(installation.console),
        windowed=shlex.join((*installation.kiosk, "--windowed")),
        config=shlex.quote(str(installation.config)),
        command=unit_line(installation.console),
        user=installation.user,
        port=installation.port,
        unit=UNIT,
        staff=BY_STAFF,
    )


def unit_line(command: Sequence[str]) -> str:
    """Return a command for `ExecStart`. Double `%` and `$`, and quote words as in C."""
    return " ".join(map(_unit_word, command))


def _unit_word(word: str) -> str:
    doubled = word.replace("%", "%%").replace("$", "$$")
    if word and not set(word) & set(" \"'\\;"):
        return doubled
    return '"' + doubled.replace("\\", "\\\\").replace('"', '\\"') + '"'
