"""Errors of the window: each is one clear line for whoever started it."""

from __future__ import annotations


class WindowError(Exception):
    """The window cannot be shown, for a reason that a person can do something about: one clear line."""


class NoDisplay(WindowError):
    """There is no display to open a window on."""
