"""`stats`: print what one or several kiosks have counted, as a table, CSV or HTML."""

from __future__ import annotations

import argparse
import shutil
import sys
from datetime import date
from pathlib import Path

from game.commands.support.common import (
    add_language_argument,
    interface_words,
    load_in_language,
    pluralize,
    read_assets,
)
from game.commands.support.kiosk_configuration import load_config, load_languages
from game.commands.support.output_checks import check_html_output, check_output, write_output
from game.commands.support.user_error import UserError, as_user_error, os_error_as_user_error
from game.core.file_output import FileKind, Output
from game.core.paths import data_folder
from game.kiosk.counts.counts_db import Row, StoredCounts, UnusableCounts, counts_file, read_counts
from game.kiosk.stats import statistics_html, statistics_table
from game.kiosk.stats.statistics import MergeError, merge_counts, rows_between, statistics, without_secret_tallies
from game.kiosk.stats.statistics_html import GENERATOR
from game.kiosk.stats.statistics_table import COLUMNS, counts_csv
from game.kiosk.stats.statistics_wording import StatsWording
from game.story import Story

FORMATS = {".csv": "csv", ".html": "html", ".htm": "html"}
WIDEST = 100  # most columns of the text, however wide the terminal is


def arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--config", type=Path, metavar="FILE", help="the kiosk's configuration, which names the data folder"
    )
    which.add_argument("--counts", type=Path, metavar="FILE", help="a kiosk's file of counts")
    parser.add_argument("--merge", type=Path, nargs="+", default=[], metavar="FILE", help="add up other kiosks' counts")
    parser.add_argument("--from", type=_parse_day, dest="since", metavar="DAY", help="the first day, as 2026-11-25")
    parser.add_argument("--to", type=_parse_day, dest="until", metavar="DAY", help="the last day")
    parser.add_argument(
        "--format", choices=("table", "csv", "html"), help="default: by the ending of --out, else a table"
    )
    add_language_argument(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="write a file; older statistics are replaced")


def run(options: argparse.Namespace) -> int:
    if options.since and options.until and options.until < options.since:
        raise UserError(f"--to {options.until} is before --from {options.since}")
    out: Path | None = options.out
    form = options.format or FORMATS.get(out.suffix.lower() if out else "", "table")
    claim = None if out is None else _check_out(out, form)
    story = load_in_language(options)
    files = _count_files(story, options)
    text = _output_text(story, files, form, options)
    if claim is None:
        sys.stdout.write(text)
    elif write_output(claim, text.encode()):
        print(out)
    return 0


def _output_text(story: Story, files: list[Path], form: str, options: argparse.Namespace) -> str:
    with as_user_error(MergeError):
        rows = merge_counts([_read_counts(file) for file in files], story, [str(file) for file in files])
    if form == "csv":
        return _format_csv(story, rows_between(rows, options.since, options.until))
    of = statistics(story, rows, len(files), options.since, options.until)
    wording = StatsWording(of, interface_words(story))
    if form == "table":
        return statistics_table.statistics_text(wording, min(WIDEST, shutil.get_terminal_size().columns))
    return statistics_html.statistics_html(wording, read_assets("guide/guide.css", "kiosk/stats.css"))


def _format_csv(story: Story, rows: list[Row]) -> str:
    """Return the counts as CSV, without choices on pages marked `tally: false`, and print how many pages these are."""
    shown = without_secret_tallies(rows, story)
    if len(shown) < len(rows):
        left_out = len({row.key.rpartition(".")[0] for row in rows} - {row.key.rpartition(".")[0] for row in shown})
        pages = f"{pluralize(left_out, 'page')} of the story marked `tally: false`"
        print(f"left out: what was chosen on {pages}", file=sys.stderr)
    return counts_csv(shown)


def _count_files(story: Story, options: argparse.Namespace) -> list[Path]:
    """Return the files of counts that the options name, else the usual file. Raises UserError if that is missing."""
    own: list[Path] = []
    if options.config is not None:
        own = [counts_file(load_config(load_languages(options), options.config, folders=False).data_folder, story.pack)]
    elif options.counts is not None:
        own = [options.counts]
    elif not options.merge:
        own = [counts_file(data_folder() / "kiosk", story.pack)]
        if not own[0].exists():
            raise UserError(f"nothing was counted in {own[0]}: name a kiosk's file with --config or --counts")
    return [*own, *options.merge]


def _read_counts(file: Path) -> StoredCounts:
    with as_user_error(UnusableCounts), os_error_as_user_error(f"{file} cannot be read"):
        return read_counts(file)


def _check_out(out: Path, form: str) -> Output:
    what = "the statistics of a kiosk"
    if form == "html":
        return check_html_output(out, GENERATOR, what)
    head = ",".join(COLUMNS).encode()
    return check_output(out, FileKind(what, lambda start: form == "csv" and start.startswith(head)))


def _parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not a day: write it as 2026-11-25") from None
