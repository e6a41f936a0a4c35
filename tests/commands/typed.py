"""Commands as a person or a program types them, and their refusal in one line."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from game.cli import main


class Terminal(io.StringIO):
    """Standard input that is a terminal."""

    def isatty(self) -> bool:
        return True


class Run(NamedTuple):
    """The exit status of a command, and its output."""

    status: int
    out: str
    err: str

    @property
    def printed(self) -> str:
        assert self.status == 0, self.err
        return self.out

    @property
    def pages(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def nodes(self) -> list[str | None]:
        return [page["node"] for page in self.pages]


Command = Callable[..., Run]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """A function that runs a command. Its input is empty, or the lines `typed`."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    def run(*arguments: object, typed: str | None = None) -> Run:
        if typed is not None:
            monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as end:  # argparse ends a command in this way
            status = end.code if isinstance(end.code, int) else 1
        return Run(status, *capsys.readouterr())

    return run


def refused(found: Run, *words: str, printed: str = "") -> str:
    """The error line of a command that refused its input. The line has these words; `printed` is the output before
    it."""
    assert (found.status, found.out) == (2, printed)
    *usage, message = found.err.splitlines()
    assert all(line.startswith(("usage:", " ")) for line in usage) and message.startswith("weight-of-grain")
    for word in words:
        assert word in message
    return message
