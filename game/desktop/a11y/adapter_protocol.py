"""What an adapter to a system's screen reader can do, and what it is told of the window."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol


class WindowInfo(NamedTuple):
    """The window on the screen: whether the keyboard is its own, where its inside is, and how large, in pixels."""

    focused: bool
    at: tuple[int, int]
    size: tuple[int, int]


class A11yAdapter(Protocol):
    """AccessKit on one system. Only called while a screen reader listens."""

    def update(self, update: Any) -> None:
        """Hand over an accesskit.TreeUpdate."""

    def stands(self, standing: WindowInfo) -> None:
        """Tell where the window is."""
