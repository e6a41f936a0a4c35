"""The journal in a browser: the worker renders it; the page puts its pictures in and hands it over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from game.documents.journal.journal_builder import JournalBuilder, journal_file_name
from game.play import Playthrough
from game.play.page import Picture
from game.ui.i18n import Catalogue
from game.web.picture_names import PaintedPictures

SCHEME = "picture:"  # in the place of a picture's address; the page writes its data there


def journal_message(
    playthrough: Playthrough, words: Catalogue, style: Path, pictures: PaintedPictures, today: Callable[[], date]
) -> dict[str, Any]:
    """The message with a journal, whose pictures the page has yet to put in. Raises OSError.

    Args:
        playthrough: what was read.
        words: the interface's words.
        style: the file of the journal's style sheet.
        pictures: those that are painted.
        today: gives the date.
    """

    def addresses(wanted: Iterable[Picture]) -> Iterator[str]:
        for picture in wanted:
            yield f"{SCHEME}{pictures.name_for(picture)}"

    builder = JournalBuilder(words, style.read_text(encoding="utf-8"), addresses, today)
    html = builder.render(playthrough, lambda done, of: None)
    return {"do": "journal", "name": journal_file_name(playthrough, today()), "html": html}
