"""The statistics of a kiosk as one HTML file that prints on A4: charts are drawn in it, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from xml.etree.ElementTree import Element

from game.core import html
from game.core.html import Child, tag
from game.kiosk.stats.statistics import ChoiceCounts, Grain, PageCount, Period
from game.kiosk.stats.statistics_wording import DAYS_ONE_BY_ONE, StatLine, StatsWording, grain_of
from game.ui.components.chart_trees import round_number

GENERATOR = "weight-of-grain stats"  # what a file of ours says of itself, so that no other is ever written over
COLUMNS_OF_DAYS = 62  # a chart has a column for each of so many days; of more, one for a week; of more still, a month
NAMES = 14  # under a chart, at most
LINES = 4  # across a chart, about
WIDTH, HEIGHT, LEFT, FOOT, TOP = 720, 190, 44, 22, 8  # of the chart, in its own units


def statistics_html(telling: StatsWording, style: str) -> str:
    """The statistics as text. `style` is their style sheet."""
    story = telling.of.story
    title = telling.words("stats.title", title=story.title)
    header = html.summary_header(title, telling.summary(), telling.words("stats.private"))
    return html.document(title, GENERATOR, style, story.language, header, _main(telling))


def _main(telling: StatsWording) -> list[Child]:
    words, of = telling.words, telling.of
    if not of.visits and not of.places:
        return [tag("p", words("stats.nothing"))]
    return [
        _visits(telling),
        tag("div", [_counted(heading, lines, telling) for heading, lines in telling.sections()], class_="side"),
        _choices(telling),
        _counted(words("stats.endings"), telling.endings(), telling, words("stats.endings.text")),
        _pages(telling),
        tag("p", words("stats.unknown", n=of.unknown), class_="small") if of.unknown else None,
    ]


def _section(heading: str, *children: Child, class_: str | None = None) -> Element:
    return tag("section", tag("h2", heading), *children, class_=class_)


def _visits(telling: StatsWording) -> Element:
    """The chart, and under it the same in numbers."""
    words, of = telling.words, telling.of
    grain: Grain = grain_of(of, COLUMNS_OF_DAYS)
    if grain == "month" and len(of.periods("week")) <= COLUMNS_OF_DAYS:
        grain = "week"
    return _section(words(f"stats.visits-by.{grain}"), _chart(telling, grain), _table_of_visits(telling))


def _chart(telling: StatsWording, grain: Grain) -> Element:
    """A column for each period. Who does not see it has the table."""
    periods = telling.of.periods(grain)
    step = round_number(max(1, *(period.n for period in periods)) / LINES)
    lines = max(1, -(-max(period.n for period in periods) // step))
    wide, high = (WIDTH - LEFT) / len(periods), HEIGHT - FOOT - TOP
    drawn: list[Element] = []
    for line in range(lines + 1):
        y = TOP + high * (1 - line / lines)
        drawn.append(tag("line", x1=f"{LEFT}", x2=f"{WIDTH}", y1=f"{y:.1f}", y2=f"{y:.1f}"))
        drawn.append(tag("text", f"{line * step:,}", x=f"{LEFT - 6}", y=f"{y + 4:.1f}", class_="scale"))
    for i, period in enumerate(periods):
        x, tall = LEFT + i * wide, high * period.n / (lines * step)
        drawn.append(
            tag("rect", tag("title", f"{telling.period(grain, period.first)}: {period.n:,}"), x=f"{x + wide * 0.1:.2f}",
                y=f"{TOP + high - tall:.2f}", width=f"{min(wide * 0.8, 40):.2f}", height=f"{tall:.2f}")
        )  # fmt: skip
    drawn += [
        tag("text", name, x=f"{LEFT + i * wide + wide * 0.1:.1f}", y=f"{HEIGHT - 5}")
        for i, name in _under(telling, grain, periods)
    ]
    label = telling.words(f"stats.visits-by.{grain}")
    return tag("svg", drawn, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", **{"aria-label": label})


def _under(telling: StatsWording, grain: Grain, periods: Sequence[Period]) -> Iterator[tuple[int, str]]:
    """Which columns have a name under them: the first of each month, or of each week, and only as many as have room."""
    months = telling.words("stats.months").split()
    room = -(-len(periods) // NAMES)
    last, before = -room, 0
    for i, period in enumerate(periods):
        middle = period.first + timedelta(3 if grain == "week" else 0)  # a week belongs to the month of its Thursday
        if (grain == "day" or middle.month != before) and i - last >= room:
            last = i
            yield i, str(middle.day) if grain == "day" else months[middle.month - 1]
        before = middle.month


def _table_of_visits(telling: StatsWording) -> Element:
    words, of = telling.words, telling.of
    grain = grain_of(of, DAYS_ONE_BY_ONE)
    languages = sorted(of.languages)
    several = len(languages) > 1
    head = [
        words(f"stats.column.{grain}"),
        *(map(telling.language, languages) if several else ()),
        words("stats.visits"),
    ]
    rows = [
        (
            telling.period(grain, period.first),
            *(f"{period.visits.get(language, 0):,}" for language in languages if several),
            f"{period.n:,}",
        )
        for period in of.periods(grain)
    ]
    return _table(head, rows, "numbers")


def _table(head: Iterable[str], rows: Iterable[Iterable[Child]], class_: str) -> Element:
    return tag(
        "table",
        tag("thead", tag("tr", [tag("th", name, scope="col") for name in head])),
        tag("tbody", [_row(*row) for row in rows]),
        class_=class_,
    )


def _row(name: Child, *cells: Child) -> Element:
    return tag("tr", tag("th", name, scope="row"), [tag("td", cell) for cell in cells])


def _counted(heading: str, lines: Sequence[StatLine], telling: StatsWording, note: str | None = None) -> Element | None:
    if not any(line.n for line in lines):
        return None
    return _section(heading, tag("p", note, class_="small") if note else None, _bars(lines, telling))


def _bars(lines: Iterable[StatLine], telling: StatsWording) -> Element:
    """Each with its share as a bar, in the order given."""
    return tag(
        "ul",
        [
            tag(
                "li",
                tag("span", line.name),
                tag("span", telling.share(line), class_="count"),
                tag("span", tag("span", style=f"width: {100 * line.n / max(1, line.of):.1f}%"), class_="bar"),
            )
            for line in lines
        ],
        class_="bars",
    )


def _choices(telling: StatsWording) -> Element | None:
    """In the order of the story, on each page in the page's own."""
    if not telling.of.chosen:
        return None
    words = telling.words
    return _section(
        words("stats.choices"),
        tag("p", words("stats.choices.text"), class_="small"),
        [_chosen(one, telling) for one in telling.of.chosen],
        class_="choices",
    )


def _chosen(one: ChoiceCounts, telling: StatsWording) -> Element:
    return tag(
        "section",
        tag("h3", telling.title(one.node), " ", tag("span", telling.where(one.node), class_="meta")),
        _bars(telling.choices(one.counts), telling)
        if one.counts
        else tag("p", telling.words("stats.quiet"), class_="small"),
    )


def _pages(telling: StatsWording) -> Element | None:
    """How long visitors stood before each page, and how many stopped there."""
    words, of = telling.words, telling.of
    if not of.places:
        return None
    longest = max(page.mean or 0 for page in of.places)
    most = "; ".join(telling.short(page.node) for page in telling.left_most())
    head = [words(f"stats.pages.{column}") for column in ("page", "shown", "mean", "left", "timeout")]
    return _section(
        words("stats.pages"),
        tag("p", words("stats.pages.text"), class_="small"),
        tag("p", words("stats.left-most", pages=most)) if most else None,
        _table(head, [_page(page, telling, longest) for page in of.places], "numbers pages"),
        class_="pages",
    )


def _page(page: PageCount, telling: StatsWording, longest: float) -> tuple[Child, ...]:
    mean = page.mean
    name: list[Child] = [telling.title(page.node), " ", tag("span", telling.where(page.node), class_="meta")]
    bar = (
        tag("span", tag("span", style=f"width: {100 * mean / longest:.1f}%"), class_="bar")
        if mean and longest
        else None
    )
    shown = f"{page.shown:,}" if page.shown else None
    return name, shown, [telling.time(mean), bar], *(f"{n:,}" if n else None for n in (page.left, page.timeout))
