"""Deletes old classes, but never on the word of the clock alone: each is announced first, and deleted another day.

A clock that jumped makes every class look old. Whoever is told of it can put it right; then nothing is announced any
more. Announcements lie in one file beside the logs.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from game.classroom import log as class_log
from game.classroom.class_store import delete_class
from game.core.files import write_atomic
from game.core.instance_lock import AlreadyRunning
from game.core.values import frozen

DAY = 86_400.0  # seconds
ANNOUNCED = "old-classes.json"  # a log's name -> when it was announced, in seconds since 1970


@frozen
class Expiry:
    """What became of old classes: the logs that are `announced`, now or lately, and those that were `deleted`."""

    announced: tuple[Path, ...] = ()
    deleted: tuple[Path, ...] = ()


def expire(folder: Path, now: float, days: int, keep: Collection[Path] = ()) -> Expiry:
    """Announce the classes of a folder that are older than so many days, and delete those announced a day ago.

    Those in `keep`, and those in use, are left.

    Args:
        folder: of the logs.
        now: seconds since 1970, by a clock that may be wrong.
        days: how long a class is kept after it was last written to.
        keep: logs that stay.

    Raises:
        OSError: one cannot be deleted, or the announcement cannot be written.
    """
    before = _announced(folder)
    announced, deleted = dict[str, float](), list[Path]()
    for log in class_log.list_logs(folder):
        if log in keep or class_log.last_written(log) >= now - days * DAY:
            continue
        at = before.get(log.name)
        if at is None or at > now:  # a clock that went back says nothing of how long ago that was
            announced[log.name] = now
        elif now - at < DAY:
            announced[log.name] = at
        else:
            try:
                delete_class(log)
            except AlreadyRunning:
                announced[log.name] = at
                continue
            deleted.append(log)
    if announced and announced != before:
        write_atomic(folder / ANNOUNCED, json.dumps(announced))
    elif not announced and before:
        (folder / ANNOUNCED).unlink(missing_ok=True)
    return Expiry(tuple(folder / name for name in announced), tuple(deleted))


def _announced(folder: Path) -> dict[str, float]:
    """What was announced and when; nothing where the file is not there or damaged."""
    with suppress(OSError, ValueError):
        data = json.loads((folder / ANNOUNCED).read_text(encoding="utf-8"))
        if isinstance(data, dict):
            return {name: float(at) for name, at in data.items() if isinstance(at, int | float)}
    return {}
