"""Where classes are kept: each log with its record beside it, until both are deleted, by hand or by age."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from game.classroom import events as ev
from game.classroom import log as logging
from game.classroom.record.record_csv import BOM, COLUMNS, record_csv
from game.classroom.record.record_html import GENERATOR, record_html
from game.classroom.record.record_wording import RecordWording
from game.core.file_output import FileKind, Output, is_ours, kind_by_marker, prepare_output
from game.core.paths import classes_folder

PAGE = kind_by_marker("the record of a class", f'content="{GENERATOR}"')
SHEET = FileKind("the record of a class", lambda start: _is_sheet(start))


class InUse(Exception):
    """A class is being held on the log."""


@dataclass(frozen=True, slots=True)
class StoredClass:
    """What a log says of its class without its story: when it `began` and was last `written`, in seconds since 1970,
    how it began, how many decisions stand, and how many phones were connected at once at most."""

    log: Path
    began: float
    written: float
    begun: ev.Begun
    decisions: int
    phones: int


def new_log(folder: Path, now: datetime) -> Path:
    """A file for a class that begins now, which is not there yet. The folder need not be there either."""
    stem = f"{now:%Y-%m-%d-%H%M}"
    names = (folder / f"{stem}{f'-{number}' if number > 1 else ''}.class" for number in range(1, 10_000))
    return next(name for name in names if not name.exists())


def records_of(log: Path) -> tuple[Path, Path]:
    """Where the record of a class lies beside its log: as HTML, and as CSV."""
    return log.with_suffix(".html"), log.with_suffix(".csv")


def record_outputs(files: tuple[Path, Path]) -> tuple[Output, Output]:
    """The files of a record, refused where one of them is there and holds something else. Raises Refused."""
    page, sheet = files
    return prepare_output(page, PAGE), prepare_output(sheet, SHEET)


def write_record(files: tuple[Path, Path], telling: RecordWording, style: str) -> None:
    """Write a record, as HTML with this style sheet and as CSV. Each is there whole or not at all.

    Raises Refused where one would take the place of something else, and OSError.
    """
    page, sheet = record_outputs(files)
    page.write(record_html(telling, style))
    sheet.write(record_csv(telling), newline="")


def _is_sheet(start: bytes) -> bool:
    """Whether a file begins with a record's heading, in whichever language."""
    heading = start.partition(b"\n")[0]
    return heading.startswith(BOM.encode()) and heading.count(b",") == len(COLUMNS) - 1


def stored_classes(log: Path) -> StoredClass:
    """What a log says of its class. Raises DamagedLog, or OSError."""
    events = logging.read(log)
    began, begun = events[0] if events else (0.0, None)
    if not isinstance(begun, ev.Begun):
        raise logging.DamagedLog(f"{log} does not say how its class began")
    standing, present, most = list[ev.Decided](), set[str](), 0
    for _, event in events:
        match event:
            case ev.Decided():
                standing.append(event)
            case ev.WentBack():
                del standing[-1:]
            case ev.Joined(seat) | ev.Came(seat):
                present.add(seat)
            case ev.Went(seat):
                present.discard(seat)
        most = max(most, len(present))
    decisions = sum(how != "onward" for event in standing for how in event.how.values())
    return StoredClass(log, began, events[-1][0], begun, decisions, most)


def delete(log: Path) -> None:
    """Remove a class with its record. Raises InUse, DamagedLog where the file is something else, or OSError."""
    if not logging.is_log(log):
        raise logging.DamagedLog(f"{log} is no log of a class")
    if logging.in_use(log):
        raise InUse(f"a class is being held on {log}")
    for record, kind in zip(records_of(log), (PAGE, SHEET), strict=True):
        # What lies by chance beside a log elsewhere is not ours; our own folder holds nothing else, however edited.
        if is_ours(record, kind) or log.parent == classes_folder():
            record.unlink(missing_ok=True)
    logging.delete(log)


def delete_expired(folder: Path, before: float, but: Collection[Path] = ()) -> list[Path]:
    """Remove the classes in a folder that were last written before a time, in seconds since 1970, with their records.

    `but` are spared, and so is a class that is being held. Gives the logs that are gone. Raises OSError.
    """
    old = [log for log in logging.logs(folder) if logging.written(log) < before and log not in but]
    gone = []
    for log in old:
        try:
            delete(log)
        except InUse:
            continue
        gone.append(log)
    return gone
