"""What a page weighs, and the measures by which units of grain become portions for a person and a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from game.core.values import frozen
from game.lang.expressions import Expression

LedgerKind = Literal["stood", "brought_in", "reported", "asked", "taken", "left"]


@frozen
class LedgerEntry:
    """A row of a page's ledger as it is written: what it is, its amount, and how much of that is seed, in units.

    `label` is the row's own name, or "" for the usual one.
    """

    kind: LedgerKind
    amount: Expression
    of_seed: Expression | None = None
    label: str = ""


@frozen
class Ledger:
    """What a page weighs: the `rows` that are written, and the year, which says how many people eat of it.

    What is left is computed: what was brought in, less what was taken, and `back`, which came back of that.
    """

    year: int
    rows: tuple[LedgerEntry, ...]
    back: Expression | None = None

    @property
    def values(self) -> Iterator[Expression]:
        """All that is computed from the state, each once."""
        for row in self.rows:
            yield row.amount
            if row.of_seed is not None:
                yield row.of_seed
        if self.back is not None:
            yield self.back


@frozen
class Measures:
    """What units of grain come to in portions, for a person and a day.

    Attributes:
        unit_kg: The weight of a unit, before it is husked.
        husked_percent: How much of that is left when it is husked.
        portion_g: The weight of a portion, husked.
        days: How many days the grain must last.
        seed: The units that must be kept to sow.
        ordinary_stood: The units that stand in the fields in an ordinary year; all of them come in.
        ordinary_taken: How many of them are taken.
        people: How many people eat: pairs of a year and the number from that year on, the earliest first.
    """

    unit_kg: int
    husked_percent: int
    portion_g: int
    days: int
    seed: int
    ordinary_stood: int
    ordinary_taken: int
    people: tuple[tuple[int, int], ...]

    def people_in(self, year: int) -> int:
        """How many people eat in a year; before the first year that is named, as many as in that one."""
        return [number for since, number in self.people if since <= max(year, self.people[0][0])][-1]

    def portions(self, units: float, people: int) -> float:
        """The portions for a person and a day of so many units, of which no seed is kept back."""
        grams = max(0, units) * self.unit_kg * 10 * self.husked_percent
        return grams / (people * self.days * self.portion_g)

    def ordinary_share(self, amount: float) -> int:
        """What an ordinary year's share of an amount would be, in units."""
        return round(amount * self.ordinary_taken / self.ordinary_stood)

    def after_ordinary_share(self, amount: float) -> float:
        """The units to eat of an amount, after the share of an ordinary year and the seed."""
        return amount - self.ordinary_share(amount) - self.seed

    @property
    def ordinary(self) -> float:
        """The portions for a person and a day in an ordinary year."""
        return self.portions(self.after_ordinary_share(self.ordinary_stood), self.people[0][1])
