"""Visit counts: how often and how long things happen, by day, kind and key. Nothing about a person.

Kinds and their keys: `visits` (language), `role`, `cut`, `page` (node; with the seconds on it), `choice` (node.choice),
`ending`, `left` (how a visit ended, and where: `left_key`), and others that callers add.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from game.core.sqlite import Database, SqliteError
from game.core.values import frozen
from game.kiosk.counts.counts_db import (
    KEY,
    KIND,
    UnusableCounts,
    damage_as_unusable,
    files_set_aside,
    open_counts,
    set_aside,
)

WRITE_TIMEOUT = 0.2  # seconds that a visitor may wait for another process that is writing
RETRY = 5.0  # seconds after a failed write before the next try
MAX_SECONDS = 86_400.0  # the most that one count may have
MAX_SET_ASIDE = 3  # files that one process sets aside at most, so that a failing disk does not fill up with them
LIST_INTERVAL = 60.0  # seconds between two listings of the files set aside
WAYS_TO_LEAVE = ("finished", "left", "timeout")


@frozen
class CountEvent:
    """Something that happened `n` times, for `seconds` altogether."""

    day: date
    kind: str
    key: str
    n: int = 1
    seconds: float = 0.0


def left_key(how: str, where: str = "") -> str:
    """Return the key of a `left` count: one of WAYS_TO_LEAVE, and the node or screen where the visit ended, if any."""
    return f"{how}.{where}" if where else how


class VisitCounts:
    """Counts visits to the story `pack` in one file, which several processes can share. A disk error is logged, never
    raised.

    Counts that cannot be written stay in memory, and all totals include them. The next count and each `flush` try again
    to write them. A file that is damaged, or not a file of counts, is renamed (set aside), and a new one is begun. Only
    `request_check` is thread-safe. `clock` returns seconds that only increase.
    """

    def __init__(
        self, path: Path, clock: Callable[[], float], pack: str, log: Callable[[str], None] = lambda line: None
    ) -> None:
        self.path = path
        self.trouble = ""  # the disk error that still lasts
        self.set_aside: tuple[Path, ...] = ()  # the files that this process has set aside
        self.set_aside_count = 0  # how many files that any process has set aside still exist
        self._clock, self._pack, self._log = clock, pack, log
        self._pending: dict[tuple[str, str, str], tuple[int, int]] = {}  # (kind, key, day) -> n, ms
        self._db: Database | None = None
        self._inode = 0  # of the open file, even after it is renamed
        self._retry_at = self._list_at = 0.0
        self._check_requested = False
        self._try(lambda db: None)
        self._count_set_aside()

    def add(self, day: date, kind: str, key: str, n: int = 1, seconds: float = 0.0) -> None:
        """Add one count. Afterwards it is on the disk, or the attribute `trouble` says why not."""
        self.add_all([CountEvent(day, kind, key, n, seconds)])

    def add_all(self, counts: Iterable[CountEvent]) -> None:
        """Add several counts in one write, all or none. Log and leave out invalid counts."""
        for count in counts:
            if problem := _problem(count):
                self._log(f"not counted: {problem}")
                continue
            at = (count.kind, count.key, count.day.isoformat())
            n, ms = self._pending.get(at, (0, 0))
            self._pending[at] = n + count.n, ms + round(count.seconds * 1000)
        self.flush()

    def flush(self) -> bool:
        """Write the counts that are still in memory, unless a write has just failed. Return whether memory is empty.
        Call it often: it also opens a file that could not be opened, and makes a requested check."""
        if self._clock() >= self._list_at:
            self._count_set_aside()
        if self._check_requested and self._clock() >= self._retry_at:
            self._check_requested = False
            self._close_db()  # opening it again checks it
            self._try(lambda db: None)
        wanted = self._pending or self.trouble
        if wanted and self._clock() >= self._retry_at and self._try(self._write):
            self._pending.clear()
        return not self._pending

    def total(self, kind: str, day: date | None = None) -> Mapping[str, tuple[int, float]]:
        """Return for each key of a kind how often and for how many seconds it was counted, on one day or (None) on
        all."""
        on = day.isoformat() if day is not None else None
        query = "SELECT key, sum(n), sum(ms) FROM sums WHERE kind = ? AND day = coalesce(?, day) GROUP BY key"
        found = {key: (n, ms) for key, n, ms in self._query(query, (str, int, int), kind, on)}
        for (its_kind, key, its_day), (n, ms) in self._pending.items():
            if its_kind == kind and on in (None, its_day):
                before = found.get(key, (0, 0))
                found[key] = before[0] + n, before[1] + ms
        return {key: (n, ms / 1000) for key, (n, ms) in found.items()}

    def choice_counts(self, node: str) -> Mapping[str, int]:
        """Return how many visitors took each choice of a node, by the choice's id, on all days."""
        first, end = f"{node}.", f"{node}/"  # in ASCII, `/` follows the full stop
        query = "SELECT key, sum(n) FROM sums WHERE kind = 'choice' AND key > ? AND key < ? GROUP BY key"
        found: dict[str, int] = dict(self._query(query, (str, int), first, end))
        for (kind, key, _), (n, _) in self._pending.items():
            if kind == "choice" and key.startswith(first):
                found[key] = found.get(key, 0) + n
        return {key.removeprefix(first): n for key, n in found.items()}

    def request_check(self) -> None:
        """Check the file at the next `flush`, because damage was found. Thread-safe."""
        self._check_requested = True

    def close(self) -> None:
        """Write the counts that are still in memory, even if a write has just failed, and close the file."""
        self._retry_at = 0.0
        if not self.flush():
            self._log(f"{len(self._pending)} sums were never written to {self.path}")
        self._close_db()

    def _write(self, db: Database) -> None:
        db.execute_many(
            "INSERT INTO sums (kind, key, day, n, ms) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET n = n + excluded.n, ms = ms + excluded.ms",
            [(*at, *sums) for at, sums in self._pending.items()],
        )

    def _query(self, query: str, types: tuple[type, ...], *values: str | None) -> list[Any]:
        """Return the rows of a query with `values` in its placeholders; none if the file cannot be read. If a column's
        type is not as in `types`, the file is damaged: it is set aside, and a new one begun."""
        found: list[Any] = []

        def run(db: Database) -> None:
            rows = db.execute(query, values)
            if any(tuple(map(type, row)) != types for row in rows):
                raise UnusableCounts(f"{self.path} is damaged: it holds sums that are none")
            found.extend(rows)

        if self._db is not None:
            self._try(run, writes=False)
        return found

    def _try(self, do: Callable[[Database], object], writes: bool = True) -> bool:
        """Call `do`, in one transaction if it `writes`, and again in a new file if the file is unusable. Return whether
        it worked."""
        try:
            try:
                self._do(do, writes)
            except UnusableCounts as error:
                self._start_new_file(error)
                self._do(do, writes)
        except (SqliteError, OSError) as error:
            self._retry_at = self._clock() + RETRY
            self._report(f"{self.path} cannot be {'written' if writes else 'read'}: {error}")
            return False
        if writes:
            self._report("")
        return True

    def _do(self, do: Callable[[Database], object], writes: bool) -> None:
        db = self._open(reopen=writes and bool(self.trouble))
        with damage_as_unusable(self.path):
            if writes:
                with db.transaction():
                    do(db)
            else:
                do(db)

    def _open(self, reopen: bool) -> Database:
        """Return the connection to the file. Open the file again if it was replaced, or with `reopen`. Close the old
        connection only when the new one is open: on a full disk, opening can fail, and the old one can still read."""
        same = self._db is not None and self.path.exists() and self.path.stat().st_ino == self._inode
        if self._db is None or reopen or not same:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            db = open_counts(self.path, self._pack, WRITE_TIMEOUT, check=not same)
            self._close_db()
            self._db, self._inode = db, self.path.stat().st_ino
        return self._db

    def _start_new_file(self, error: UnusableCounts) -> None:
        """Rename the unusable file, unless another process has done so. The next `_open` makes a new file. Raises
        OSError if the file cannot be renamed, or `error` if files were set aside too often."""
        if len(self.set_aside) >= MAX_SET_ASIDE:
            raise error
        inode, self._inode = self._inode, 0
        self._close_db()
        if not inode or (self.path.exists() and self.path.stat().st_ino == inode):
            aside = set_aside(self.path)
            self.set_aside += (aside,)
            self._count_set_aside()
            self._log(f"{error}; it was put aside as {aside.name}, and new counts were begun")

    def _count_set_aside(self) -> None:
        """Set `set_aside_count` anew: the staff may have removed files, or another process may have added some."""
        self._list_at = self._clock() + LIST_INTERVAL
        with suppress(OSError):  # another message reports a missing folder
            self.set_aside_count = len(files_set_aside(self.path))

    def _close_db(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _report(self, trouble: str) -> None:
        if trouble != self.trouble:
            self._log(f"{trouble}; counting goes on in memory" if trouble else f"{self.path} is written again")
        self.trouble = trouble


def _problem(event: CountEvent) -> str:
    """Return what is wrong with a count; "" if it is valid."""
    if not KIND.fullmatch(event.kind):
        return f"{event.kind!r:.60} is not a kind"
    if not KEY.fullmatch(event.key):
        return f"{event.key!r:.60} is not a key"
    if not 0 <= event.n <= 10**9 or not 0 <= event.seconds <= MAX_SECONDS:
        return f"{event.kind} {event.key}: {event.n} times and {event.seconds} seconds"
    return ""
