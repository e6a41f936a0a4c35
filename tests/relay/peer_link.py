"""A teacher's link, a phone or another process without a socket, which records a relay's calls."""

from __future__ import annotations

from typing import Any


class PeerLink:
    """`sent`: what was sent to it; `called`: how often it was asked to reconnect; `ended`: how often it was closed."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.called = self.ended = 0

    def send(self, what: Any) -> None:
        self.sent.append(what)

    def received(self, message: str) -> None:
        self.sent.append(message)

    def store_changed(self, ok: bool) -> None: ...

    def unreadable(self) -> None: ...

    def task_failed(self) -> None: ...

    def connect_again(self) -> None:
        self.called += 1

    def close(self, *, moving: bool) -> None:
        self.ended += 1
