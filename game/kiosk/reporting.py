"""What the museum's staff is told before the glass: how the kiosk is doing, a line each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, tzinfo
from pathlib import Path

from game import __version__
from game.kiosk import logbook, outbox
from game.kiosk.config import Config
from game.kiosk.counts import Counts
from game.kiosk.counts_file import Unusable
from game.kiosk.health import HERE, Health
from game.kiosk.hours import Hours
from game.ui.moments import moment_in_words
from game.ui.words import Words, capital
from game.values import frozen


@frozen
class State:
    """How a kiosk is, gathered from whoever knows a part of it.

    `health` is what its supervisor told last; None where nobody watches it. `troubles` are those of today, in a line
    each. `waiting` is how many numbers are still to go to the museum's database; None without one. `file` is that of
    the configuration, if there is one.
    """

    version: str
    hours: Hours
    counts: Path
    log: Path
    today: int = 0
    ever: int = 0
    health: Health | None = None
    port: int = 0
    troubles: tuple[str, ...] = ()
    waiting: int | None = None
    file: Path | None = None


def gathered(
    config: Config,
    file: Path | None,
    counts: Counts,
    pack: str,
    health: Health | None,
    troubles: Iterable[str],
    day: date,
) -> State:
    """How a kiosk is on a day; `file` is where its configuration came from, `pack` the story that is counted of."""
    today, ever = (sum(n for n, _ in counts.total("visits", on).values()) for on in (day, None))
    waiting = None
    if config.database:
        with suppress(Unusable, OSError, sqlite3.Error):  # then `counts` has its trouble with the file, too
            waiting = outbox.waiting(counts.path, pack)
    return State(
        __version__, config.hours, counts.path, config.log_folder / logbook.NAME, today, ever, health,
        config.health_port, tuple(filter(None, troubles)), waiting, file,
    )  # fmt: skip


def report(state: State, words: Words, now: datetime) -> tuple[str, ...]:
    """What is wrong, or that nothing is, and then all that is known; `now` has the zone in which times are told."""
    lines = [capital(trouble) for trouble in state.troubles] or [words("staff.well")]
    lines.append(
        f"{hours_in_words(state.hours, words, now)} {words('staff.visits', n=state.today, ever=state.ever)}"
    )
    if state.waiting is not None:
        lines.append(words("staff.waiting", n=state.waiting) if state.waiting else words("staff.sent"))
    lines += _watched(state.health, words, state.version, now.tzinfo)
    lines += [
        words("staff.counts", file=state.counts),
        words("staff.file", file=state.file) if state.file is not None else words("staff.defaults"),
        words("staff.log", file=state.log),
    ]
    if state.health is not None:
        lines.append(words("staff.page", address=f"http://{HERE}:{state.port}/health"))
    return tuple(lines)


def hours_in_words(hours: Hours, words: Words, now: datetime) -> str:
    """Whether it is open, and until when."""
    is_open, change = hours.open_at(now), hours.next_change(now)
    if change is None:
        return words("staff.open" if is_open else "staff.closed")
    return words(
        "staff.open.until" if is_open else "staff.closed.until", time=moment_in_words(change, now, words)
    )  # fmt: skip


def _watched(health: Health | None, words: Words, version: str, zone: tzinfo | None) -> list[str]:
    """Since when it runs, and what its supervisor had to do."""
    if health is None:
        return [words("staff.alone", version=version)]
    since = datetime.fromisoformat(health.up_since).astimezone(zone)
    said = words("staff.since", version=version, since=f"{since:%Y-%m-%d %H:%M}")
    lines = [f"{said} {words('staff.restarts', n=health.restarts)}" if health.restarts else said]
    if health.last_trouble:
        lines.append(words("staff.last", trouble=health.last_trouble))
    return lines
