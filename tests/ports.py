"""Ports for the programs that tests start."""

from __future__ import annotations

import random
import socket

# Below those that Linux gives to outgoing connections, one of which could take a port before a program listens on it.
RANGE = range(20_000, 32_000)


def free_port() -> int:
    """A random free port on all addresses of this machine, so that two test processes rarely choose the same."""
    for port in random.SystemRandom().sample(RANGE, 100):
        with socket.socket() as probe:
            try:
                probe.bind(("0.0.0.0", port))
            except OSError:
                continue
            return port
    raise AssertionError("a hundred ports are all in use")
