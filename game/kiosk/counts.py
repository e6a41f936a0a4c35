"""What a kiosk counts: how often, and for how long, by day, kind and key. Nothing of a person.

Kinds and their keys: `visits` (language), `role`, `cut`, `page` (node; with the seconds on it), `choice`
(node.choice), `ending`, `left` (how a visit ended, and where: `left_key`), and whatever else is told.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from game.kiosk.counts_file import Unusable, opened, put_aside, told, transaction
from game.values import frozen

PATIENCE = 0.2  # seconds that a visitor may wait for another process that is writing
PAUSE = 5.0  # seconds after a failed write, in which none is tried
MOST = 86_400.0  # seconds that one count may bring
WAYS_TO_LEAVE = ("finished", "left", "timeout")
_KIND = re.compile(r"[a-z][a-z-]{0,31}")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")


@frozen
class Count:
    """One thing that happened, or several of it at once."""

    day: date
    kind: str
    key: str
    n: int = 1
    seconds: float = 0.0


def left_key(how: str, where: str = "") -> str:
    """The key of `left`: one of WAYS_TO_LEAVE, and the node or the screen on which it was."""
    return f"{how}.{where}" if where else how


class Counts:
    """Counts in one file. Nothing that is wrong with the disk is ever raised: it is told, and `trouble` names it.

    What cannot be written is kept in memory, where the sums see it, and tried again with the next count, and whenever
    somebody has it `keep`; a damaged file, and one of something else, is put `aside` and a new one begun. `clock` gives
    seconds that only grow. Not for several threads at once; several processes may count in one file.
    """

    def __init__(
        self, path: Path, clock: Callable[[], float], pack: str, tell: Callable[[str], None] = lambda line: None
    ) -> None:
        self.path = path
        self.trouble = ""
        self.aside: tuple[Path, ...] = ()
        self._clock, self._pack, self._tell = clock, pack, tell
        self._waiting: dict[tuple[str, str, str], tuple[int, int]] = {}  # (kind, key, day) -> n, ms
        self._db: sqlite3.Connection | None = None
        self._file = 0  # which file is open, whatever its name is by now
        self._again = 0.0
        self._try(lambda db: None)

    def add(self, day: date, kind: str, key: str, n: int = 1, seconds: float = 0.0) -> None:
        """Count something; it is on disk on return, or `trouble` says why not."""
        self.add_all([Count(day, kind, key, n, seconds)])

    def add_all(self, counts: Iterable[Count]) -> None:
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

        Where nothing waits, a file that could not be opened is looked at again.
        """
        wanted = self._waiting or self.trouble
        if wanted and self._clock() >= self._again and self._try(self._write):
            self._waiting.clear()
        return not self._waiting

    def total(self, kind: str, day: date | None = None) -> Mapping[str, tuple[int, float]]:
        """Each key of a kind with how often and for how many seconds, on one day or on all."""
        on = day.isoformat() if day is not None else None
        query = "SELECT key, sum(n), sum(ms) FROM sums WHERE kind = ? AND day = coalesce(?, day) GROUP BY key"
        found = {key: (n, ms) for key, n, ms in self._asked(query, kind, on)}
        for (its_kind, key, its_day), (n, ms) in self._waiting.items():
            if its_kind == kind and on in (None, its_day):
                before = found.get(key, (0, 0))
                found[key] = before[0] + n, before[1] + ms
        return {key: (n, ms / 1000) for key, (n, ms) in found.items()}

    def others(self, node: str) -> Mapping[str, int]:
        """How many took each choice of a node, by the choice's id, on all days."""
        first, end = f"{node}.", f"{node}/"  # the character after the full stop
        query = "SELECT key, sum(n) FROM sums WHERE kind = 'choice' AND key > ? AND key < ? GROUP BY key"
        found: dict[str, int] = dict(self._asked(query, first, end))
        for (kind, key, _), (n, _) in self._waiting.items():
            if kind == "choice" and key.startswith(first):
                found[key] = found.get(key, 0) + n
        return {key.removeprefix(first): n for key, n in found.items()}

    def close(self) -> None:
        """Write what is waiting, however lately that failed, and close the file."""
        self._again = 0.0
        if not self.keep():
            self._tell(f"{len(self._waiting)} sums were never written to {self.path}")
        self._let_go()

    def _write(self, db: sqlite3.Connection) -> None:
        db.executemany(
            "INSERT INTO sums (kind, key, day, n, ms) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET n = n + excluded.n, ms = ms + excluded.ms",
            [(*at, *sums) for at, sums in self._waiting.items()],
        )

    def _asked(self, query: str, *given: str | None) -> list[Any]:
        """The rows that the file answers with; none where it cannot."""
        found: list[Any] = []
        if self._db is not None:
            self._try(lambda db: found.extend(db.execute(query, given)), writes=False)
        return found

    def _try(self, do: Callable[[sqlite3.Connection], object], writes: bool = True) -> bool:
        """Do something in one transaction; in a new file, where this one turns out to be unusable."""
        try:
            try:
                self._do(do, writes)
            except Unusable as error:
                self._begin_anew(error)
                self._do(do, writes)
        except (sqlite3.Error, OSError, Unusable) as error:
            self._again = self._clock() + PAUSE
            self._says(f"{self.path} cannot be {'written' if writes else 'read'}: {error}")
            return False
        if writes:
            self._says("")
        return True

    def _do(self, do: Callable[[sqlite3.Connection], object], writes: bool) -> None:
        db = self._opened(anew=writes and bool(self.trouble))
        with told(self.path):
            if writes:
                with transaction(db):
                    do(db)
            else:
                do(db)

    def _opened(self, anew: bool) -> sqlite3.Connection:
        """The file that has the name now, should another have been moved or deleted under us; after a trouble opened
        `anew`. What is open stays open until then: it can still be read where the disk takes no more."""
        if self._db is None or anew or not self.path.exists() or self.path.stat().st_ino != self._file:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            db = opened(self.path, self._pack, PATIENCE, checked=self._db is None)
            self._let_go()
            self._db, self._file = db, self.path.stat().st_ino
        return self._db

    def _begin_anew(self, error: Unusable) -> None:
        """Put the file aside, unless another process has done so already. Raises OSError."""
        mine, self._file = self._file, 0
        self._let_go()
        if mine in (0, self.path.stat().st_ino):
            aside = put_aside(self.path)
            self.aside += (aside,)
            self._tell(f"{error}; it was put aside as {aside.name}, and new counts were begun")

    def _let_go(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None

    def _says(self, trouble: str) -> None:
        """Tell when a trouble begins, changes, and ends."""
        if trouble != self.trouble:
            self._tell(f"{trouble}; counting goes on in memory" if trouble else f"{self.path} is written again")
        self.trouble = trouble


def _wrong(one: Count) -> str:
    """What is wrong with a count; nothing where it is one."""
    if not _KIND.fullmatch(one.kind):
        return f"{one.kind!r:.60} is no kind"
    if not _KEY.fullmatch(one.key):
        return f"{one.key!r:.60} is no key"
    if not 0 <= one.n <= 10**9 or not 0 <= one.seconds <= MOST:
        return f"{one.kind} {one.key}: {one.n} times and {one.seconds} seconds"
    return ""
