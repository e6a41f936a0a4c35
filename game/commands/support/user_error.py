"""User error: the error that every command raises for bad input on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class UserError(Exception):
    """Raised for an error that the user can correct. Its message is one line."""


@contextmanager
def as_user_error(*kinds: type[Exception]) -> Iterator[None]:
    """Within the `with` block, turn errors of these kinds into a UserError with the same message."""
    try:
        yield
    except kinds as error:
        raise UserError(str(error)) from error


@contextmanager
def os_error_as_user_error(problem: str) -> Iterator[None]:
    """Turn an OSError, but no BrokenPipeError, into a UserError with the message `problem: reason`."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UserError(f"{problem}: {error.strerror or error}") from error
