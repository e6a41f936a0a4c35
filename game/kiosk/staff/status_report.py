"""Status report: the lines of the staff's page, one for each fact."""

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
from game.kiosk.supervisor.health import LOOPBACK, Health
from game.ui.i18n import Catalogue
from game.ui.state import AppState
from game.ui.time_wording import future_in_words

TIME_LENGTH = len("2026-11-03 04:12")  # the time with which `Health.last_trouble` begins

# What fails: writing to the disk, an earlier file of counts, the museum's database, sound, a voice. The log has the
# details for a technician.
Trouble = Literal["disk", "counts", "database", "sound", "voice"]


@frozen
class KioskStatus:
    """What the staff's page shows."""

    config: Config
    file: Path | None  # the configuration's
    counts: Path  # the file of counts
    today: int  # visits
    ever: int  # visits on all days
    health: Health | None = None  # from the supervisor; None without one
    config_error: str = ""  # the first line of what is wrong with the configuration
    troubles: tuple[Trouble, ...] = ()  # other troubles about which the staff can do something
    unsent: int | None = None  # sums that the museum's database lacks; None without a database, or if counting fails


def audio_troubles(app: AppState) -> Iterator[Trouble]:
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
    config_error: str,
    troubles: Iterable[Trouble],
    day: date,
) -> KioskStatus:
    """Return the status on a day. `counts` counts the story `pack`; the other arguments are as in `KioskStatus`."""
    today, ever = (sum(n for n, _ in counts.total("visits", on).values()) for on in (day, None))
    unsent = None
    if config.database:
        with suppress(SqliteError):  # `counts` then reports the same trouble
            unsent = outbox.count_unsent(counts.path, pack)
    return KioskStatus(config, file, counts.path, today, ever, health, config_error, tuple(troubles), unsent)


def status_lines(state: KioskStatus, words: Catalogue, now: datetime) -> tuple[str, ...]:
    """Return lines: first the troubles, or "all is well"; then the facts. Times are in the time zone of `now`."""
    troubles = [words(f"staff.trouble.{trouble}") for trouble in state.troubles]
    if state.config_error:
        troubles.insert(0, words("staff.configuration", place=state.config_error.partition(": ")[0]))
    lines = troubles or [words("staff.well")]
    lines.append(
        f"{hours_in_words(state.config.hours, words, now)} {words('staff.visits', n=state.today, ever=state.ever)}"
    )
    if state.unsent is not None:
        lines.append(words("staff.waiting", n=state.unsent) if state.unsent else words("staff.sent"))
    lines += _supervisor_lines(state.health, words, now.tzinfo)
    lines += [
        words("staff.counts", file=state.counts),
        words("staff.file", file=state.file) if state.file is not None else words("staff.defaults"),
        words("staff.log", file=state.config.log_folder / log_file.NAME),
    ]
    if state.health is not None:
        lines.append(words("staff.page", address=f"http://{LOOPBACK}:{state.config.health_port}/health"))
    return tuple(lines)


def hours_in_words(hours: Hours, words: Catalogue, now: datetime) -> str:
    is_open, change = hours.open_at(now), hours.next_change(now)
    if change is None:
        return words("staff.open" if is_open else "staff.closed")
    return words("staff.open.until" if is_open else "staff.closed.until", time=future_in_words(change, now, words))


def _supervisor_lines(health: Health | None, words: Catalogue, zone: tzinfo | None) -> list[str]:
    if health is None:
        return [words("staff.alone", version=__version__)]
    since = datetime.fromisoformat(health.up_since).astimezone(zone)
    running = words("staff.since", version=__version__, since=f"{since:%Y-%m-%d %H:%M}")
    lines = [f"{running} {words('staff.restarts', n=health.restarts)}" if health.restarts else running]
    if health.last_trouble:
        lines.append(words("staff.last", time=health.last_trouble[:TIME_LENGTH]))
    return lines
