"""What a kiosk counts: how often, and for how long, by day, kind and key. Nothing of a person.

Kinds and their keys: `visits` (language), `role`, `cut`, `page` (node; with the seconds on it), `choice`
(node.choice), `ending`, `left` (how a visit ended, and where: `left_key`), and whatever else is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from game.core.sqlite import Database, SqliteError
from game.core.values import frozen
from game.kiosk.counts.counts_db import KEY, KIND, UnusableCounts, all_aside, opened, put_aside, told

PATIENCE = 0.2  # seconds that a visitor may wait for another process that is writing
PAUSE = 5.0  # seconds after a failed write, in which none is tried
MOST = 86_400.0  # seconds that one count may bring
MOST_ASIDE = 3  # files that one process puts aside: a disk that spoils whatever is written is not filled with them
LOOK = 60.0  # seconds between two looks at how many files lie aside
WAYS_TO_LEAVE = ("finished", "left", "timeout")


@frozen
class CountEvent:
    """One thing that happened, or several of it at once."""

    day: date
    kind: str
    key: str
    n: int = 1
    seconds: float = 0.0


def left_key(how: str, where: str = "") -> str:
    """The key of `left`: one of WAYS_TO_LEAVE, and the node or the screen on which it was."""
    return f"{how}.{where}" if where else how


class VisitCounts:
    """Counts in one file. Nothing that is wrong with the disk is ever raised: it is told, and `trouble` names it.

    What cannot be written is kept in memory, where the sums see it, and tried again with the next count, and whenever
    somebody has it `keep`; a damaged file, and one of something else, is put `aside` and a new one begun. `left_aside`
    is how many such files of this and earlier runs still lie there. `clock` gives seconds that only grow. Not for
    several threads at once, but for `doubt`; several processes may count in one file.
    """

    def __init__(
        self, path: Path, clock: Callable[[], float], pack: str, tell: Callable[[str], None] = lambda line: None
    ) -> None:
        self.path = path
        self.trouble = ""
        self.aside: tuple[Path, ...] = ()
        self.left_aside = 0
        self._clock, self._pack, self._tell = clock, pack, tell
        self._waiting: dict[tuple[str, str, str], tuple[int, int]] = {}  # (kind, key, day) -> n, ms
        self._db: Database | None = None
        self._file = 0  # which file is open, whatever its name is by now
        self._again = self._next_look = 0.0
        self._doubted = False
        self._try(lambda db: None)
        self._look_aside()

    def add(self, day: date, kind: str, key: str, n: int = 1, seconds: float = 0.0) -> None:
        """Count something; it is on disk on return, or `trouble` says why not."""
        self.add_all([CountEvent(day, kind, key, n, seconds)])

    def add_all(self, counts: Iterable[CountEvent]) -> None:
        """Count several things in one write, all of them or none. What is no count is told, and left out."""
        for one in counts:
            if wrong := _wrong(one):
                self._tell(f"not counted: {wrong}")
                continue
            at = (one.kind, one.key, one.day.isoformat())
            n, ms = self._waiting.get(at, (0, 0))
            self._waiting[at] = n + one.n, ms + round(one.seconds * 1000)
        self.keep()

    def keep(self) -> bool:
        """Write what is waiting, unless that failed just now; to be asked often. Whether nothing waits any more.

        Where nothing waits, a file that could not be opened, or that is in doubt, is looked at again.
        """
        if self._clock() >= self._next_look:
            self._look_aside()
        if self._doubted and self._clock() >= self._again:
            self._doubted = False
            self._let_go()  # whoever opens it anew reads it through
            self._try(lambda db: None)
        wanted = self._waiting or self.trouble
        if wanted and self._clock() >= self._again and self._try(self._write):
            self._waiting.clear()
        return not self._waiting

    def total(self, kind: str, day: date | None = None) -> Mapping[str, tuple[int, float]]:
        """Each key of a kind with how often and for how many seconds, on one day or on all."""
        on = day.isoformat() if day is not None else None
        query = "SELECT key, sum(n), sum(ms) FROM sums WHERE kind = ? AND day = coalesce(?, day) GROUP BY key"
        found = {key: (n, ms) for key, n, ms in self._asked(query, (str, int, int), kind, on)}
        for (its_kind, key, its_day), (n, ms) in self._waiting.items():
            if its_kind == kind and on in (None, its_day):
                before = found.get(key, (0, 0))
                found[key] = before[0] + n, before[1] + ms
        return {key: (n, ms / 1000) for key, (n, ms) in found.items()}

    def others(self, node: str) -> Mapping[str, int]:
        """How many took each choice of a node, by the choice's id, on all days."""
        first, end = f"{node}.", f"{node}/"  # the character after the full stop
        query = "SELECT key, sum(n) FROM sums WHERE kind = 'choice' AND key > ? AND key < ? GROUP BY key"
        found: dict[str, int] = dict(self._asked(query, (str, int), first, end))
        for (kind, key, _), (n, _) in self._waiting.items():
            if kind == "choice" and key.startswith(first):
                found[key] = found.get(key, 0) + n
        return {key.removeprefix(first): n for key, n in found.items()}

    def doubt(self) -> None:
        """Have the file read through at the next `keep`: somebody else met damage in it. From any thread."""
        self._doubted = True

    def close(self) -> None:
        """Write what is waiting, however lately that failed, and close the file."""
        self._again = 0.0
        if not self.keep():
            self._tell(f"{len(self._waiting)} sums were never written to {self.path}")
        self._let_go()

    def _write(self, db: Database) -> None:
        db.execute_many(
            "INSERT INTO sums (kind, key, day, n, ms) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET n = n + excluded.n, ms = ms + excluded.ms",
            [(*at, *sums) for at, sums in self._waiting.items()],
        )

    def _asked(self, query: str, types: tuple[type, ...], *given: str | None) -> list[Any]:
        """The rows that the file answers with, of values of these types; none where it cannot."""
        found: list[Any] = []

        def ask(db: Database) -> None:
            rows = db.execute(query, given)
            if any(tuple(map(type, row)) != types for row in rows):
                raise UnusableCounts(f"{self.path} is damaged: it holds sums that are none")
            found.extend(rows)

        if self._db is not None:
            self._try(ask, writes=False)
        return found

    def _try(self, do: Callable[[Database], object], writes: bool = True) -> bool:
        """Do something in one transaction; in a new file, where this one turns out to be unusable."""
        try:
            try:
                self._do(do, writes)
            except UnusableCounts as error:
                self._begin_anew(error)
                self._do(do, writes)
        except (SqliteError, OSError) as error:
            self._again = self._clock() + PAUSE
            self._says(f"{self.path} cannot be {'written' if writes else 'read'}: {error}")
            return False
        if writes:
            self._says("")
        return True

    def _do(self, do: Callable[[Database], object], writes: bool) -> None:
        db = self._opened(anew=writes and bool(self.trouble))
        with told(self.path):
            if writes:
                with db.transaction():
                    do(db)
            else:
                do(db)

    def _opened(self, anew: bool) -> Database:
        """The file that has the name now, should another have been moved or deleted under us; after a trouble opened
        `anew`. What is open stays open until then: it can still be read where the disk takes no more."""
        same = self._db is not None and self.path.exists() and self.path.stat().st_ino == self._file
        if self._db is None or anew or not same:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            db = opened(self.path, self._pack, PATIENCE, checked=not same)
            self._let_go()
            self._db, self._file = db, self.path.stat().st_ino
        return self._db

    def _begin_anew(self, error: UnusableCounts) -> None:
        """Put the file aside, unless another process has done so already. Raises OSError; or the error again, where
        that was done too often."""
        if len(self.aside) >= MOST_ASIDE:
            raise error
        mine, self._file = self._file, 0
        self._let_go()
        if not mine or (self.path.exists() and self.path.stat().st_ino == mine):
            aside = put_aside(self.path)
            self.aside += (aside,)
            self._look_aside()
            self._tell(f"{error}; it was put aside as {aside.name}, and new counts were begun")

    def _look_aside(self) -> None:
        """Count the files that lie aside: the staff may have taken one away."""
        self._next_look = self._clock() + LOOK
        with suppress(OSError):  # a folder that is gone is a trouble of its own
            self.left_aside = len(all_aside(self.path))

    def _let_go(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _says(self, trouble: str) -> None:
        """Tell when a trouble begins, changes, and ends."""
        if trouble != self.trouble:
            self._tell(f"{trouble}; counting goes on in memory" if trouble else f"{self.path} is written again")
        self.trouble = trouble


def _wrong(one: CountEvent) -> str:
    """What is wrong with a count; nothing where it is one."""
    if not KIND.fullmatch(one.kind):
        return f"{one.kind!r:.60} is no kind"
    if not KEY.fullmatch(one.key):
        return f"{one.key!r:.60} is no key"
    if not 0 <= one.n <= 10**9 or not 0 <= one.seconds <= MOST:
        return f"{one.kind} {one.key}: {one.n} times and {one.seconds} seconds"
    return ""
