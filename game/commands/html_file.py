"""A file of HTML that a command writes: refused before any work where it would not open, or is somebody else's."""

from __future__ import annotations

from pathlib import Path

from game.commands.output_checks import claimed
from game.commands.user_error import UserError
from game.core.file_output import Output, marked


def writable(file: Path, generator: str, what: str) -> Output:
    """A file that `generator` writes; refused are a name that no browser opens, and what it did not write itself.

    `what` is written again whenever somebody wants a newer one, so that asks for nothing; whatever else stands there
    cannot be made again by this program, so it is left alone without a way to insist. Raises UserError.
    """
    claim = claimed(file, marked(what, f'content="{generator}"'))
    if not claim.stream and file.suffix.lower() not in (".html", ".htm"):
        raise UserError(f"{file} would not open in a browser: give it a name that ends in .html")
    return claim
