"""Bad input of the command line: what every command raises."""

from __future__ import annotations


class UserError(Exception):
    """An error that the user can mend, in one line."""
