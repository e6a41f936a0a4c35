"""Adapter protocol: the interface of AccessKit on each system."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol


class WindowInfo(NamedTuple):
    """The window: whether it has the keyboard focus, and its client area's position `at` and `size`, in pixels."""

    focused: bool
    at: tuple[int, int]
    size: tuple[int, int]


class A11yAdapter(Protocol):
    """AccessKit on one system; only called while a screen reader is active."""

    def update(self, update: Any) -> None:
        """Send an accesskit.TreeUpdate."""

    def update_window(self, window: WindowInfo) -> None:
        """Send the window's bounds and focus."""
