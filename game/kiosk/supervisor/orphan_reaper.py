"""Orphan reaper: kills all processes that a game has started. It knows them by a tag in their environment, so that it
also finds those outside the game's process group.

The voice and the audio process have process groups of their own, and would outlive a killed game for a while. Only
Linux shows the environments of processes. On other systems, these two processes end when their input ends.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

VARIABLE = "WEIGHT_OF_GRAIN_KIOSK"
PROCESSES = Path("/proc")
ROUNDS = 5  # how often it looks, because a process may just be starting another


def end_orphans(tag: str) -> int:
    """Kill every process with the tag except this process. Return how many there were."""
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
    """Yield the ids of running processes with the tag, except this process."""
    wanted = os.fsencode(f"{VARIABLE}={tag}")
    for folder in PROCESSES.glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:  # it has just ended, or belongs to another user
            continue
        if wanted in environment.split(b"\0") and int(folder.name) != os.getpid():
            yield int(folder.name)
