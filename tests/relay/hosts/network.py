"""Hosts on one switch: network namespaces on a bridge.

The switch stands in a namespace of its own, which the calling thread enters, with all that it starts there. So the
machine's own network does not change: Chromium breaks off its requests when it does (ERR_NETWORK_CHANGED).
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOOLS = ("ip", "valkey-server", "caddy")
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET of sched.h
_SUBNET, _BRIDGE = "10.100.0", "switch"


@cache
def missing() -> str:
    """Why such hosts are impossible here; "" if they are possible."""
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if absent:
        return f"needs {' and '.join(absent)}"
    try:
        with network(["probe"]):
            return ""
    except subprocess.CalledProcessError as error:
        return f"may not make network namespaces: {error.stderr}"
    except OSError as error:
        return f"may not make network namespaces: {error}"


@dataclass(frozen=True)
class Host:
    """A host on the switch: its namespace, its address, and its port at the switch."""

    namespace: str
    address: str
    port: str

    @property
    def command(self) -> tuple[str, ...]:
        return ("ip", "netns", "exec", self.namespace)

    def plug(self, connected: bool) -> None:
        _ip("link", "set", self.port, "up" if connected else "down")


@contextmanager
def network(names: Sequence[str]) -> Iterator[list[Host]]:
    """One host for each name. The calling thread is at the switch until the block ends."""
    own = os.getpid()
    hosts = [Host(f"{name}{own}", f"{_SUBNET}.{number}", f"port{number}") for number, name in enumerate(names, 1)]
    with _own_namespace():
        try:
            _ip("link", "set", "lo", "up")
            _ip("link", "add", _BRIDGE, "type", "bridge")
            _ip("address", "add", f"{_SUBNET}.254/24", "dev", _BRIDGE)
            _ip("link", "set", _BRIDGE, "up")
            for host in hosts:
                _ip("netns", "add", host.namespace)
                _ip("link", "add", host.port, "type", "veth", "peer", "name", "cable", "netns", host.namespace)
                _ip("link", "set", host.port, "master", _BRIDGE, "up")
                for command in (
                    ("address", "add", f"{host.address}/24", "dev", "cable"), ("link", "set", "cable", "up"),
                    ("link", "set", "lo", "up"),
                ):  # fmt: skip
                    _ip("-n", host.namespace, *command)
            yield hosts
        finally:
            for host in hosts:  # otherwise a namespace with a running process keeps its cable
                subprocess.run(["ip", "link", "delete", host.port], capture_output=True)
                subprocess.run(["ip", "netns", "delete", host.namespace], capture_output=True)


@contextmanager
def _own_namespace() -> Iterator[None]:
    """A new network namespace for this thread and for what it starts (`os.unshare` comes with Python 3.12)."""
    libc = ctypes.CDLL(None, use_errno=True)

    def check(result: int) -> None:
        if result:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

    with Path("/proc/thread-self/ns/net").open() as before:
        check(libc.unshare(_NEW_NETWORK))
        try:
            yield
        finally:
            check(libc.setns(before.fileno(), _NEW_NETWORK))


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)
