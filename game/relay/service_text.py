"""The text of `relay --print-service`: a systemd unit, a Caddyfile, lines for Valkey, and what to type."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from string import Template

SERVICE = "weight-of-grain-relay"
UNIT = Path(f"/etc/systemd/system/{SERVICE}@.service")
TOKENS = Path("/etc/weight-of-grain/relay-tokens")
_HOMES, _TEMPORARY = ("/home", "/root", "/run/user"), ("/tmp", "/var/tmp")
_HIDDEN = (*_HOMES, *_TEMPORARY)  # folders that systemd hides from a service, by ProtectHome and PrivateTmp
_PLACE = """\
# BEWARE: this installation lies below {}, where a service's own user can most often read nothing. The unit
# below leaves that folder visible; if its log says "Permission denied", install to /opt as README.md does (For whoever
# runs a relay), and print this again with the program there.
"""
_MEMORY = 300  # MB: two processes with 3,000 phones in 100 classes, with room to spare


def service_text(template: str, program: Sequence[str], data: Path, user: str, port: int, name: str) -> str:
    """What an operator saves and types.

    Args:
        template: the text, with the places of these arguments in it.
        program: the words that run the game, as `/usr/bin/python3 -m game`.
        data: the folder of the program's own files.
        port: of the first process; the second has the next one.
        name: the public name of the machine.

    Raises:
        ValueError: a word does not fit on a line.
    """
    command = (*program, "relay", "--port", "%i", "--store", "valkey://127.0.0.1:6379", "--tokens", str(TOKENS))
    if not all(word.isprintable() for word in (*command, user, name)):
        raise ValueError("a path holds what fits on no line")
    hidden = [place for place in _HIDDEN if any(Path(one).is_relative_to(place) for one in (program[0], data))]
    return Template(template).substitute(
        place=_PLACE.format(hidden[0]) if hidden else "",
        home="read-only" if set(hidden) & set(_HOMES) else "yes", tmp="no" if set(hidden) & set(_TEMPORARY) else "yes",
        program=shlex.join(program), command=shlex.join(command), user=user, name=name, unit=UNIT, service=SERVICE,
        tokens=TOKENS, first=port, second=port + 1, memory=_MEMORY,
    )  # fmt: skip
