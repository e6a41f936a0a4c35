"""Hosts on one switch: network namespaces on a bridge; this machine is one of the hosts."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

TOOLS = ("ip", "valkey-server", "caddy")


@cache
def missing() -> str:
    """Why such hosts are impossible here; "" if they are possible."""
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if absent:
        return f"needs {' and '.join(absent)}"
    name = f"probe{os.getpid()}"
    try:
        _ip("netns", "add", name)
        _ip("netns", "delete", name)
        _ip("link", "add", name, "type", "bridge")
        _ip("link", "delete", name)
    except subprocess.CalledProcessError as error:
        return f"may not make network namespaces: {error.stderr}"
    return ""


@dataclass(frozen=True)
class Host:
    """A host on the switch: its namespace, its address, and its port. This machine has no namespace."""

    namespace: str
    address: str
    port: str

    @property
    def command(self) -> tuple[str, ...]:
        """Put before a program, this runs it on the host."""
        return ("ip", "netns", "exec", self.namespace)

    def plug(self, connected: bool) -> None:
        """Connect the host's cable, or disconnect it."""
        _ip("link", "set", self.port, "up" if connected else "down")


@contextmanager
def network(names: Sequence[str]) -> Iterator[list[Host]]:
    """One host for each name, and this machine as the last."""
    own = os.getpid() % 10_000
    subnet, bridge = f"10.{100 + own % 100}.{own // 100}", f"sw{own}"
    made: list[str] = []
    try:
        _ip("link", "add", bridge, "type", "bridge")
        _ip("link", "set", bridge, "up")
        _ip("address", "add", f"{subnet}.254/24", "dev", bridge)
        hosts = []
        for number, name in enumerate(names, 1):
            namespace, port, inner = f"{name}{own}", f"p{number}-{own}", f"e{number}-{own}"
            _ip("netns", "add", namespace)
            made.append(namespace)
            _ip("link", "add", port, "type", "veth", "peer", "name", inner, "netns", namespace)
            _ip("link", "set", port, "master", bridge, "up")
            for command in (
                ("address", "add", f"{subnet}.{number}/24", "dev", inner), ("link", "set", inner, "up"),
                ("link", "set", "lo", "up"),
            ):  # fmt: skip
                _ip("-n", namespace, *command)
            hosts.append(Host(namespace, f"{subnet}.{number}", port))
        yield [*hosts, Host("", f"{subnet}.254", bridge)]
    finally:
        for number, namespace in enumerate(made, 1):  # otherwise a namespace with a running process keeps its cable
            subprocess.run(["ip", "link", "delete", f"p{number}-{own}"], capture_output=True)
            subprocess.run(["ip", "netns", "delete", namespace], capture_output=True)
        subprocess.run(["ip", "link", "delete", bridge], capture_output=True)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)
