"""Statistics as text for a terminal, and the sums as CSV."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from game.core.csv import escape_formula
from game.kiosk.counts.counts_db import Row
from game.kiosk.stats.statistics_wording import StatLine, StatsWording

COLUMNS = ("day", "kind", "key", "n", "seconds")  # for programs, so the same in every language


def counts_csv(rows: Iterable[Row]) -> str:
    """Return the sums as CSV, each in a row. Cells that a spreadsheet would run as formulas are marked as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(map(escape_formula, (row.day, row.kind, row.key, row.n, f"{row.seconds:.3f}")) for row in rows)
    return out.getvalue()


def statistics_text(wording: StatsWording, width: int) -> str:
    """Return the statistics in lines of at most `width` columns. Only lines with long numbers or names are longer."""
    return "\n".join(_lines(wording, width)) + "\n"


def _lines(wording: StatsWording, width: int) -> Iterator[str]:
    words, of = wording.words, wording.statistics
    yield words("stats.title", title=of.story.title)
    summary = list(wording.summary())
    wide = max(len(name) for name, _ in summary)
    for name, value in summary:
        yield f"{name.ljust(wide)}  {value}"
    if not of.visits and not of.places:
        yield from ("", words("stats.nothing"))
        return
    yield ""
    yield from _table(wording.visits_table(sorted(of.languages)))
    for heading, lines in wording.sections():
        yield from _share_section(heading, lines, width)
    if of.chosen:
        yield from ("", words("stats.choices"))
        yield from _wrap(words("stats.choices.text"), width)
    for choice in of.chosen:
        yield from ("", f"{wording.title(choice.node)} ({wording.where(choice.node)})")
        yield from _shares(wording.choices(choice.counts), width) if choice.counts else [f"  {words('stats.quiet')}"]
    yield from _share_section(words("stats.endings"), wording.endings(), width)
    if of.places:
        yield from _pages(wording, width)
    if of.unknown:
        yield from ("", *_wrap(words("stats.unknown", n=of.unknown), width))


def _pages(wording: StatsWording, width: int) -> Iterator[str]:
    words, number, of = wording.words, wording.words.number, wording.statistics
    yield from ("", words("stats.pages"))
    yield from _wrap(words("stats.pages.text"), width)
    rows = [
        (wording.short(page.node), number(page.shown), wording.time(page.mean), number(page.left), number(page.timeout))
        for page in of.places
    ]
    yield from _table([wording.page_columns(), *rows])


def _share_section(heading: str, lines: Sequence[StatLine], width: int) -> Iterator[str]:
    if any(line.n for line in lines):
        yield from ("", heading)
        yield from _shares(lines, width)


def _shares(lines: Iterable[StatLine], width: int) -> Iterator[str]:
    """Yield lines of number, percentage and name, with long names wrapped."""
    for line in lines:
        number = f"{line.n:>9,}  {line.percent:3.0f}%  "
        yield from textwrap.wrap(line.name, width, initial_indent=number, subsequent_indent=" " * len(number))


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows with aligned columns: names to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *cells in rows:
        numbers = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join(("  " + name.ljust(widths[0]), *numbers)).rstrip()


def _wrap(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, initial_indent="  ", subsequent_indent="  ")
