"""Makes and opens files of counts, and damages them at random, by bytes or by SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

from game.kiosk.counts.outbox import Outbox
from game.kiosk.counts.visit_counts import CountEvent, VisitCounts

PAGE = 4096
PACK = "mill-lane"


def begun(path: Path, clock: Callable[[], float] = lambda: 0.0, logged: list[str] | None = None) -> VisitCounts:
    """A kiosk's counts in this file, which log to `logged`."""
    return VisitCounts(path, clock, PACK, ([] if logged is None else logged).append)


def make_counts(path: Path, keys: int = 100) -> bytes:
    """Make a file with three days of counts, some of them in a batch. Return its bytes."""
    with closing(begun(path)) as counts:
        for day in range(1, 4):
            each = (CountEvent(date(2026, 11, day), kind, f"mill.n{i}.c{i % 3}", i % 5, i / 7)
                    for i in range(keys) for kind in ("page", "choice"))  # fmt: skip
            counts.add_all(each)
    with closing(Outbox(path, PACK)) as outbox:
        outbox.next_batch()
    return path.read_bytes()


def damage(random: Random, whole: bytes) -> bytes:
    """A file's bytes with random damage: flipped bits, changed bytes, truncation, zeroed blocks, swapped pages,
    garbage, a broken header or schema."""
    data, size = bytearray(whole), len(whole)
    match random.randrange(8):
        case 0:
            data[random.randrange(size)] ^= 1 << random.randrange(8)
        case 1 | 6 | 7 as kind:
            times, places = {1: ((2, 60), (size,)), 6: ((1, 4), (100,)), 7: ((1, 4), (100, PAGE))}[kind]
            for _ in range(random.randrange(*times)):
                data[random.randrange(*places)] = random.randrange(256)
        case 2:
            del data[random.randrange(size) :]
        case 3:
            at = random.randrange(size)
            end = min(at + random.choice([16, 512, PAGE, 4 * PAGE]), size)
            data[at:end] = bytes(end - at)
        case 4:
            first, two = (PAGE * random.randrange(size // PAGE) for _ in range(2))
            data[first : first + PAGE], data[two : two + PAGE] = data[two : two + PAGE], data[first : first + PAGE]
        case 5:
            at = random.randrange(size)
            garbage = random.randbytes(min(random.choice([1, 16, 512, PAGE]), size - at))
            data[at : at + len(garbage)] = garbage
    return bytes(data)


def corrupt_table_name(path: Path) -> None:
    """Put an invalid UTF-8 byte into a table's name, which SQLite then uses in its message."""
    data = path.read_bytes()
    assert data.count(b"tableabout") == 1
    path.write_bytes(data.replace(b"tableabout", b"tableab\xb4ut"))


def run_sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


# Each makes a row that counting never writes, but that SQLite accepts.
INVALID_ROWS = {
    "a day that is none": "UPDATE sums SET day = '2026-02-30' WHERE key = 'mill.n1.c1' AND day = '2026-11-01'",
    "a day that is a number": "UPDATE sums SET day = 20261101 WHERE key = 'mill.n1.c1' AND day = '2026-11-01'",
    "a key that is not text": "UPDATE sums SET key = x'b4b4' WHERE key = 'mill.n1.c1' AND day = '2026-11-01'",
    "a key that is not UTF-8": "UPDATE sums SET key = CAST(x'b4b4' AS TEXT) WHERE key = 'mill.n1.c1'",
    "a key that is nothing": "UPDATE sums SET key = '' WHERE key = 'mill.n1.c1'",
    "a key with a NUL": "UPDATE sums SET key = 'mill' || char(0) || 'n1' WHERE key = 'mill.n1.c1'",
    "a kind that is none": "UPDATE sums SET kind = 'A kind' WHERE key = 'mill.n1.c1' AND kind = 'page'",
    "a number that is a text": "UPDATE sums SET n = 'many' WHERE key = 'mill.n1.c1'",
    "a number with a fraction": "UPDATE sums SET n = 1.5 WHERE key = 'mill.n1.c1'",
    "a number below nothing": "UPDATE sums SET ms = -1 WHERE key = 'mill.n1.c1'",
    "numbers that fit in no sum": "UPDATE sums SET n = 9223372036854775807",
    "more sent than counted": "UPDATE sums SET n_taken = n + 1 WHERE key = 'mill.n1.c1'",
    "a batch without a number": "UPDATE batched SET number = number + 7",
    "a batch without a token": "UPDATE batches SET token = x'00'",
    "no number left for a batch": "UPDATE sqlite_sequence SET seq = 9223372036854775807",
    "no id": "DELETE FROM about WHERE name = 'id'",
    "an id that is none": "UPDATE about SET value = 'x' WHERE name = 'id'",
    "no story": "DELETE FROM about WHERE name = 'pack'",
    "no sums": "DROP TABLE sums",
    "no batches": "DROP TABLE batched",
    "other sums": "ALTER TABLE sums RENAME COLUMN n TO many",
    "no index": "DROP INDEX untaken",
}
