"""The museum's database: the counts of all its kiosks, in PostgreSQL, each batch taken exactly once.

Three tables: who counts, which batches came, and the sums. A batch and its sums go in together; its primary key makes
the same batch, sent again, change nothing.
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
_OURS = 0x57474B31  # the lock under which the tables are made, should several kiosks begin at once
_CONNECTING = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "tcp_user_timeout": 10_000,  # a network that swallows everything is noticed
    "options": "-c statement_timeout=10000 -c lock_timeout=5000",
    "application_name": "weight-of-grain",
}


class DuplicateFile(Exception):
    """Another batch came under this number before: two files have one id, of which one is a copy."""


def engine(address: str) -> Engine:
    """What connects to an address like `postgresql+psycopg://user@host/name`. Raises ValueError with what is wrong."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise ValueError("it is no address of a database: write postgresql+psycopg://user:password@host/name") from None
    if url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise ValueError(f"`{url.drivername}` is no database that counts are sent to: write postgresql+psycopg://")
    return create_engine(url.set(drivername="postgresql+psycopg"), poolclass=NullPool, connect_args=_CONNECTING)


def shown(address: str) -> str:
    """An address without its password."""
    return engine(address).url.render_as_string(hide_password=True)


def make_tables(database: Engine) -> None:
    """Make what is not there yet."""
    with database.begin() as db:
        db.execute(select(func.pg_advisory_xact_lock(_OURS)))
        _TABLES.create_all(db)


def take(database: Engine, batch: Batch, name: str) -> None:
    """Add up a batch, unless that was done before; `name` is what the museum calls the kiosk. Raises OtherFile."""
    with database.begin() as db:
        came = {"kiosk": batch.file, "number": batch.number, "token": batch.token}
        new = insert(BATCHES).values(came).on_conflict_do_nothing().returning(BATCHES.c.number)
        if db.scalar(new) is None:
            its = (BATCHES.c.kiosk == batch.file, BATCHES.c.number == batch.number)
            if db.scalar(select(BATCHES.c.token).where(*its)) != batch.token:
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
        more = {column: COUNTS.c[column] + sums.excluded[column] for column in ("n", "seconds")}
        db.execute(sums.on_conflict_do_update(index_elements=list(COUNTS.primary_key.columns), set_=more))
