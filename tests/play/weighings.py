"""Weighings for tests, by the measures of the shipped story."""

from __future__ import annotations

from game.play.page import LedgerRow, Portions, Weighing
from game.story.ledger import Measures

MEASURES = Measures(
    unit_kg=100, husked_percent=70, portion_g=200, days=240, seed=780, ordinary_stood=7800, ordinary_taken=1560,
    ordinary_reported=7800,
    people=((1957, 4100), (1960, 3500), (1961, 3450)),
)  # fmt: skip


def weighed(*rows: LedgerRow, people: int = 4100, measures: Measures | None = MEASURES) -> Weighing:
    """The weighing of some rows, as on a page; without measures it has no portions."""
    if measures is None:
        return Weighing(None, rows, None)
    amount = {row.kind: row.amount for row in rows}
    usual = (
        measures.ordinary_share(amount["brought_in"]) if "brought_in" in amount and measures.ordinary_stood else None
    )
    by_share = {kind: measures.portions(measures.after_ordinary_share(amount[kind]), people)
                for kind in ("stood", "brought_in") if kind in amount}  # fmt: skip
    left = next((measures.portions(row.amount - row.of_seed, people) for row in rows if row.kind == "left"), None)
    portions = Portions(measures.ordinary, by_share.get("stood"), by_share.get("brought_in"), left)
    return Weighing(people, rows, portions, 0, usual, max(0, 4100 - people))


# the autumns of 1958 and 1959, as in the shipped story without an earlier record
AUTUMN_58 = (
    LedgerRow("stood", 8200), LedgerRow("brought_in", 6560), LedgerRow("reported", 13000), LedgerRow("asked", 2080),
    LedgerRow("taken", 2080), LedgerRow("left", 4480, 780),
)  # fmt: skip
AUTUMN_59 = (
    LedgerRow("stood", 5600), LedgerRow("brought_in", 5200), LedgerRow("reported", 9000), LedgerRow("asked", 2700),
    LedgerRow("taken", 3480, 780), LedgerRow("left", 1720),
)  # fmt: skip
