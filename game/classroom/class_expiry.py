"""Delete the logs of old classes, each at least a day after its deletion was announced.

A wrong clock makes every class look old. People who read the announcement can correct the clock, and so keep the class.
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
ANNOUNCED = "old-classes.json"  # this file has each log's name, and when it was announced in seconds since 1970


@frozen
class Expiry:
    """The logs of old classes: those `announced` for deletion, now or earlier, and those `deleted` now."""

    announced: tuple[Path, ...] = ()
    deleted: tuple[Path, ...] = ()


def expire(folder: Path, now: float, days: int, keep: Collection[Path] = ()) -> Expiry:
    """Announce the logs in a folder that are older than `days`. Delete those that were announced a day ago or more.

    Logs in `keep` and logs in use stay. `now` is in seconds since 1970. Raises OSError if a file cannot be written.
    """
    before = _announced(folder)
    announced, deleted = dict[str, float](), list[Path]()
    for log in class_log.list_logs(folder):
        if log in keep or class_log.last_written(log) >= now - days * DAY:
            continue
        at = before.get(log.name)
        if at is None or at > now:  # not announced, or announced in the future, because the clock went back
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
    """Return when each log was announced: its name -> seconds since 1970; empty if the file is missing or damaged."""
    with suppress(OSError, ValueError):
        data = json.loads((folder / ANNOUNCED).read_text(encoding="utf-8"))
        if isinstance(data, dict):
            return {name: float(at) for name, at in data.items() if isinstance(at, int | float)}
    return {}
