"""Heartbeat: one JSON line per second over a pipe, from the game to its supervisor."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
from collections.abc import Callable, MutableMapping
from contextlib import suppress

from game.core.values import fields_of, frozen

VARIABLE = "WEIGHT_OF_GRAIN_BEAT"  # environment variable with the pipe's end for writing: a file descriptor or a handle
INTERVAL = 1.0  # seconds between two heartbeats
LONGEST = 200  # bytes in a line, short enough for an atomic write


@frozen
class HeartbeatStatus:
    """The content of a heartbeat. The field names are the keys of its JSON. Never rename them: the supervisor that
    reads them can be older than the game."""

    visits: int  # today's
    kept: bool = True  # all counts are on the disk
    aside: int = 0  # damaged files of counts that were set aside
    sent: bool | None = None  # whether counts reach the museum's database; None if there is none


class Heartbeat:
    """The writing end of the pipe, in the game. `clock` returns seconds."""

    def __init__(self, pipe: int, clock: Callable[[], float]) -> None:
        self._pipe, self._clock = pipe, clock
        self._next = float("-inf")
        self.supervisor_gone = False  # nobody reads the pipe any more, so the game should end
        os.set_inheritable(pipe, False)  # a child of the game would keep it open
        with suppress(AttributeError, OSError):  # on Windows, only Python 3.12 and later have it
            os.set_blocking(pipe, False)

    @classmethod
    def from_environment(cls, environ: MutableMapping[str, str], clock: Callable[[], float]) -> Heartbeat | None:
        """Take the pipe out of `environ`; return None if there is no supervisor. On Linux, the system then kills this
        process when its supervisor ends, even if this process hangs. Call this before anything slow."""
        try:
            pipe = _file_descriptor(int(environ.pop(VARIABLE, "")))
            if not stat.S_ISFIFO(os.fstat(pipe).st_mode):
                return None
        except (ValueError, OSError, OverflowError):
            return None
        _end_with_parent()
        return cls(pipe, clock)

    def send(self, status: HeartbeatStatus) -> None:
        """Write a heartbeat, at most one a second. Calls in between do nothing."""
        now = self._clock()
        if self.supervisor_gone or now < self._next:
            return
        self._next = now + INTERVAL
        try:
            os.write(self._pipe, json.dumps(fields_of(status)).encode() + b"\n")
        except BlockingIOError:
            pass  # the supervisor is busy, and the pipe has enough heartbeats in it
        except OSError:
            self.supervisor_gone = True


def parse_heartbeat(line: bytes) -> HeartbeatStatus | None:
    """Return the status in a line; None if the line is not a heartbeat."""
    try:
        found = json.loads(line)
        status = HeartbeatStatus(found["visits"], found["kept"], found.get("aside", 0), found.get("sent"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    numbers = all(type(count) is int and count >= 0 for count in (status.visits, status.aside))
    flags = type(status.kept) is bool and (status.sent is None or type(status.sent) is bool)
    return status if numbers and flags else None


def _file_descriptor(number: int) -> int:
    """Return the file descriptor of the pipe. `number` is the descriptor itself, but on Windows a handle."""
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.open_osfhandle(number, os.O_WRONLY)
    return number


def _end_with_parent() -> None:
    if sys.platform == "linux":
        import ctypes

        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
