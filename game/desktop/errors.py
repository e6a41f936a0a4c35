"""Errors of the window: each is one clear line for the person who started it."""

from __future__ import annotations


class WindowError(Exception):
    """The window cannot open, for a reason that a person can change: one clear line."""


class NoDisplay(WindowError):
    """The system has no display for a window."""
