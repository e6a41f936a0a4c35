"""Sheets: pages of the guide to copy for pupils: a timeline with gaps, cards to cut out, and the sums of harvests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from game.core.html import Child, tag
from game.documents.guide.inline_html import PrintSetting, cell
from game.documents.html_parts import BLANK
from game.documents.journal.journal_figures import figure
from game.play import Playthrough, begin
from game.play.history import weighings
from game.play.page import Picture
from game.story.guide import GuideCard, Prose, Timeline
from game.story.model import Story
from game.ui.components.chart_trees import weighings_chart


def example_reading(story: Story, role: str) -> Playthrough:
    reading = begin(story, role=role, cut=next(iter(story.cuts)))
    while not reading.over:
        reading = reading.choose(reading.page.choices[0].id)
    return reading


def chapter_pictures(story: Story, chapters: Iterable[str]) -> Mapping[str, Picture]:
    """Return, by chapter, the first picture in an example reading of any role. Leave out chapters without pictures."""
    wanted, found = frozenset(chapters), dict[str, Picture]()
    for role in story.roles if wanted else ():
        for page in example_reading(story, role).pages:
            if page.chapter in wanted and page.picture is not None:
                found.setdefault(page.chapter, page.picture)
    return found


def timeline_table(timeline: Timeline, setting: PrintSetting) -> Element:
    """Return a timeline as a table: the dates side by side, texts above and below, and empty gaps to fill in."""

    def side(name: str, texts: Iterable[tuple[Prose, bool]], class_: str) -> Element:
        cells: list[Child] = [
            tag("td", BLANK, class_="gap") if is_gap else tag("td", cell(text, setting)) for text, is_gap in texts
        ]
        return tag("tr", tag("th", name, scope="row"), cells, class_=class_)

    dates = timeline.dates
    heads = tag("tr", tag("td"), [tag("th", date.when, scope="col") for date in dates], class_="when")
    return tag(
        "table",
        side(timeline.above, ((date.above, date.gap == "above") for date in dates), "above"),
        heads,
        side(timeline.below, ((date.below, date.gap == "below") for date in dates), "below"),
        class_="timeline",
    )


def gaps(setting: PrintSetting) -> Iterator[Element]:
    """Yield the texts that pupils should write into the gaps of the timelines, for teachers."""
    parts = setting.story.guide.parts if setting.story.guide is not None else ()
    rows = [
        tag("li", tag("strong", f"{date.when}: "), cell(date.above if date.gap == "above" else date.below, setting))
        for part in parts
        if part.timeline is not None
        for date in part.timeline.dates
        if date.gap
    ]
    if rows:
        yield tag("ul", rows)


def cards_to_cut(cards: Iterable[GuideCard], setting: PrintSetting) -> Element:
    return tag(
        "div",
        [
            tag("section", tag("h3", card.title), [tag("p", cell((passage,), setting)) for passage in card.text],
                tag("div", [tag("p", BLANK) for _ in range(card.lines)], class_="lines") if card.lines else None)
            for card in cards
        ],
        class_="cut",
    )  # fmt: skip


def weighings_sheet(setting: PrintSetting) -> Iterator[Element]:
    """Yield a note and the chart of all weighings (sums of a harvest) of one example reading by the first role."""
    story = setting.story
    met = weighings(example_reading(story, next(iter(story.roles)))) if story.roles else ()
    if met:
        yield tag("p", setting.words("guide.weighings.one"), class_="small")
        yield figure(weighings_chart(story, setting.words, met))
