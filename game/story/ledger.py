"""A page's ledger, and the measures that turn units of grain into daily portions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from game.core.values import frozen
from game.lang.expressions import Expression

LedgerKind = Literal["stood", "brought_in", "reported", "asked", "taken", "left"]


@frozen
class LedgerEntry:
    """A row of a page's ledger: `amount` units, of which `of_seed` are seed. `kind` names a row without a `label`."""

    kind: LedgerKind
    amount: Expression
    of_seed: Expression | None = None
    label: str = ""


@frozen
class Ledger:
    """A page's ledger: a weighing of grain, in units.

    The amount that is left is computed: what was brought in, less what was taken, plus what came `back`. The year
    determines how many people eat.
    """

    year: int
    rows: tuple[LedgerEntry, ...]
    back: Expression | None = None

    @property
    def values(self) -> Iterator[Expression]:
        """Yield all expressions in the ledger, each once."""
        for row in self.rows:
            yield row.amount
            if row.of_seed is not None:
                yield row.of_seed
        if self.back is not None:
            yield self.back


@frozen
class Measures:
    """How units of grain become daily portions for a person. `MeasuresShape` explains the fields.

    `people` holds pairs of a year and how many people eat from that year on, the earliest first. Without an ordinary
    year, `ordinary_stood` is 0.
    """

    unit_kg: int
    husked_percent: int
    portion_g: int
    days: int
    seed: int
    people: tuple[tuple[int, int], ...]
    ordinary_stood: int = 0
    ordinary_taken: int = 0
    ordinary_reported: int | None = None

    def people_in(self, year: int) -> int:
        """Return how many people eat in a year. Years before the first have as many people as the first."""
        return [number for since, number in self.people if since <= max(year, self.people[0][0])][-1]

    def portions(self, units: float, people: int) -> float:
        """Return how many portions each of `people` has a day if they eat all `units`, the seed too."""
        grams = max(0, units) * self.unit_kg * 10 * self.husked_percent
        return grams / (people * self.days * self.portion_g)

    def ordinary_share(self, amount: float) -> int:
        """Return how many units of an amount would be taken in an ordinary year; 0 if the pack has no such year."""
        return round(amount * self.ordinary_taken / self.ordinary_stood) if self.ordinary_stood else 0

    def after_ordinary_share(self, amount: float) -> float:
        """Return the units that are left to eat: `amount` less its `ordinary_share` and the seed."""
        return amount - self.ordinary_share(amount) - self.seed

    @property
    def ordinary(self) -> float | None:
        """The daily portions for a person in an ordinary year; None if the pack has no such year."""
        if not self.ordinary_stood:
            return None
        return self.portions(self.after_ordinary_share(self.ordinary_stood), self.people[0][1])
