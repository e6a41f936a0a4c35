"""A real PostgreSQL for the tests: its own cluster in a folder, on loopback; stopping is like a power cut."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ports import free_port

pytest.importorskip("sqlalchemy", reason="needs sqlalchemy")
pytest.importorskip("psycopg", reason="needs psycopg")


def _programs() -> Path:
    """Debian's folder of the newest server, or the path's."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = debian[-1] if debian else shutil.which("initdb")
    if found is None:
        pytest.skip("needs PostgreSQL")
    return Path(found).parent


class Server:
    """One server, which can start and stop repeatedly."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._programs = folder, _programs()
        # PostgreSQL refuses to run as root
        self._as = ["runuser", "-u", "postgres", "--"] if os.name == "posix" and os.geteuid() == 0 else []
        if self._as:
            shutil.chown(folder, "postgres")
        self.port = free_port()
        user = ("-U", "museum", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
        self._run("initdb", "-D", str(folder / "data"), *user)

    @property
    def address(self) -> str:
        return f"postgresql+psycopg://museum:a-secret@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=4MB"
        self._control("start", "-w", "-o", settings, "-l", str(self._folder / "log"))

    def stop(self) -> None:
        """Stop as in a power cut."""
        self._control("stop", "-m", "immediate")

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._programs / program), *arguments]
        subprocess.run(command, check=True, cwd=self._folder, stdout=subprocess.DEVNULL, timeout=60)


@contextmanager
def running() -> Iterator[Server]:
    # not pytest's own folder, which other users cannot read
    with tempfile.TemporaryDirectory(prefix="kiosk-postgres-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()
