"""Build a journal: paint its pictures one by one, render it, write the file atomically."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from game.core.files import write_atomic
from game.core.values import frozen
from game.documents.journal.journal_html import render_journal
from game.documents.journal.journal_pictures import illustrations
from game.play import Playthrough
from game.play.page import Picture
from game.ui.i18n import Catalogue

PaintUris = Callable[[Iterable[Picture]], Iterator[str]]  # gives each picture's data URI once it is painted
LICENCE = "MIT"


@frozen
class JournalBuilder:
    """Builds journals. `style` is the CSS, `paint_uris` paints the pictures, `today` gives the date."""

    words: Catalogue
    style: str
    paint_uris: PaintUris
    today: Callable[[], date]

    def write(self, playthrough: Playthrough, file: Path, tell: Callable[[int, int], None]) -> int:
        """Write the journal of a playthrough.

        Args:
            playthrough: The playthrough.
            file: Where to write it; its folder is made.
            tell: As for `render`.

        Returns:
            The size in bytes.

        Raises:
            OSError: It cannot be written.
        """
        text = self.render(playthrough, tell)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, text)
        return len(text.encode())

    def render(self, playthrough: Playthrough, tell: Callable[[int, int], None]) -> str:
        """The HTML of a playthrough's journal. `tell` is called with (pictures painted, all pictures)."""
        wanted = illustrations(playthrough)
        uris: dict[int, str] = {}
        tell(0, len(wanted))
        for number, uri in zip(wanted, self.paint_uris(wanted.values()), strict=True):
            uris[number] = uri
            tell(len(uris), len(wanted))
        licence = self.words("journal.licence", title=playthrough.story.title, licence=LICENCE)
        return render_journal(playthrough, self.words, self.style, uris, self.today(), licence)


def journal_file_name(playthrough: Playthrough, day: date, number: int = 1) -> str:
    """The story, the role, the date, and a number from the second on."""
    stem = "-".join(filter(None, (playthrough.story.pack, playthrough.role, day.isoformat())))
    stem = re.sub(r"[^\w.-]+", "-", stem)
    return f"{stem}{f'-{number}' if number > 1 else ''}.html"


def free_journal_path(playthrough: Playthrough, day: date, folder: Path) -> Path:
    """A path that does not exist yet, by `journal_file_name`."""
    names = (folder / journal_file_name(playthrough, day, number) for number in range(1, 10_000))
    return next(name for name in names if not name.exists())
