"""Outbox: numbered batches of counts for the museum's database. Each is kept until the database acknowledges it.

A batch that is sent again has the same counts. While the database cannot be reached, only the sums grow; no batch is
added.
"""

from __future__ import annotations

import secrets
from contextlib import closing
from pathlib import Path

from game.core.values import frozen
from game.kiosk.counts.counts_db import Row, UnusableCounts, checked_row, damage_as_unusable, open_counts, read_about

MAX_ROWS = 500  # sums in one batch
WRITE_TIMEOUT = 5.0  # seconds that the kiosk itself may take to finish a write


@frozen
class Batch:
    """Counts that are sent together: what was added to the sums since the last batch."""

    file: str  # the random id of the file of counts
    pack: str  # the story that was counted
    number: int  # in its file
    token: str  # random; the same number with another token comes from a copy of the file
    rows: tuple[Row, ...]


def count_unsent(path: Path, pack: str) -> int:
    """Return how many sums the museum's database lacks: those in a batch that is not acknowledged, and those that have
    changed since their last batch. Raises UnusableCounts if the file is damaged, SqliteError for other faults."""
    with damage_as_unusable(path), closing(open_counts(path, pack, WRITE_TIMEOUT)) as db:
        under_way = "(kind, key, day) IN (SELECT kind, key, day FROM batched)"
        return int(db.value(f"SELECT count(*) FROM sums WHERE n <> n_taken OR ms <> ms_taken OR {under_way}"))


class Outbox:
    """The batches of one file of counts. The outbox opens its own connection. Every method raises UnusableCounts if
    the file is damaged, SqliteError for other faults."""

    def __init__(self, path: Path, pack: str) -> None:
        self._path = path
        self._db = open_counts(path, pack, WRITE_TIMEOUT)

    def next_batch(self) -> Batch | None:
        """Return the batch that is not acknowledged; if there is none, a new one; None if everything was sent."""
        with damage_as_unusable(self._path), self._db.transaction():
            unsent = self._db.execute("SELECT number, token FROM batches ORDER BY number LIMIT 1")
            number, token = unsent[0] if unsent else self._create_batch()
            if not number:
                return None
            each = self._db.execute("SELECT day, kind, key, n, ms FROM batched WHERE number = ?", (number,))
            rows = tuple(checked_row(self._path, *row) for row in each)
            if not rows or type(token) is not str:
                raise UnusableCounts(f"{self._path} is damaged: batch {number} holds nothing that can be sent")
            about = read_about(self._db, self._path)
            return Batch(about["id"], about["pack"], number, token, rows)

    def acknowledge(self, batch: Batch) -> None:
        """Delete a batch that has arrived. Repeating this does no harm."""
        with damage_as_unusable(self._path), self._db.transaction():
            key = (batch.number, batch.token)
            self._db.execute("DELETE FROM batches WHERE number = ? AND token = ?", key)
            if self._db.value("SELECT changes()"):
                self._db.execute("DELETE FROM batched WHERE number = ?", (batch.number,))

    def assign_new_id(self, batch: Batch) -> None:
        """Give the batch's file another id, because another file has the same id. Repeating this does no harm."""
        with damage_as_unusable(self._path), self._db.transaction():
            ids = (secrets.token_hex(8), batch.file)
            self._db.execute("UPDATE about SET value = ? WHERE name = 'id' AND value = ?", ids)

    def close(self) -> None:
        self._db.close()

    def _create_batch(self) -> tuple[int, str]:
        """Return the number and token of a new batch of at most MAX_ROWS sums that have changed since their last batch;
        (0, "") if no sum has changed."""
        changed = f"(n <> n_taken OR ms <> ms_taken) ORDER BY kind, key, day LIMIT {MAX_ROWS}"
        rows = self._db.execute(
            f"SELECT kind, key, day, n - n_taken, ms - ms_taken FROM sums INDEXED BY untaken WHERE {changed}"
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
