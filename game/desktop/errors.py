"""Errors of the window. Each has one clear line for the person who started the program."""

from __future__ import annotations


class WindowError(Exception):
    """Raised if the window cannot open, for a reason that a person can change. The message is one clear line."""


class NoDisplay(WindowError):
    """Raised if the system has no display for a window."""
