"""The logs of a real Caddy, a relay and a class while clients send malformed input, and while everything ends."""

from __future__ import annotations

import asyncio
import json
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from game.core.addresses import CLASS_PORT
from tests.ports import free_port
from tests.relay.hosts.relayed_class import printed_caddyfile
from tests.relay.logged_process import PYTHON, running, wait_for_line
from tests.relay.raw_http import AGENT, CLIENT, bad_requests, send_raw

pytestmark = pytest.mark.skipif(shutil.which("caddy") is None, reason="needs caddy")
HERE = "127.0.0.1"


async def send_all(port: int, room: str) -> None:
    honest = f"GET {room}/hello HTTP/1.1\r\nHost: {HERE}\r\nUser-Agent: {AGENT}\r\nCookie: seat=a\r\n\r\n".encode()
    half = f"GET {room}/socket HTTP/1.1\r\nHost: {HERE}\r\nUser-Agent: {AGENT}".encode()
    requests = [[honest], [half], *bad_requests(room, HERE)]
    await asyncio.gather(*(send_raw(port, parts, patience=0.3) for parts in requests))


@pytest.mark.usefixtures("home")
def test_no_log_has_an_address_a_room_or_an_agent(tmp_path: Path) -> None:
    front, port, other = free_port(), free_port(), free_port()
    logs = {name: tmp_path / f"{name}.log" for name in ("relay", "class", "caddy")}
    settings = tmp_path / "Caddyfile"
    site = printed_caddyfile(f"http://{HERE}:{front}", [f"{HERE}:{port}", f"{HERE}:{other}"])
    settings.write_text(site.replace("lb_try_duration 5s", "lb_try_duration 300ms"), "utf-8")
    caddy = ("caddy", "run", "--config", str(settings), "--adapter", "caddyfile")
    homes = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    with running(logs["caddy"], *caddy, **homes):
        with running(logs["relay"], *PYTHON, "game", "relay", "--port", str(port)):
            wait_for_line(logs["relay"], "listens")
            dialled = f"http://{HERE}:{port}"
            with running(logs["class"], *PYTHON, "tests.relay.hosts.class_process", str(tmp_path / "a.class"), dialled):
                code = json.loads(wait_for_line(logs["class"], '"url": "http'))["relay"]["code"]
                for target in (front, port):
                    asyncio.run(send_all(target, f"/{code}"))
                asyncio.run(send_all(CLASS_PORT, ""))
        with suppress(ConnectionError):
            asyncio.run(send_all(front, f"/{code}"))
        wait_for_line(logs["caddy"], "health_checker")  # what an operator needs is still there
    for name, log in logs.items():
        said = log.read_text("utf-8")
        said = "\n".join(line for line in said.splitlines() if '"url"' not in line)  # this class's own, for the test
        for secret in (CLIENT, code, AGENT, "of-a-client", "Traceback"):
            assert secret not in said, (name, secret, said)
