"""The statistics of a kiosk as text for a terminal, and its sums as CSV: one row a sum, and no cell a formula."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from game.core.csv import escape_formula
from game.kiosk.counts.counts_db import Row
from game.kiosk.stats.statistics_wording import DAYS_ONE_BY_ONE, StatLine, StatsWording, grain_of

COLUMNS = ("day", "kind", "key", "n", "seconds")  # names for programs, the same in every language


def sheet(rows: Iterable[Row]) -> str:
    """Every sum in a row, as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(map(escape_formula, (row.day, row.kind, row.key, row.n, f"{row.seconds:.3f}")))
    return out.getvalue()


def text(telling: StatsWording, width: int) -> str:
    """The statistics in lines of at most so many columns, as far as numbers and names allow."""
    return "\n".join(_lines(telling, width)) + "\n"


def _lines(telling: StatsWording, width: int) -> Iterator[str]:
    words, of = telling.words, telling.of
    yield words("stats.title", title=of.story.title)
    summary = list(telling.summary())
    wide = max(len(name) for name, _ in summary)
    for name, value in summary:
        yield f"{name.ljust(wide)}  {value}"
    if not of.visits and not of.places:
        yield from ("", words("stats.nothing"))
        return
    yield from _visits(telling)
    for heading, lines in telling.sections():
        yield from _counted(heading, lines, width)
    if of.chosen:
        yield from ("", words("stats.choices"))
        yield from _wrapped(words("stats.choices.text"), width)
    for one in of.chosen:
        yield from ("", f"{telling.title(one.node)} ({telling.where(one.node)})")
        yield from _shares(telling.choices(one.counts), width) if one.counts else [f"  {words('stats.quiet')}"]
    yield from _counted(words("stats.endings"), telling.endings(), width)
    if of.places:
        yield from _pages(telling, width)
    if of.unknown:
        yield from ("", *_wrapped(words("stats.unknown", n=of.unknown), width))


def _visits(telling: StatsWording) -> Iterator[str]:
    words, of = telling.words, telling.of
    grain, languages = grain_of(of, DAYS_ONE_BY_ONE), sorted(of.languages)
    yield ""
    head = (words(f"stats.column.{grain}"), *map(telling.language, languages), words("stats.visits"))
    rows = [
        (telling.period(grain, period.first), *(f"{period.visits.get(id, 0):,}" for id in languages), f"{period.n:,}")
        for period in of.periods(grain)
    ]
    yield from _table([head, *rows])


def _pages(telling: StatsWording, width: int) -> Iterator[str]:
    words, of = telling.words, telling.of
    yield from ("", words("stats.pages"))
    yield from _wrapped(words("stats.pages.text"), width)
    head = tuple(words(f"stats.pages.{column}") for column in ("page", "shown", "mean", "left", "timeout"))
    rows = [
        (telling.short(page.node), f"{page.shown:,}", telling.time(page.mean), f"{page.left:,}", f"{page.timeout:,}")
        for page in of.places
    ]
    yield from _table([head, *rows])


def _counted(heading: str, lines: Sequence[StatLine], width: int) -> Iterator[str]:
    if any(line.n for line in lines):
        yield from ("", heading)
        yield from _shares(lines, width)


def _shares(lines: Iterable[StatLine], width: int) -> Iterator[str]:
    """How many, per cent, and what: long words go on under themselves."""
    for line in lines:
        number = f"{line.n:>9,}  {100 * line.n / max(1, line.of):3.0f}%  "
        yield from textwrap.wrap(line.name, width, initial_indent=number, subsequent_indent=" " * len(number))


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns, the first to the left and numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *cells in rows:
        numbers = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join(("  " + name.ljust(widths[0]), *numbers)).rstrip()


def _wrapped(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, initial_indent="  ", subsequent_indent="  ")
