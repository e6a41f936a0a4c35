"""What the museum's staff is told before the glass: how the kiosk is doing, a line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Literal

from game import __version__
from game.core.sqlite import SqliteError
from game.core.values import frozen
from game.kiosk.config.configuration import Config
from game.kiosk.config.hours import Hours
from game.kiosk.counts import outbox
from game.kiosk.counts.visit_counts import VisitCounts
from game.kiosk.supervisor import log_file
from game.kiosk.supervisor.health import HERE, Health
from game.ui.dates import moment_in_words
from game.ui.i18n import Catalogue
from game.ui.state import AppState

TIME = len("2026-11-03 04:12")  # with which a trouble begins, in the log and in what the supervisor tells

# What cannot be done: write on the disk, go on with the counts that there were, reach the museum's database, play a
# sound, find a voice. What exactly is the matter stands in the log, for a technician.
Trouble = Literal["disk", "counts", "database", "sound", "voice"]


@frozen
class KioskStatus:
    """How a kiosk is, gathered from whoever knows a part of it.

    `health` is what its supervisor told last; None where nobody watches it. `wrong` is the first line of what is wrong
    with the configuration, if anything is; `troubles` are the others that somebody of the staff can act on.
    `waiting` is how many numbers are still to go to the museum's database; None without one. `file` is that of the
    configuration, if there is one.
    """

    version: str
    hours: Hours
    counts: Path
    log: Path
    today: int = 0
    ever: int = 0
    health: Health | None = None
    port: int = 0
    wrong: str = ""
    troubles: tuple[Trouble, ...] = ()
    waiting: int | None = None
    file: Path | None = None


def unheard(app: AppState) -> Iterator[Trouble]:
    """What a visitor who wants to hear something would not."""
    if app.sound_trouble or app.speech.trouble == "sound":
        yield "sound"
    if app.speech.trouble == "voice":
        yield "voice"


def gather_status(
    config: Config,
    file: Path | None,
    counts: VisitCounts,
    pack: str,
    health: Health | None,
    wrong: str,
    troubles: Iterable[Trouble],
    day: date,
) -> KioskStatus:
    """How a kiosk is on a day; `file` is where its configuration came from, `pack` the story that is counted of."""
    today, ever = (sum(n for n, _ in counts.total("visits", on).values()) for on in (day, None))
    waiting = None
    if config.database:
        with suppress(SqliteError):  # then `counts` has its trouble with the file, too
            waiting = outbox.count_unsent(counts.path, pack)
    return KioskStatus(
        __version__, config.hours, counts.path, config.log_folder / log_file.NAME, today, ever, health,
        config.health_port, wrong, tuple(troubles), waiting, file,
    )  # fmt: skip


def report(state: KioskStatus, words: Catalogue, now: datetime) -> tuple[str, ...]:
    """What is wrong, or that nothing is, and then all that is known; `now` has the zone in which times are told."""
    troubles = [words(f"staff.trouble.{trouble}") for trouble in state.troubles]
    if state.wrong:
        troubles.insert(0, words("staff.configuration", place=state.wrong.partition(": ")[0]))
    lines = troubles or [words("staff.well")]
    lines.append(f"{hours_in_words(state.hours, words, now)} {words('staff.visits', n=state.today, ever=state.ever)}")
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


def hours_in_words(hours: Hours, words: Catalogue, now: datetime) -> str:
    """Whether it is open, and until when."""
    is_open, change = hours.open_at(now), hours.next_change(now)
    if change is None:
        return words("staff.open" if is_open else "staff.closed")
    return words(
        "staff.open.until" if is_open else "staff.closed.until", time=moment_in_words(change, now, words)
    )  # fmt: skip


def _watched(health: Health | None, words: Catalogue, version: str, zone: tzinfo | None) -> list[str]:
    """Since when it runs, and what its supervisor had to do."""
    if health is None:
        return [words("staff.alone", version=version)]
    since = datetime.fromisoformat(health.up_since).astimezone(zone)
    said = words("staff.since", version=version, since=f"{since:%Y-%m-%d %H:%M}")
    lines = [f"{said} {words('staff.restarts', n=health.restarts)}" if health.restarts else said]
    if health.last_trouble:
        lines.append(words("staff.last", time=health.last_trouble[:TIME]))
    return lines
