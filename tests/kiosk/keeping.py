"""A supervisor with a stand-in for its game, as a test starts it, and what is to be seen of both from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.kiosk.supervisor.orphan_reaper import end_orphans
from game.kiosk.supervisor.process_supervisor import keep
from game.kiosk.supervisor.supervisor_policy import TimeLimits
from tests.real.screen import until

ROOT = Path(__file__).parents[2]
PATIENCE = 30  # seconds for what takes a moment on a machine that does nothing else


@dataclass(frozen=True)
class Kept:
    """A supervisor that runs. In `folder` lie `data`, `log`, and what the stand-in notes; a file `wrong` says what is
    wrong with the configuration, and one `outdated` that the supervisor is."""

    process: subprocess.Popen[bytes]
    folder: Path

    def health(self) -> dict[str, Any]:
        """What its file says; empty where there is none."""
        try:
            told: dict[str, Any] = json.loads((self.folder / "data" / "health.json").read_text())
        except FileNotFoundError:
            return {}
        return told

    def log(self) -> str:
        return (self.folder / "log" / "kiosk.log").read_text("utf-8")

    def said(self) -> str:
        """What stands on its standard error."""
        return (self.folder / "said").read_text("utf-8")

    def started(self, what: str = "game") -> list[int]:
        """Every game that was ever started, in this order, or every `other` that these started."""
        files = sorted(self.folder.glob(f"{what}-*"), key=lambda file: file.stat().st_mtime_ns)
        return [int(file.name.partition("-")[2]) for file in files]

    def game(self, number: int = 1, status: str = "well") -> int:
        """The process of a game once it is the last of so many, and the kiosk is as `status` has it."""
        until(lambda: len(self.started()) >= number and self.health().get("status") == status, PATIENCE,
              f"game {number} to be {status}")  # fmt: skip
        return self.started()[-1]

    def end(self) -> int:
        """Ask it to end; its status."""
        self.process.terminate()
        return self.process.wait(PATIENCE)


def alive(process: int) -> bool:
    """Whether there is such a process, and it is more than an entry that nobody has read yet."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def gone(*processes: int) -> None:
    """All of them end, within the patience."""
    until(lambda: not any(map(alive, processes)), PATIENCE, "the end of every process")


@contextmanager
def kept(
    folder: Path,
    *deeds: str,
    limits: Mapping[str, object] | None = None,
    resting: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[Kept]:
    """A supervisor of a stand-in that does these deeds; none of their processes outlives this.

    `limits` are those of the rule that differ from the usual ones; `resting` is the command of the resting screen.
    """
    how = {"folder": str(folder), "deeds": deeds, "limits": limits or {}, "resting": resting}
    own = {**(environment or os.environ), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.kiosk.keeping", json.dumps(how)]
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(command, env=own, cwd=ROOT, stderr=said)
    found = Kept(process, folder)
    try:
        yield found
    finally:
        process.kill()
        process.wait()
        mark = str((folder / "data").resolve())
        end_orphans(mark)
        end_orphans(f"{mark} {process.pid}")


def main(told: str) -> int:
    how = json.loads(told)
    folder = Path(how["folder"])
    limits = {name: tuple(value) if isinstance(value, list) else value for name, value in how["limits"].items()}
    return keep(
        [sys.executable, str(Path(__file__).with_name("stand_in.py")), str(folder), *how["deeds"]],
        resting=how["resting"] or [sys.executable, "-c", NOTED, str(folder)],
        data_folder=folder / "data", log_folder=folder / "log", version="0.1", port=0, limits=TimeLimits(**limits),
        wrong=lambda: "".join(file.read_text() for file in folder.glob("wrong")),
        outdated=(folder / "outdated").exists,
    )  # fmt: skip


NOTED = """
import os, pathlib, sys
(pathlib.Path(sys.argv[1]) / f"screen-{os.getpid()}").touch()
sys.stdin.read()
"""

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
