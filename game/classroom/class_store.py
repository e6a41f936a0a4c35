"""The stored classes: find, summarise and delete their logs and the records (reports) beside them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from game.classroom import events as ev
from game.classroom import log as class_log
from game.classroom.log import Log
from game.classroom.record.record_csv import BOM, COLUMNS, record_csv
from game.classroom.record.record_html import GENERATOR, record_html
from game.classroom.record.record_wording import RecordWording
from game.core.file_output import FileKind, Output, is_ours, kind_by_marker, prepare_output
from game.core.instance_lock import AlreadyRunning
from game.core.paths import classes_folder

HTML_FILE = kind_by_marker("the record of a class", f'content="{GENERATOR}"')
OLD_COLUMNS = frozenset({13, 18})  # the numbers of columns in records of earlier versions
CSV_FILE = FileKind("the record of a class", lambda start: _is_record_csv(start))


@dataclass(frozen=True, slots=True)
class StoredClass:
    """The summary of a log. It can be made without the story. Times are in seconds since 1970."""

    log: Path
    began: float  # the time of the log's first event
    written: float  # the time of its last event
    begun: ev.Begun  # its first event
    decisions: int  # how many still hold
    phones: int  # the most that were connected at once
    session: int  # the number of its last session (see `next_session`); 0 in a log of format 1
    port: int  # the phones' port in its last session
    interrupted: bool  # the class was used, and its window was not closed since
    records: tuple[Path, ...]  # the folders with its record
    room: ev.RoomOpened | None  # its last room at a relay

    @property
    def order(self) -> tuple[int, float]:
        """The sort key of classes, highest for the class that was held last: by session, then by time."""
        return self.session, self.written


def new_log(folder: Path, now: datetime) -> Path:
    """Return a path for a new log, named by the time."""
    stem = f"{now:%Y-%m-%d-%H%M}"
    names = (folder / f"{stem}{f'-{number}' if number > 1 else ''}.class" for number in range(1, 10_000))
    return next(name for name in names if not name.exists())


def open_new_log(folder: Path, now: datetime, clock: Callable[[], float]) -> Log:
    """Open a new log, named by the time. Raises OSError if it cannot be written; then no file remains."""
    while True:
        path = new_log(folder, now)
        try:
            return Log(path, clock)
        except AlreadyRunning:
            continue
        except OSError:
            with suppress(OSError):
                class_log.delete_log(path)
            raise


def record_paths(log: Path) -> tuple[Path, Path]:
    """Return the paths of a class's record: the HTML file and the CSV file beside its log."""
    return log.with_suffix(".html"), log.with_suffix(".csv")


def record_outputs(files: tuple[Path, Path]) -> tuple[Output, Output]:
    """Return an `Output` for each file of a record. Raises OutputRefused if a file exists and is not a record."""
    html_file, csv_file = files
    return prepare_output(html_file, HTML_FILE), prepare_output(csv_file, CSV_FILE)


def write_record(files: tuple[Path, Path], wording: RecordWording, style: str) -> None:
    """Write a record as HTML with the style sheet `style`, and as CSV. Raises OutputRefused or OSError."""
    html_output, csv_output = record_outputs(files)
    html_output.write(record_html(wording, style))
    csv_output.write(record_csv(wording).encode())


def _is_record_csv(start: bytes) -> bool:
    """Return whether a file begins like a record's CSV, of this version or an earlier version, in any language."""
    heading = start.partition(b"\n")[0]
    return heading.startswith(BOM.encode()) and heading.count(b",") + 1 in {len(COLUMNS), *OLD_COLUMNS}


def stored_class(log: Path) -> StoredClass:
    """Return the summary of a log, as far as it can be read. Raises DamagedLog if nothing can be read, or OSError."""
    found = class_log.read_entries(log)
    events = found.entries
    if not events and found.why:
        raise class_log.DamagedLog(found.why)
    began, begun = events[0] if events else (0.0, None)
    if not isinstance(begun, ev.Begun):
        raise class_log.DamagedLog(f"{log} does not say how its class began")
    decided, present, most = list[ev.Decided](), set[str](), 0
    session, port, stopped, touched, records = begun.session, begun.port, False, False, list[Path]()
    room: ev.RoomOpened | None = None
    for _, event in events:
        match event:
            case ev.Decided():
                decided.append(event)
            case ev.WentBack():
                del decided[-1:]
            case ev.Joined(seat) | ev.Came(seat):
                present.add(seat)
            case ev.Went(seat) | ev.Removed(seat):
                present.discard(seat)
            case ev.Resumed(session, port):
                stopped = False
            case ev.Stopped():
                stopped = True
            case ev.Recorded(folder):
                records.append(Path(folder))
            case ev.RoomOpened():
                room = event
        touched = touched or isinstance(event, ev.Joined | ev.Waited | ev.Opened | ev.Decided | ev.Ended)
        most = max(most, len(present))
    decisions = sum(how != "onward" for event in decided for how in event.how.values())
    interrupted = bool(session) and touched and not stopped
    folders = tuple(dict.fromkeys(records))
    written = events[-1][0]
    return StoredClass(log, began, written, begun, decisions, most, session, port, interrupted, folders, room)


def stored_classes(folder: Path) -> list[StoredClass]:
    """Return the classes of a folder whose logs can be read. The class that was held last comes first."""
    found = []
    for log in class_log.list_logs(folder):
        with suppress(class_log.DamagedLog, OSError):
            found.append(stored_class(log))
    return sorted(found, key=lambda stored: stored.order, reverse=True)


def interrupted_class(folder: Path) -> StoredClass | None:
    """Return the last interrupted class that is not being held now; None if there is none."""
    return next(
        (stored for stored in stored_classes(folder) if stored.interrupted and not class_log.in_use(stored.log)), None
    )


def next_session(folder: Path) -> int:
    """Return the number for the next session. A session is one start or resumption of any class in the folder."""
    return max((stored.session for stored in stored_classes(folder)), default=0) + 1


def delete_class(log: Path, everywhere: bool = False) -> None:
    """Delete a log and the record beside it; with `everywhere`, also the record's copies in the teacher's folders.

    Raises AlreadyRunning if a running class holds the log, DamagedLog if the file is not a log, or OSError.
    """
    if not class_log.is_log(log):
        raise class_log.DamagedLog(f"{log} is not a log of a class")
    with class_log.hold_log(log):
        logs = [log]
        with suppress(class_log.DamagedLog):
            logs += [folder / log.name for folder in stored_class(log).records if everywhere]
        for path in logs:
            for record, kind in zip(record_paths(path), (HTML_FILE, CSV_FILE), strict=True):
                # Our own folder holds only records. In another folder, a file of somebody else may have that name.
                if is_ours(record, kind) or (path == log and log.parent == classes_folder()):
                    record.unlink(missing_ok=True)
        class_log.delete_log(log)
