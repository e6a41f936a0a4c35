"""A class without a window, two relays, their Valkey and a proxy, each on its own host."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from game.commands.relay import service_text
from game.resources import assets_folder
from tests.relay.hosts.network import Host, network
from tests.relay.logged_process import PYTHON, press, running, wait_for_line
from tests.relay.valkey_server import ValkeyServer

PATIENCE = 20.0  # seconds
_PORT = 8770
# Additions of a test's Caddy to the printed file.
_GLOBAL = "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n\tdefault_sni localhost\n"


def printed_caddyfile(site: str, relays: Sequence[str], more: str = "") -> str:
    """The Caddyfile that `relay --print-service` prints, with these addresses, and `more` in its site.

    It does not check `/health`, which a relay on another host does not answer. A dead relay must be noticed soon:
    before 2.11.2, Caddy loses the body of a request that it retries at the next relay.
    """
    template = (assets_folder() / "relay" / "service.txt").read_text("utf-8")
    text = service_text(template, ("weight-of-grain",), assets_folder(), "grain-relay", _PORT, "SITE")
    part = text.partition("# ---- C:")[2].partition("\n")[2]
    for before, after in (
        ("{\n", _GLOBAL.replace("localhost", site.rpartition("/")[2].partition(":")[0])),
        ("\nSITE {\n", f"\n{site} {{\n{more}"),
        (f"127.0.0.1:{_PORT} 127.0.0.1:{_PORT + 1}", " ".join(relays)), ("health_uri /health", "health_uri /"),
    ):  # fmt: skip
        assert before in part
        part = part.replace(before, after, 1)
    return part


@dataclass
class RelayedClass:
    """All hosts. `front` is the address for phones and the teacher's program; `stack` ends all processes."""

    folder: Path
    front: str
    teacher: Host
    relays: list[Host]
    store: ValkeyServer
    stack: ExitStack
    url: str = ""
    processes: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        return self.folder / "a.class"

    @property
    def certificate(self) -> Path:
        return self.folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"

    def output(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def start(self, name: str, *command: str, **more: str) -> None:
        self.processes[name] = self.stack.enter_context(running(self.output(name), *command, **more))

    def start_relay(self, number: int) -> None:
        """Start a relay, and wait until it listens."""
        name, proxy = f"relay{number}", self.front.removeprefix("https://")
        self.start(
            name, *self.relays[number].command, *PYTHON, "game", "relay", "--port", str(_PORT), "--bind", "0.0.0.0",
            "--proxy", proxy, "--store", self.store.url,
        )  # fmt: skip
        wait_for_line(self.output(name), "listens")

    def kill_relay(self, number: int) -> None:
        """Kill a relay, like a power cut."""
        process = self.processes.pop(f"relay{number}")
        process.kill()
        process.wait()

    def rooms_at(self, number: int) -> int:
        host = self.relays[number]
        ask = f"import urllib.request as u; print(u.urlopen('http://127.0.0.1:{_PORT}/health').read().decode())"
        answer = subprocess.run([*host.command, sys.executable, "-c", ask], check=True, capture_output=True, text=True)
        return int(json.loads(answer.stdout)["rooms"])

    def relay_says(self, holds: Callable[[dict[str, str]], bool], seconds: float = PATIENCE) -> dict[str, str]:
        """The class's report on its relay, as soon as it meets a condition."""
        end = time.monotonic() + seconds
        while True:
            info: dict[str, str] = json.loads(wait_for_line(self.output("class"), '{"relay"'))["relay"]
            if holds(info):
                return info
            assert time.monotonic() < end, info
            time.sleep(0.02)

    def press(self, command: str) -> dict[str, Any]:
        return press(self.processes["class"], self.output("class"), command)

    async def state(self) -> dict[str, Any]:
        return await asyncio.to_thread(self.press, "state")


@contextmanager
def relayed_class(folder: Path) -> Iterator[RelayedClass]:
    with ExitStack() as stack:
        teacher, first, second, store, front = stack.enter_context(
            network(["teacher", "relay1", "relay2", "store", "front"])
        )
        valkey = stack.enter_context(ValkeyServer(store.address, store.command))
        settings = folder / "Caddyfile"
        relays = [f"{process.address}:{_PORT}" for process in (first, second)]
        settings.write_text(printed_caddyfile(f"https://{front.address}", relays, "\ttls internal\n"), "utf-8")
        held = RelayedClass(folder, f"https://{front.address}", teacher, [first, second], valkey, stack)
        homes = dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME"), str(folder))
        held.start(
            "caddy", *front.command, "caddy", "run", "--config", str(settings), "--adapter", "caddyfile", **homes
        )
        for number in range(2):
            held.start_relay(number)
        held.start(
            "class", *teacher.command, *PYTHON, "tests.relay.hosts.class_process", str(held.log), held.front,
            SSL_CERT_FILE=str(held.certificate),
        )  # fmt: skip
        held.url = held.relay_says(lambda info: bool(info["url"]), 60)["url"]
        held.press("open")
        yield held
