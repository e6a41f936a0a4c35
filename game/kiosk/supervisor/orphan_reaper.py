"""Whatever a kiosk's game started, found by a mark in its environment: also what has left the game's own group.

The voice and the mixer are programs in groups of their own, and would go on for a while after a game that was killed.
Only Linux shows the environments of processes; elsewhere these end by themselves, with their input.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

VARIABLE = "WEIGHT_OF_GRAIN_KIOSK"
PROCESSES = Path("/proc")
ROUNDS = 5  # looks, in case that one of them was just starting another


def end_orphans(mark: str) -> int:
    """Kill every process of this user's that carries the mark, but this one; how many there were."""
    ended: set[int] = set()
    for _ in range(ROUNDS):
        found = set(orphans(mark))
        for process in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        ended |= found
        if not found:
            break
    return len(ended)


def orphans(mark: str) -> Iterator[int]:
    """The ids of the processes that carry the mark, but this one; a process that ended is none."""
    wanted = os.fsencode(f"{VARIABLE}={mark}")
    for folder in PROCESSES.glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:  # it is just gone, or not ours
            continue
        if wanted in environment.split(b"\0") and int(folder.name) != os.getpid():
            yield int(folder.name)
