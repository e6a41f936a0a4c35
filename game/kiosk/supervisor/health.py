"""How a kiosk is, for whoever watches many: a file, and the same on a page that only this computer reaches."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from typing import Literal

from game.core.files import write_atomic
from game.core.values import frozen
from game.kiosk.supervisor.supervisor_policy import SupervisorState

HERE = "127.0.0.1"
NAME = "health.json"
PATIENCE = 5.0  # seconds for a request to come whole
EVERY = 5.0  # seconds between two writings of the file while nothing changes

Status = Literal["well", "starting", "resting", "closed"]
Database = Literal["none", "well", "trouble"]


@frozen
class Health:
    """What is told. Moments are ISO 8601 with their zone; `child_since` and `last_beat_seconds` are None without a
    game, or without a beat of it; `pid` is the supervisor's; `configuration` is the first line of what is wrong with
    its file, or nothing; `counts` says whether all that was counted is on disk, or waits in the game for a disk that
    takes it (why, the log says); `counts_set_aside` how many files of counts could not be used any more, and lie beside
    the one that was begun anew until somebody takes them away; `database` whether the counts are sent to the museum's
    (why they are not, the log says), if there is one; `last_trouble` begins with its local time, or is nothing."""

    status: Status
    version: str
    up_since: str
    child_since: str | None
    restarts: int
    last_beat_seconds: float | None
    visits_today: int
    pid: int
    configuration: str = ""
    counts: Literal["kept", "waiting"] = "kept"
    last_trouble: str = ""
    counts_set_aside: int = 0
    database: Database = "none"

    def as_json(self) -> str:
        return json.dumps({one.name: getattr(self, one.name) for one in fields(self)}, indent=1) + "\n"


def read(folder: Path) -> Health | None:
    """What the file in a folder tells; None without one, or where it is no such file."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Health(**{one.name: told[one.name] for one in fields(Health)})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def status_of(state: SupervisorState, closed: bool) -> Status:
    """`closed`: the museum is, and a screen that is dark has to be."""
    if state.phase == "well":
        return "closed" if closed else "well"
    return "resting" if state.resting else "starting"


def database_of(sent: bool | None) -> Database:
    """How it is told whether counts are sent; None: they are to be sent nowhere."""
    if sent is None:
        return "none"
    return "well" if sent else "trouble"


class HealthFile:
    """The file, written when something changed or every few seconds. A folder that takes none is said once."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self._path, self._say = folder / NAME, say
        self._told: Health | None = None
        self._next = float("-inf")
        self._failed = False

    def tell(self, health: Health, now: float) -> None:
        """Write it where that is due; `now` in seconds."""
        told = replace(health, last_beat_seconds=None)  # which is another at each look
        if told == self._told and now < self._next:
            return
        self._told, self._next = told, now + EVERY
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self._path, health.as_json())
        except OSError as error:
            if not self._failed:
                self._say(f"the health file is not written: {error}")
            self._failed = True
        else:
            self._failed = False

    def remove(self) -> None:
        """There is no kiosk any more."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            self._say(f"the health file stays: {error}")


@contextmanager
def served(health: Callable[[], Health], port: int) -> Iterator[int]:
    """`/health` on this port of this computer, 0 for a free one; gives the port. Raises OSError where it is taken."""
    with _Server(health, port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


class _Server(ThreadingTCPServer):
    allow_reuse_address = sys.platform != "win32"  # there it would let two programs have one port
    daemon_threads = True
    block_on_close = False

    def __init__(self, health: Callable[[], Health], port: int) -> None:
        self.health = health
        super().__init__((HERE, port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller who goes away is no trouble of ours."""


class _Handler(BaseHTTPRequestHandler):
    timeout = PATIENCE

    def do_GET(self) -> None:
        # A page of elsewhere can have its own name point to this computer; then it calls us by that name.
        if self.headers.get("Host", "").partition(":")[0] not in (HERE, "localhost"):
            self.send_error(403)
        elif self.path != "/health":
            self.send_error(404)
        else:
            assert isinstance(self.server, _Server)
            body = self.server.health().as_json().encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(body)

    def version_string(self) -> str:
        return "kiosk"  # in place of the library's name and version

    def log_message(self, format: str, *args: object) -> None:
        """Who asks is not written down."""
