"""User error: bad input on the command line, which every command raises."""

from __future__ import annotations


class UserError(Exception):
    """An error that the user can correct. Its message is one line."""
