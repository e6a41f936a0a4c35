"""A card of one reading as an HTML file of one page: the village as it was left, who was read, one of the choices."""

from __future__ import annotations

from game.core import html
from game.core.html import tag
from game.play import Playthrough
from game.play.history import Fork, reading_map
from game.play.page import Picture
from game.ui.i18n import Catalogue

GENERATOR = "weight-of-grain card"


def render_card(
    playthrough: Playthrough, words: Catalogue, style: str, picture: Picture | None, uri: str, licence: str
) -> str:
    """The card as the text of one HTML file that fetches nothing.

    Args:
        playthrough: The playthrough; it need not be over.
        words: The interface's catalogue.
        style: The CSS.
        picture: What stands on it, or None.
        uri: The URL of that picture.
        licence: The last line.
    """
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
                         tag("p", licence, class_="licence"))  # fmt: skip


def chosen_deed(playthrough: Playthrough) -> tuple[str, Fork] | None:
    """The last choice of a reading that was one among several and was answered, with its date; None without any."""
    stations = [station for date in reading_map(playthrough).dates for station in date]
    deeds = [(station.when or station.title, fork) for station in stations for fork in station.forks if fork.doors > 1]
    answered = [deed for deed in deeds if deed[1].answer is not None]
    return next(iter(reversed(answered or deeds)), None)
