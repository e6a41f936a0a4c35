"""A real kiosk on a real display: supervisor, game and counts, seen from outside."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.ports import free_port
from tests.real.screen import PATIENCE, Screen, until


class Kiosk:
    """A running kiosk. `folder` has its configuration, `data`, `log`, and its standard error as `said`."""

    def __init__(self, process: subprocess.Popen[bytes], display: Screen, port: int, folder: Path) -> None:
        self.process, self.display, self.port, self.folder = process, display, port, folder

    def health(self) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except (urllib.error.URLError, OSError):
            return {}

    def well(self, restarts: int = 0) -> bool:
        health = self.health()
        return health.get("status") == "well" and health.get("restarts") == restarts

    def log(self) -> str:
        return (self.folder / "log" / "kiosk.log").read_text("utf-8")

    def child(self) -> int:
        """The process id of the game itself."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True)
        return int(found.stdout.split()[0])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.display.press(key)
            time.sleep(0.5)

    def visit(self) -> None:
        """A visitor enters by the first door, with keys; the first key may turn the voice on."""
        wanted = self.health()["visits_today"] + 1

        def came() -> bool:
            self.press("Return")
            time.sleep(1)  # until the game's next beat
            return bool(self.health().get("visits_today") == wanted)

        until(came, PATIENCE, "a visit")


def configuration(folder: Path, **keys: object) -> tuple[Path, int]:
    """A configuration with its folders, and its port."""
    port = free_port()
    file = folder / "kiosk.yaml"
    given = {"data_folder": folder / "data", "log_folder": folder / "log", "health_port": port, **keys}
    file.write_text("".join(f"{key}: {value}\n" for key, value in given.items()), encoding="utf-8")
    return file, port


def started(display: Screen, file: Path, **more: str) -> subprocess.Popen[bytes]:
    """A kiosk's process, with `more` in its environment."""
    command = [sys.executable, "-m", "game", "kiosk", "--config", str(file)]
    with (file.parent / "said").open("w") as said:
        return subprocess.Popen(command, env={**display.environment(), **more}, stderr=said)


@contextmanager
def running(display: Screen, file: Path, port: int, environment: Mapping[str, str] | None = None) -> Iterator[Kiosk]:
    """The kiosk of a configuration, once it is healthy; it ends with the context."""
    with started(display, file, **(environment or {})) as process:
        kiosk = Kiosk(process, display, port, file.parent)
        try:
            until(kiosk.well, PATIENCE, "the kiosk")
            display.window_of(kiosk.child)
            yield kiosk
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def kiosk_on(display: Screen, folder: Path, **keys: object) -> Iterator[Kiosk]:
    """A kiosk with these keys in its configuration."""
    with running(display, *configuration(folder, **keys)) as kiosk:
        yield kiosk
