"""Processes with all their output in files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PYTHON = (sys.executable, "-u", "-m")
_PATIENCE = 60.0  # seconds


@contextmanager
def running(log: Path, *command: str, **more: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command during the block. `more` are environment variables."""
    with log.open("w") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=out, stderr=out, text=True, env=os.environ | more
        )
        try:
            yield process
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=30)
            process.kill()


def wait_for_line(log: Path, text: str, skip: int = 0) -> str:
    """Return the last whole line with a text once there is one, after `skip` lines."""
    end = time.monotonic() + _PATIENCE
    while True:
        lines = log.read_text("utf-8").splitlines(keepends=True)[skip:]
        found = [line for line in lines if text in line and line.endswith("\n")]
        if found:
            return found[-1]
        assert time.monotonic() < end, (log, text, lines)
        time.sleep(0.02)


def press(process: subprocess.Popen[str], log: Path, command: str) -> dict[str, Any]:
    """Have the teacher of a `class_process` press something. Return the class's state afterwards."""
    before = len(log.read_text("utf-8").splitlines())
    assert process.stdin is not None
    process.stdin.write(f"{command}\n")
    process.stdin.flush()
    state: dict[str, Any] = json.loads(wait_for_line(log, '{"phase"', before))
    return state
