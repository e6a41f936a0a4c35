"""The journal in a browser: the worker renders it; the page adds the pictures and saves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from game.documents.journal.journal_builder import JournalBuilder, journal_file_name
from game.play import Playthrough
from game.play.page import Picture
from game.ui.effects import DocumentKind
from game.ui.i18n import Catalogue
from game.web.picture_names import PaintedPictures

SCHEME = "picture:"  # in place of a picture's address; the page writes its data there


def journal_message(
    playthrough: Playthrough,
    words: Catalogue,
    styles: Path,
    pictures: PaintedPictures,
    today: Callable[[], date],
    document: DocumentKind = "journal",
) -> dict[str, Any]:
    """Return the message with a journal or a card. In its HTML, SCHEME and a picture's name stand for a picture's
    address. Raises OSError if a style sheet cannot be read."""

    def addresses(wanted: Iterable[Picture]) -> Iterator[str]:
        for picture in wanted:
            yield f"{SCHEME}{pictures.name_for(picture)}"

    style, card_style = ((styles / f"{name}.css").read_text(encoding="utf-8") for name in ("journal", "card"))
    builder = JournalBuilder(words, style, addresses, today, card_style)
    render = builder.render if document == "journal" else builder.render_card
    html = render(playthrough, lambda done, of: None)
    return {"do": "journal", "name": journal_file_name(playthrough, today(), document=document), "html": html}
