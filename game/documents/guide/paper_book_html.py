"""Paper book as HTML: the sheet of boxes to tick, then the entries by number. A weighing has the sums of a harvest."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from xml.etree.ElementTree import Element

from game.core.html import Child, link, tag
from game.documents.chart_pictures import bar_picture, bowls_picture
from game.documents.guide.inline_html import PrintSetting, paragraph, spaced
from game.documents.guide.page_previews import heading
from game.documents.guide.paper_book import PaperBlock, PaperBook, PaperEntry, PaperLink, TooManyReadings, make_book
from game.documents.guide.tick_formulas import Formula, FormulaTerm
from game.lang.markup import Paragraph
from game.play.page import Weighing
from game.play.page_context import calendar_date, line_paragraph
from game.play.text_eval import ToldChapter
from game.story.model import Line
from game.ui.components.chart_trees import cells, full_length, weighing_chart
from game.ui.tree import TreeNode


def paper_books(setting: PrintSetting, cut: str) -> Iterator[Element]:
    """Yield the book of a cut for each role; for a cut with too many playthroughs, a note that there is no book."""
    words, story = setting.words, setting.story
    for role in story.roles:
        try:
            made = make_book(story, role, cut)
        except TooManyReadings:
            yield tag("p", words("guide.paper.large", cut=cut, name=story.roles[role].name))
            continue
        yield tag(
            "section",
            tag("h3", words("guide.paper.book", title=story.title, name=story.roles[role].name)),
            tag("p", words("guide.paper.rules")),
            _sheet(made, setting),
            tag("div", [_entry(entry, made, setting) for entry in made.entries], class_="entries"),
            class_="book",
        )


def _sheet(made: PaperBook, setting: PrintSetting) -> Element | None:
    if not made.ticks:
        return None
    return tag(
        "div",
        tag("p", setting.words("guide.paper.sheet")),
        tag("ul", [tag("li", letter) for letter in made.ticks], class_="ticks"),
        class_="sheet",
    )


def _entry(entry: PaperEntry, made: PaperBook, setting: PrintSetting) -> Element:
    words, chapter = setting.words, entry.heads
    return tag(
        "article",
        tag("h4", str(entry.number)),
        _lead_in(entry, made, setting),
        [
            tag("p", tag("strong", heading(chapter)), f" · {chapter.when}" if chapter.when else None, class_="head"),
            tag("p", words("guide.announced"), " ", chapter.note, class_="note") if chapter.note else None,
        ]
        if chapter
        else None,
        [_block(block, setting) for block in entry.blocks if not isinstance(block.shown, ToldChapter)],
        tag("p", words("guide.discuss"), " ", entry.discuss, class_="discuss") if entry.discuss else None,
        tag("ul", [_way(way, made, setting) for way in entry.links], class_="ways") if entry.links else None,
        tag("p", words("guide.paper.end"), class_="ends") if entry.ends else None,
        id=f"entry.{made.role}.{entry.number}",
        class_="entry",
    )


def _lead_in(entry: PaperEntry, made: PaperBook, setting: PrintSetting) -> list[Element]:
    """Return the lines of the calendar and the summaries before an entry, in the order of the calendar."""
    dated = [(calendar_date(setting.story, line), _line(line, made, setting)) for line in entry.lines]
    for block in entry.blocks:
        if isinstance(block.shown, ToldChapter):
            dated.append((calendar_date(setting.story, block.shown), _block(block, setting)))
    return [element for _, element in sorted(dated, key=itemgetter(0))]


def _line(line: Line, made: PaperBook, setting: PrintSetting) -> Element:
    """Return a line (short text) of the calendar. Put its year before the text, unless the text names the year."""
    shown = line_paragraph(line, setting.story.cuts[made.cut].brief_lines).text
    year = str(line.year) if line.year is not None and str(line.year) not in shown else None
    return tag("p", [tag("strong", year), " "] if year else None, shown, class_="line")


def _block(block: PaperBlock, setting: PrintSetting) -> Element:
    when = _if(block.when, setting)
    shown = block.shown
    if isinstance(shown, Paragraph):
        return tag("p", spaced(when), paragraph(shown, setting), class_="only" if when is not None else None)
    if isinstance(shown, ToldChapter):
        title = setting.words("guide.paper.told", title=shown.title, when=shown.when or "")
        return tag("div", tag("p", spaced(when), tag("em", title)),
                   [tag("p", paragraph(text, setting)) for text in shown.paragraphs], class_="told")  # fmt: skip
    return tag("div", tag("p", when) if when is not None else None, _weighing(shown, setting), class_="weighing")


def _weighing(weighing: Weighing, setting: PrintSetting) -> list[Element]:
    chart = weighing_chart(setting.words, weighing, full_length(setting.story))
    rows = [(row, bar_picture(row, chart.level)) for row, *_ in cells(chart)]
    lists = [tag("ul", [_row(row, drawn, setting) for row, drawn in rows], class_="rows")]
    for child in chart.children:
        if child.style == "bowls":
            bowls = [_row(row, bowls_picture(row) if row.children else None, setting) for row in child.children]
            lists += [tag("p", child.label), tag("ul", bowls, class_="rows")]
    return lists


def _row(row: TreeNode, drawn: Element | None, setting: PrintSetting) -> Element:
    return tag("li", tag("span", setting.words("guide.paper.row", label=row.label, amount=row.value)), drawn)


def _way(way: PaperLink, made: PaperBook, setting: PrintSetting) -> Element:
    words, number = setting.words, made.entry(way.to).number
    said: Child = words("guide.paper.skip") if way.skip else way.say or None
    return tag(
        "li",
        spaced(_if(way.when, setting)),
        [tag("span", said, class_="say"), " "] if said else None,
        [tag("em", way.reason), " "] if way.reason else None,
        [tag("span", words("guide.paper.tick", letter=way.tick), class_="tick"), " "] if way.tick else None,
        link(f"entry.{made.role}.{number}", words("guide.paper.turn", number=number), class_="turn"),
        class_="skip" if way.skip else None if way.say else "on",
    )


def _if(when: Formula, setting: PrintSetting) -> Element | None:
    """Return a formula in words; None if it always holds."""
    if when.always:
        return None
    words = setting.words
    said = words("guide.paper.if", what=words("guide.paper.or").join(_term(term, setting) for term in when.terms))
    return tag("span", said, ":", class_="if")


def _term(term: FormulaTerm, setting: PrintSetting) -> str:
    words = setting.words
    ticked = words("guide.paper.and").join(term.ticked)
    unticked = words("guide.paper.nor").join(term.unticked)
    if not term.unticked:
        return words("guide.paper.ticked", letters=ticked)
    if not term.ticked:
        return words("guide.paper.unticked", letters=unticked)
    return words("guide.paper.both", ticked=ticked, unticked=unticked)
