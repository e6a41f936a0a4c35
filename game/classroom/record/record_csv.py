"""The record of a class as CSV. Cells are escaped, so that a spreadsheet runs none of them as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from game.classroom.record.class_record import RecordedDecision, RecordedStep, VoteCount
from game.classroom.record.record_wording import RecordWording
from game.core.csv import escape_formula
from game.story.model import Line

Row = tuple[object, ...]
COLUMNS = (
    "row", "time", "date", "door", "page", "text", "votes", "phones", "hands", "how", "reason", "held", "note",
    "answer", "anyway", "kind", "source",
)  # fmt: skip
BOM = "\ufeff"  # byte order mark; without it, spreadsheets do not read UTF-8


def record_csv(wording: RecordWording) -> str:
    """Return the record as CSV."""
    out = io.StringIO(newline="")
    out.write(BOM)
    writer = csv.writer(out)
    for row in _rows(wording):
        writer.writerow(map(escape_formula, row))
    return out.getvalue()


def _rows(wording: RecordWording) -> Iterator[Row]:
    record, words = wording.record, wording.words
    yield tuple(words(f"record.column.{column}") for column in COLUMNS)
    for name, value in wording.summary():
        yield _row(words("record.row.class"), page=name, text=value)
    for decision in record.decisions:
        yield from (_line_row(wording, line) for line in decision.lines)
        for step in decision.steps:
            yield from _decision_rows(wording, decision, step)
    yield from (_line_row(wording, line) for line in record.last_lines)
    for answer in record.tasks:
        for vote in answer.votes:
            yield _row(words("record.row.task"), page=answer.title, text=vote.say, **_counts(vote))
    for sentence in wording.change_sentences():
        yield _row(words("record.row.questionnaire"), text=sentence)
    for question_text, before, after in wording.question_rows():
        yield _row(words("record.row.questionnaire"), page=question_text, text=f"{before} / {after}")
    for fate in record.fates:
        yield _row(words("record.row.person"), page=fate.detail, text=fate.text)
    for question in record.questions:
        yield _row(words("record.row.question"), date=question.when, page=question.title, text=question.text)
    for fact in record.facts:
        yield _row(
            words("record.row.fact"),
            page=record.story.cited(fact), text=fact.text, kind=wording.standing(fact), source=wording.source(fact),
        )  # fmt: skip


def _line_row(wording: RecordWording, line: Line) -> Row:
    return _row(wording.words("page.line"), date=wording.line_year(line), text=wording.line_text(line))


def _decision_rows(wording: RecordWording, decision: RecordedDecision, step: RecordedStep) -> Iterator[Row]:
    words, how, time = wording.words, wording.how(step), wording.time_of_day(decision.at)
    about = {"date": step.when, "door": wording.door(step), "page": step.title, "time": time}
    if step.how == "onward":
        yield _row(words("record.row.read"), **about, how=how)
        return
    note = words("record.no-tally") if step.votes is None else ""
    taken = next((vote for vote in step.votes or () if vote.taken), None)
    yield _row(
        words("record.row.decision"),
        **about, **_counts(taken), text=wording.choice_text(step), how=how, reason=step.reason, held=step.held,
        note=note, answer=step.answer, anyway=step.anyway,
    )  # fmt: skip
    for other in step.votes or ():
        if not other.taken:
            yield _row(words("record.row.choice"), **about, text=other.say, **_counts(other))


def _counts(votes: VoteCount | None) -> dict[str, object]:
    return {"votes": votes.count, "phones": votes.phones, "hands": votes.hands} if votes else {}


def _row(kind: str, /, **cells: object) -> Row:
    return (kind, *("" if cells.get(column) is None else cells[column] for column in COLUMNS[1:]))
