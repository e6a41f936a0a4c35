"""Adapter protocol: what the game needs of AccessKit, the same on each system."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol


class WindowInfo(NamedTuple):
    """The window as a screen reader must know it.

    Attributes:
        focused: whether it has the keyboard focus.
        at: the position of its client area on the screen, in pixels.
        size: the size of its client area, in pixels.
    """

    focused: bool
    at: tuple[int, int]
    size: tuple[int, int]


class A11yAdapter(Protocol):
    """AccessKit on one system. It is called only while a screen reader is active."""

    def update(self, update: Any) -> None:
        """Send an accesskit.TreeUpdate."""

    def update_window(self, window: WindowInfo) -> None:
        """Send the window's bounds and focus."""
