"""Commands as a person types them: a terminal that answers, and a refusal in one line."""

from __future__ import annotations

import io

import pytest

from game.cli import main


class Terminal(io.StringIO):
    """Standard input that is a terminal."""

    def isatty(self) -> bool:
        return True


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """The error line of a command that ends with status 2 and prints nothing to standard output."""
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as end:  # argparse ends a command in this way
        status = end.code if isinstance(end.code, int) else 1
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    *usage, message = err.splitlines()
    assert all(line.startswith(("usage:", " ")) for line in usage) and message.startswith("weight-of-grain")
    return message
