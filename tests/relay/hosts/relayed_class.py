"""A class without a window, two relays, their Valkey and a proxy, each on its own host."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Thread
from typing import IO, Any

from game.commands.relay import service_text
from game.resources import assets_folder
from tests.relay.hosts.network import Host, network
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


class Lines:
    """Lines of JSON from a process, read on a thread: the newest of each kind, by its first key."""

    def __init__(self, stream: IO[str]) -> None:
        self._changed, self._newest = Condition(), dict[str, Any]()
        self.count = 0
        Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            data = json.loads(line)
            with self._changed:
                self._newest[next(iter(data))] = data
                self.count += 1
                self._changed.notify_all()

    def until(self, kind: str, holds: Callable[[Any], bool], seconds: float = PATIENCE) -> Any:
        """The newest line of a kind, as soon as it meets a condition."""
        with self._changed:
            met = self._changed.wait_for(lambda: kind in self._newest and holds(self._newest[kind]), seconds)
            assert met, f"{kind}: {self._newest.get(kind)}"
            return self._newest[kind]


@dataclass
class RelayedClass:
    """All hosts. `front` is the address for phones and the teacher's program."""

    front: str
    teacher: Host
    relays: list[Host]
    store: ValkeyServer
    certificate: Path
    log: Path
    url: str = ""
    processes: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    lines: Lines = field(init=False)

    def start_relay(self, number: int) -> None:
        host = self.relays[number]
        process = subprocess.Popen(
            [*host.command, sys.executable, "-m", "game", "relay", "--port", str(_PORT), "--bind", "0.0.0.0",
             "--proxy", self.front.removeprefix("https://"), "--store", self.store.url],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.processes[f"relay{number}"] = process
        assert process.stdout is not None
        assert "listens" in process.stdout.readline()

    def kill_relay(self, number: int) -> None:
        """Kill a relay, like a power cut."""
        process = self.processes.pop(f"relay{number}")
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()

    def rooms_at(self, number: int) -> int:
        host = self.relays[number]
        ask = f"import urllib.request as u; print(u.urlopen('http://127.0.0.1:{_PORT}/health').read().decode())"
        answer = subprocess.run([*host.command, sys.executable, "-c", ask], check=True, capture_output=True, text=True)
        return int(json.loads(answer.stdout)["rooms"])

    def start_class(self) -> str:
        process = subprocess.Popen(
            [*self.teacher.command, sys.executable, "-m", "tests.relay.hosts.class_process", str(self.log), self.front],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "SSL_CERT_FILE": str(self.certificate)},
        )  # fmt: skip
        self.processes["class"] = process
        assert process.stdout is not None
        self.lines = Lines(process.stdout)
        return str(self.relay_says(lambda info: bool(info["url"]), 60)["url"])

    def relay_says(self, holds: Callable[[dict[str, str]], bool], seconds: float = PATIENCE) -> dict[str, str]:
        """The class's report on its relay, as soon as it meets a condition."""
        newest = self.lines.until("relay", lambda line: holds(line["relay"]), seconds)
        found: dict[str, str] = newest["relay"]
        return found

    def press(self, command: str) -> dict[str, Any]:
        """Have the teacher press something. Return the class's state afterwards."""
        process, before = self.processes["class"], self.lines.count
        assert process.stdin is not None
        process.stdin.write(f"{command}\n")
        process.stdin.flush()
        found: dict[str, Any] = self.lines.until("phase", lambda _: self.lines.count > before)
        return found

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
        certificate = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        held = RelayedClass(
            f"https://{front.address}", teacher, [first, second], valkey, certificate, folder / "a.class"
        )
        stack.callback(_end, held.processes)
        proxy = subprocess.Popen(
            [*front.command, "caddy", "run", "--config", str(settings), "--adapter", "caddyfile"],
            env={**os.environ, "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)},
            stderr=(folder / "caddy.log").open("w"), text=True,
        )  # fmt: skip
        held.processes["caddy"] = proxy
        for number in range(2):
            held.start_relay(number)
        held.url = held.start_class()
        held.press("open")
        yield held


def _end(processes: dict[str, subprocess.Popen[str]]) -> None:
    for process in processes.values():
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
