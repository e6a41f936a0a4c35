"""The museum's PostgreSQL database: adds up the batches of all its kiosks, each exactly once.

Three tables: the kiosks, the batches that arrived, and the sums. A batch and its sums are written in one transaction;
the batch's primary key makes a repeated one change nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    MetaData,
    Numeric,
    String,
    Table,
    create_engine,
    func,
    make_url,
    select,
)
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
_LOCK_KEY = 0x57474B31  # of the advisory lock under which tables are made, should several kiosks start at once
_CONNECTING = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "tcp_user_timeout": 10_000,  # notices a network that drops everything
    "options": "-c statement_timeout=10000 -c lock_timeout=5000",
    "application_name": "weight-of-grain",
}


class DuplicateFile(Exception):
    """Another batch has this number: two files have the same id, since one is a copy of the other."""


def engine_for(address: str) -> Engine:
    """An engine for an address like `postgresql+psycopg://user@host/name`. Raises ValueError where it is wrong."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise ValueError("it is no address of a database: write postgresql+psycopg://user:password@host/name") from None
    if url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise ValueError(f"`{url.drivername}` is no database that counts are sent to: write postgresql+psycopg://")
    return create_engine(url.set(drivername="postgresql+psycopg"), poolclass=NullPool, connect_args=_CONNECTING)


def without_password(address: str) -> str:
    """An address with its password replaced, for messages."""
    return engine_for(address).url.render_as_string(hide_password=True)


def make_tables(database: Engine) -> None:
    """Create the tables that do not exist yet."""
    with database.begin() as db:
        db.execute(select(func.pg_advisory_xact_lock(_LOCK_KEY)))
        _TABLES.create_all(db)


def upsert_batch(database: Engine, batch: Batch, name: str) -> None:
    """Add a batch to the sums, unless that was done before; `name` is the kiosk's. Raises DuplicateFile."""
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
