"""The text of `relay --print-service`: a systemd unit, a Caddyfile, lines for Valkey, and what to type."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from string import Template

SERVICE = "weight-of-grain-relay"
UNIT = Path(f"/etc/systemd/system/{SERVICE}@.service")
TOKENS = Path("/etc/weight-of-grain/relay-tokens")
_MEMORY = 300  # MB: two processes with 3,000 phones in 100 classes, with room to spare


def service_text(template: str, program: Sequence[str], user: str, port: int, name: str) -> str:
    """What an operator saves and types.

    Args:
        template: the text, with the places of these arguments in it.
        program: the words that run the game, as `/usr/bin/python3 -m game`.
        port: of the first process; the second has the next one.
        name: the public name of the machine.

    Raises:
        ValueError: a word does not fit on a line.
    """
    command = (*program, "relay", "--port", "%i", "--store", "valkey://127.0.0.1:6379", "--tokens", str(TOKENS))
    if not all(word.isprintable() for word in (*command, user, name)):
        raise ValueError("a path holds what fits on no line")
    return Template(template).substitute(
        program=shlex.join(program), command=shlex.join(command), user=user, name=name, unit=UNIT, service=SERVICE,
        tokens=TOKENS, first=port, second=port + 1, memory=_MEMORY,
    )  # fmt: skip
