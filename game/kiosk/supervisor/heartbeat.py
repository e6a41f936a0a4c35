"""The heart of the game as its supervisor hears it: a line of JSON a second, down a pipe."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from dataclasses import fields

from game.core.values import frozen

VARIABLE = "WEIGHT_OF_GRAIN_BEAT"  # holds the pipe's end to write to: a file descriptor, on Windows a handle
EVERY = 1.0  # seconds between two beats
LONGEST = 200  # bytes of a beat: what a pipe takes whole or not at all


@frozen
class HeartbeatStatus:
    """What a beat tells: how many visits there were today, whether all that was counted is on disk, how many damaged
    files of counts lie aside, and whether counts reach the museum's database (None: there is none)."""

    visits: int
    kept: bool = True
    aside: int = 0
    sent: bool | None = None


class Heartbeat:
    """The writing end of the pipe, in the game. `clock` gives seconds.

    `alone`: the supervisor is gone, and the game should end: nobody would end it any more.
    """

    def __init__(self, pipe: int, clock: Callable[[], float]) -> None:
        self._pipe, self._clock = pipe, clock
        self._next = float("-inf")
        self.alone = False
        os.set_inheritable(pipe, False)  # a program that the game starts would keep it open
        with suppress(AttributeError, OSError):  # Windows has it since Python 3.12
            os.set_blocking(pipe, False)

    @classmethod
    def of_environment(cls, environ: MutableMapping[str, str], clock: Callable[[], float]) -> Heartbeat | None:
        """The pipe that the environment names, taken out of it; None where no supervisor listens.

        On Linux this process ends with its supervisor from here on, even while it hangs: do this before anything slow.
        """
        try:
            pipe = _opened(int(environ.pop(VARIABLE, "")))
            if not stat.S_ISFIFO(os.fstat(pipe).st_mode):
                return None
        except (ValueError, OSError, OverflowError):
            return None
        _end_with_parent()
        return cls(pipe, clock)

    def beat(self, told: HeartbeatStatus) -> None:
        """Say that the game is there, and what it has to tell; at most once a second, else nothing is done."""
        now = self._clock()
        if self.alone or now < self._next:
            return
        self._next = now + EVERY
        try:
            line = json.dumps({one.name: getattr(told, one.name) for one in fields(told)})
            os.write(self._pipe, line.encode() + b"\n")
        except BlockingIOError:
            pass  # the supervisor is busy, and will find beats enough when it looks
        except OSError:
            self.alone = True


def read_heartbeats(line: bytes) -> HeartbeatStatus | None:
    """What a beat tells; None for a line that is no beat."""
    try:
        found = json.loads(line)
        told = HeartbeatStatus(found["visits"], found["kept"], found.get("aside", 0), found.get("sent"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    numbers = all(type(one) is int and one >= 0 for one in (told.visits, told.aside))
    return told if numbers and type(told.kept) is bool and (told.sent is None or type(told.sent) is bool) else None


def _opened(number: int) -> int:
    """The file descriptor of what the environment names."""
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.open_osfhandle(number, os.O_WRONLY)
    return number


def _end_with_parent() -> None:
    if sys.platform == "linux":
        import ctypes

        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
