"""What benchmarks share: processes of this program, what they take of the machine, and how waits are summed up."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Literal

ROOT = Path(__file__).parents[2]
HERE, CODE = "127.0.0.1", "K7QP"  # of a class
FRAME = 0.033  # seconds
Say = Callable[[str], None]


@contextmanager
def piped(command: Sequence[str], **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Start a program with pipes to it and from it; it is killed at the end."""
    environ, pipe = os.environ | environment, subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env=environ) as started:
        try:
            yield started
        finally:
            started.kill()


def process(*arguments: str, **environment: str) -> AbstractContextManager[subprocess.Popen[str]]:
    """`piped`, for `python -m` with these arguments."""
    return piped([sys.executable, "-m", *arguments], **environment)


def next_line(started: subprocess.Popen[str]) -> str:
    assert started.stdout is not None
    return started.stdout.readline().rstrip("\n")


def output_of(*arguments: str, timeout: float | None = None, **environment: str) -> str:
    """The output of `python -m` with these arguments. Raises CalledProcessError and TimeoutExpired."""
    command = [sys.executable, "-m", *arguments]
    environ = os.environ | environment
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=timeout, cwd=ROOT, env=environ)
    return run.stdout


def bytes_held(pid: int | str = "self", what: str = "VmRSS", file: str = "status") -> int:
    """The resident bytes of a process, or another of the sizes that /proc has of it. Raises StopIteration if
    the process has ended, and OSError if it was waited for, too."""
    lines = Path(f"/proc/{pid}/{file}").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{what}:"))


def cpu(pid: int) -> float:
    """The seconds of a core that a process has taken so far, with all its threads. Needs /proc."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def shares_of_a_core(pids: Sequence[int], wait: Callable[[], object]) -> list[float]:
    """The share of a core that each process takes while `wait` runs."""
    before, start = [cpu(pid) for pid in pids], time.monotonic()
    wait()
    return [(cpu(pid) - was) / (time.monotonic() - start) for pid, was in zip(pids, before, strict=True)]


def within(seconds: float, look: Callable[[], object], every: float = 0.02) -> float | None:
    """The seconds until `look`, called `every` so many, finds something; None if it does not in so many."""
    start = time.monotonic()
    while (passed := time.monotonic() - start) < seconds:
        if look():
            return passed
        time.sleep(every)
    return None


def middle_and_last(
    seconds: Sequence[float], method: Literal["exclusive", "inclusive"] = "exclusive"
) -> tuple[float, float]:
    cut = quantiles(seconds, n=100, method=method)
    return cut[49], cut[98]


def late_frames(spans: Sequence[float], shown: int = 8) -> str:
    """How many busy times of a window are too long, and its longest ones."""
    longest = ", ".join(f"{span * 1e3:.0f}" for span in sorted(spans, reverse=True)[:shown])
    late = sum(span > FRAME for span in spans)
    return f"{late} of {len(spans)} over {FRAME * 1e3:.0f} ms, longest {longest} ms"


def in_milliseconds(took: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in took.items())
