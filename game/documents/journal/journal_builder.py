"""A journal made and written: its pictures painted one by one, the file there whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from game.core.files import write_whole
from game.core.values import frozen
from game.documents.journal.journal_html import render_journal
from game.documents.journal.journal_pictures import illustrations
from game.play import Playthrough
from game.play.page import Picture
from game.ui.i18n import Catalogue

Plates = Callable[[Iterable[Picture]], Iterator[str]]  # pictures to addresses, each when it is painted
LICENCE = "MIT"


@frozen
class JournalBuilder:
    """What a journal is made with. `style` is its style sheet; `plates` paints; `today` gives the day."""

    words: Catalogue
    style: str
    plates: Plates
    today: Callable[[], date]

    def write(self, playthrough: Playthrough, file: Path, tell: Callable[[int, int], None]) -> int:
        """Write the journal of a playthrough, and give its size in bytes. `tell` is as for `made`. Raises OSError."""
        text = self.made(playthrough, tell)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, text)
        return len(text.encode())

    def made(self, playthrough: Playthrough, tell: Callable[[int, int], None]) -> str:
        """The journal of a playthrough. `tell` hears before each picture how many are painted, and of how many."""
        wanted = illustrations(playthrough)
        addresses: dict[int, str] = {}
        tell(0, len(wanted))
        for number, address in zip(wanted, self.plates(wanted.values()), strict=True):
            addresses[number] = address
            tell(len(addresses), len(wanted))
        licence = self.words("journal.licence", title=playthrough.story.title, licence=LICENCE)
        return render_journal(playthrough, self.words, self.style, addresses, self.today(), licence)


def named(playthrough: Playthrough, day: date, folder: Path) -> Path:
    """A file for a journal, which is not there yet: the story, whose door, the day, and a number where it needs one."""
    stem = "-".join(filter(None, (playthrough.story.pack, playthrough.role, day.isoformat())))
    stem = re.sub(r"[^\w.-]+", "-", stem)
    names = (folder / f"{stem}{f'-{number}' if number > 1 else ''}.html" for number in range(1, 10_000))
    return next(name for name in names if not name.exists())
