"""Output checks: a command's output file is checked before any work and written at its end. Each error is one line."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from game.commands.support.user_error import UserError, os_error_as_user_error
from game.core.file_output import FileKind, Output, OutputRefused, kind_by_marker, prepare_output
from game.core.files import write_folder_atomic


def add_replace_argument(parser: argparse.ArgumentParser) -> None:
    """Add the option --replace, for files that somebody may have edited."""
    parser.add_argument(
        "--replace", action="store_true", help="replace an existing file, even if another program wrote it"
    )


def check_output(file: Path, kind: FileKind, replace: bool | None = None) -> Output:
    """Return the output if a command may write it: a new file, one of this `kind`, or with `replace` any file (None:
    the command has no --replace). Raises UserError if it may not be written."""
    try:
        return prepare_output(file, kind, bool(replace))
    except OutputRefused as error:
        raise refusal_error(error, can_insist=replace is not None) from error


def check_html_output(file: Path, generator: str, what: str) -> Output:
    """Return the output if a command may write this HTML file: a new file, or one that `generator` wrote. `what` names
    its content in an error. Raises UserError if it may not be written, or if its name does not end in .html."""
    claim = check_output(file, kind_by_marker(what, f'content="{generator}"'))
    if not claim.stream and file.suffix.lower() not in (".html", ".htm"):
        raise UserError(f"{file} would not open in a browser: give it a name that ends in .html")
    return claim


def check_new_folder(folder: Path, advice: str) -> None:
    """Check that a folder is new or empty, before work. Raises UserError; `advice` is the end of its message."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} exists and is not empty; {advice}")


def write_new_folder(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> None:
    """Write files, by their names below `folder`, all or none. Raises UserError if they cannot be written."""
    with os_error_as_user_error(f"{folder} cannot be written"):
        write_folder_atomic(folder, files)


def write_output(claim: Output, content: str | bytes) -> bool:
    """Write to an output that `check_output` allowed. Return whether to print the output's name: True for a file,
    False for a pipe or a terminal. Raises UserError if the file cannot be written."""
    with os_error_as_user_error(f"{claim.path} cannot be written"):
        claim.write(content)
    return not claim.stream


def refusal_error(error: OutputRefused, can_insist: bool) -> UserError:
    """Return the error for a file that may not be written, with --replace as advice if the command `can_insist`."""
    insist = ", or add --replace" if error.theirs and can_insist else ""
    return UserError(f"{error.filename} cannot be written: {error.strerror}{insist}")
