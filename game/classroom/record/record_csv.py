"""The record of a class as a table for a spreadsheet, in which no cell can be taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from game.classroom.record.class_record import RecordedDecision, RecordedStep, VoteCount
from game.classroom.record.record_wording import RecordWording
from game.core.csv import escape_formula

Row = tuple[object, ...]
COLUMNS = (
    "row", "time", "date", "door", "page", "text", "votes", "phones", "hands", "how", "reason", "held", "note",
)  # fmt: skip
BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for something else


def record_csv(telling: RecordWording) -> str:
    """The record as CSV, with a byte order mark and the lines' ends that spreadsheets want."""
    out = io.StringIO(newline="")
    out.write(BOM)
    writer = csv.writer(out)
    for row in _rows(telling):
        writer.writerow(map(escape_formula, row))
    return out.getvalue()


def _rows(telling: RecordWording) -> Iterator[Row]:
    """The heading; then the class, what was decided, what was asked, and what all of it rests on."""
    record, words = telling.record, telling.words
    yield tuple(words(f"record.column.{column}") for column in COLUMNS)
    for name, value in telling.summary():
        yield _row(words("record.row.class"), page=name, text=value)
    for moment in record.moments:
        for step in moment.steps:
            yield from _decided(telling, moment, step)
    for one in record.questions:
        yield _row(words("record.row.question"), date=one.when, page=one.title, text=one.text)
    for fact in record.facts:
        yield _row(words("record.row.fact"), page=fact.paragraph, text=fact.text)


def _decided(telling: RecordWording, moment: RecordedDecision, step: RecordedStep) -> Iterator[Row]:
    """What was taken on a page, in one row with how; then the page's other choices, each with its votes."""
    words = telling.words
    about = {"date": step.when, "door": telling.door(step), "page": step.title, "time": telling.clock(moment.at)}
    how = telling.how(step)
    if step.how == "onward":
        yield _row(words("record.row.read"), **about, how=how)
        return
    kept_back = words("record.no-tally") if step.votes is None else ""
    taken = next((one for one in step.votes or () if one.taken), None)
    yield _row(
        words("record.row.decision"),
        **about, text=telling.said(step), **_counts(taken), how=how, reason=step.reason, held=step.held, note=kept_back,
    )  # fmt: skip
    for other in step.votes or ():
        if not other.taken:
            yield _row(words("record.row.choice"), **about, text=other.say, **_counts(other))


def _counts(votes: VoteCount | None) -> dict[str, object]:
    return {"votes": votes.count, "phones": votes.phones, "hands": votes.hands} if votes else {}


def _row(kind: str, **cells: object) -> Row:
    return (kind, *("" if cells.get(column) is None else cells[column] for column in COLUMNS[1:]))
