"""PostgreSQL: the museum's database, which adds up the batches of all kiosks, each exactly once.

One transaction writes a batch and its sums. Because of the batch's primary key, a repeated batch changes nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Date, MetaData, Numeric, String, Table, create_engine, func, make_url, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from game.kiosk.counts.outbox import Batch

if TYPE_CHECKING:
    from sqlalchemy import Engine

_TABLES = MetaData()
KIOSKS = Table(
    "weight_of_grain_kiosks", _TABLES,
    Column("id", String(16), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("pack", String(100), nullable=False),
)  # fmt: skip
BATCHES = Table(
    "weight_of_grain_batches", _TABLES,
    Column("kiosk", String(16), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("token", String(16), nullable=False),
)  # fmt: skip
COUNTS = Table(
    "weight_of_grain_counts", _TABLES,
    Column("kiosk", String(16), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("n", BigInteger, nullable=False),
    Column("seconds", Numeric(16, 3), nullable=False),
)  # fmt: skip
_LOCK_KEY = 0x57474B31  # key of the advisory lock for making tables, because several kiosks may start at once
_CONNECTING = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "tcp_user_timeout": 10_000,  # milliseconds; notices a network that drops everything
    "options": "-c statement_timeout=10000 -c lock_timeout=5000",
    "application_name": "weight-of-grain",
}


class DuplicateFile(Exception):
    """Raised if another file has sent a batch with this file id and number. One file is a copy of the other."""


def engine_for(address: str) -> Engine:
    """Return an engine for an address like `postgresql+psycopg://user@host/name`. Raises ValueError for other texts."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise ValueError(
            "it is not the address of a database: write postgresql+psycopg://user:password@host/name"
        ) from None
    if url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise ValueError(f"`{url.drivername}` is not a database for counts: write postgresql+psycopg://")
    return create_engine(url.set(drivername="postgresql+psycopg"), poolclass=NullPool, connect_args=_CONNECTING)


def without_password(address: str) -> str:
    """Return an address with its password replaced, for messages."""
    return engine_for(address).url.render_as_string(hide_password=True)


def make_tables(database: Engine) -> None:
    with database.begin() as db:
        db.execute(select(func.pg_advisory_xact_lock(_LOCK_KEY)))
        _TABLES.create_all(db)


def upsert_batch(database: Engine, batch: Batch, name: str) -> None:
    """Add a batch of the kiosk `name` to the sums, unless it was added already. Raises DuplicateFile if another file
    has sent a batch of this number."""
    with database.begin() as db:
        key = {"kiosk": batch.file, "number": batch.number, "token": batch.token}
        new = insert(BATCHES).values(key).on_conflict_do_nothing().returning(BATCHES.c.number)
        if db.scalar(new) is None:
            same = (BATCHES.c.kiosk == batch.file, BATCHES.c.number == batch.number)
            if db.scalar(select(BATCHES.c.token).where(*same)) != batch.token:
                raise DuplicateFile(f"another file has sent batch {batch.number} of {batch.file}")
            return
        kiosk = insert(KIOSKS).values(id=batch.file, name=name, pack=batch.pack)
        db.execute(kiosk.on_conflict_do_update(index_elements=["id"], set_={"name": name}))
        rows = [
            {"kiosk": batch.file, "day": row.day, "kind": row.kind, "key": row.key, "n": row.n,
             "seconds": Decimal(row.ms) / 1000}
            for row in batch.rows
        ]  # fmt: skip
        sums = insert(COUNTS).values(rows)
        added = {column: COUNTS.c[column] + sums.excluded[column] for column in ("n", "seconds")}
        db.execute(sums.on_conflict_do_update(index_elements=list(COUNTS.primary_key.columns), set_=added))
