"""A room's peers as the rooms see them: its teacher's link and its phones."""

from __future__ import annotations

from typing import Protocol

from game.relay.frames import Out


class Teacher(Protocol):
    """A teacher's link, as rooms see it. Neither method waits."""

    def send(self, text: str) -> None:
        """Send a frame."""

    def close(self, *, moving: bool) -> None:
        """End the link; `moving` asks the teacher's program to connect again at once."""


class Phone(Protocol):
    """A phone's socket, or its request that waits for an answer. Neither method waits."""

    def send(self, answer: Out) -> None:
        """Send what the teacher's program answered."""

    def connect_again(self) -> None:
        """Ask the phone to connect anew: it may have missed something."""
