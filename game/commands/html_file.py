"""A file of HTML that a command writes: refused before any work where it would not open, or is somebody else's."""

from __future__ import annotations

from pathlib import Path

from game.commands.common import UserError

BEGINNING = 2_000  # characters in which a file of ours says what it is


def writable(file: Path, generator: str, what: str) -> None:
    """Refuse a name that no browser opens, and a file that `generator` did not write. Raises UserError.

    `what` is written again whenever somebody wants a newer one, so that asks for nothing; whatever else stands there
    cannot be made again by this program, so it is left alone without a way to insist.
    """
    if file.suffix.lower() not in (".html", ".htm"):
        raise UserError(f"{file} would not open in a browser: give it a name that ends in .html")
    if file.is_dir():
        raise UserError(f"{file} is a folder: name a file in it")
    if not file.parent.is_dir():
        raise UserError(f"there is no folder {file.parent}: make it first, or name another place")
    if not file.exists():
        return
    try:
        with file.open(encoding="utf-8", errors="replace") as stream:
            ours = f'content="{generator}"' in stream.read(BEGINNING)
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror or error}") from error
    if not ours:
        raise UserError(f"{file} holds something else than {what}, and is left as it is: name another file")
