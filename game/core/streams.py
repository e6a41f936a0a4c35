"""Make the standard streams usable even if they are missing, closed or full."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress


class _Output(io.TextIOWrapper):
    """Standard output that remembers its error, because an OSError does not say which stream raised it."""

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
    """Stands in for a closed standard output: every write fails, as on a full disk."""

    trouble: OSError | None = None

    def write(self, text: str) -> int:
        self.trouble = OSError(errno.EBADF, "it is closed")
        raise self.trouble

    def flush(self) -> None:
        if self.trouble is not None:
            raise self.trouble


def prepare_streams(windowed: bool) -> None:
    r"""Make the standard streams usable for any command: present even if closed, and in UTF-8.

    On Windows a pipe could not carry Chinese without UTF-8. Closed input reads as empty. A file name may hold bytes
    that are not text: output writes each as an escape such as `\udcff`, which is valid in JSON too. Writing to closed
    output is an error, unless `windowed` is true: a command with a window needs no output.
    """
    if None in (sys.stdin, sys.stdout, sys.stderr) and os.name == "posix":
        # Otherwise the first opened file gets descriptor 0 to 2, and whatever is printed goes into it.
        while (nowhere := os.open(os.devnull, os.O_RDWR)) <= 2:
            pass
        os.close(nowhere)
    if sys.stdin is None:
        sys.stdin = io.StringIO()
    if sys.stdout is None:
        sys.stdout = io.StringIO() if windowed else _Closed()
    if sys.stderr is None:
        sys.stderr = io.StringIO()  # with None, `print` would write to standard output
    if type(sys.stdout) is io.TextIOWrapper:
        sys.stdout.flush()
        sys.stdout = _Output(sys.stdout.buffer, line_buffering=sys.stdout.line_buffering)
    for stream, errors in ((sys.stdin, "strict"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def print_error(line: str) -> None:
    """Print a line on standard error. If that fails, print nothing there from now on."""
    try:
        sys.stderr.write(f"weight-of-grain: {line}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        _to_nowhere(2)


def output_error() -> OSError | None:
    """Return the error of standard output; None if it did not fail."""
    return sys.stdout.trouble if isinstance(sys.stdout, _Output | _Closed) else None


def discard_output() -> None:
    """Discard pending output, so that Python reports no error at exit."""
    if isinstance(sys.stdout, _Closed):
        sys.stdout.trouble = None
    else:
        _to_nowhere(1)


def _to_nowhere(number: int) -> None:
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
