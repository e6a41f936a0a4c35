"""In the game's place under a supervisor: it beats, and does what a test has it do.

    python stand_in.py FOLDER DEED…

Its process is written down in FOLDER, and so is each that it starts. It beats twenty times a second.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from game.kiosk.supervisor.heartbeat import Heartbeat, HeartbeatStatus

QUICKER = 20


def main(folder: Path, deeds: set[str]) -> int:
    beat = Heartbeat.of_environment(os.environ, lambda: time.monotonic() * QUICKER)
    assert beat is not None
    first = not list(folder.glob("game-*"))
    if "deaf" in deeds:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if "starts" in deeds:  # as the game has a voice and a mixer: in a group of its own, and one that is left in ours
        for apart in (True, False):
            other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=apart)
            (folder / f"other-{other.pid}").touch()
    if "says" in deeds:
        sys.stdout.write("a line of the game\n")
        sys.stdout.flush()
        sys.stderr.write("a complaint of it\n")
    (folder / f"game-{os.getpid()}").touch()
    if "crashes" in deeds and not (folder / "mended").exists():
        return 3
    while "silent" in deeds:
        time.sleep(1)
    for visits in range(10**6):
        beat.beat(HeartbeatStatus(visits))
        if beat.alone:
            return 4
        if visits == 3 and "quits" in deeds:
            return 0
        if visits == 3 and "restarts" in deeds and first:
            return 75
        time.sleep(1 / QUICKER)
    return 5


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), set(sys.argv[2:])))
