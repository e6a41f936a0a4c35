"""Runs a supervisor with a fake game as a process, and reads its output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.kiosk.supervisor.orphan_reaper import end_orphans
from game.kiosk.supervisor.process_supervisor import SupervisorOptions, supervise
from game.kiosk.supervisor.supervisor_policy import TimeLimits
from tests.real.screen import until

ROOT = Path(__file__).parents[2]
PATIENCE = 30  # seconds; an idle machine needs a moment
NOTED = """
import os, pathlib, sys
(pathlib.Path(sys.argv[1]) / f"screen-{os.getpid()}").touch()
sys.stdin.read()
"""


@dataclass(frozen=True)
class KioskFolder:
    """The folder of a supervisor: `data`, `log`, and the process ids of the fake game."""

    folder: Path

    def options(
        self, behaviours: Sequence[str], outdated: Callable[[], bool], limits: TimeLimits, splash: Sequence[str] = ()
    ) -> SupervisorOptions:
        """A fake game with these behaviours, and a resting screen that leaves a note, or that of `splash`."""
        return SupervisorOptions(
            game=[sys.executable, str(Path(__file__).with_name("fake_game.py")), str(self.folder), *behaviours],
            splash=splash or [sys.executable, "-c", NOTED, str(self.folder)],
            data_folder=self.folder / "data", log_folder=self.folder / "log", port=0, outdated=outdated, limits=limits,
        )  # fmt: skip

    def health(self) -> dict[str, Any]:
        try:
            data: dict[str, Any] = json.loads((self.folder / "data" / "health.json").read_text())
        except FileNotFoundError:
            return {}
        return data

    def log(self) -> str:
        file = self.folder / "log" / "kiosk.log"
        return file.read_text("utf-8") if file.exists() else ""

    def started(self, what: str = "game") -> list[int]:
        """The process ids of all started games in order, or of every `other` process that these started."""
        files = sorted(self.folder.glob(f"{what}-*"), key=lambda file: file.stat().st_mtime_ns)
        return [int(file.name.partition("-")[2]) for file in files]


@dataclass(frozen=True)
class RunningSupervisor(KioskFolder):
    """A running supervisor. A file `outdated` in its folder makes its configuration outdated."""

    process: subprocess.Popen[bytes]

    def said(self) -> str:
        return (self.folder / "said").read_text("utf-8")

    def game(self, number: int = 1, status: str = "well") -> int:
        """Wait for so many games and this health status. Return the last game's process id."""
        until(lambda: len(self.started()) >= number and self.health().get("status") == status, PATIENCE,
              f"game {number} to be {status}")  # fmt: skip
        return self.started()[-1]

    def end(self) -> int:
        """Ask it to end. Return its exit status."""
        self.process.terminate()
        return self.process.wait(PATIENCE)


def alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def wait_until_ended(*processes: int) -> None:
    until(lambda: not any(map(alive, processes)), PATIENCE, "the end of every process")


@contextmanager
def run_supervisor(
    folder: Path,
    *behaviours: str,
    limits: Mapping[str, object] | None = None,
    splash_command: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[RunningSupervisor]:
    """Run a supervisor of a fake game with these behaviours. Kill all its processes afterwards.

    `limits` are the policy's limits that differ from the defaults; `splash_command` shows the resting screen.
    """
    how = {"folder": str(folder), "behaviours": behaviours, "limits": limits or {}, "splash": splash_command}
    own = {**(environment or os.environ), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.kiosk.supervisor_runner", json.dumps(how)]
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(command, env=own, cwd=ROOT, stderr=said)
    found = RunningSupervisor(folder, process)
    try:
        yield found
    finally:
        process.kill()
        process.wait()
        tag = str((folder / "data").resolve())
        end_orphans(tag)
        end_orphans(f"{tag} {process.pid}")


if __name__ == "__main__":
    how = json.loads(sys.argv[1])
    kiosk = KioskFolder(Path(how["folder"]))
    outdated = (kiosk.folder / "outdated").exists
    raise SystemExit(supervise(kiosk.options(how["behaviours"], outdated, TimeLimits(**how["limits"]), how["splash"])))
