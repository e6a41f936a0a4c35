"""Kills what a game started, found by a tag in the environment, also outside of the game's process group.

The voice and the mixer are processes in groups of their own, and would go on for a while after a game that was killed.
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
ROUNDS = 5  # scans, in case one process was just starting another


def end_orphans(tag: str) -> int:
    """Kill every process with the tag but this one; how many there were."""
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
    """The ids of the running processes with the tag, but this one."""
    wanted = os.fsencode(f"{VARIABLE}={tag}")
    for folder in PROCESSES.glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:  # it is just gone, or not ours
            continue
        if wanted in environment.split(b"\0") and int(folder.name) != os.getpid():
            yield int(folder.name)
