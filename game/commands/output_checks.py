"""What commands write: refused before any work and written at its end, both in one line where it cannot be."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.commands.user_error import UserError
from game.core.file_output import Kind, Output, Refused, output


def replacing(parser: argparse.ArgumentParser) -> None:
    """The argument of a command whose files may hold what somebody added to them, or were written without a mark."""
    parser.add_argument("--replace", action="store_true", help="write over what stands there, whoever wrote it")


def claimed(file: Path, kind: Kind, replace: bool | None = None) -> Output:
    """A file that a command will write. `replace`: whether somebody insists, None where nobody can.

    Raises UserError.
    """
    try:
        return output(file, kind, bool(replace))
    except Refused as error:
        raise refusal(error, can_insist=replace is not None) from error


def write(claim: Output, content: str, newline: str | None = None) -> bool:
    """Write it, and give whether its name is worth telling: what went into a pipe has none. Raises UserError."""
    try:
        claim.write(content, newline)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UserError(f"{claim.path} cannot be written: {error.strerror or error}") from error
    return not claim.stream


def refusal(error: Refused, can_insist: bool) -> UserError:
    """The line for what is not written."""
    insist = ", or add --replace" if error.theirs and can_insist else ""
    return UserError(f"{error.filename} cannot be written: {error.strerror}{insist}")
