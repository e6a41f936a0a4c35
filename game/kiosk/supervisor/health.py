"""Health: the kiosk's health for monitoring, as a JSON file, and at `/health` on loopback."""

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
from game.core.values import fields_of, frozen
from game.kiosk.supervisor.supervisor_policy import SupervisorState

LOOPBACK = "127.0.0.1"
NAME = "health.json"
REQUEST_TIMEOUT = 5.0  # seconds
INTERVAL = 5.0  # seconds between two writes of the file while nothing changes

Status = Literal["well", "starting", "resting", "closed"]
Database = Literal["none", "well", "trouble"]
DATABASES: dict[bool | None, Database] = {None: "none", True: "well", False: "trouble"}  # by `HeartbeatStatus.sent`


@frozen
class Health:
    """The content of the health file. The field names are the keys of its JSON."""

    status: Status
    version: str
    up_since: str  # of the supervisor, as ISO 8601 with the time zone
    child_since: str | None  # of the game; None while there is none
    restarts: int
    last_beat_seconds: float | None  # seconds since the last heartbeat
    visits_today: int
    pid: int  # the supervisor's
    configuration: str = ""  # the first line of what is wrong with the configuration's file
    counts: Literal["kept", "waiting"] = "kept"  # "waiting" if some are still in the game's memory
    last_trouble: str = ""  # begins with its local time; the log says why
    counts_set_aside: int = 0  # unusable files of counts
    database: Database = "none"  # whether counts reach the museum's; "none" without one

    def as_json(self) -> str:
        return json.dumps(fields_of(self), indent=1) + "\n"


def read_health(folder: Path) -> Health | None:
    """Read the health from a folder's file. Return None if the file is missing or invalid."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Health(**{field.name: data[field.name] for field in fields(Health)})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def status_of(state: SupervisorState, closed: bool) -> Status:
    """Return the status of a supervisor's state. `closed`: the museum is closed, so the screen is dark."""
    if state.phase == "well":
        return "closed" if closed else "well"
    return "resting" if state.resting else "starting"


class HealthFile:
    """Writes the health file at each change and every few seconds. A failure is logged once."""

    def __init__(self, folder: Path, log: Callable[[str], None]) -> None:
        self._path, self._log = folder / NAME, log
        self._written: Health | None = None
        self._next = float("-inf")
        self._failed = False

    def write(self, health: Health, now: float) -> None:
        """Write the file if `health` has changed, or INTERVAL has passed since the last write. `now` is in seconds."""
        changing = replace(health, last_beat_seconds=None)  # the heartbeat differs at every call
        if changing == self._written and now < self._next:
            return
        self._written, self._next = changing, now + INTERVAL
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self._path, health.as_json())
        except OSError as error:
            if not self._failed:
                self._log(f"the health file is not written: {error}")
            self._failed = True
        else:
            self._failed = False

    def remove(self) -> None:
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            self._log(f"the health file stays: {error}")


@contextmanager
def serve_health(health: Callable[[], Health], port: int) -> Iterator[int]:
    """Within the `with` block, serve `/health` on loopback, and yield the port. Port 0 takes any free port. Raises
    OSError if the port is taken."""
    with _Server(health, port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


class _Server(ThreadingTCPServer):
    allow_reuse_address = sys.platform != "win32"  # on Windows, True would let two programs share a port
    daemon_threads = True
    block_on_close = False

    def __init__(self, health: Callable[[], Health], port: int) -> None:
        self.health = health
        super().__init__((LOOPBACK, port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore clients that disconnect."""


class _Handler(BaseHTTPRequestHandler):
    timeout = REQUEST_TIMEOUT

    def do_GET(self) -> None:
        # Against DNS rebinding: a page from elsewhere can point its own name to this computer.
        if self.headers.get("Host", "").partition(":")[0] not in (LOOPBACK, "localhost"):
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
        return "kiosk"  # instead of the library's name and version

    def log_message(self, format: str, *args: object) -> None:
        """Do nothing, so that no request is logged."""
