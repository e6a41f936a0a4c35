"""`guide`: the teacher's pack as one HTML file."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game import resources
from game.commands.common import UserError, status, story_of

if TYPE_CHECKING:
    from game.explore.exploring import At

HELP = "Write the teacher's pack: one HTML file, to read or to print."
BEGINNING = 2_000  # characters in which a file of ours says what it is


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.html", help="where it is written; an older pack is replaced")


def run(options: argparse.Namespace) -> int:
    file: Path = options.file
    _writable(file)
    story = story_of(options)
    from game.files import write_whole
    from game.guide import document, lengths
    from game.ui.words import Words

    assets = resources.assets_folder()
    with status() as say:

        def of(name: str) -> Callable[[At], None]:
            return lambda at: say(f"measuring {name}: {at.chapter}, {at.states:,} states, about {at.ahead:,} to come")

        measured = lengths(story, of)
    style = (assets / "guide" / "guide.css").read_text(encoding="utf-8")
    text = document(story, Words(assets / "locale"), style, measured)
    try:
        write_whole(file, text)
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror or error}") from error
    print(file)
    return 0


def _writable(file: Path) -> None:
    """Refuse, before any work, a name that no browser opens and a file that is none of ours.

    A pack is written again whenever its story changes, so that asks for nothing; whatever else stands there cannot be
    made again by this program, so it is left alone without a way to insist.
    """
    from game.guide.document import GENERATOR

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
            ours = f'content="{GENERATOR}"' in stream.read(BEGINNING)
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror or error}") from error
    if not ours:
        raise UserError(f"{file} holds something else than a teacher's pack, and is left as it is: name another file")
