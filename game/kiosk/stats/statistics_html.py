"""Statistics as HTML: one file that prints on A4, with charts as inline SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from xml.etree.ElementTree import Element

from game.core import html
from game.core.html import Child, tag
from game.documents.html_parts import table_row
from game.kiosk.stats.statistics import ChoiceCounts, PageCount, Period, PeriodLength
from game.kiosk.stats.statistics_wording import StatLine, StatsWording, period_length
from game.ui.components.chart_trees import round_number

GENERATOR = "weight-of-grain stats"  # marks our files, so that other programs' files are never overwritten
MAX_COLUMNS = 62  # most columns of a chart. It has days; if those are too many, weeks, then months
MAX_LABELS = 14  # most labels under a chart
GRID_LINES = 4  # about so many lines in a chart
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 190, 44, 22, 8  # a chart's measures, in SVG units


def statistics_html(wording: StatsWording, style: str) -> str:
    """Return the statistics as HTML, with the style sheet `style`."""
    story = wording.statistics.story
    title = wording.words("stats.title", title=story.title)
    header = html.summary_header(title, wording.summary(), wording.words("stats.private"))
    return html.document(title, GENERATOR, style, story.language, header, _main(wording))


def _main(wording: StatsWording) -> list[Child]:
    words, of = wording.words, wording.statistics
    if not of.visits and not of.places:
        return [tag("p", words("stats.nothing"))]
    return [
        _visits(wording),
        tag("div", [_bar_section(heading, lines, wording) for heading, lines in wording.sections()], class_="side"),
        _choices(wording),
        _bar_section(words("stats.endings"), wording.endings(), wording, words("stats.endings.text")),
        _pages(wording),
        tag("p", words("stats.unknown", n=of.unknown), class_="small") if of.unknown else None,
    ]


def _section(heading: str, *children: Child, class_: str | None = None) -> Element:
    return tag("section", tag("h2", heading), *children, class_=class_)


def _visits(wording: StatsWording) -> Element:
    """Return the chart of visits, and a table of the same numbers, which is the chart's text alternative."""
    words, of = wording.words, wording.statistics
    length: PeriodLength = period_length(of, MAX_COLUMNS)
    if length == "month" and len(of.periods("week")) <= MAX_COLUMNS:
        length = "week"
    languages = sorted(of.languages)
    head, *rows = wording.visits_table(languages if len(languages) > 1 else ())
    return _section(words(f"stats.visits-by.{length}"), _chart(wording, length), _table(head, rows, "numbers"))


def _chart(wording: StatsWording, length: PeriodLength) -> Element:
    periods = wording.statistics.periods(length)
    step = round_number(max(1, *(period.n for period in periods)) / GRID_LINES)
    lines = max(1, -(-max(period.n for period in periods) // step))
    wide, high = (WIDTH - LEFT) / len(periods), HEIGHT - BOTTOM - TOP
    drawn: list[Element] = []
    for line in range(lines + 1):
        y = TOP + high * (1 - line / lines)
        drawn.append(tag("line", x1=f"{LEFT}", x2=f"{WIDTH}", y1=f"{y:.1f}", y2=f"{y:.1f}"))
        drawn.append(tag("text", wording.words.number(line * step), x=f"{LEFT - 6}", y=f"{y + 4:.1f}", class_="scale"))
    for i, period in enumerate(periods):
        x, tall = LEFT + i * wide, high * period.n / (lines * step)
        drawn.append(
            tag("rect", tag("title", f"{wording.period(length, period.first)}: {period.n:,}"),
                x=f"{x + wide * 0.1:.2f}",
                y=f"{TOP + high - tall:.2f}", width=f"{min(wide * 0.8, 40):.2f}", height=f"{tall:.2f}")
        )  # fmt: skip
    drawn += [
        tag("text", name, x=f"{LEFT + i * wide + wide * 0.1:.1f}", y=f"{HEIGHT - 5}")
        for i, name in _column_labels(wording, length, periods)
    ]
    label = wording.words(f"stats.visits-by.{length}")
    return tag("svg", drawn, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", **{"aria-label": label})


def _column_labels(wording: StatsWording, length: PeriodLength, periods: Sequence[Period]) -> Iterator[tuple[int, str]]:
    """Yield (column number, label under it) without labels that would overlap. A column for a day has the day as its
    label. Of longer periods, only the first in each month has a label."""
    months = wording.words("stats.months").split()
    room = -(-len(periods) // MAX_LABELS)
    last, before = -room, 0
    for i, period in enumerate(periods):
        middle = period.first + timedelta(3 if length == "week" else 0)  # a week belongs to the month of its Thursday
        if (length == "day" or middle.month != before) and i - last >= room:
            last = i
            yield i, str(middle.day) if length == "day" else months[middle.month - 1]
        before = middle.month


def _table(head: Iterable[str], rows: Iterable[Iterable[Child]], class_: str) -> Element:
    heads = tag("thead", tag("tr", [tag("th", name, scope="col") for name in head]))
    return tag("table", heads, tag("tbody", [table_row(*row) for row in rows]), class_=class_)


def _bar_section(
    heading: str, lines: Sequence[StatLine], wording: StatsWording, note: str | None = None
) -> Element | None:
    if not any(line.n for line in lines):
        return None
    return _section(heading, tag("p", note, class_="small") if note else None, _bars(lines, wording))


def _bars(lines: Iterable[StatLine], wording: StatsWording) -> Element:
    items = [
        tag("li", tag("span", line.name), tag("span", wording.share(line), class_="count"), _bar(line.percent))
        for line in lines
    ]
    return tag("ul", items, class_="bars")


def _bar(percent: float) -> Element:
    return tag("span", tag("span", style=f"width: {percent:.1f}%"), class_="bar")


def _choices(wording: StatsWording) -> Element | None:
    if not wording.statistics.chosen:
        return None
    words = wording.words
    return _section(
        words("stats.choices"),
        tag("p", words("stats.choices.text"), class_="small"),
        [_choice_section(choice, wording) for choice in wording.statistics.chosen],
        class_="choices",
    )


def _choice_section(choice: ChoiceCounts, wording: StatsWording) -> Element:
    quiet = tag("p", wording.words("stats.quiet"), class_="small")
    bars = _bars(wording.choices(choice.counts), wording) if choice.counts else quiet
    return tag("section", tag("h3", _place(choice.node, wording)), bars)


def _place(node: str, wording: StatsWording) -> list[Child]:
    return [wording.title(node), " ", tag("span", wording.where(node), class_="meta")]


def _pages(wording: StatsWording) -> Element | None:
    """Return a table of pages: how often and how long each was shown, and how many visits ended there."""
    words, of = wording.words, wording.statistics
    if not of.places:
        return None
    longest = max(page.mean or 0 for page in of.places)
    most = "; ".join(wording.short(page.node) for page in wording.left_most())
    return _section(
        words("stats.pages"),
        tag("p", words("stats.pages.text"), class_="small"),
        tag("p", words("stats.left-most", pages=most)) if most else None,
        _table(wording.page_columns(), [_page(page, wording, longest) for page in of.places], "numbers pages"),
        class_="pages",
    )


def _page(page: PageCount, wording: StatsWording, longest: float) -> tuple[Child, ...]:
    bar = _bar(100 * page.mean / longest) if page.mean else None
    shown, left, timeout = (wording.words.number(n) if n else None for n in (page.shown, page.left, page.timeout))
    return _place(page.node, wording), shown, [wording.time(page.mean), bar], left, timeout
