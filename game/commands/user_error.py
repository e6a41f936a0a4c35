"""Bad input of the command line: what every command raises, and its exit status."""

from __future__ import annotations

BAD_INPUT = 2  # the exit status


class UserError(Exception):
    """Something that the user can mend, in one line."""
