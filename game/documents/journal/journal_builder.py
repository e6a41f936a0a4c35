"""Journal builder: makes a playthrough's journal, or its card (a picture and a choice), and paints their pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from game.core import html
from game.core.files import write_atomic
from game.core.html import tag
from game.core.values import frozen
from game.documents.journal.journal_html import illustrations, render_journal
from game.documents.sources_html import licence_line
from game.play import Playthrough
from game.play.history import Fork, reading_map
from game.play.page import Picture
from game.ui.effects import DocumentKind
from game.ui.i18n import Catalogue
from game.ui.scenery import village_picture

PaintUris = Callable[[Iterable[Picture]], Iterator[str]]  # yields each picture's data URI once it is painted
Tell = Callable[[int, int], None]  # gets the number of painted pictures and the number of all


@frozen
class JournalBuilder:
    """Builds journals and cards."""

    words: Catalogue
    style: str  # the CSS of a journal
    paint_uris: PaintUris
    today: Callable[[], date]  # for the first page
    card_style: str = ""  # the CSS of a card

    def write(self, playthrough: Playthrough, file: Path, tell: Tell, document: DocumentKind = "journal") -> int:
        """Write the journal of a playthrough, or its card. Make the file's folder. Call `tell` with the number of
        painted pictures and of all. Return the size in bytes. Raises OSError if the file cannot be written."""
        text = self.render(playthrough, tell) if document == "journal" else self.render_card(playthrough, tell)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, text)
        return len(text.encode())

    def render(self, playthrough: Playthrough, tell: Tell) -> str:
        """Return the HTML of a playthrough's journal."""
        wanted = illustrations(playthrough)
        uris: dict[int, str] = {}
        tell(0, len(wanted))
        for number, uri in zip(wanted, self.paint_uris(wanted.values()), strict=True):
            uris[number] = uri
            tell(len(uris), len(wanted))
        return render_journal(playthrough, self.words, self.style, uris, self.today())

    def render_card(self, playthrough: Playthrough, tell: Tell) -> str:
        """Return the HTML of a card of a playthrough."""
        picture = village_picture(playthrough)
        tell(0, 1)
        uri = next(iter(self.paint_uris([picture])), "") if picture is not None else ""
        tell(1, 1)
        return render_card(playthrough, self.words, self.card_style, picture, uri)


def journal_file_name(playthrough: Playthrough, day: date, number: int = 1, document: DocumentKind = "journal") -> str:
    """Return a file name made of story, role, kind and date, with `number` at the end if it is above 1."""
    kind = "card" if document == "card" else None
    stem = "-".join(filter(None, (playthrough.story.pack, playthrough.role, kind, day.isoformat())))
    stem = re.sub(r"[^\w.-]+", "-", stem)
    return f"{stem}{f'-{number}' if number > 1 else ''}.html"


def free_journal_path(playthrough: Playthrough, day: date, folder: Path, document: DocumentKind = "journal") -> Path:
    """Return a path in `folder` that does not exist yet, with a name as from `journal_file_name`."""
    names = (folder / journal_file_name(playthrough, day, number, document) for number in range(1, 10_000))
    return next(name for name in names if not name.exists())


GENERATOR = "weight-of-grain card"


def render_card(playthrough: Playthrough, words: Catalogue, style: str, picture: Picture | None, uri: str) -> str:
    """Return the card of a playthrough as the text of one HTML file. `style` is CSS; `uri` is the picture's URL."""
    story = playthrough.story
    name = story.roles[playthrough.role].name if playthrough.role else words("journal.both")
    years = sorted({page.progress.year for page in playthrough.pages if page.progress.year is not None})
    span = words("card.years", first=years[0], last=years[-1]) if len(set(years)) > 1 else "".join(map(str, years))
    seen = tag("img", src=uri, alt=picture.alt, width="1600", height="900") if picture is not None and uri else None
    shows = tag("figcaption", picture.alt) if picture is not None else None
    said = chosen_deed(playthrough)
    deed = (
        tag("blockquote",
            tag("p", words("page.dateline.join").join((said[0], words("journal.chose"))), class_="eyebrow"),
            tag("p", said[1].say, class_="deed"),
            tag("p", said[1].answer.text) if said[1].answer is not None else None)
        if said is not None else None
    )  # fmt: skip
    header = tag("header", tag("h1", story.title), tag("p", words("journal.of", name=name), class_="of"),
                 tag("p", span, class_="years") if span else None)  # fmt: skip
    main = [tag("figure", seen, shows), tag("div", header, deed, class_="words")]
    card = tag("article", main, class_="card")
    title = words("card.title", title=story.title)
    return html.document(title, GENERATOR, style, story.language, tag("header", class_="none"), card,
                         licence_line(story, words))  # fmt: skip


def chosen_deed(playthrough: Playthrough) -> tuple[str, Fork] | None:
    """Return the choice for the card, after its date (or its chapter's title). Of the choices that had several options,
    take the last one with an answer (a text after it), or else the last one. Return None if there is none."""
    stations = [station for date in reading_map(playthrough).dates for station in date]
    deeds = [(station.when or station.title, fork) for station in stations for fork in station.forks if fork.doors > 1]
    answered = [deed for deed in deeds if deed[1].answer is not None]
    return next(iter(reversed(answered or deeds)), None)
