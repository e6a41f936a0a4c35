"""What runs a kiosk from the start of its computer on: a systemd unit, which runs cage, which runs the game."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from string import Template

from game.core.values import frozen
from game.kiosk.supervisor.process_supervisor import BY_STAFF

UNIT = Path("/etc/systemd/system/weight-of-grain-kiosk.service")
CONFIG = Path("/etc/weight-of-grain/kiosk.yaml")  # where nobody names another: a service belongs to no one's home


@frozen
class Installation:
    """Where things are on one computer."""

    program: tuple[str, ...]  # the words that run the game, as `/usr/bin/python3 -m game`
    user: str
    port: int  # of the health page
    config: Path = CONFIG
    story: Path | None = None  # another than the shipped one
    cage: Path = Path("/usr/bin/cage")

    @property
    def kiosk(self) -> tuple[str, ...]:
        """The command that runs the kiosk in whatever session there is."""
        story = ("--story", str(self.story)) if self.story is not None else ()
        return (*self.program, "kiosk", *story, "--config", str(self.config))

    @property
    def console(self) -> tuple[str, ...]:
        """The command that runs it on a text console, by cage, with the screen to itself.

        The screen that was plugged in last is used; without `-s`, no key leads to another console.
        """
        return (str(self.cage), "-d", "-m", "last", "--", *self.kiosk)


def unit(template: str, installation: Installation) -> str:
    """The systemd unit, and in its comments what a technician types. Raises ValueError where a path fits in no line."""
    if not all(word.isprintable() for word in (*installation.console, installation.user)):
        raise ValueError("a path holds what fits in no line")
    return Template(template).substitute(
        program=shlex.join(installation.program),
        console=shlex.join(installation.console),
        desk=shlex.join((*installation.kiosk, "--windowed")),
        config=shlex.quote(str(installation.config)),
        command=unit_line(installation.console),
        user=installation.user,
        port=installation.port,
        unit=UNIT,
        staff=BY_STAFF,
    )


def unit_line(command: Sequence[str]) -> str:
    """A command as a unit's `ExecStart` has it: `%` and `$` are doubled, and quotes are those of C."""
    return " ".join(map(_unit_word, command))


def _unit_word(word: str) -> str:
    doubled = word.replace("%", "%%").replace("$", "$$")
    if word and not set(word) & set(" \"'\\;"):
        return doubled
    return '"' + doubled.replace("\\", "\\\\").replace('"', '\\"') + '"'
