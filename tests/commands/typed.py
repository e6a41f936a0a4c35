"""A command as somebody types it: a terminal that answers, and a refusal in one line."""

from __future__ import annotations

import io

import pytest

from game.cli import main


class Terminal(io.StringIO):
    """Somebody who answers."""

    def isatty(self) -> bool:
        return True


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What is said where a command ends with 2: one line, and nothing on standard output."""
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as end:  # argparse's own way of ending
        status = end.code if isinstance(end.code, int) else 1
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    *usage, said = err.splitlines()
    assert all(line.startswith(("usage:", " ")) for line in usage)
    return said
