"""Kills processes that a game started, also outside its process group. A tag in the environment marks them.

The voice and the mixer have process groups of their own, and would outlive a killed game for a while. Only Linux shows
the environments of processes; elsewhere these two end when their input ends.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

VARIABLE = "WEIGHT_OF_GRAIN_KIOSK"
PROCESSES = Path("/proc")
ROUNDS = 5  # scans, because a process may be starting another


def end_orphans(tag: str) -> int:
    """Kill every process with the tag except this one. Return how many there were."""
    ended: set[int] = set()
    for _ in range(ROUNDS):
        found = set(orphans(tag))
        for process in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        ended |= found
        if not found:
            break
    return len(ended)


def orphans(tag: str) -> Iterator[int]:
    """The ids of running processes with the tag, except this one."""
    wanted = os.fsencode(f"{VARIABLE}={tag}")
    for folder in PROCESSES.glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:  # it has just ended, or is not ours
            continue
        if wanted in environment.split(b"\0") and int(folder.name) != os.getpid():
            yield int(folder.name)
