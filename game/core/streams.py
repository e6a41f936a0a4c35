"""Standard input and output, also where there is none, it is closed, or it takes nothing more."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress


class _Output(io.TextIOWrapper):
    """Standard output that knows whether it failed: an OSError does not say what it is of."""

    trouble: OSError | None = None

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError as error:
            self.trouble = error
            raise

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            self.trouble = error
            raise


class _Closed(io.TextIOBase):
    """Standard output that is closed: whatever is written to it fails, as it does where a disk is full."""

    trouble: OSError | None = None

    def write(self, text: str) -> int:
        self.trouble = OSError(errno.EBADF, "it is closed")
        raise self.trouble

    def flush(self) -> None:
        if self.trouble is not None:
            raise self.trouble


def open_streams(windowed: bool) -> None:
    """Make standard streams what any command can use: UTF-8 whatever the system's own encoding is, since a Windows pipe
    has no Chinese otherwise, and there even where they are closed.

    Closed input is at its end. Closed output takes nothing, which a command says; one that is `windowed` needs none.
    """
    if None in (sys.stdin, sys.stdout, sys.stderr) and os.name == "posix":
        # Else the first file that is opened becomes standard output, and has in it what is printed.
        while (nowhere := os.open(os.devnull, os.O_RDWR)) <= 2:
            pass
        os.close(nowhere)
    if sys.stdin is None:
        sys.stdin = io.StringIO()
    if sys.stdout is None:
        sys.stdout = io.StringIO() if windowed else _Closed()
    if sys.stderr is None:
        sys.stderr = io.StringIO()  # and not None, for which `print` takes standard output
    if type(sys.stdout) is io.TextIOWrapper:
        sys.stdout.flush()
        sys.stdout = _Output(sys.stdout.buffer, line_buffering=sys.stdout.line_buffering)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="strict")


def tell(line: str) -> None:
    """Say a line on standard error, as far as it takes one."""
    try:
        sys.stderr.write(f"weight-of-grain: {line}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        _to_nowhere(2)


def output_trouble() -> OSError | None:
    """Why standard output took nothing, where it did not."""
    return sys.stdout.trouble if isinstance(sys.stdout, _Output | _Closed) else None


def give_up_output() -> None:
    """Let go of what standard output did not take, so that nothing is said of it at exit either."""
    if isinstance(sys.stdout, _Closed):
        sys.stdout.trouble = None
    else:
        _to_nowhere(1)


def _to_nowhere(number: int) -> None:
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
