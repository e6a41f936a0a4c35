"""A fake game for tests of the supervisor: it sends heartbeats, and behaves as a test requests.

    python fake_game.py FOLDER BEHAVIOUR…

It records its process id in FOLDER, and those of processes that it starts. It sends twenty heartbeats a second.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from game.kiosk.supervisor.heartbeat import Heartbeat, HeartbeatStatus

HEARTBEATS = 20  # a second


def main(folder: Path, behaviours: set[str]) -> int:
    heartbeat = Heartbeat.from_environment(os.environ, lambda: time.monotonic() * HEARTBEATS)
    assert heartbeat is not None
    first = not list(folder.glob("game-*"))
    if "deaf" in behaviours:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if "starts" in behaviours:  # like voice and mixer: one in its own process group, and one in ours
        for apart in (True, False):
            other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=apart)
            (folder / f"other-{other.pid}").touch()
    if "says" in behaviours:
        sys.stdout.write("a line of the game\n")
        sys.stdout.flush()
        sys.stderr.write("a complaint of it\n")
    (folder / f"game-{os.getpid()}").touch()
    if "crashes" in behaviours and not (folder / "mended").exists():
        return 3
    while "silent" in behaviours:
        time.sleep(1)
    for visits in range(10**6):
        heartbeat.send(HeartbeatStatus(visits))
        if heartbeat.supervisor_gone:
            return 4
        if visits == 3 and "quits" in behaviours:
            return 0
        if visits == 3 and "restarts" in behaviours and first:
            return 75
        time.sleep(1 / HEARTBEATS)
    return 5


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), set(sys.argv[2:])))
