"""The kiosk's health for monitoring: the file and the page."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from game.kiosk.supervisor.health import INTERVAL, NAME, Health, HealthFile, read_health, serve_health, status_of
from game.kiosk.supervisor.supervisor_policy import Phase, SupervisorState

HEALTH = Health("well", "0.1", "2026-11-25T09:00:00+00:00", "2026-11-25T09:00:01+00:00", 2, 0.4, 31, 4711)


@pytest.fixture
def page() -> Iterator[tuple[int, list[Health]]]:
    """The port of a health page, and a list whose last entry is served."""
    served = [HEALTH]
    with serve_health(lambda: served[-1], 0) as port:
        yield port, served


def ask(port: int, method: str = "GET", path: str = "/health", host: str = "") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, headers={"Host": host or f"127.0.0.1:{port}"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_health_is_served_as_json(page: tuple[int, list[Health]]) -> None:
    port, served = page
    status, body = ask(port)
    assert status == 200
    assert json.loads(body) == {
        "status": "well", "version": "0.1", "up_since": "2026-11-25T09:00:00+00:00",
        "child_since": "2026-11-25T09:00:01+00:00", "restarts": 2, "last_beat_seconds": 0.4, "visits_today": 31,
        "pid": 4711, "configuration": "", "counts": "kept", "last_trouble": "", "counts_set_aside": 0,
        "database": "none",
    }  # fmt: skip
    served.append(replace(HEALTH, status="resting", child_since=None, configuration="kiosk.yaml:1:7: no"))
    health = json.loads(ask(port, host="localhost")[1])
    assert (health["status"], health["configuration"]) == ("resting", "kiosk.yaml:1:7: no")


@pytest.mark.parametrize(
    ("method", "path", "host", "status"),
    [
        ("GET", "/health", "evil.example", 403),
        ("GET", "/health", "127.0.0.1.evil.example", 403),
        ("GET", "/", "", 404),
        ("GET", "/health/../../etc/passwd", "", 404),
        ("POST", "/health", "", 501),
        ("DELETE", "/health", "", 501),
    ],
)
def test_nothing_else_is_answered(
    page: tuple[int, list[Health]], method: str, path: str, host: str, status: int
) -> None:
    answered, body = ask(page[0], method, path, host)
    assert answered == status
    assert b"visits_today" not in body


def test_the_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert read_health(tmp_path) is None
    health = replace(HEALTH, child_since=None, last_trouble="2026-11-25 09:00 the game ended: SIGKILL")
    HealthFile(tmp_path, print).write(health, 0.0)
    assert read_health(tmp_path) == health
    for other in ("{}", "[]", "well", '{"status": "well"}'):
        (tmp_path / NAME).write_text(other)
        assert read_health(tmp_path) is None


def test_silent_client_does_not_block_others(page: tuple[int, list[Health]]) -> None:
    silent = [socket.create_connection(("127.0.0.1", page[0])) for _ in range(5)]
    assert ask(page[0])[0] == 200
    for each in silent:
        each.close()


def test_only_this_computer_is_answered(page: tuple[int, list[Health]]) -> None:
    with socket.socket() as other:  # fails if the server listens on every address
        other.bind(("127.0.0.2", page[0]))


def test_a_port_that_is_taken_is_an_error(page: tuple[int, list[Health]]) -> None:
    with pytest.raises(OSError, match="in use"), serve_health(lambda: HEALTH, page[0]):
        pass


def test_the_file_is_written_at_each_change_and_now_and_then(tmp_path: Path) -> None:
    file, path = HealthFile(tmp_path / "new", lambda line: None), tmp_path / "new" / NAME
    beaten, visited = replace(HEALTH, last_beat_seconds=0.9), replace(HEALTH, visits_today=32)
    resting = replace(visited, status="resting")
    changes = ((0.5, beaten, False), (0.6, visited, True), (0.7, resting, True), (0.8, resting, False))
    for now, health, writes in ((0.0, HEALTH, True), *changes, (0.7 + INTERVAL, resting, True)):
        path.unlink(missing_ok=True)
        file.write(health, now)
        assert (path.read_text() if path.exists() else "") == (health.as_json() if writes else ""), now
    file.remove()
    assert list(path.parent.iterdir()) == []


def test_failed_write_is_logged_once(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "place").write_text("")
    file = HealthFile(tmp_path / "place", said.append)
    file.write(HEALTH, 0.0)
    file.write(HEALTH, 10.0)
    assert len(said) == 1
    (tmp_path / "place").unlink()
    file.write(HEALTH, 20.0)
    assert (tmp_path / "place" / NAME).exists()
    assert len(said) == 1
    (tmp_path / "place" / NAME).unlink()
    (tmp_path / "place").rmdir()
    (tmp_path / "place").write_text("")
    file.write(HEALTH, 30.0)
    assert len(said) == 2


@pytest.mark.parametrize(
    ("phase", "resting", "closed", "status"),
    [
        ("well", False, False, "well"),
        ("well", False, True, "closed"),
        ("starting", False, False, "starting"),
        ("starting", True, False, "resting"),
        ("down", True, True, "resting"),
        ("down", False, False, "starting"),
        ("dying", False, False, "starting"),
    ],
)
def test_the_status_says_what_stands_on_the_screen(phase: Phase, resting: bool, closed: bool, status: str) -> None:
    assert status_of(SupervisorState(0.0, phase, resting=resting), closed) == status
