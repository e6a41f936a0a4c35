"""What has yet to go to the museum's database: what was counted, less what went into a batch.

A batch is kept with its number until it is acknowledged, so a repeated one is the same to the last count. While the
database is away nothing grows but the sums themselves.
"""

from __future__ import annotations

import secrets
from contextlib import closing
from pathlib import Path

from game.core.values import frozen
from game.kiosk.counts.counts_db import Row, UnusableCounts, about, opened, row_of, told

IN_A_BATCH = 500  # sums at most
PATIENCE = 5.0  # seconds for the kiosk itself to finish a write


@frozen
class Batch:
    """What was counted since the batch before. `file` is the id of the counts' file, `token` the batch's own, both
    made by chance: the same number with another token comes from a copy of the file."""

    file: str
    pack: str
    number: int
    token: str
    rows: tuple[Row, ...]


def waiting(path: Path, pack: str) -> int:
    """How many sums have yet to arrive: those of the batch that is under way, and what changed since. Raises as Outbox
    does."""
    with told(path), closing(opened(path, pack, PATIENCE)) as db:
        under_way = "(kind, key, day) IN (SELECT kind, key, day FROM batched)"
        return int(db.value(f"SELECT count(*) FROM sums WHERE n <> n_taken OR ms <> ms_taken OR {under_way}"))


class Outbox:
    """The batches of one counts' file, on a connection of its own. Raises SqliteError, which is Unusable where the
    file is damaged."""

    def __init__(self, path: Path, pack: str) -> None:
        self._path = path
        self._db = opened(path, pack, PATIENCE)

    def next(self) -> Batch | None:
        """The batch that was not acknowledged, or else a new one; None where all was sent."""
        with told(self._path), self._db.transaction():
            waiting = self._db.execute("SELECT number, token FROM batches ORDER BY number LIMIT 1")
            number, token = waiting[0] if waiting else self._begun()
            if not number:
                return None
            each = self._db.execute("SELECT day, kind, key, n, ms FROM batched WHERE number = ?", (number,))
            rows = tuple(row_of(self._path, *row) for row in each)
            if not rows or type(token) is not str:
                raise UnusableCounts(f"{self._path} is damaged: batch {number} holds nothing that can be sent")
            its = about(self._db, self._path)
            return Batch(its["id"], its["pack"], number, token, rows)

    def acknowledge(self, batch: Batch) -> None:
        """It has arrived: let go of it. Again is the same as once."""
        with told(self._path), self._db.transaction():
            of_it = (batch.number, batch.token)
            self._db.execute("DELETE FROM batches WHERE number = ? AND token = ?", of_it)
            if self._db.value("SELECT changes()"):
                self._db.execute("DELETE FROM batched WHERE number = ?", (batch.number,))

    def renew(self, batch: Batch) -> None:
        """Give the file another id, unless that was done already: another file sends under this one."""
        with told(self._path), self._db.transaction():
            given = (secrets.token_hex(8), batch.file)
            self._db.execute("UPDATE about SET value = ? WHERE name = 'id' AND value = ?", given)

    def close(self) -> None:
        self._db.close()

    def _begun(self) -> tuple[int, str]:
        """A new batch of what was counted since the last; number 0 where that is nothing."""
        some = f"(n <> n_taken OR ms <> ms_taken) ORDER BY kind, key, day LIMIT {IN_A_BATCH}"
        rows = self._db.execute(
            f"SELECT kind, key, day, n - n_taken, ms - ms_taken FROM sums INDEXED BY untaken WHERE {some}"
        )
        if not rows:
            return 0, ""
        token = secrets.token_hex(8)
        self._db.execute("INSERT INTO batches (token) VALUES (?)", (token,))
        number: int = self._db.value("SELECT last_insert_rowid()")
        self._db.execute_many("INSERT INTO batched VALUES (?, ?, ?, ?, ?, ?)", [(number, *row) for row in rows])
        self._db.execute_many(
            "UPDATE sums SET n_taken = n, ms_taken = ms WHERE kind = ? AND key = ? AND day = ?",
            [row[:3] for row in rows],
        )
        return number, token
