"""Class archive: lists stored classes, writes their records, finds the class to resume, deletes classes."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from game.classroom import class_store
from game.classroom.class_expiry import expire
from game.classroom.class_reader import OtherStory, changes_in_words, read_class, remarks_in_words
from game.classroom.class_store import (
    StoredClass,
    delete_class,
    interrupted_class,
    record_outputs,
    record_paths,
    stored_class,
    stored_classes,
)
from game.classroom.log import DamagedLog, LogEntries, hold_log, list_logs, read_entries
from game.classroom.record.class_record import class_record
from game.classroom.record.record_wording import RecordWording, day_text
from game.commands.support.common import interface_words, pluralize, read_assets
from game.commands.support.output_checks import refusal_error
from game.commands.support.user_error import UserError, as_user_error
from game.core.exit_status import BAD_INPUT
from game.core.file_names import OutsideFolder, safe_join
from game.core.file_output import OutputRefused
from game.core.instance_lock import AlreadyRunning
from game.core.paths import classes_folder, documents_folder
from game.core.printable import printable
from game.core.streams import print_error
from game.story import Story
from game.ui.i18n import Catalogue

LAST = ""  # stands for the newest class, if none is named


def write_record_for_teacher(story: Story, entries: LogEntries, log: Path) -> tuple[Path, str]:
    """Write the record of a class into the teacher's documents folder. If that fails, write it beside the class's log.

    The record is named after `log`, which need not exist. Return the record's folder, and a text that says where
    the record is. Raises OSError if the record cannot be written.
    """
    words = interface_words(story)
    with suppress(OSError):
        folder = documents_folder() / story.title
        folder.mkdir(parents=True, exist_ok=True)
        _write_record(story, entries, record_paths(folder / log.name))
        return folder, words("record.documents", folder=folder.name, file=log.with_suffix(".html").name)
    _write_record(story, entries, record_paths(log))
    return log.parent, str(log.parent)


def _write_record(story: Story, entries: LogEntries, files: tuple[Path, Path]) -> None:
    words, found = interface_words(story), read_class(story, entries)
    if found.left_out:
        print_error(f"the record leaves the last {found.left_out} events out: {found.why}")
    for line in changes_in_words(words, found):
        print_error(line)
    told = class_record(story, found.entries)
    wording = RecordWording(told, words, datetime.fromtimestamp)
    class_store.write_record(files, wording, read_assets("guide/guide.css", "classroom/record.css"))


def resumable_class(story: Story, options: argparse.Namespace) -> StoredClass:
    """Return the class of --log, else the last interrupted class, else the last class. Raises UserError without one."""
    interrupted = interrupted_class(classes_folder()) if options.log is None else None
    log = interrupted.log if interrupted is not None else _find_log(options.log or LAST)
    with log_errors_as_user_errors(log):
        with hold_log(log):  # only to see that nobody else holds it, before the story appears
            pass
        read_class(story, read_entries(log))
        return stored_class(log)


def describe_class(story: Story, words: Catalogue, stored: StoredClass) -> list[str]:
    """Return lines about a class: its start, page, pupils, votes and remarks. Raises ValueError if its log does not fit
    the story, DamagedLog if the log is damaged, and OSError if it cannot be read."""
    began = datetime.fromtimestamp(stored.began)
    found = read_class(story, read_entries(stored.log))
    state = found.state
    titles = dict.fromkeys(track.page.title for track in state.tracks)
    votes = sum(state.round(track).voted for track in state.tracks)
    return [
        words("start.began", day=day_text(words, began), time=f"{began:%H:%M}", title=story.title),
        words("start.ended") if state.ended else words("start.page", page=words("record.doors.and").join(titles)),
        words("start.pupils", n=state.seated),
        *([words("start.votes", n=votes)] if state.phase != "reading" else []),
        *remarks_in_words(words, found),
    ]


def write_record_to_folder(story: Story, options: argparse.Namespace) -> int:
    folder: Path = options.record
    if not folder.is_dir():
        raise UserError(f"there is no folder {folder}: make it first, or name another place")
    log = _find_log(options.log or LAST)
    stem = f"{story.pack}-{log.stem}"
    try:
        files = safe_join(folder, f"{stem}.html"), safe_join(folder, f"{stem}.csv")
        record_outputs(files)
    except OutsideFolder as error:
        raise UserError(str(error.strerror)) from error
    except OutputRefused as error:
        raise refusal_error(error, can_insist=False) from error
    with log_errors_as_user_errors(log):
        _write_record(story, read_entries(log), files)
    for file in files:
        print(file)
    delete_expired_classes(options)
    return 0


def print_list() -> int:
    folder = classes_folder()
    order = [stored.log for stored in stored_classes(folder)]
    found = [*order, *(log for log in list_logs(folder) if log not in order)]
    if not found:
        print("No class is kept.")
        return 0
    lines: list[tuple[str, ...]] = [("BEGAN", "STORY", "CUT", "DOORS", "DECISIONS", "PHONES", "FILE")]
    for log in found:
        try:
            lines.append(_list_row(stored_class(log)))
        except (DamagedLog, OSError) as error:
            print_error(str(error))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    return 0


def _list_row(stored: StoredClass) -> tuple[str, ...]:
    began, begun = f"{datetime.fromtimestamp(stored.began):%Y-%m-%d %H:%M}", stored.begun
    numbers = (str(stored.decisions), str(stored.phones))
    return began, begun.pack, begun.cut, begun.role or "both", *numbers, str(stored.log)


def delete_on_request(options: argparse.Namespace) -> int:
    going = list_logs(classes_folder()) if options.delete == "all" else [_find_log(options.delete)]
    if not going:
        print("No class is kept.")
        return 0
    if not options.yes and not _confirmed(going):
        print("Nothing was deleted.")
        return 0
    status = 0
    for log in going:
        try:
            with log_errors_as_user_errors(log):
                delete_class(log, everywhere=True)
            print(f"deleted {log}")
        except UserError as error:  # go on and delete the others
            print_error(printable(str(error)))
            status = BAD_INPUT
    return status


def _confirmed(going: list[Path]) -> bool:
    """Ask whether to delete the logs `going`, and return True for yes. Raises UserError without a terminal."""
    if not sys.stdin.isatty():
        raise UserError("--delete asks first, and nobody can answer here: add --yes")
    what = f"{going[0]} with its record" if len(going) == 1 else f"all {len(going)} classes with their records"
    print(f"Delete {what}? [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def delete_expired_classes(options: argparse.Namespace, but: Collection[Path] = ()) -> None:
    """Print the classes that are older than --keep-days. Delete each of them that was first printed 24 hours ago or
    earlier, except the logs in `but`. Raises UserError if a log cannot be deleted."""
    folder, age = classes_folder(), f"older than {pluralize(options.keep_days, 'day')}"
    with log_errors_as_user_errors(folder):
        found = expire(folder, time.time(), options.keep_days, but)
    for log in found.deleted:
        print(f"deleted {log}, which was {age}", file=sys.stderr)
    for log in found.announced:
        when = "it is deleted when this command is used a day or more later"
        print(f"{log} is {age} by this computer's clock: {when}", file=sys.stderr)


def _find_log(name: str) -> Path:
    """Return the newest log if `name` is LAST, else the log with this path or file name. Raises UserError if absent."""
    folder = classes_folder()
    if name == LAST:
        logs = [*(stored.log for stored in stored_classes(folder)), *list_logs(folder)]
        if not logs:
            raise UserError("no class is kept: hold a class first, or name a file")
        return logs[0]
    places = (Path(name), folder / name, folder / f"{name}.class")
    found = next((place for place in places if place.exists()), None)
    if found is None:
        raise UserError(f"there is no class {name}: `weight-of-grain class --list` lists them")
    return found


@contextmanager
def log_errors_as_user_errors(file: Path) -> Iterator[None]:
    """Turn each error of reading or writing a log into a UserError, which names `file` if it names no file."""
    try:
        with as_user_error(DamagedLog, AlreadyRunning):
            yield
    except OtherStory as error:
        raise UserError(f"{file} {error}: name its own story with --story") from error
    except ValueError as error:
        raise UserError(f"{file}: {error}") from error
    except OSError as error:
        # an error of `Log` is a sentence that names its file
        raise UserError(f"{error.filename or file}: {error.strerror}" if error.strerror else str(error)) from error
